"""What still has to be done for an incident, by when, and how that reads."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from bolwerk.deadlines.models import Task
from bolwerk.deadlines.queries import shown_calendar, time_left
from bolwerk.incidents.models import Incident
from bolwerk.incidents.queries.names import care_urn
from bolwerk.incidents.rules import BEFORE_CLOSING, CARE_DUTIES, Duty


@dataclass(frozen=True)
class OpenDuty:
    """A duty whose clock still runs: its last moment, whether that passed, in words, and the page where it is done."""

    duty: Duty
    due_at: datetime
    late: bool
    left: str
    page: str


@dataclass(frozen=True)
class CareStands:
    """All that shows of care outside its own track: that it runs, until when, or the day on which it was met."""

    due_at: datetime | None
    met_at: datetime | None


def duties_open(incident: Incident, *, care: bool = True) -> QuerySet[Task]:
    """The clocks that must have stopped before the report can be closed, first due first."""
    own = Q(subject=incident.urn)
    if care:
        for duty in BEFORE_CLOSING & set(CARE_DUTIES):
            own |= Q(subject=care_urn(incident), key__startswith=f"{duty.value}:")
    return Task.objects.open().filter(own).order_by("due_at", "pk")


def before_closing(key: str) -> bool:
    """Whether the clock with this key must have stopped before the report can be closed."""
    return key.partition(":")[0] in BEFORE_CLOSING


def open_duties(incident: Incident, *, at: datetime, care: bool = True) -> list[OpenDuty]:
    """The duties whose clocks still run, first due first; each duty once, however many people it is owed to."""
    return _owed(duties_open(incident, care=care), at)


def duties_and_care(incident: Incident, *, at: datetime) -> tuple[list[OpenDuty], CareStands]:
    """As `open_duties`, and whether care runs or was met: for a page that shows both, in one question."""
    subjects = [incident.urn, care_urn(incident)]
    tasks = list(Task.objects.filter(subject__in=subjects).order_by("due_at", "pk"))
    before = [task for task in tasks if task.status == Task.Status.OPEN and before_closing(task.key)]
    cares = [task for task in tasks if task.subject != incident.urn]
    running = [task.due_at for task in cares if task.status == Task.Status.OPEN]
    met = [task.ended_at for task in cares if task.status == Task.Status.DONE and task.ended_at]
    stands = CareStands(min(running, default=None), max(met, default=None) if not running else None)
    return _owed(before, at), stands


def _duty(task: Task) -> Duty:
    return Duty(task.key.partition(":")[0])


def _owed(tasks: Iterable[Task], at: datetime) -> list[OpenDuty]:
    calendar = shown_calendar()
    first: dict[Duty, Task] = {}
    for task in tasks:
        first.setdefault(_duty(task), task)
    return [
        OpenDuty(duty, task.due_at, task.due_at < at, time_left(task, at=at, calendar=calendar), task.page)
        for duty, task in first.items()
    ]
