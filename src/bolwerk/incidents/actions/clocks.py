"""Clocks: what must happen in time after a report, and who hears of it when it does not."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_noop

from bolwerk.accounts.models import Person
from bolwerk.accounts.queries import people_with
from bolwerk.accounts.rules import Role
from bolwerk.deadlines.actions import cancel_all, complete, hand_over, start_clock
from bolwerk.deadlines.queries import Owner, next_deadline
from bolwerk.deadlines.rules import Clock
from bolwerk.incidents.actions.police.clocks import start_police_clock
from bolwerk.incidents.actions.response.clocks import start_response_clock, stop_response_clocks
from bolwerk.incidents.models import Incident
from bolwerk.incidents.queries import terms_in_force
from bolwerk.incidents.rules import NEVER, Duty, Kind, Safety, duties_for

# What stands in the list of tasks, and the page where it is done. Neutral: these words also show in a calendar.
TASKS = {
    Duty.CONTACT: (gettext_noop("Contact a colleague after a report"), "incidents:contact"),
    Duty.RECEPTION_TALK: (gettext_noop("Hold a reception talk with a colleague"), "incidents:reception_talk"),
    Duty.FEEDBACK: (gettext_noop("Tell a reporter what was done"), "incidents:feedback"),
}
COORDINATOR = Owner(role=Role.AGGRESSION_COORDINATOR)


def _chain(incident: Incident, duty: Duty, at: datetime) -> Sequence[Owner]:
    """Who does it, then whoever hears of it when it is late: the manager, then the aggression coordinator.

    Feedback is the coordinator's. So is care for a manager whose department has no other manager.
    """
    if duty is Duty.FEEDBACK or incident.department is None:
        return [COORDINATOR]
    managers = people_with(Role.MANAGER, on=at.date(), department=incident.department)
    if not managers.exclude(pk=incident.happened_to_id).exists():
        return [COORDINATOR]
    return [Owner(role=Role.MANAGER, department=incident.department), COORDINATOR]


def _keep_first_due(incident: Incident) -> None:
    """Copy the first deadline to the incident. The row is locked, so that two clocks that stop at once agree."""
    Incident.objects.select_for_update().get(pk=incident.pk)
    first = next_deadline(incident.urn)
    incident.next_due_at = first.due_at if first else NEVER
    incident.save(update_fields=["next_due_at"])


def start_clocks(*, incident: Incident, at: datetime) -> None:
    """Start every clock that a report asks for. They run from the report, not from the incident."""
    terms = terms_in_force()
    for duty in duties_for(Kind(incident.kind), Safety(incident.safety)):
        what, page = TASKS[duty]
        owner, *later = _chain(incident, duty, at)
        start_clock(
            subject=incident.urn,
            clock=Clock(duty.value, what, terms[duty].term, page, about=incident.reference),
            owner=owner,
            escalate_to=later,
            by=incident.reporter.urn,
            at=at,
        )
    start_response_clock(incident=incident, at=at)
    start_police_clock(incident=incident, at=at)
    _keep_first_due(incident)


def stop_clock(*, incident: Incident, duty: Duty, by: Person, at: datetime) -> None:
    """Stop one clock because its duty was done."""
    complete(subject=incident.urn, key=duty.value, by=by.urn, at=at)
    _keep_first_due(incident)


def stop_all_clocks(*, incident: Incident, by: Person, at: datetime) -> None:
    """Stop what still runs, when a report turns out to be sent by mistake."""
    cancel_all(subject=incident.urn, by=by.urn, at=at)
    stop_response_clocks(incident=incident, by=by, at=at)
    _keep_first_due(incident)


def hand_over_feedback(*, incident: Incident, to: Person, by: Person, at: datetime) -> None:
    """Whoever handles the incident also owes the reporter an answer."""
    hand_over(subject=incident.urn, key=Duty.FEEDBACK.value, to=Owner(person=to), by=by.urn, at=at)
