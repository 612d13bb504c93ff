"""The log on the screen: who reads it, what it says, and that reading it is a line too."""

import csv
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bolwerk.accounts.actions import deactivate_person
from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import AT, make_department, make_person, signed_in_client
from bolwerk.audit.actions import SYSTEM, record
from bolwerk.audit.models import Line
from bolwerk.incidents.actions import record_reading
from bolwerk.incidents.tests.makers import make_coordinator, make_incident

pytestmark = pytest.mark.django_db
LOG = "/logboek/"


@pytest.fixture
def officer() -> Person:
    return make_person("Marijke van Dam", Role.PRIVACY_OFFICER)


@pytest.fixture
def page(officer: Person) -> Client:
    return signed_in_client(officer)


def text_of(client: Client, address: str = LOG) -> str:
    return " ".join(client.get(address).content.decode().split())


def test_a_line_reads_as_a_sentence_with_names(page: Client) -> None:
    coordinator, incident = make_coordinator(), make_incident()
    record_reading(incident=incident, by=coordinator, at=AT)
    assert "Carla Vos opende een melding" in text_of(page)
    assert f"melding {incident.reference}" in text_of(page)


def test_nothing_of_a_report_is_in_the_log(page: Client) -> None:
    incident = make_incident(words="KANARIE-in-woorden", place="KANARIE-plaats")
    for line in Line.objects.all():
        assert "KANARIE" not in text_of(page, f"{LOG}regel/{line.sequence}/")
    assert "KANARIE" not in text_of(page, f"{LOG}?about={incident.urn}")


def test_who_left_keeps_the_name(page: Client) -> None:
    leaver, incident = make_coordinator(), make_incident()
    record_reading(incident=incident, by=leaver, at=AT)
    deactivate_person(person=leaver, by=SYSTEM, at=AT)
    assert "Carla Vos opende een melding" in text_of(page)


def test_looking_is_a_line_before_anything_is_shown(page: Client, officer: Person) -> None:
    incident = make_incident()
    page.get(LOG, {"about": incident.urn, "group": "read"})
    line = Line.objects.get(event="audit.trail.read")
    assert (line.actor, line.subject) == (officer.urn, incident.urn)
    assert line.facts == {"filters": "group,about", "shown": 0}
    page.get(f"{LOG}regel/1/")
    assert Line.objects.get(event="audit.line.read").facts == {"line": 1}


def test_nothing_is_shown_when_the_line_cannot_be_written(page: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    make_incident()

    def broken(*_args: object, **_facts: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("bolwerk.audit.actions.reading.record_apart", broken)
    with pytest.raises(OSError, match="disk"):
        page.get(LOG)


def test_a_name_is_sent_as_a_form_and_never_stands_in_the_address(page: Client) -> None:
    person = make_person("Wilma Kok")
    answer = page.post(LOG, {"who": "wilma kok", "group": "denial", "since": "2026-11-01", "until": "2026-11-30"})
    assert answer.headers["Location"] == (
        f"{LOG}?since=2026-11-01&until=2026-11-30&group=denial&who={person.urn.replace(':', '%3A')}"
    )
    shown = text_of(page, answer.headers["Location"])
    assert "Wie: <em>Wilma Kok</em>" in shown
    assert "Soort: <em>Weigeringen</em>" in shown


def test_a_report_is_found_by_its_number(page: Client) -> None:
    incident, other = make_incident(), make_incident()
    address = page.post(LOG, {"about": incident.reference.lower()}).headers["Location"]
    shown = text_of(page, address)
    assert incident.reference in shown
    assert other.reference not in shown


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"who": "Niemand"}, "We kennen niemand met deze naam"),
        ({"who": "de Wit"}, "Typ het e-mailadres"),
        ({"about": "XXXX-XXXX"}, "Er is niets met dit nummer"),
        ({"since": "2026-11-02", "until": "2026-11-01"}, "ligt voor de eerste"),
    ],
)
def test_what_cannot_be_found_is_said_in_a_sentence(page: Client, typed: dict[str, str], sentence: str) -> None:
    make_person("Sanne de Wit"), make_person("Piet de Wit")
    answer = page.post(LOG, typed)
    assert answer.status_code == 200
    assert sentence in answer.content.decode()


