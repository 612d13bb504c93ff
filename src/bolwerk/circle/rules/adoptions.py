"""What may be done with a card that was taken over, and with the list of wishes. Pure functions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS_LIMIT = 2_000
WISH_LIMIT, WHY_LIMIT = 120, 600
TELL_AFTER_WORKING_DAYS = 65  # choice of Bolwerk: about three months, as the follow-up of advice (issue 5)
FEW = 5  # below it no comparison of outcomes is shown: knooppunt.disclosure goes no lower either


class State(models.TextChoices):
    """Where it stands in the own municipality."""

    PLANNED = "planned", _("Planned")
    RUNNING = "running", _("In use")
    STOPPED = "stopped", _("Stopped")


class Move(models.TextChoices):
    """What one can do with it."""

    START = "start", _("We started")
    STOP = "stop", _("We stopped")
    AGAIN = "again", _("We begin again")


MOVES: dict[Move, tuple[frozenset[State], State]] = {
    Move.START: (frozenset({State.PLANNED}), State.RUNNING),
    Move.STOP: (frozenset({State.PLANNED, State.RUNNING}), State.STOPPED),
    Move.AGAIN: (frozenset({State.STOPPED}), State.RUNNING),
}


class Outcome(models.TextChoices):
    """What came of it: five steps, because more cannot be told apart without measuring."""

    MUCH = "much", _("It helps a lot")
    SOME = "some", _("It helps a little")
    NONE = "none", _("It makes no difference")
    WORSE = "worse", _("It made things worse")
    UNKNOWN = "unknown", _("We cannot say yet")


class KnownBy(models.TextChoices):
    """How they know."""

    IMPRESSION = "impression", _("Our impression")
    ASKED = "asked", _("We asked the people it is about")
    COUNTED = "counted", _("We counted, before and after")
    STUDIED = "studied", _("It was studied, with others to compare with")


class AdoptionError(ValueError):
    """A step that is not allowed; `text` says why and `field` where."""

    def __init__(self, text: str | Promise, *, field: str = "") -> None:
        super().__init__(text)
        self.text, self.field = text, field


@dataclass(frozen=True)
class Plan:
    """How a municipality takes a card over."""

    planned_on: date | None = None
    adapted: str = ""
    shared: bool = False  # others may see that it is used here, and what came of it


@dataclass(frozen=True)
class Step:
    """A move, the day on which it was made, and for a stop why."""

    move: Move
    day: date
    why: str = ""


@dataclass(frozen=True)
class Result:
    """What came of it, and how that is known."""

    outcome: Outcome
    known_by: KnownBy
    words: str = ""


def moves_from(now: State) -> list[Move]:
    """What can be done now."""
    return [move for move, (sources, _to) in MOVES.items() if now in sources]


def check_move(step: Step, *, now: State, on: date) -> State:
    """The state after it.

    Raises AdoptionError for a step that is not there, a day to come, or stopping without a why.
    """
    if step.move not in moves_from(now):
        raise AdoptionError(_("That is not possible now: it is “%(state)s”.") % {"state": now.label})
    if step.day > on:
        raise AdoptionError(_("Choose today or an earlier day."), field="day")
    if step.move == Move.STOP and not step.why.strip():
        raise AdoptionError(_("Say why you stopped: that is what others learn most from."), field="why")
    return MOVES[step.move][1]


def check_result(*, now: State) -> None:
    """There is a result once it was used. Raises AdoptionError."""
    if now == State.PLANNED:
        raise AdoptionError(_("Say first when you started: then there is something to tell."))


def helped(counts: Mapping[str, int]) -> tuple[int, int]:
    """How many say that it helps, a lot or a little, and how many say something else than not yet to know."""
    yes = counts.get(Outcome.MUCH, 0) + counts.get(Outcome.SOME, 0)
    return yes, yes + counts.get(Outcome.NONE, 0) + counts.get(Outcome.WORSE, 0)
