"""The pages of whoever looks after incidents, and of everybody who does not."""

import csv
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import make_department, make_person
from bolwerk.audit.models import Line
from bolwerk.incidents.actions import change_status
from bolwerk.incidents.models import CareMoment, DutyTerm, Feedback, Incident
from bolwerk.incidents.queries import other_terms
from bolwerk.incidents.rules import Duty, Kind, Status
from bolwerk.incidents.tests.care_makers import care_for, make_carer
from bolwerk.incidents.tests.makers import MONDAY, make_coordinator, make_incident, make_manager

pytestmark = pytest.mark.django_db
LIST = "/meldingen/"
STEPS = ("", "toewijzen/", "status/", "terugkoppeling/")


@pytest.fixture
def coordinator(client: Client) -> Person:
    person = make_coordinator()
    client.force_login(person)
    return person


def test_the_worklist_shows_what_is_due_first(client: Client, coordinator: Person) -> None:
    earlier = MONDAY - timedelta(days=2)
    later, first = make_incident(kind=Kind.ACCIDENT), make_incident(at=earlier, occurred_at=earlier)
    page = client.get(LIST).content.decode()
    assert page.index(str(first.pk)) < page.index(str(later.pk))


def test_filters_narrow_the_list(client: Client, coordinator: Person) -> None:
    accident, other = make_incident(kind=Kind.ACCIDENT), make_incident(kind=Kind.THREAT)
    page = client.get(LIST, {"kind": "accident"}).content.decode()
    assert str(accident.pk) in page
    assert str(other.pk) not in page


def test_looking_at_the_list_leaves_a_line_with_filter_names_only(client: Client, coordinator: Person) -> None:
    make_incident()
    client.get(LIST, {"kind": "aggression", "status": "open"})
    line = Line.objects.get(event="incidents.worklist.read")
    assert line.facts == {"shown": 1, "filters": "status,kind"}


def test_opening_an_incident_leaves_a_line(client: Client, coordinator: Person) -> None:
    incident = make_incident()
    client.get(f"{LIST}{incident.pk}/")
    line = Line.objects.get(event="incidents.incident.read")
    assert (line.subject, line.actor) == (incident.urn, coordinator.urn)


@pytest.mark.parametrize("step", STEPS)
def test_for_a_manager_elsewhere_an_incident_does_not_exist(client: Client, step: str) -> None:
    incident = make_incident()
    client.force_login(make_manager(make_department("Elders")))
    assert client.get(f"{LIST}{incident.pk}/{step}").status_code == 404
    denied = Line.objects.get(event="denied")
    assert denied.subject == incident.urn


@pytest.mark.parametrize("step", STEPS)
def test_for_the_reporter_the_handlers_pages_do_not_exist(client: Client, step: str) -> None:
    incident = make_incident()
    client.force_login(incident.reporter)
    assert client.get(f"{LIST}{incident.pk}/{step}").status_code == 404


@pytest.mark.parametrize("page", ["", "verstuurd/", "aanvullen/"])
def test_the_report_of_somebody_else_does_not_exist_for_a_colleague(client: Client, page: str) -> None:
    incident = make_incident()
    client.force_login(make_person(department=incident.department))
    assert client.get(f"/meldingen/mijn/{incident.pk}/{page}").status_code == 404


@pytest.mark.parametrize("role", [Role.FUNCTIONAL_ADMINISTRATOR, Role.BOARD, Role.AUDITOR, Role.PRIVACY_OFFICER])
def test_no_administrator_or_board_has_a_worklist(client: Client, role: Role) -> None:
    client.force_login(make_person("Iemand", role))
    assert client.get(LIST).status_code == 404


