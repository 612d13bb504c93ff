"""What may happen to a measure, and by whom: the whole table. Pure."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bolwerk.incidents.rules.areas import Area
from bolwerk.incidents.rules.ladder import FOUR_EYES_FROM, Need, Severity, Step
from bolwerk.incidents.rules.statuses import HANDLERS, Hat


class State(models.TextChoices):
    """Where a measure stands."""

    PROPOSED = "proposed", pgettext_lazy("measure", "Proposed")
    ASKED = "asked", pgettext_lazy("measure", "Decision asked")
    DECIDED = "decided", pgettext_lazy("measure", "Decided, not sent yet")
    SENT = "sent", pgettext_lazy("measure", "Sent and in force")
    ENDED = "ended", pgettext_lazy("measure", "Ended on its date")
    LIFTED = "lifted", pgettext_lazy("measure", "Lifted early")
    REFUSED = "refused", pgettext_lazy("measure", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("measure", "Withdrawn")


class Event(models.TextChoices):
    """What can be done with a measure."""

    CHANGE = "change", pgettext_lazy("measure", "Change")
    ASK = "ask", pgettext_lazy("measure", "Ask for a decision")
    DECIDE = "decide", pgettext_lazy("measure", "Decide")
    REFUSE = "refuse", pgettext_lazy("measure", "Refuse")
    SEND = "send", pgettext_lazy("measure", "Letter was sent")
    REVIEW = "review", pgettext_lazy("measure", "Reviewed")
    BREACH = "breach", pgettext_lazy("measure", "Write down a breach")
    LIFT = "lift", pgettext_lazy("measure", "Lift early")
    WITHDRAW = "withdraw", pgettext_lazy("measure", "Withdraw")
    END = "end", pgettext_lazy("measure", "Ended by itself")


DECIDER = frozenset({Hat.DECIDER})
NOBODY: frozenset[Hat] = frozenset()  # time does it

# From here, by this event, to there, and by whom. What is not in this table is not allowed.
MOVES: dict[tuple[State, Event], tuple[State, frozenset[Hat]]] = {
    (State.PROPOSED, Event.CHANGE): (State.PROPOSED, HANDLERS),
    (State.PROPOSED, Event.ASK): (State.ASKED, HANDLERS),
    (State.PROPOSED, Event.WITHDRAW): (State.WITHDRAWN, HANDLERS),
    (State.ASKED, Event.DECIDE): (State.DECIDED, DECIDER),
    (State.ASKED, Event.REFUSE): (State.REFUSED, DECIDER),
    (State.ASKED, Event.WITHDRAW): (State.WITHDRAWN, HANDLERS),
    (State.DECIDED, Event.SEND): (State.SENT, HANDLERS),
    (State.DECIDED, Event.WITHDRAW): (State.WITHDRAWN, DECIDER),
    (State.SENT, Event.REVIEW): (State.SENT, HANDLERS | DECIDER),
    (State.SENT, Event.BREACH): (State.SENT, HANDLERS),
    (State.SENT, Event.LIFT): (State.LIFTED, DECIDER),
    (State.SENT, Event.END): (State.ENDED, NOBODY),
}
BEHIND_THE_GATE = frozenset({Event.ASK, Event.DECIDE, Event.SEND})
WITH_WORDS = frozenset({Event.REFUSE, Event.REVIEW, Event.BREACH, Event.LIFT, Event.WITHDRAW})
OVER = frozenset({State.ENDED, State.LIFTED, State.REFUSED, State.WITHDRAWN})
# From here on whoever the ladder names as decider reads the track; before that there is nothing to decide.
SEEN_BY_DECIDER = frozenset(State) - {State.PROPOSED, State.WITHDRAWN}


class Route(models.TextChoices):
    """How the person can come up against a measure."""

    OBJECTION = "objection", _("Objection (a decision under the Awb)")
    COMPLAINT = "complaint", _("Complaint (no decision: Awb chapter 9)")


@dataclass(frozen=True)
class Findings:
    """What is established about the incident, for a reaction."""

    severity: Severity
    facts: str = ""
    facts_on: date | None = None
    norm: str = ""
    norm_urn: str = ""
    warned_on: date | None = None
    not_warned_because: str = ""


@dataclass(frozen=True)
class Hearing:
    """Whether the person was heard and what they said, or why not yet."""

    heard_on: date | None = None
    heard_words: str = ""
    not_heard_because: str = ""


@dataclass(frozen=True)
class Plan:
    """A measure as somebody proposes it."""

    step: Step
    deviation: str = ""
    reasons: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    review_on: date | None = None
    route: str = ""
    house_rules_shown: bool = False
    police_informed: bool = False
    other_channel: str = ""
    areas: tuple[Area, ...] = ()
    contact: str = ""
    ways: tuple[str, ...] = ()


@dataclass(frozen=True)
class Said:
    """What goes with a step: words where others must see why, and the day of sending or of the next review."""

    words: str = ""
    day: date | None = None


NOTHING_SAID = Said()


class MoveNotAllowedError(Exception):
    """This cannot be done with the measure now, or not by this person."""


class GateOpenError(MoveNotAllowedError):
    """The fairness gate keeps the measure: `needs` is what is missing."""

    def __init__(self, needs: list[Need]) -> None:
        super().__init__(", ".join(needs))
        self.needs = needs


class FourEyesError(MoveNotAllowedError):
    """Whoever proposed this measure may not decide it as well."""


class WordsMissingError(MoveNotAllowedError):
    """This needs words: others must be able to see why."""


class LetterMissingError(MoveNotAllowedError):
    """No letter of this measure was kept, so none can have been sent."""


def state_on(state: State, *, ends_on: date | None, on: date) -> State:
    """Where a measure stands on a day: one that is in force ends by itself after its last day, worker or no worker."""
    return State.ENDED if state is State.SENT and ends_on is not None and on > ends_on else state


def events_for(state: State, hats: frozenset[Hat]) -> list[Event]:
    """What somebody with these hats may do from here, in the order of the events."""
    return [event for event in Event if (state, event) in MOVES and hats & MOVES[state, event][1]]


def check_move(state: State, event: Event, *, hats: frozenset[Hat], gate: list[Need], words: str = "") -> State:
    """The state after the event. Raises MoveNotAllowedError, GateOpenError or WordsMissingError."""
    if event not in events_for(state, hats):
        raise MoveNotAllowedError(f"{state.value}: {event.value}")
    if event in BEHIND_THE_GATE and gate:
        raise GateOpenError(gate)
    if event in WITH_WORDS and not words.strip():
        raise WordsMissingError
    return MOVES[state, event][0]


def check_four_eyes(step: Step, *, proposed_by: UUID, decided_by: UUID) -> None:
    """Raise FourEyesError when one person would propose and decide a measure of step 3 or higher."""
    if step.number >= FOUR_EYES_FROM and proposed_by == decided_by:
        raise FourEyesError
