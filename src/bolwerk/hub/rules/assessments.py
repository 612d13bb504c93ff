"""Assessments: who may say what about one, and what holds on a day. The decisions are explained in ADR 16."""

from datetime import date, timedelta
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST_VALID = timedelta(days=3 * 365)
"""How long an assessment can hold before it must be looked at again. Unverified default: AVG article 35(11) asks for a
review when the risk changes and names no term; three years is what supervisors usually advise."""

EARLIEST_DECISION = date(2018, 5, 25)  # the day on which the AVG began to apply


class Outcome(models.TextChoices):
    """What the privacy officer says about an assessment."""

    CONFIRMED = "confirmed", _("Confirmed")
    DECLINED = "declined", _("Not confirmed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Standing(models.TextChoices):
    """What an assessment is worth on a day."""

    WAITING = "waiting", _("Waits for the privacy officer")
    VALID = "valid", _("Valid")
    EXPIRED = "expired", _("Expired")
    DECLINED = "declined", _("Not confirmed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


# What may be said when. What is not in this table is not allowed.
ALLOWED_OUTCOMES: dict[Standing, tuple[Outcome, ...]] = {
    Standing.WAITING: (Outcome.CONFIRMED, Outcome.DECLINED),
    Standing.VALID: (Outcome.WITHDRAWN,),
}
WITH_REASON = frozenset({Outcome.DECLINED, Outcome.WITHDRAWN})


class OutcomeNotAllowedError(Exception):
    """This cannot be said about the assessment as it stands."""


class OwnAssessmentError(OutcomeNotAllowedError):
    """Whoever wrote an assessment does not confirm it: that takes a second person."""


class ReasonMissingError(OutcomeNotAllowedError):
    """Not confirming and withdrawing need a reason that others can read."""


def standing_of(outcome: Outcome | None, *, valid_until: date, on: date) -> Standing:
    """What an assessment is worth on a day, by the last thing that was said about it. Its last day still counts."""
    if outcome is Outcome.CONFIRMED:
        return Standing.VALID if on <= valid_until else Standing.EXPIRED
    spoken = {None: Standing.WAITING, Outcome.DECLINED: Standing.DECLINED, Outcome.WITHDRAWN: Standing.WITHDRAWN}
    return spoken[outcome]


def check_outcome(now: Standing, outcome: Outcome, *, writer: UUID, by: UUID, reason: str) -> None:
    """Raise OutcomeNotAllowedError when `by` may not say this of an assessment that `writer` wrote.

    Anybody who may confirm may also withdraw, the own words included: stopping never waits for a second person.
    """
    if outcome not in ALLOWED_OUTCOMES.get(now, ()):
        raise OutcomeNotAllowedError(f"{now.value} → {outcome.value}")
    if outcome is Outcome.CONFIRMED and writer == by:
        raise OwnAssessmentError
    if outcome in WITH_REASON and not reason.strip():
        raise ReasonMissingError


def last_valid_day(decided_on: date) -> date:
    """The last day that an assessment of which the decision fell on `decided_on` can be valid."""
    return decided_on + LONGEST_VALID
