"""The norm meeting: its preparation, its two exercises, and what may be said about answers. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from bolwerk.incidents.rules.norms import NormError

MOST_PRESENT = 25  # domain note 2.4, from the Arbocatalogus Gemeenten: a manager and a team, at most 25
FEWEST_ANSWERS = 5  # choice of Bolwerk, as in the figures: below it a result would point at people
NEARLY_ALL, MOST = 0.8, 0.5  # shares; "all" and "nearly all" read the same, so that nobody is the one who did not
OPEN_FOR = timedelta(hours=2)  # an exercise takes 60 to 90 minutes (icoba); after it the code is worth nothing
CODE_LENGTH = 8
CODE_SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that looks like another
MOST_ITEMS = 12
ITEM_LIMIT = 160
MOST_WRITTEN = 3  # lines of one phone: few, so that nobody writes the list alone
WHY_LIMIT = 200
OUTCOME_LIMIT = 4000
NEAR = 1  # scores this close to the mean are of one mind


class Preparation(models.TextChoices):
    """What is done before a meeting."""

    NORM_READ = "norm_read", _("I read the norm of the organisation and that of our team.")
    REPORTS = "reports", _("I know what was reported in our team this year (the figures, no names).")
    ROOM = "room", _("There is a room with a screen, and 90 minutes.")
    SMALL = "small", _("We are with at most 25. With more we meet twice.")
    COORDINATOR = "coordinator", _("I asked the aggression coordinator to look along.")
    SAFE = "safe", _("I tell beforehand that nobody has to speak about something that happened to them.")


class Exercise(models.TextChoices):
    """The exercises (icoba)."""

    TRAFFIC_LIGHT = "stoplicht", _("Traffic light")
    TOP_TEN = "top-10", _("Top 10")
    COLLECT = "gedrag", _("Collect behaviours")  # phones write lines themselves, for the other two


class MeetingEvent(models.TextChoices):
    """What became of a planned meeting before it was held."""

    MOVED = "moved", _("Moved to another day")
    CANCELLED = "cancelled", _("Cancelled")


class Agreement(models.TextChoices):
    """How far a team is of one mind."""

    NEARLY_ALL = "nearly_all", _("nearly everybody agrees")
    MOST = "most", _("most agree")
    DIVIDED = "divided", _("opinions differ: talk about it")


@dataclass(frozen=True)
class Result:
    """What may be said of the answers to one line: which answer leads, and how far people agree. Never a count."""

    leading: str
    agreement: Agreement


@dataclass(frozen=True)
class Held:
    """What is kept of a meeting."""

    present: int
    outcomes: str
    next_on: date | None = None


def choices_of(exercise: Exercise) -> list[str]:
    """The answers that an exercise knows; none where phones write lines themselves."""
    if exercise is Exercise.COLLECT:
        return []
    if exercise is Exercise.TRAFFIC_LIGHT:
        return ["green", "orange", "red"]
    return [str(score) for score in range(1, 11)]


def result_of(exercise: Exercise, counts: Mapping[str, int]) -> Result | None:
    """What may be said; None with fewer than FEWEST_ANSWERS answers."""
    total = sum(counts.values())
    if total < FEWEST_ANSWERS:
        return None
    if exercise is Exercise.TRAFFIC_LIGHT:
        # of equal ones the stricter leads: what many find red is talked about
        leading = max(choices_of(exercise), key=lambda choice: (counts.get(choice, 0), choice == "red"))
        together = counts.get(leading, 0)
    else:
        mean = round(sum(int(score) * count for score, count in counts.items()) / total)
        leading = str(mean)
        together = sum(count for score, count in counts.items() if abs(int(score) - mean) <= NEAR)
    share = together / total
    if share >= NEARLY_ALL:
        return Result(leading, Agreement.NEARLY_ALL)
    return Result(leading, Agreement.MOST if share > MOST else Agreement.DIVIDED)


def check_items(lines: list[str]) -> list[str]:
    """The lines of an exercise, without empty and double ones. Raises NormError when there are none or too many."""
    items = list(dict.fromkeys(line.strip() for line in lines if line.strip()))
    if not items:
        raise NormError(_("Write at least one line."), field="items")
    if len(items) > MOST_ITEMS:
        raise NormError(_("At most %(most)s lines: nobody answers more.") % {"most": MOST_ITEMS}, field="items")
    if any(len(item) > ITEM_LIMIT for item in items):
        text = _("A line has at most %(most)s characters.") % {"most": ITEM_LIMIT}
        raise NormError(text, field="items")
    return items


def check_behaviours(lines: list[str]) -> list[str]:
    """What one phone wrote, without empty and double lines. Raises NormError when there is none, or one too long."""
    written = list(dict.fromkeys(line.strip() for line in lines if line.strip()))
    if not written:
        raise NormError(_("Write at least one line."))
    if len(written) > MOST_WRITTEN or any(len(line) > ITEM_LIMIT for line in written):
        raise NormError(_("At most %(most)s short lines.") % {"most": MOST_WRITTEN})
    return written


def check_held(held: Held, *, planned_on: date, on: date) -> None:
    """Raise NormError when a meeting cannot have been so."""
    if planned_on > on:
        raise NormError(_("The meeting has yet to be held."))
    if not 1 <= held.present <= MOST_PRESENT:
        text = _("A norm meeting has 1 to %(most)s people. With more, hold it twice.") % {"most": MOST_PRESENT}
        raise NormError(text, field="present")
    if not held.outcomes.strip():
        raise NormError(_("Write what you agreed, in the words of the team."), field="outcomes")
    if held.next_on and held.next_on <= on:
        raise NormError(_("Choose a later day."), field="next_on")
