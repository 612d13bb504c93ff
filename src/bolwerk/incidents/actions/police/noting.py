"""Noting in this track: the trail says who did what, the processing log of whom data was processed."""

from datetime import datetime

from bolwerk.accounts.models import Person
from bolwerk.audit.rules.chain import Fact
from bolwerk.incidents.actions.noting import note_both
from bolwerk.incidents.models import Incident
from bolwerk.incidents.queries.names import police_urn

ACTIVITY = "incidents.police"  # see content/activities.*.yaml


def note(event: str, *, incident: Incident, by: Person, at: datetime, **facts: Fact) -> None:
    """Write down that something was done in the track. Call it last in an action."""
    people = [incident.happened_to.urn]
    note_both(event, subject=police_urn(incident), people=people, activity=ACTIVITY, by=by, at=at, **facts)


def record_police_reading(*, incident: Incident, by: Person, at: datetime) -> None:
    """Write down that somebody opened the track."""
    note("incidents.police.read", incident=incident, by=by, at=at)
