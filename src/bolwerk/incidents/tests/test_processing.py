"""What is done with a report stands in the processing log too: for whom, never by whom, joined by the trace id."""

import pytest
from django.test import Client

from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import make_department, make_person
from bolwerk.audit.models import Line
from bolwerk.incidents.actions import assign, give_feedback
from bolwerk.incidents.models import Incident
from bolwerk.incidents.rules import Kind
from bolwerk.incidents.tests.makers import MONDAY, make_coordinator, make_incident
from bolwerk.processing.models import Operation
from bolwerk.processing.queries import operations_about

pytestmark = pytest.mark.django_db


def names_about(person: Person) -> list[str]:
    until = MONDAY.replace(year=MONDAY.year + 1)
    lines = operations_about(person.urn, since=MONDAY.replace(year=2020), until=until, most=99)
    return sorted(line.name for line in lines)


def test_reporting_for_a_colleague_processes_data_of_both() -> None:
    victim = make_person("Joris Kok")
    incident = make_incident(happened_to=victim)
    assert names_about(incident.reporter) == names_about(victim) == ["incidents.incident.reported"]


def test_opening_a_report_is_one_line_per_person_with_the_trace_of_the_trail(client: Client) -> None:
    incident = make_incident(happened_to=make_person("Joris Kok"))
    client.force_login(make_coordinator())
    client.get(f"/meldingen/{incident.pk}/")
    trail = Line.objects.get(event="incidents.incident.read")
    lines = Operation.objects.filter(name="incidents.incident.read")
    assert {line.trace_id for line in lines} == {trail.trace_id}
    assert (len(lines), {line.activity for line in lines}) == (2, {"incidents.care"})


def test_handling_a_report_is_in_it_step_by_step() -> None:
    incident, coordinator = make_incident(), make_coordinator()
    assign(incident=incident, to=coordinator, by=coordinator, at=MONDAY, seen=1)
    give_feedback(incident=incident, text="Gedaan.", by=coordinator, at=MONDAY, seen=2)
    assert names_about(incident.reporter) == [
        "incidents.feedback.given",
        "incidents.incident.assigned",
        "incidents.incident.reported",
    ]
    assert names_about(coordinator) == []


def test_a_list_and_a_file_are_a_line_for_everybody_in_them(client: Client) -> None:
    shown, left_out = make_incident(kind=Kind.ACCIDENT), make_incident(kind=Kind.THREAT)
    client.force_login(make_person("Carla Vos", Role.AGGRESSION_COORDINATOR, department=make_department()))
    client.get("/meldingen/", {"kind": "accident"})
    client.post("/meldingen/export/?kind=accident", {"reason": "Overleg"})
    assert names_about(shown.reporter)[-2:] == ["incidents.worklist.exported", "incidents.worklist.read"]
    assert names_about(left_out.reporter) == ["incidents.incident.reported"]


def test_what_is_refused_is_no_processing(client: Client) -> None:
    incident = Incident.objects.get(pk=make_incident().pk)
    before = Operation.objects.count()
    client.force_login(make_person("Vera Vreemd", Role.MANAGER, roles_for=make_department("Elders")))
    assert client.get(f"/meldingen/{incident.pk}/").status_code == 404
    assert Operation.objects.count() == before