def test_a_handler_walks_through_all_steps(client: Client, coordinator: Person) -> None:
    incident = make_incident()
    here = f"{LIST}{incident.pk}/"
    carer = make_carer()
    client.post(f"{here}toewijzen/", {"seen": 1, "to": str(coordinator.pk)})
    client.post(f"{here}status/", {"seen": 2, "to": "in_progress"})
    for duty in (Duty.CONTACT, Duty.RECEPTION_TALK):
        care_for(incident, duty, carer)
    client.post(f"{here}terugkoppeling/", {"seen": 3, "text": "Er is een brief gestuurd."})
    client.post(f"{here}status/", {"seen": 4, "to": "closed"})
    incident.refresh_from_db()
    assert (incident.status, incident.assigned_to, incident.due_at) == (Status.CLOSED, coordinator, None)
    assert (CareMoment.objects.count(), Feedback.objects.count()) == (2, 1)


def test_the_second_handler_reads_a_plain_sentence_and_keeps_what_was_typed(
    client: Client, coordinator: Person
) -> None:
    incident = make_incident()
    change_status(incident=incident, to=Status.IN_PROGRESS, by=coordinator, at=MONDAY, seen=1)
    response = client.post(f"{LIST}{incident.pk}/terugkoppeling/", {"seen": 1, "text": "Mijn antwoord"})
    page = response.content.decode()
    assert response.status_code == 409
    assert "Een collega heeft deze melding gewijzigd" in page
    assert "Mijn antwoord" in page
    assert 'name="seen" value="2"' in page
    assert not Feedback.objects.exists()


def test_closing_too_soon_says_what_is_still_owed(client: Client, coordinator: Person) -> None:
    incident = make_incident()
    change_status(incident=incident, to=Status.IN_PROGRESS, by=coordinator, at=MONDAY, seen=1)
    page = client.post(f"{LIST}{incident.pk}/status/", {"seen": 2, "to": "closed"}).content.decode()
    assert "Opvanggesprek" in page
    assert Incident.objects.get().status == Status.IN_PROGRESS


def test_a_file_needs_a_reason_and_holds_no_names(client: Client, coordinator: Person) -> None:
    incident = make_incident(make_person("=HYPERLINK(1)", department=make_department("=1+1")))
    assert client.get(LIST, {"format": "csv"}).headers["Location"].startswith("/meldingen/export/")
    assert client.post("/meldingen/export/", {"reason": ""}).context["form"].errors
    response = client.post("/meldingen/export/", {"reason": "Bespreking in de teams"})
    text = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]  # of an answer that streams
    row = next(csv.DictReader(text.splitlines(), delimiter=";"))
    assert row["Nummer"] == incident.reference
    assert row["Afdeling"] == "'=1+1"
    assert "HYPERLINK" not in text
    assert Line.objects.get(event="incidents.worklist.exported").facts == {"rows": 1}


def test_a_manager_cannot_take_a_file_away(client: Client) -> None:
    client.force_login(make_manager(make_department()))
    assert client.get("/meldingen/export/").status_code == 404


def test_a_long_worklist_costs_no_more_queries_than_a_short_one(client: Client, coordinator: Person) -> None:
    counts = []
    client.get(LIST)  # what is asked once in ten seconds is asked now
    for _round in range(2):
        for _number in range(4):
            make_incident()
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST)
        counts.append(len([query for query in queries if query["sql"].startswith("SELECT")]))
    assert counts[0] == counts[1], counts


def test_terms_show_their_source_and_can_be_set_and_reset(client: Client, coordinator: Person) -> None:
    page = client.get("/meldingen/instellingen/").content.decode()
    assert page.count("Standaard, niet gecontroleerd") == 5 + len(other_terms())
    client.post("/meldingen/instellingen/feedback/", {"amount": 10, "unit": "working_days", "source": "Besluit MT"})
    assert DutyTerm.objects.get().amount == 10
    client.post("/meldingen/instellingen/feedback/", {"default": "yes"})
    assert not DutyTerm.objects.exists()
    assert Line.objects.filter(event="incidents.term.set").count() == 2


def test_a_term_that_does_not_exist_is_not_found(client: Client, coordinator: Person) -> None:
    assert client.get("/meldingen/instellingen/onzin/").status_code == 404
