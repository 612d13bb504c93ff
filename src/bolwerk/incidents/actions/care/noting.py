"""Noting in this track: the trail says who did what, the processing log of whom data was processed."""

from collections.abc import Collection
from datetime import datetime

from bolwerk.accounts.models import Person
from bolwerk.accounts.queries.names import PERSON
from bolwerk.audit.actions.reading import note_reading
from bolwerk.audit.rules.chain import Fact
from bolwerk.audit.rules.things import OWN
from bolwerk.incidents.actions.noting import note_both
from bolwerk.incidents.models import Care, Incident
from bolwerk.incidents.queries.names import ACCIDENT_LIST, CARE_LIST, care_urn

ACTIVITY = "incidents.aftercare"  # see content/activities.*.yaml


def note(
    event: str, *, incident: Incident, by: Person, at: datetime, people: Collection[Person | None] = (), **facts: Fact
) -> None:
    """Write down that something was done in the track. Call it last in an action.

    `people` are those it was about; whoever has no account is in no processing log.
    """
    subjects = [person.urn for person in people if person] or [incident.happened_to.urn]
    note_both(event, subject=care_urn(incident), people=subjects, activity=ACTIVITY, by=by, at=at, **facts)


def record_care_reading(*, incident: Incident, people: Collection[Person | None], by: Person, at: datetime) -> None:
    """Write down that somebody opened the care track, and of whom."""
    note("incidents.care.read", incident=incident, by=by, at=at, people=people)


def record_care_list(*, shown: Collection[Care], by: Person, at: datetime, filters: str) -> None:
    """Write down that somebody looked at the list of care, and the names (not the values) of the filters."""
    subjects = [f"{PERSON}{row.incident.happened_to_id}" for row in shown]
    told: dict[str, Fact] = {"shown": len(shown), "filters": filters}
    note_both("incidents.care.listed", subject=CARE_LIST, people=subjects, activity=ACTIVITY, by=by, at=at, **told)


def record_accident_list(*, shown: Collection[Incident], by: Person, at: datetime, filters: str) -> None:
    """Write down that somebody looked at the list of accidents, and the names (not the values) of the filters."""
    subjects = [f"{PERSON}{row.happened_to_id}" for row in shown]
    told: dict[str, Fact] = {"shown": len(shown), "filters": filters}
    event = "incidents.accidents.listed"
    note_both(event, subject=ACCIDENT_LIST, people=subjects, activity=ACTIVITY, by=by, at=at, **told)


def record_own_care(*, incident: Incident, by: Person, at: datetime) -> None:
    """Write down that somebody opened what is kept of the own care."""
    note("incidents.care.own_read", incident=incident, by=by, at=at, people=[by])


def record_care_looks(*, incident: Incident, shown: int, by: Person, at: datetime) -> None:
    """Write down that somebody looked who looked at the care: that page is a part of the trail."""
    note_reading(by=by.urn, shown=shown, filters=OWN, about=care_urn(incident), at=at)
