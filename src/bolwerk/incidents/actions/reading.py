"""Reading: who looked at what is in the trail, and of whom in the processing log, before it is on the screen."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from bolwerk.accounts.models import Person
from bolwerk.audit.actions import record
from bolwerk.audit.actions.reading import note_reading
from bolwerk.audit.rules.things import OWN
from bolwerk.incidents.actions.noting import note, note_list
from bolwerk.incidents.models import Incident
from bolwerk.incidents.queries.names import FIGURES


def record_reading(*, incident: Incident, by: Person, at: datetime) -> None:
    """Write down that somebody who looks after an incident opened it."""
    note("incidents.incident.read", incident=incident, by=by, at=at)


def record_looking_back(*, incident: Incident, shown: int, by: Person, at: datetime) -> None:
    """Write down that somebody looked who looked at the own report: that page is a part of the trail."""
    note_reading(by=by.urn, shown=shown, filters=OWN, about=incident.urn, at=at)


def record_search(*, shown: Collection[Incident], by: Person, at: datetime, filters: str) -> None:
    """Write down that somebody looked at these rows of the worklist, and the names (not the values) of the filters."""
    people = [(row.reporter_id, row.happened_to_id) for row in shown]
    note_list("incidents.worklist.read", people=people, by=by, at=at, shown=len(shown), filters=filters)


def record_export(*, rows: QuerySet[Incident], reason: str, by: Person, at: datetime) -> None:
    """Write down that these rows left the house, and why."""
    people = list(rows.values_list("reporter_id", "happened_to_id"))
    note_list("incidents.worklist.exported", people=people, by=by, at=at, reason=reason, rows=len(people))


def record_whole_export(*, rows: QuerySet[Incident], reason: str, by: Person, at: datetime) -> None:
    """Write down that all of these reports left the house whole, with names and words, and why."""
    people = list(rows.values_list("reporter_id", "happened_to_id"))
    note_list("incidents.reports.exported", people=people, by=by, at=at, reason=reason, rows=len(people))


def record_figures_export(*, year: int, rows: int, by: Person, at: datetime) -> None:
    """Write down that published figures left the house as a file."""
    record("incidents.figures.exported", subject=f"{FIGURES}{year}", actor=by.urn, at=at, rows=rows)
