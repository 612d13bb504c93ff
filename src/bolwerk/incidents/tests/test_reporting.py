"""Reporting: durable, once, with its clocks running and a line in the trail."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from bolwerk.accounts.tests.makers import make_department, make_person
from bolwerk.audit.models import Line
from bolwerk.deadlines.models import Task
from bolwerk.incidents.actions import add_details, report
from bolwerk.incidents.models import Incident
from bolwerk.incidents.queries.names import care_urn, response_urn
from bolwerk.incidents.rules import Duty, Kind, NotYetHappenedError
from bolwerk.incidents.tests.makers import MONDAY, make_facts, make_incident, make_manager

pytestmark = pytest.mark.django_db


def test_a_report_starts_its_clocks() -> None:
    incident = make_incident()
    due = {task.key.partition(":")[0]: task.due_at for task in Task.objects.exclude(subject=response_urn(incident))}
    assert due[Duty.CONTACT] == MONDAY + timedelta(hours=24)
    assert due[Duty.RECEPTION_TALK] == MONDAY + timedelta(hours=72)
    assert due[Duty.FEEDBACK] == datetime(2026, 11, 30, 22, 59, 59, tzinfo=UTC)  # the fifth working day, Dutch midnight
    assert incident.next_due_at == due[Duty.CONTACT]


def test_a_near_miss_asks_for_no_reception_talk() -> None:
    incident = make_incident(kind=Kind.NEAR_MISS)
    keys = Task.objects.filter(subject__in=[incident.urn, care_urn(incident)]).values_list("key", flat=True)
    assert {key.partition(":")[0] for key in keys} == {Duty.CONTACT, Duty.FEEDBACK}


def test_a_report_leaves_one_line_without_content_or_names() -> None:
    incident = make_incident()
    line = Line.objects.get(event="incidents.incident.reported")
    assert (line.subject, line.actor) == (incident.urn, incident.reporter.urn)
    assert line.facts == {"kind": "aggression", "for_colleague": False}


def test_sending_twice_is_one_report() -> None:
    person, key = make_person(department=make_department()), uuid4()
    twice = [report(facts=make_facts(), happened_to=person, by=person, at=MONDAY, submission_key=key) for _ in range(2)]
    assert twice[0] == twice[1]
    assert Incident.objects.count() == 1
    assert Task.objects.count() == 5  # contact, talk, feedback, the first reaction to the person, and the police


def test_the_same_key_of_somebody_else_is_another_report() -> None:
    key = uuid4()
    for person in (make_person(), make_person()):
        report(facts=make_facts(), happened_to=person, by=person, at=MONDAY, submission_key=key)
    assert Incident.objects.count() == 2


def test_the_future_cannot_be_reported() -> None:
    with pytest.raises(NotYetHappenedError):
        make_incident(occurred_at=MONDAY + timedelta(days=1))
    assert not Incident.objects.exists()


def test_care_is_first_for_the_manager_then_for_the_care_team() -> None:
    toezicht = make_department("Toezicht")
    make_manager(toezicht)
    incident = make_incident(make_person(department=toezicht))
    task = Task.objects.get(subject=care_urn(incident), key__startswith=Duty.CONTACT)
    assert (task.owner_role, task.owner_department) == ("manager", toezicht)
    assert [step.role for step in task.steps.filter(kind="escalation")] == ["care_team", "aggression_coordinator"]


def test_a_manager_who_was_threatened_is_cared_for_by_the_care_team() -> None:
    toezicht = make_department("Toezicht")
    manager = make_manager(toezicht)
    incident = make_incident(manager)
    task = Task.objects.get(subject=care_urn(incident), key__startswith=Duty.CONTACT)
    assert (task.owner_role, task.owner_department) == ("care_team", toezicht)


def test_a_report_for_a_colleague_belongs_to_the_department_of_the_colleague() -> None:
    colleague = make_person("Joris Kok", department=make_department("Toezicht"))
    incident = make_incident(make_person(department=make_department("Burgerzaken")), happened_to=colleague)
    assert incident.department == colleague.department
    assert incident.for_colleague


def test_later_details_leave_the_first_words_as_they_were() -> None:
    incident = make_incident(words="Eerste woorden")
    addition = add_details(incident=incident, text="Hij had een grijze auto", by=incident.reporter, at=MONDAY)
    incident.refresh_from_db()
    assert (incident.words, addition.text) == ("Eerste woorden", "Hij had een grijze auto")


def test_the_number_of_a_report_can_be_read_out_and_opens_nothing() -> None:
    first, second = make_incident(), make_incident()
    assert first.reference != second.reference
    assert len(first.reference) == 9
    assert not set("01ILOAEU") & set(first.reference)
