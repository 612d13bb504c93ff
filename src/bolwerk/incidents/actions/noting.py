"""Noting: what is done with a report stands in two logs, joined by the trace id of the request.

The trail says who did it, and no more about the report than its URN. The processing log says of whom data was
processed, for which activity, and by nobody (ADR 12).
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from bolwerk.accounts.models import Person
from bolwerk.accounts.queries.names import PERSON
from bolwerk.audit.actions import record, together
from bolwerk.audit.middleware import current_trace_id, traced
from bolwerk.audit.rules.chain import Fact
from bolwerk.incidents.models import Incident
from bolwerk.incidents.queries.names import WORKLIST
from bolwerk.processing.actions import log_processing

Pair = tuple[UUID, UUID]  # who reported, and whom it happened to
REPORTING, CARE = "incidents.reporting", "incidents.care"  # activities, see content/activities.*.yaml


@together
def note(event: str, *, incident: Incident, by: Person, at: datetime, activity: str = CARE, **facts: Fact) -> None:
    """Write down that something was done with a report: for each person it is about, and in the trail.

    Call it last in an action, as `record`: from here until the end of the transaction other writers wait.
    """
    people = _both(incident.reporter_id, incident.happened_to_id)
    note_both(event, subject=incident.urn, people=people, activity=activity, by=by, at=at, **facts)


@together
def note_both(
    event: str,
    *,
    subject: str,
    people: Collection[str],
    activity: str,
    by: Person,
    at: datetime,
    **facts: Fact,
) -> None:
    """One act in both logs: a line of processing for each of these people (URNs), and a line in the trail.

    A fact `reason` is why it was done, where that was asked.
    """
    reason = str(facts.pop("reason", ""))
    with traced(current_trace_id()):  # outside a request too, both lines have one trace id
        log_processing(activity, name=event, subjects=people, at=at)
        record(event, subject=subject, actor=by.urn, at=at, reason=reason, **facts)


@together
def note_list(
    event: str, *, people: Collection[Pair], by: Person, at: datetime, reason: str = "", **facts: Fact
) -> None:
    """Write down that somebody saw many reports at once: for everybody they are about, and one line in the trail."""
    subjects = [subject for pair in people for subject in _both(*pair)]
    note_both(event, subject=WORKLIST, people=subjects, activity=CARE, by=by, at=at, reason=reason, **facts)


def _both(reporter: UUID, happened_to: UUID) -> list[str]:
    return [f"{PERSON}{reporter}", f"{PERSON}{happened_to}"]
