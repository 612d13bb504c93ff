"""Reading: who looked at what is in the trail, before it is on the screen."""

from datetime import datetime

from bolwerk.accounts.models import Person
from bolwerk.audit.actions import record
from bolwerk.audit.actions.reading import note_reading
from bolwerk.audit.rules.things import OWN
from bolwerk.incidents.models import Incident
from bolwerk.incidents.queries.names import FIGURES, WORKLIST


def record_reading(*, incident: Incident, by: Person, at: datetime) -> None:
    """Write down that somebody who looks after an incident opened it."""
    record("incidents.incident.read", subject=incident.urn, actor=by.urn, at=at)


def record_looking_back(*, incident: Incident, shown: int, by: Person, at: datetime) -> None:
    """Write down that somebody looked who looked at the own report: that page is a part of the trail."""
    note_reading(by=by.urn, shown=shown, filters=OWN, about=incident.urn, at=at)


def record_search(*, shown: int, by: Person, at: datetime, filters: str) -> None:
    """Write down that somebody looked at the worklist: how many rows, and the names (not the values) of the filters."""
    record("incidents.worklist.read", subject=WORKLIST, actor=by.urn, at=at, shown=shown, filters=filters)


def record_export(*, rows: int, reason: str, by: Person, at: datetime) -> None:
    """Write down that rows left the house, how many and why."""
    record("incidents.worklist.exported", subject=WORKLIST, actor=by.urn, at=at, reason=reason, rows=rows)


def record_figures_export(*, year: int, rows: int, by: Person, at: datetime) -> None:
    """Write down that published figures left the house as a file."""
    record("incidents.figures.exported", subject=f"{FIGURES}{year}", actor=by.urn, at=at, rows=rows)
