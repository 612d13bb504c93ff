"""Noting in this track: the trail says who did what, the processing log of whom data was processed."""

from datetime import datetime

from bolwerk.accounts.models import Person
from bolwerk.audit.actions import SYSTEM, record, together
from bolwerk.audit.middleware import current_trace_id, traced
from bolwerk.audit.rules.chain import Fact
from bolwerk.incidents.models import Incident, PerpetratorLink
from bolwerk.incidents.queries.names import response_urn
from bolwerk.processing.actions import log_processing

ACTIVITY = "incidents.response"  # see content/activities.*.yaml
PERPETRATOR = "urn:bolwerk:incidents:perpetrator:"


@together
def note(event: str, *, incident: Incident, by: Person | None, at: datetime, **facts: Fact) -> None:
    """Write down that something was done in the track. Call it last in an action; `by` is None where time did it."""
    people = [incident.happened_to.urn]
    link: PerpetratorLink | None = getattr(incident, "perpetrator_link", None)
    people += [f"{PERPETRATOR}{link.perpetrator_id}"] if link else []
    with traced(current_trace_id()):
        log_processing(ACTIVITY, name=event, subjects=people, at=at)
        record(event, subject=response_urn(incident), actor=by.urn if by else SYSTEM, at=at, reason="", **facts)


def record_track_reading(*, incident: Incident, by: Person, at: datetime) -> None:
    """Write down that somebody opened the response track."""
    note("incidents.response.read", incident=incident, by=by, at=at)
