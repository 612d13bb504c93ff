"""A run of a case: its states, its phases, its timer, and who may do what in which work form. Pure (ADR 34)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from bolwerk.circle.rules.circles import CircleError
from bolwerk.circle.rules.methods import Form, Phase, Submitter

SENT_LIMIT = 1_000  # signs of one contribution: a phone is no place for an essay
MOST_SENT = 20  # contributions of one person in one phase
MOST_EXTRA = 60  # minutes that one press may add
FEWEST_VOTES = 3  # below it nobody sees counts: with two, each knows what the other chose


class RunState(models.TextChoices):
    """How far a run is."""

    READY = "ready", pgettext_lazy("intervision", "ready to begin")
    RUNNING = "running", pgettext_lazy("intervision", "going on now")
    PAUSED = "paused", pgettext_lazy("intervision", "paused")
    FINISHED = "finished", pgettext_lazy("intervision", "finished")
    STOPPED = "stopped", pgettext_lazy("intervision", "stopped early")


LIVE = frozenset({RunState.RUNNING, RunState.PAUSED})
OVER = frozenset({RunState.FINISHED, RunState.STOPPED})
ALLOWED_STEPS: dict[RunState, frozenset[RunState]] = {
    RunState.READY: frozenset({RunState.RUNNING, RunState.STOPPED}),
    RunState.RUNNING: frozenset({RunState.PAUSED, RunState.FINISHED, RunState.STOPPED}),
    RunState.PAUSED: frozenset({RunState.RUNNING, RunState.FINISHED, RunState.STOPPED}),
    RunState.FINISHED: frozenset(),
    RunState.STOPPED: frozenset(),
}


class Hat(models.TextChoices):
    """As what somebody sits in a run."""

    SUBMITTER = "submitter", _("submitter")
    MEMBER = "member", _("participant")
    LEADER = "leader", _("facilitator")  # leads, and takes part for no municipality


class Sent(models.TextChoices):
    """What somebody sends in a phase."""

    WORDS = "words", _("written, with a name")
    NAMELESS = "nameless", _("written, without a name")
    ADVICE = "advice", _("advice")
    TOUCHED = "touched", _("what touched the submitter")


class Duty(models.TextChoices):
    """What somebody does in a phase: what the phone says first."""

    SPEAK = "speak", _("You have the floor.")
    TALK = "talk", _("Talk along.")
    ANSWER = "answer", _("Answer the questions, shortly.")
    LISTEN = "listen", _("Listen. You need not do anything now.")
    SILENT = "silent", _("Listen, and do not react yet. You may make notes for yourself.")
    OUTSIDE = "outside", _("Sit outside the circle and listen. Do not react.")
    WRITE = "write", _("Write in silence. Your name stands with it.")
    WRITE_NAMELESS = "write_nameless", _("Write in silence. Nobody sees that these words are yours.")
    CHOOSE = "choose", _("Choose one. Nobody sees what you choose.")
    ADVISE = "advise", _("Write your advice for the submitter. Your name stands with it.")
    LOOK_BACK = "look_back", _("Tell what touched you, and write down what you want to keep.")
    GUIDE = "guide", _("You guide the group. Read the question out.")


OF_THE_GROUP: dict[Form, Duty] = {
    Form.TALK: Duty.TALK,
    Form.WRITE: Duty.WRITE,
    Form.WRITE_NAMELESS: Duty.WRITE_NAMELESS,
    Form.CHOOSE: Duty.CHOOSE,
    Form.ADVISE: Duty.ADVISE,
    Form.LISTEN: Duty.LISTEN,
}
OF_THE_SUBMITTER: dict[Submitter, Duty] = {
    Submitter.TELLS: Duty.SPEAK,
    Submitter.ANSWERS: Duty.ANSWER,
    Submitter.LISTENS: Duty.SILENT,
    Submitter.OUTSIDE: Duty.OUTSIDE,
    Submitter.LOOKS_BACK: Duty.LOOK_BACK,
}
SENDS: dict[Duty, Sent] = {
    Duty.WRITE: Sent.WORDS,
    Duty.WRITE_NAMELESS: Sent.NAMELESS,
    Duty.ADVISE: Sent.ADVICE,
    Duty.LOOK_BACK: Sent.TOUCHED,
}


def duty_of(phase: Phase, hat: Hat) -> Duty:
    """What somebody does in a phase."""
    if hat is Hat.LEADER:
        return Duty.GUIDE
    if hat is Hat.SUBMITTER and phase.submitter is not Submitter.TAKES_PART:
        return OF_THE_SUBMITTER[phase.submitter]
    if hat is Hat.SUBMITTER and phase.form is Form.ADVISE:
        return Duty.SILENT  # nobody advises themselves
    return OF_THE_GROUP[phase.form]


def sends(phase: Phase, hat: Hat) -> Sent | None:
    """What somebody may send in a phase, or None."""
    return SENDS.get(duty_of(phase, hat))


def may_vote(phase: Phase, hat: Hat) -> bool:
    """Whether somebody chooses in this phase."""
    return duty_of(phase, hat) is Duty.CHOOSE


def check_step(now: RunState, to: RunState) -> None:
    """Raises CircleError when a run cannot go from one state to another."""
    if to not in ALLOWED_STEPS[now]:
        raise CircleError(gettext("This intervision is %(state)s. That cannot be done now.") % {"state": now.label})


def check_move(state: RunState, to: int, phases: Sequence[Phase]) -> None:
    """Raises CircleError when there is no such phase now."""
    if state not in LIVE or not 0 <= to < len(phases):
        raise CircleError(gettext("There is no such phase now."))


def check_sent(state: RunState, text: str) -> None:
    """Raises CircleError for words that are none, are too many, or come after the end."""
    if state not in LIVE:
        raise CircleError(gettext("This intervision is over. Your words were not sent; they still stand here."))
    if not text.strip():
        raise CircleError(gettext("Write something first."), field="text")
    if len(text) > SENT_LIMIT:
        words = {"limit": SENT_LIMIT, "count": len(text)}
        raise CircleError(gettext("At most %(limit)d signs; these are %(count)d.") % words, field="text")


@dataclass(frozen=True)
class Timer:
    """When a phase ends, or how many seconds were left when it was paused."""

    ends_at: datetime | None
    left: int | None = None

    def seconds(self, *, at: datetime) -> int:
        """How many seconds there are; negative once it takes longer than planned."""
        if self.left is not None:
            return self.left
        return int((self.ends_at - at).total_seconds()) if self.ends_at else 0


def begin(phase: Phase, *, at: datetime) -> Timer:
    """The timer of a phase that begins."""
    return Timer(at + timedelta(minutes=phase.minutes))


def pause(timer: Timer, *, at: datetime) -> Timer:
    """Stop the timer where it is."""
    return Timer(None, timer.seconds(at=at))


def go_on(timer: Timer, *, at: datetime) -> Timer:
    """Let a timer that was stopped run on."""
    return Timer(at + timedelta(seconds=timer.seconds(at=at)))


def extend(timer: Timer, minutes: int, *, at: datetime) -> Timer:
    """Give a phase more minutes: counted from now when its time was up. Raises CircleError for no sensible number."""
    if not 1 <= minutes <= MOST_EXTRA:
        raise CircleError(gettext("Give 1 to %(most)d minutes more.") % {"most": MOST_EXTRA})
    if timer.left is not None:
        return Timer(None, max(timer.left, 0) + minutes * 60)
    return Timer(max(timer.ends_at or at, at) + timedelta(minutes=minutes))


def winner(counts: Mapping[str, int]) -> str | None:
    """What most people chose, when enough chose and nothing has as many."""
    ranked = Counter(counts).most_common(2)
    if sum(counts.values()) < FEWEST_VOTES or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def shown_counts(counts: Mapping[str, int], *, closed: bool) -> dict[str, int] | None:
    """How many chose what: only when nobody can choose any more, and enough people did."""
    return dict(counts) if closed and sum(counts.values()) >= FEWEST_VOTES else None
