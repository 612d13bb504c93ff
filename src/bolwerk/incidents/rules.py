"""What an incident is and what may happen to it. Pure functions: no database, no clock, no request."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bolwerk.deadlines.rules import Term, Unit


class Status(models.TextChoices):
    """Where an incident stands."""

    NEW = "new", _("New")
    IN_PROGRESS = "in_progress", _("In progress")
    CLOSED = "closed", _("Closed")


class Hat(models.TextChoices):
    """In which capacity somebody looks at one incident. One person can wear several."""

    REPORTER = "reporter", _("Whoever reported it")
    CONCERNED = "concerned", _("Whoever it happened to")
    MANAGER = "manager", _("Manager of the department")
    COORDINATOR = "coordinator", _("Aggression coordinator")


HANDLERS = frozenset({Hat.MANAGER, Hat.COORDINATOR})

# Who may take which step. What is not in this table is not allowed.
ALLOWED_STEPS: dict[tuple[Status, Status], frozenset[Hat]] = {
    (Status.NEW, Status.IN_PROGRESS): HANDLERS,
    (Status.NEW, Status.CLOSED): frozenset({Hat.COORDINATOR}),  # sent twice, or by mistake
    (Status.IN_PROGRESS, Status.CLOSED): HANDLERS,
    (Status.CLOSED, Status.IN_PROGRESS): frozenset({Hat.COORDINATOR}),  # reopening keeps the same number
}

WITH_REASON = frozenset({(Status.NEW, Status.CLOSED), (Status.CLOSED, Status.IN_PROGRESS)})


class Kind(models.TextChoices):
    """What happened, in the words of whoever reports it; `content/kinds.<language>.yaml` has the words of the form.

    The list joins the kinds of a Dutch incident register with near misses and accidents; aggression covers what the
    A&O fonds calls verbal and physical violence.
    """

    AGGRESSION = "aggression", _("Aggression or violence")
    THREAT = "threat", _("Threat or intimidation")
    DISCRIMINATION = "discrimination", _("Discrimination or sexual intimidation")
    BRIBERY = "bribery", _("Offer of money or a gift")
    UNDUE_INFLUENCE = "undue_influence", _("Pressure on a decision")
    INFORMATION_LEAK = "information_leak", _("Information in the wrong hands")
    ACCIDENT = "accident", _("Accident")
    NEAR_MISS = "near_miss", _("Near miss")
    OTHER = "other", _("Something else")


class Channel(models.TextChoices):
    """Where or how it happened (the channels of municipal handling protocols)."""

    DESK = "desk", _("At the desk")
    MEETING_ROOM = "meeting_room", _("In a meeting room")
    PHONE = "phone", _("By phone")
    MAIL = "mail", _("By e-mail or letter")
    SOCIAL_MEDIA = "social_media", _("On social media")
    HOME_VISIT = "home_visit", _("During a home visit")
    STREET = "street", _("In the street")
    COUNCIL = "council", _("At a council or residents' meeting")
    PRIVATE_HOME = "private_home", _("At my own home or in private time")
    EVENT = "event", _("At an event")
    OTHER = "other", _("Somewhere else")


class Safety(models.TextChoices):
    """The answer to the first question: are you safe now?"""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNKNOWN = "unknown", _("Not sure")


class Duty(models.TextChoices):
    """What must happen in time after a report."""

    CONTACT = "contact", _("Contact by the manager")
    RECEPTION_TALK = "reception_talk", _("Reception talk")
    FEEDBACK = "feedback", _("Feedback to the reporter")


class Outcome(models.TextChoices):
    """Whether somebody was spoken to."""

    HELD = "held", _("It took place")
    DECLINED = "declined", _("Offered, not wanted")


@dataclass(frozen=True)
class DefaultTerm:
    """The term that holds until the municipality sets its own, and where it comes from."""

    term: Term
    source: str | Promise
    verified: bool


DEFAULT_TERMS: dict[Duty, DefaultTerm] = {
    Duty.CONTACT: DefaultTerm(
        Term(24, Unit.HOURS),
        _("Common practice at municipalities. No law or norm found that sets it."),
        verified=False,
    ),
    Duty.RECEPTION_TALK: DefaultTerm(
        Term(72, Unit.HOURS),
        _("Guidance on reception and aftercare: a talk within 72 hours. Not laid down by law."),
        verified=False,
    ),
    Duty.FEEDBACK: DefaultTerm(
        Term(5, Unit.WORKING_DAYS),
        _("Choice of Bolwerk: hearing nothing back is a main reason why people stop reporting."),
        verified=False,
    ),
}

# Nobody was hurt, so there is nothing to recover from; contact and feedback remain.
WITHOUT_RECEPTION_TALK = frozenset({Kind.NEAR_MISS, Kind.INFORMATION_LEAK})

NEVER = datetime(9999, 1, 1, tzinfo=UTC)  # nothing is due: sorts after everything that is
CLOCK_SLACK = timedelta(minutes=10)  # a phone's clock may run ahead of ours
WORDS_LIMIT = 4000  # characters: two printed pages, far more than "a few words"


class StepNotAllowedError(Exception):
    """The step is not in the table, or not for this person."""


class DutiesOpenError(StepNotAllowedError):
    """An incident cannot be closed while something is still owed to the reporter or the person it happened to."""

    def __init__(self, duties: frozenset["Duty"]) -> None:
        super().__init__(", ".join(sorted(duties)))
        self.duties = duties


class ReasonMissingError(StepNotAllowedError):
    """Closing without handling, and opening again, need a reason that others can read."""


class NotYetHappenedError(Exception):
    """The moment of an incident lies in the future."""


@dataclass(frozen=True)
class Facts:
    """What a mini-report tells: enough to act on, little enough to send in a minute."""

    kind: Kind
    channel: Channel
    occurred_at: datetime
    safety: Safety
    place: str = ""
    words: str = ""
    occurred_uncertain: bool = False


def steps_for(now: Status, hats: frozenset[Hat]) -> list[Status]:
    """The steps that somebody with these hats may take from here, in the order of the statuses."""
    return [to for to in Status if hats & ALLOWED_STEPS.get((now, to), frozenset())]


def needs_reason(now: Status, to: Status) -> bool:
    """Whether this step asks for a reason: closing without handling, and opening again."""
    return (now, to) in WITH_REASON


def check_step(
    now: Status, to: Status, *, hats: frozenset[Hat], open_duties: frozenset[Duty] = frozenset(), reason: str = ""
) -> None:
    """Raise StepNotAllowedError when this step is not in the table for these hats.

    Closing is refused with DutiesOpenError while care or feedback is still owed; a report sent by mistake needs only
    its feedback. ReasonMissingError when the step asks for a reason.
    """
    if to not in steps_for(now, hats):
        raise StepNotAllowedError(f"{now.value} → {to.value}")
    if needs_reason(now, to) and not reason.strip():
        raise ReasonMissingError
    owed = open_duties & {Duty.FEEDBACK} if now is Status.NEW else open_duties
    if to is Status.CLOSED and owed:
        raise DutiesOpenError(owed)


def check_moment(occurred_at: datetime, *, at: datetime) -> None:
    """Raise NotYetHappenedError when something is said to have happened after now."""
    if occurred_at > at + CLOCK_SLACK:
        raise NotYetHappenedError


def duties_for(kind: Kind, safety: Safety) -> list[Duty]:
    """The duties that a report starts the clock of. Whoever does not feel safe always gets a talk."""
    if kind in WITHOUT_RECEPTION_TALK and safety is Safety.YES:
        return [Duty.CONTACT, Duty.FEEDBACK]
    return list(Duty)


def quarter_of(day: date) -> str:
    """The quarter in which a day lies, such as 2026-3."""
    return f"{day.year}-{(day.month + 2) // 3}"


def closed_quarters(year: int, *, on: date) -> list[str]:
    """The quarters of a year that are over on a day. Figures are of closed quarters: nothing is added to them."""
    return [f"{year}-{number}" for number in range(1, 5) if f"{year}-{number}" < quarter_of(on)]
