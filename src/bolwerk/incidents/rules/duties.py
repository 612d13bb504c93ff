"""What must happen in time after a report, and within which term."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bolwerk.deadlines.rules import Term, Unit
from bolwerk.incidents.rules.reports import Kind, Safety

NEVER = datetime(9999, 1, 1, tzinfo=UTC)  # nothing is due: sorts after everything that is


class Duty(models.TextChoices):
    """What must happen in time after a report."""

    CONTACT = "contact", _("First contact")
    RECEPTION_TALK = "reception_talk", _("Reception talk")
    SECOND_TALK = "second_talk", _("Talk after 2 weeks")
    THIRD_TALK = "third_talk", _("Talk after 6 to 8 weeks")
    FEEDBACK = "feedback", _("Feedback to the reporter")


# What is owed to everybody concerned: the clocks of the care track. Feedback belongs to the report itself.
CARE_DUTIES = (Duty.CONTACT, Duty.RECEPTION_TALK, Duty.SECOND_TALK, Duty.THIRD_TALK)
# While one of these runs, a report is not closed. The later talks go on after it.
BEFORE_CLOSING = frozenset({Duty.CONTACT, Duty.RECEPTION_TALK, Duty.FEEDBACK})


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
    Duty.SECOND_TALK: DefaultTerm(
        Term(2, Unit.WEEKS),
        _("Guidance on reception and aftercare: a second talk after two weeks. Not laid down by law."),
        verified=False,
    ),
    Duty.THIRD_TALK: DefaultTerm(
        Term(8, Unit.WEEKS),
        _("Guidance on reception and aftercare: a talk after six to eight weeks. Not laid down by law."),
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


def owes_talk(kind: Kind, safety: Safety) -> bool:
    """Whether everybody concerned gets a reception talk and the talks after it; always when somebody is not safe."""
    return kind not in WITHOUT_RECEPTION_TALK or safety is not Safety.YES


def duties_for(kind: Kind, safety: Safety) -> list[Duty]:
    """The duties that a report starts the clock of. Whoever does not feel safe always gets a talk.

    The later talks follow from the reception talk.
    """
    talk = [Duty.RECEPTION_TALK] if owes_talk(kind, safety) else []
    return [Duty.CONTACT, *talk, Duty.FEEDBACK]
