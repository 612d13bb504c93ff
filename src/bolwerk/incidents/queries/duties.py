"""What still has to be done for an incident, by when, and how that reads."""

from dataclasses import dataclass
from datetime import datetime

from bolwerk.deadlines.models import Task
from bolwerk.deadlines.queries import shown_calendar, tasks_of, time_left
from bolwerk.incidents.models import Incident
from bolwerk.incidents.rules import Duty


@dataclass(frozen=True)
class OpenDuty:
    """A duty whose clock still runs: its last moment, whether that passed, in words, and the page where it is done."""

    duty: Duty
    due_at: datetime
    late: bool
    left: str
    page: str


def open_duties(incident: Incident, *, at: datetime) -> list[OpenDuty]:
    """The duties whose clocks still run, first due first."""
    calendar = shown_calendar()
    return [
        OpenDuty(
            Duty(task.key),
            task.due_at,
            task.due_at < at,
            time_left(task, at=at, calendar=calendar),
            task.page,
        )
        for task in tasks_of(incident.urn).filter(status=Task.Status.OPEN)
    ]
