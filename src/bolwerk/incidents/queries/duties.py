"""What still has to be done for an incident, and by when."""

from datetime import datetime

from bolwerk.deadlines.models import Task
from bolwerk.deadlines.queries import tasks_of
from bolwerk.incidents.models import Incident
from bolwerk.incidents.rules import Duty


def open_duties(incident: Incident) -> dict[Duty, datetime]:
    """The duties whose clocks still run, each with its last moment; first due first."""
    running = tasks_of(incident.urn).filter(status=Task.Status.OPEN).values_list("key", "due_at")
    return {Duty(key): due_at for key, due_at in running}
