"""Clocks that ended in a quarter, and whether what they asked for was done by then. Raw: for the gate only."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from bolwerk.deadlines.models import Task
from bolwerk.incidents.models import Incident
from bolwerk.incidents.queries.names import CARE, INCIDENT, POLICE, RESPONSE
from bolwerk.incidents.rules import Timed, quarter_of

TRACKS = (INCIDENT, CARE, RESPONSE, POLICE)


@dataclass(frozen=True)
class Ran:
    """One clock: of which department, for what, in which quarter it ended, whom it happened to, and if it was met."""

    department: str | None
    what: Timed
    quarter: str
    person: UUID
    in_time: bool


def clocks_of(quarters: list[str]) -> list[Ran]:
    """Every clock whose term ended in one of these quarters. One that was stopped because nothing was owed is none."""
    years = {int(quarter[:4]) for quarter in quarters}
    incidents = Incident.objects.order_by().values_list("pk", "department__code", "happened_to")
    places = {pk: (code, person) for pk, code, person in incidents}
    rows = Task.objects.filter(due_at__year__in=years).exclude(status=Task.Status.CANCELLED).order_by()
    found = []
    for subject, key, due_at, ended_at in rows.values_list("subject", "key", "due_at", "ended_at").iterator():
        what, incident_id = _what(key), _incident(subject)
        quarter = quarter_of(timezone.localtime(due_at).date())
        if what and incident_id in places and quarter in quarters:
            code, person = places[incident_id]
            found.append(Ran(code, what, quarter, person, _met(due_at, ended_at)))
    return found


def _met(due_at: datetime, ended_at: datetime | None) -> bool:
    return ended_at is not None and ended_at <= due_at


def _what(key: str) -> Timed | None:
    code = key.partition(":")[0]
    return Timed(code) if code in Timed.values else None


def _incident(subject: str) -> UUID | None:
    track = next((start for start in TRACKS if subject.startswith(start)), None)
    return UUID(subject.removeprefix(track)) if track else None
