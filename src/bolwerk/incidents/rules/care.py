"""The care track: who is concerned, which moments there are for everybody, and where the care for somebody stands."""

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from bolwerk.incidents.rules.duties import CARE_DUTIES, Duty, Outcome
from bolwerk.incidents.rules.statuses import Hat

WISH_LIMIT = 300  # a need or an agreement in one or two sentences: there is no room for a talk
NAME_LIMIT = 120
CARERS = frozenset({Hat.MANAGER, Hat.CARE_TEAM})
AFTER_THE_TALK = (Duty.SECOND_TALK, Duty.THIRD_TALK)  # their clocks start once the reception talk was offered


class Capacity(models.TextChoices):
    """How somebody is concerned."""

    VICTIM = "victim", _("It happened to this person")
    COLLEAGUE = "colleague", _("Colleague of whom it happened to")
    WITNESS = "witness", _("Witness")
    BYSTANDER = "bystander", _("Bystander or visitor")


class CareState(models.TextChoices):
    """Where the care for one person stands."""

    RUNNING = "running", _("Care runs")
    DECLINED = "declined", _("No care wanted")
    DONE = "done", _("Care was given")


class CareEvent(models.TextChoices):
    """What can happen to it."""

    DECLINE = "decline", _("No more care wanted")
    RESUME = "resume", _("Care after all")
    FINISH = "finish", _("Every moment has been")  # follows from the last moment; nobody presses it


# Who may take which step, and where it leads. What is not in this table is not allowed.
CARE_MOVES: dict[tuple[CareState, CareEvent], tuple[frozenset[Hat], CareState]] = {
    (CareState.RUNNING, CareEvent.DECLINE): (CARERS | {Hat.CONCERNED}, CareState.DECLINED),
    (CareState.DECLINED, CareEvent.RESUME): (CARERS | {Hat.CONCERNED}, CareState.RUNNING),
    (CareState.RUNNING, CareEvent.FINISH): (frozenset(), CareState.DONE),
}


class CareMoveNotAllowedError(Exception):
    """The step is not in the table, or not for this person."""


class CareReasonMissingError(CareMoveNotAllowedError):
    """Declining asks for a reason, so that nobody is passed over with a tick."""


class PersonTwiceError(Exception):
    """This colleague is in the care track of this incident already."""


@dataclass(frozen=True)
class Spoken:
    """What is kept of a moment: whether, when, what somebody needs and what was agreed. Never what was said."""

    outcome: Outcome
    held_on: date
    need: str = ""
    agreed: str = ""
    reason: str = ""


def care_events_for(now: CareState, hats: frozenset[Hat]) -> list[CareEvent]:
    """What somebody with these hats may do from here."""
    return [event for event in CareEvent if hats & CARE_MOVES.get((now, event), (frozenset(), now))[0]]


def moved(now: CareState, event: CareEvent, *, hats: frozenset[Hat], reason: str = "") -> CareState:
    """Where a step leads. Raises CareMoveNotAllowedError, or CareReasonMissingError when declining has no reason."""
    if event not in care_events_for(now, hats):
        raise CareMoveNotAllowedError(f"{now.value}: {event.value}")
    if event is CareEvent.DECLINE and not reason.strip():
        raise CareReasonMissingError
    return CARE_MOVES[now, event][1]


def first_moments(*, talk: bool) -> tuple[Duty, ...]:
    """The moments whose clocks start at once: contact and, where somebody may have been hurt, a reception talk."""
    return (Duty.CONTACT, Duty.RECEPTION_TALK) if talk else (Duty.CONTACT,)


def all_moments(*, talk: bool) -> tuple[Duty, ...]:
    """Every moment of a person, in order."""
    return CARE_DUTIES if talk else (Duty.CONTACT,)
