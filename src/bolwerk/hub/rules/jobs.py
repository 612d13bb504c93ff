"""Jobs: work on the vault that takes a while, done by a worker, one at a time."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _


class JobKind(models.TextChoices):
    """What is done."""

    READ = "read", _("Read a delivery")
    RUN = "run", _("Look for findings")
    STUDY = "study", _("Look ahead by area")


class JobState(models.TextChoices):
    """Where a job stands."""

    WAITING = "waiting", _("Waits for its turn")
    WORKING = "working", _("Being worked on")
    DONE = "done", _("Done")
    REFUSED = "refused", _("Refused")
    FAILED = "failed", _("Broke off")


class Step(models.TextChoices):
    """What is being done right now."""

    READING = "reading", _("Reading the delivery")
    LINKING = "linking", _("Linking addresses")
    DRAWING = "drawing", _("Drawing the map")
    RULES = "rules", _("Working out the rules")
    TAKING_OVER = "taking_over", _("Putting the findings in the list")
    LOOKING_BACK = "looking_back", _("Counting by area and month")
    LOOKING_AHEAD = "looking_ahead", _("Looking ahead, and holding that against the past")
    SPOTS = "spots", _("Looking for hot spots")


STEPS: dict[JobKind, tuple[Step, ...]] = {
    JobKind.READ: (Step.READING, Step.LINKING, Step.DRAWING),
    JobKind.RUN: (Step.LINKING, Step.RULES, Step.TAKING_OVER),
    JobKind.STUDY: (Step.LINKING, Step.DRAWING, Step.LOOKING_BACK, Step.LOOKING_AHEAD, Step.SPOTS),
}
ENDED = frozenset({JobState.DONE, JobState.REFUSED, JobState.FAILED})
SLOT = "vault"  # there is one: two jobs never write to the vault at once


class Trouble(models.TextChoices):
    """Why a job could not be done, where no delivery is to blame."""

    NOTHING_ON = (
        "nothing_on",
        _("No rule is on of which the registers are on and were read in. Nothing was worked out."),
    )
    SWITCHED_OFF = "switched_off", _("The register was switched off before its delivery was read. Nothing was read in.")
    NO_REGISTER = "no_register", _("A register that this needs was not read in yet. Nothing was worked out.")
    BUSY = "busy", _("Something else was writing to the vault, for example a command line. Try again later.")
    NOT_LINKED = (
        "not_linked",
        _("Addresses could not be linked: that needs a whole BAG in the vault, not a part of it."),
    )
    DAMAGED = (
        "damaged",
        _("The vault cannot be read. Nothing was changed; the functional administrator can look into it."),
    )
    DISK_FULL = "disk_full", _("The disk is full. The vault is as it was; the functional administrator can make room.")
    BROKE = "broke", _("Something broke. The vault is as it was; the functional administrator can look into it.")


class WholeBecause(models.TextChoices):
    """Why a search worked everything out, instead of what changed since the last."""

    NONE_KEPT = "none_kept", _("there was no search yet to work on")
    OTHER_RULES = "other_rules", _("other rules were asked than last time")
    OTHER_EXCLUSIONS = "other_exclusions", _("what is left out is no longer the same")
    MUCH_CHANGED = "much_changed", _("so much changed that this is as quick")
    UNREADABLE = "unreadable", _("what was kept of the last search cannot be read")


class DayNotReachedError(Exception):
    """Findings cannot be worked out for a day that has yet to come."""


def check_day(as_of: date, *, on: date) -> None:
    """Raise DayNotReachedError when `as_of` lies after the day `on`."""
    if as_of > on:
        raise DayNotReachedError
