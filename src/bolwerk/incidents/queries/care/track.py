"""The care track of one incident as a page shows it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from bolwerk.accounts.models import Person
from bolwerk.accounts.queries import people_with
from bolwerk.deadlines.models import Task
from bolwerk.deadlines.queries import shown_calendar, time_left
from bolwerk.incidents.access import CARE_ROLES
from bolwerk.incidents.models import (
    CareHelp,
    CareMoment,
    CareWish,
    Concerned,
    Incident,
    PerpetratorLink,
    SickLeave,
)
from bolwerk.incidents.queries.care.around import Around, around
from bolwerk.incidents.queries.names import care_urn
from bolwerk.incidents.rules import Duty, Hat, Kind, Safety, owes_talk
from bolwerk.incidents.rules.care import CareEvent, CareState, all_moments, care_events_for

# The words in the address of a step.
STEPS = {CareEvent.DECLINE: "stoppen", CareEvent.RESUME: "hervatten"}


@dataclass(frozen=True)
class MomentShown:
    """One moment of a person: what was kept of it, or by when it is due; `left` is empty where no clock runs."""

    duty: Duty
    kept: CareMoment | None
    left: str
    late: bool


@dataclass(frozen=True)
class PersonShown:
    """Somebody concerned, with every moment and the steps that the reader may take."""

    concerned: Concerned
    state: CareState
    moments: list[MomentShown]
    steps: list[tuple[str, str]]
    help: list[CareHelp]
    absences: list[SickLeave]
    wishes: list[CareWish]

    @property
    def absent(self) -> SickLeave | None:
        """The absence that runs."""
        return next((one for one in self.absences if one.back_on is None), None)

    @property
    def waiting(self) -> list[CareWish]:
        """What was asked and not answered yet."""
        return [one for one in self.wishes if one.answered_at is None]

    @property
    def running(self) -> bool:
        """Whether there is still something to do for this person."""
        return self.state is CareState.RUNNING

    @property
    def next(self) -> MomentShown | None:
        """The moment whose clock is due first."""
        return next((one for one in self.moments if one.left), None)


def care_of(incident: Incident, *, hats: frozenset[Hat], at: datetime) -> list[PersonShown]:
    """Everybody concerned, in the order in which they were added. Three questions to the database."""
    return _shown(Concerned.objects.filter(incident=incident), incident, hats=hats, at=at)


def _shown(
    concerned: QuerySet[Concerned], incident: Incident, *, hats: frozenset[Hat], at: datetime
) -> list[PersonShown]:
    rows = list(concerned.select_related("person"))
    written = around(one.pk for one in rows)
    calendar, talk = shown_calendar(), owes_talk(Kind(incident.kind), Safety(incident.safety))
    running = {_owed(task): task for task in Task.objects.open().filter(subject=care_urn(incident))}
    shown = []
    for one in rows:
        mine = written.get(one.pk) or Around()
        moments = []
        for duty in all_moments(talk=talk):
            task = running.get((duty.value, str(one.pk)))
            left = time_left(task, at=at, calendar=calendar) if task else ""
            moments.append(MomentShown(duty, mine.moments.get(duty.value), left, bool(task and task.due_at < at)))
        state = CareState(one.state)
        steps = [(STEPS[event], str(event.label)) for event in care_events_for(state, hats) if event in STEPS]
        shown.append(PersonShown(one, state, moments, steps, mine.help, mine.absences, mine.wishes))
    return shown


def own_care(incident: Incident, person: Person, *, at: datetime) -> list[PersonShown]:
    """What the person concerned reads of the own care: their moments and what was agreed, and nobody else's."""
    mine = Concerned.objects.filter(incident=incident, person=person)
    return _shown(mine, incident, hats=frozenset({Hat.CONCERNED}), at=at)


def _owed(task: Task) -> tuple[str, str]:
    duty, concerned, *_again = task.key.split(":")
    return duty, concerned


def readers_of_care(incident: Incident, *, on: date) -> list[str]:
    """The names of everybody who can read this track on a day."""
    meant = PerpetratorLink.objects.filter(incident=incident).exclude(perpetrator__employee=None)
    people = people_with(*CARE_ROLES, on=on, department=incident.department).exclude(pk=incident.happened_to_id)
    return [person.name for person in people.exclude(pk__in=meant.values("perpetrator__employee"))]


def running_absence(concerned: Concerned) -> SickLeave | None:
    """The absence of somebody that goes on."""
    return SickLeave.objects.filter(concerned=concerned, back_on=None).first()
