"""Clocks: what must happen in time after a report, and who hears of it when it does not."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_noop

from bolwerk.accounts.models import Person
from bolwerk.accounts.queries import people_with
from bolwerk.accounts.rules import Role
from bolwerk.deadlines.actions import Start, cancel_all, complete, hand_over
from bolwerk.deadlines.actions import start_clocks as start_together
from bolwerk.deadlines.queries import Owner
from bolwerk.deadlines.rules import Clock
from bolwerk.incidents.actions.care.clocks import Terms, first_care, keep_victim_away, open_care, stop_care
from bolwerk.incidents.actions.due import keep_first_due, lay_first_due
from bolwerk.incidents.actions.police.clocks import police_reminder
from bolwerk.incidents.actions.response.clocks import first_response, stop_response_clocks
from bolwerk.incidents.models import Incident
from bolwerk.incidents.queries import terms_in_force
from bolwerk.incidents.queries.people import around, manager_of
from bolwerk.incidents.rules import Duty

# What stands in the list of tasks, and the page where it is done. Neutral: these words also show in a calendar.
FEEDBACK, FEEDBACK_PAGE = gettext_noop("Tell a reporter what was done"), "incidents:feedback"
COORDINATOR = Owner(role=Role.AGGRESSION_COORDINATOR)


def start_first_clocks(*, incident: Incident, at: datetime) -> None:
    """Start every clock that a new report asks for. They run from the report, not from the incident."""
    near, terms = around(incident, at=at), terms_in_force()
    manager = manager_of(incident, at=at, leading=near.managers)
    if near.victim_gives_care:
        keep_victim_away(incident=incident, at=at)
    care = first_care(incident=incident, manager=manager, terms=terms, at=at)
    starts = [*_first(incident, manager, terms, at, coordinators=near.coordinators), *care]
    tasks = start_together(starts=starts, by=incident.reporter.urn, at=at, are_new=True)
    lay_first_due(incident=incident, tasks=tasks)


def start_clocks(*, incident: Incident, at: datetime) -> None:
    """Start the clocks that a report asks for and that never ran."""
    terms, manager = terms_in_force(), manager_of(incident, at=at)
    care = open_care(incident=incident, manager=manager, terms=terms, at=at)
    starts = [*_first(incident, manager, terms, at), *care]
    start_together(starts=starts, by=incident.reporter.urn, at=at)
    keep_first_due(incident=incident)


def _first(
    incident: Incident,
    manager: Owner | None,
    terms: Terms,
    at: datetime,
    *,
    coordinators: Sequence[Person] | None = None,
) -> list[Start]:
    """The clocks beside those of the care."""
    feedback = Clock(Duty.FEEDBACK.value, FEEDBACK, terms[Duty.FEEDBACK].term, FEEDBACK_PAGE, about=incident.reference)
    answers = _who_answers(incident, manager, at)
    if answers == COORDINATOR:
        answers = replace(COORDINATOR, holders=coordinators)
    return [
        Start(incident.urn, feedback, answers),
        *first_response(incident=incident, manager=manager),
        *police_reminder(incident=incident),
    ]


def _who_answers(incident: Incident, manager: Owner | None, at: datetime) -> Owner:
    """Who owes the reporter an answer: the coordinator, unless the only one is who is said to have done it."""
    if incident.kept_from_id is None or manager is None:
        return COORDINATOR
    others = people_with(Role.AGGRESSION_COORDINATOR, on=timezone.localdate(at), department=incident.department)
    return COORDINATOR if others.exclude(pk=incident.kept_from_id).exists() else manager


def stop_clock(*, incident: Incident, duty: Duty, by: Person, at: datetime) -> None:
    """Stop one clock because its duty was done."""
    complete(subject=incident.urn, key=duty.value, by=by.urn, at=at)
    keep_first_due(incident=incident)


def stop_all_clocks(*, incident: Incident, by: Person, at: datetime, by_mistake: bool) -> None:
    """Stop what still runs of a report that is closed. Its care goes on, unless it was sent by mistake."""
    cancel_all(subject=incident.urn, by=by.urn, at=at)
    if by_mistake:
        stop_care(incident=incident, by=by, at=at)
    stop_response_clocks(incident=incident, by=by, at=at)
    keep_first_due(incident=incident)


def hand_over_feedback(*, incident: Incident, to: Person, by: Person, at: datetime) -> None:
    """Whoever handles the incident also owes the reporter an answer."""
    hand_over(subject=incident.urn, key=Duty.FEEDBACK.value, to=Owner(person=to), by=by.urn, at=at)
