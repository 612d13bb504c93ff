"""What may happen to a request to open a vault. Pure functions: no database, no clock, no request."""

from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class Purpose(models.TextChoices):
    """For whom a vault is opened."""

    OWNER = "owner", _("For its owner, who lost phrase and recovery code")
    SUCCESSOR = "successor", _("For a successor")


class Outcome(models.TextChoices):
    """Where a request stands."""

    ASKED = "asked", _("Waiting for two trustees")
    HALFWAY = "halfway", _("Waiting for a second trustee")
    OPENED = "opened", _("Opened, waiting for who receives it")
    FINISHED = "finished", _("Received")
    REFUSED = "refused", _("Refused by a trustee")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    EXPIRED = "expired", _("Expired")


WAITING = frozenset({Outcome.ASKED, Outcome.HALFWAY})
OPEN = WAITING | {Outcome.OPENED}


def has_expired(outcome: Outcome, asked_at: datetime, *, days: int, at: datetime) -> bool:
    """Whether a request waited longer for its trustees than it may. One that was opened waits for its receiver."""
    return outcome in WAITING and at >= asked_at + timedelta(days=days)