def test_denials_only_shows_denials_only(page: Client) -> None:
    incident = make_incident()
    stranger = make_person("Vera Vreemd", Role.MANAGER, roles_for=make_department("Elders"))
    assert signed_in_client(stranger).get(f"/meldingen/{incident.pk}/").status_code == 404
    shown = text_of(page, f"{LOG}?group=denial")
    assert "Vera Vreemd vroeg iets op zonder toegang" in shown
    assert "deed een melding" not in shown


def test_clocks_and_mail_can_be_left_out(page: Client) -> None:
    make_incident()
    assert "startte de klok van een taak" in text_of(page)
    without = text_of(page, f"{LOG}?group=deeds")
    assert "startte de klok" not in without
    assert "deed een melding" in without


def test_days_are_those_of_the_municipality(page: Client) -> None:
    late = AT.replace(hour=23, minute=30)  # after midnight in Zilverdam
    record("denied", subject="urn:bolwerk:route:people", actor=SYSTEM, at=late)
    assert "zonder toegang" in text_of(page, f"{LOG}?since=2026-11-24&until=2026-11-24")
    assert "zonder toegang" not in text_of(page, f"{LOG}?since=2026-11-23&until=2026-11-23")


@pytest.mark.parametrize(
    "address", ["?since=gisteren", "?group=x", "?who=x", "?before=x", "?before=99", "?about=urn:a"]
)
def test_an_address_that_makes_no_sense_shows_the_log(page: Client, address: str) -> None:
    assert page.get(LOG + address).status_code == 200


def test_one_turns_pages(page: Client) -> None:
    for number in range(60):
        record("denied", subject=f"urn:x:{number}", actor=SYSTEM, at=AT + timedelta(minutes=number))
    first = text_of(page, f"{LOG}?group=denial")
    older = page.get(f"{LOG}?group=denial").context["older"]
    assert "Oudere regels" in first
    assert "Nieuwere regels" not in first
    second = text_of(page, older)
    assert "Nieuwere regels" in second
    assert "x 9<" in second


def test_the_file_needs_a_reason_and_holds_the_same_lines(page: Client, officer: Person) -> None:
    incident = make_incident()
    address = f"{LOG}export/?about={incident.urn}"
    assert page.post(address, {"reason": ""}).context["form"].errors
    assert page.post(address, {"reason": "voor x@y.example"}).context["form"].errors
    page.get(f"{LOG}?about={incident.urn}")
    answer = page.post(address, {"reason": "Vraag van de OR"})
    body = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]  # a streaming answer has it
    rows = list(csv.DictReader(body.splitlines(), delimiter=";"))
    exported = Line.objects.get(event="audit.trail.exported")
    about = Line.objects.filter(subject=incident.urn, sequence__lt=exported.sequence).order_by("-sequence")
    assert [int(row["Regel"]) for row in rows] == [line.sequence for line in about]
    assert rows[-1]["Wat"] == "deed een melding"
    assert (exported.actor, exported.subject, exported.reason) == (officer.urn, incident.urn, "Vraag van de OR")
    assert exported.facts["rows"] == len(rows)


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.PRIVACY_OFFICER, Role.AUDITOR)])
def test_for_everybody_else_there_is_no_log(role: Role) -> None:
    client = signed_in_client(make_person("Iemand", role))
    assert [client.get(LOG + page).status_code for page in ("", "regel/1/", "export/", "controle/")] == [404] * 4
    assert 'href="/logboek/"' not in client.get("/").content.decode()


def test_the_auditor_has_the_log_in_the_navigation() -> None:
    client = signed_in_client(make_person("Theo Scholten", Role.AUDITOR))
    assert 'href="/logboek/"' in client.get("/").content.decode()
    assert client.get(LOG).status_code == 200


def test_a_page_full_of_lines_asks_the_database_few_questions(page: Client) -> None:
    for _number in range(12):
        record_reading(incident=make_incident(), by=make_coordinator(), at=AT)
    page.get(LOG)
    with CaptureQueriesContext(connection) as asked:
        page.get(LOG)
    questions = [query["sql"] for query in asked if query["sql"].startswith("SELECT")]
    assert len(questions) <= 16, questions


def test_a_line_that_is_not_there_is_not_found(page: Client) -> None:
    assert page.get(f"{LOG}regel/999999/").status_code == 404
    assert page.get(f"{LOG}regel/{'9' * 30}/").status_code == 404
