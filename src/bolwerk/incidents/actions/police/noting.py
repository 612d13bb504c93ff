"""Noting in this track: the trail says who did what, the processing log of whom data was processed."""

from datetime import datetime

from django.db import transaction

from bolwerk.accounts.models import Person
from bolwerk.audit.actions import record
from bolwerk.audit.middleware import current_trace_id, traced
from bolwerk.audit.rules.chain import Fact
from bolwerk.incidents.models import Incident
from bolwerk.incidents.queries.names import police_urn
from bolwerk.processing.actions import log_processing

ACTIVITY = "incidents.police"  # see content/activities.*.yaml


@transaction.atomic
def note(event: str, *, incident: Incident, by: Person, at: datetime, **facts: Fact) -> None:
    """Write down that something was done in the track. Call it last in an action."""
    with traced(current_trace_id()):
        log_processing(ACTIVITY, name=event, subjects=[incident.happened_to.urn], at=at)
        record(event, subject=police_urn(incident), actor=by.urn, at=at, reason="", **facts)


def record_police_reading(*, incident: Incident, by: Person, at: datetime) -> None:
    """Write down that somebody opened the track."""
    note("incidents.police.read", incident=incident, by=by, at=at)
