"""Handling: assigning, steps, care and feedback, and what the trail and the clocks make of them."""

from datetime import timedelta
from typing import Any

import pytest

from bolwerk.accounts.models import Person
from bolwerk.accounts.tests.makers import make_department, make_person
from bolwerk.audit.models import Line
from bolwerk.deadlines.models import Message, Task
from bolwerk.incidents.actions import (
    ChangedMeanwhileError,
    NotAHandlerError,
    assign,
    change_status,
    give_feedback,
)
from bolwerk.incidents.models import CareMoment, Incident, StatusChange
from bolwerk.incidents.queries.names import care_urn
from bolwerk.incidents.rules import DutiesOpenError, Duty, Status, StepNotAllowedError
from bolwerk.incidents.tests.care_makers import care_for
from bolwerk.incidents.tests.makers import MONDAY, make_coordinator, make_incident, make_manager

pytestmark = pytest.mark.django_db
TUESDAY = MONDAY + timedelta(days=1)


def _pick_up(incident: Incident, by: Person) -> Incident:
    return change_status(incident=incident, to=Status.IN_PROGRESS, by=by, at=TUESDAY, seen=incident.version)


def _do_everything(incident: Incident, by: Person) -> Incident:
    for duty in (Duty.CONTACT, Duty.RECEPTION_TALK):
        care_for(incident, duty, by, at=TUESDAY)
    give_feedback(incident=incident, text="Er komt een gesprek.", by=by, at=TUESDAY, seen=incident.version)
    incident.refresh_from_db()
    return incident


def test_a_step_is_kept_as_history_and_in_the_trail() -> None:
    coordinator, incident = make_coordinator(), make_incident()
    _pick_up(incident, coordinator)
    step = StatusChange.objects.get(incident=incident)
    assert (step.from_status, step.to_status, step.by) == (Status.NEW, Status.IN_PROGRESS, coordinator)
    assert Line.objects.get(event="incidents.incident.status_changed").facts == {"status": "in_progress"}


def test_a_reporter_cannot_move_the_own_report() -> None:
    incident = make_incident()
    with pytest.raises(StepNotAllowedError):
        _pick_up(incident, incident.reporter)


def test_the_second_of_two_handlers_is_told() -> None:
    coordinator, incident = make_coordinator(), make_incident()
    _pick_up(incident, coordinator)
    with pytest.raises(ChangedMeanwhileError):
        _pick_up(incident, coordinator)  # still holds the version from before the first step
    assert StatusChange.objects.count() == 1


def test_closing_waits_for_care_and_feedback_and_then_stops_everything() -> None:
    coordinator = make_coordinator()
    incident = _pick_up(make_incident(), coordinator)
    close: dict[str, Any] = {"to": Status.CLOSED, "by": coordinator, "at": TUESDAY}
    with pytest.raises(DutiesOpenError):
        change_status(incident=incident, seen=incident.version, **close)
    incident = _do_everything(incident, coordinator)
    closed = change_status(incident=incident, seen=incident.version, **close)
    assert (closed.status, closed.due_at) == (Status.CLOSED, None)
    assert not Task.objects.open().filter(subject=incident.urn).exists()


def test_a_report_closed_as_a_mistake_lets_no_clock_run_on() -> None:
    coordinator, incident = make_coordinator(), make_incident()
    give_feedback(incident=incident, text="Dubbel, zie de andere.", by=coordinator, at=TUESDAY, seen=incident.version)
    incident.refresh_from_db()
    change_status(
        incident=incident, to=Status.CLOSED, by=coordinator, at=TUESDAY, seen=incident.version, reason="Dubbel"
    )
    incident.refresh_from_db()
    assert incident.due_at is None
    assert Task.objects.filter(subject=care_urn(incident), status=Task.Status.CANCELLED).count() == 2


def test_care_is_kept_as_a_day_and_a_person_and_stops_its_clock() -> None:
    department = make_department()
    manager, incident = make_manager(department), make_incident(make_person(department=department))
    care_for(incident, Duty.CONTACT, manager, at=TUESDAY)
    care_for(incident, Duty.CONTACT, manager, at=TUESDAY)
    assert CareMoment.objects.count() == 1
    incident.refresh_from_db()
    assert incident.next_due_at == MONDAY + timedelta(hours=72)


def test_feedback_stops_its_clock_and_tells_the_reporter_by_a_neutral_mail() -> None:
    coordinator, incident = make_coordinator(), make_incident()
    give_feedback(incident=incident, text="We praten met hem.", by=coordinator, at=TUESDAY, seen=incident.version)
    assert Task.objects.get(subject=incident.urn, key=Duty.FEEDBACK).status == Task.Status.DONE
    mail = Message.objects.get(person=incident.reporter)
    assert (mail.kind, mail.path) == (Message.Kind.NEWS, "/meldingen/mijn/")


def test_whoever_is_assigned_owes_the_answer() -> None:
    coordinator, incident = make_coordinator(), make_incident()
    assign(incident=incident, to=coordinator, by=coordinator, at=TUESDAY, seen=incident.version)
    assert Task.objects.get(subject=incident.urn, key=Duty.FEEDBACK).owner_person == coordinator


def test_an_incident_cannot_be_given_to_somebody_who_may_not_read_it() -> None:
    coordinator, incident, stranger = make_coordinator(), make_incident(), make_person()
    with pytest.raises(NotAHandlerError):
        assign(incident=incident, to=stranger, by=coordinator, at=TUESDAY, seen=incident.version)
