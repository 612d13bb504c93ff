"""Reviews: what an analyst says of a finding after the first look. A finding is never a conclusion, nor is a review."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _


class Verdict(models.TextChoices):
    """What the first look gave."""

    OPEN = "open", _("To be looked at")
    WORTH_A_LOOK = "worth_a_look", _("Worth a look")
    EXPLAINED = "explained", _("Explained")
    WRONG = "wrong", _("Wrong in a register")


GIVEN = (Verdict.WORTH_A_LOOK, Verdict.EXPLAINED, Verdict.WRONG)
REASON_LENGTH = 400  # signs: enough for a sentence or three


class VerdictNotAllowedError(Exception):
    """This cannot be said of the finding as it stands."""


class ExpiredError(VerdictNotAllowedError):
    """A finding that expired may no longer be used (AVG article 5(1)(e))."""


class ReasonMissingError(VerdictNotAllowedError):
    """Every verdict needs a reason: the next reader must be able to follow it."""


def is_expired(expires_on: date, *, on: date) -> bool:
    """Whether a finding may no longer be used on a day. Its last day still counts."""
    return on > expires_on


def verdicts_from(now: Verdict) -> list[Verdict]:
    """What may be said next: everything but the same again. Going back to `open` takes a verdict back."""
    return [verdict for verdict in Verdict if verdict is not now]


def check_verdict(now: Verdict, to: Verdict, *, reason: str, expires_on: date, on: date) -> None:
    """Raise VerdictNotAllowedError when this verdict cannot be given on a day: ExpiredError, ReasonMissingError."""
    if is_expired(expires_on, on=on):
        raise ExpiredError
    if to not in verdicts_from(now):
        raise VerdictNotAllowedError(f"{now.value} → {to.value}")
    if not reason.strip():
        raise ReasonMissingError
