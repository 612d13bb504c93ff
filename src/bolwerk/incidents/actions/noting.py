"""Noting: what is done with a report stands in two logs, joined by the trace id of the request.

The trail says who did it, and no more about the report than its URN. The processing log says of whom data was
processed, for which activity, and by nobody (ADR 12).
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from bolwerk.accounts.models import Person
from bolwerk.accounts.queries.names import PERSON
from bolwerk.audit.actions import record
from bolwerk.audit.rules.chain import Fact
from bolwerk.incidents.models import Incident
from bolwerk.processing.actions import log_processing

REPORTING, CARE = "incidents.reporting", "incidents.care"  # activities, see content/activities.*.yaml


@transaction.atomic
def note(event: str, *, incident: Incident, by: Person, at: datetime, activity: str = CARE, **facts: Fact) -> None:
    """Write down that something was done with a report: for each person it is about, and in the trail.

    Call it last in an action, as `record`: from here until the end of the transaction other writers wait.
    """
    log_about(people=[(incident.reporter_id, incident.happened_to_id)], name=event, at=at, activity=activity)
    record(event, subject=incident.urn, actor=by.urn, at=at, reason="", **facts)


def log_about(*, people: Iterable[tuple[UUID, UUID]], name: str, at: datetime, activity: str = CARE) -> None:
    """A line of the processing log for each of these people, given as (reporter, person it happened to) per report."""
    subjects = (f"{PERSON}{person}" for pair in people for person in pair)
    log_processing(activity, name=name, subjects=subjects, at=at)
