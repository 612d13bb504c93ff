"""An extract about a person: the same rows as the privacy officer sees, joined with what they were for."""

import csv
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import make_department, make_person, signed_in_client
from bolwerk.audit.middleware import traced
from bolwerk.audit.models import Line
from bolwerk.incidents.actions import assign, record_reading
from bolwerk.incidents.queries import subjects_of
from bolwerk.incidents.tests.makers import MONDAY, make_coordinator, make_incident
from bolwerk.overview.trail.queries import About, Extracted, Wish, extract_of
from bolwerk.processing.actions import log_processing

pytestmark = pytest.mark.django_db
HERE = "/logboek/uittreksel/"
CITIZEN = "999990019"


def wish(person: Person, *, with_names: bool = False) -> Wish:
    around = timedelta(days=2)
    return Wish(About(person.urn, person), MONDAY - around, timezone.now() + around, with_names)


def handled() -> Person:
    """Somebody with a report that was opened and given to somebody else, each in one request."""
    reporter = make_person("Sanne de Wit", department=make_department())
    with traced():
        incident = make_incident(reporter)
    coordinator = make_coordinator()
    with traced():
        record_reading(incident=incident, by=coordinator, at=MONDAY + timedelta(hours=1))
    with traced():
        assign(incident=incident, to=coordinator, by=coordinator, at=MONDAY + timedelta(hours=2), seen=1)
    return reporter


def words(rows: list[Extracted]) -> list[tuple[str, str]]:
    return [(row.what, row.who) for row in rows if row.activity]


@pytest.fixture
def officer() -> Client:
    return signed_in_client(make_person("Marijke van Dam", Role.PRIVACY_OFFICER))


def fill_in(client: Client, person: str, **more: str) -> str:
    period = {"since": "2026-11-01", "until": f"{timezone.localdate() + timedelta(days=1):%Y-%m-%d}"}
    form = {"person": person, "names": "roles", "reason": "Inzageverzoek van 3 maart"} | period | more
    return " ".join(client.post(HERE, form).content.decode().split())


def test_it_says_what_was_done_by_which_role_and_what_for() -> None:
    rows = extract_of(wish(handled()))
    assert [row for row in words(rows) if "taak" not in row[0]] == [
        ("vroeg een collega een melding op te pakken", "Agressiecoördinator"),
        ("opende een melding", "Agressiecoördinator"),
        ("deed een melding", "de betrokkene zelf"),
    ]
    assert all("Arbowet" in row.activity.legal_basis for row in rows if row.activity)
    assert {row.what for row in rows if not row.activity} == {"voegde iemand toe", "gaf de rol ‘Medewerker’"}


def test_with_names_it_says_who() -> None:
    rows = extract_of(wish(handled(), with_names=True))
    assert ("vroeg Carla Vos een melding op te pakken", "Carla Vos (Agressiecoördinator)") in words(rows)


def test_it_holds_every_line_that_the_privacy_officer_sees_about_the_person() -> None:
    reporter = handled()
    seen = Line.objects.filter(subject__in=[*subjects_of(reporter), reporter.urn])
    rows = extract_of(wish(reporter))
    assert sorted(line.at for line in seen) == sorted(row.at for row in rows)


def test_what_is_done_with_others_is_not_in_it() -> None:
    handled()
    other = make_incident()
    rows = extract_of(wish(other.reporter))
    assert {who for _what, who in words(rows)} == {"de betrokkene zelf"}


def test_a_list_with_somebody_in_it_is_in_the_extract(client: Client) -> None:
    reporter = handled()
    client.force_login(make_coordinator())
    client.get("/meldingen/")
    assert words(extract_of(wish(reporter)))[0] == ("bekeek de werklijst (1 rij)", "Agressiecoördinator")


def test_the_page_asks_why_and_drawing_is_a_line_about_the_person(officer: Client) -> None:
    reporter = handled()
    assert "Zeg waarom" in fill_in(officer, reporter.email, reason="")
    assert not Line.objects.filter(event="audit.extract.drawn").exists()
    page = fill_in(officer, reporter.email)
    assert "Uittreksel over Sanne de Wit" in page
    assert "Opvang en afhandeling na een melding" in page
    assert "Carla Vos" not in page
    line = Line.objects.get(event="audit.extract.drawn")
    assert (line.subject, line.reason) == (reporter.urn, "Inzageverzoek van 3 maart")
    assert line.facts["with_names"] is False


def test_the_file_holds_the_same_lines_as_the_page(officer: Client) -> None:
    reporter = handled()
    form = {"person": reporter.email, "names": "roles", "reason": "Inzage", "as": "csv"}
    days = {"since": "2026-11-01", "until": f"{timezone.localdate():%Y-%m-%d}"}
    answer = officer.post(HERE, form | days)
    body = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]  # a streaming answer has it
    rows = list(csv.DictReader(body.splitlines(), delimiter=";"))
    assert len(rows) == Line.objects.get(event="audit.extract.drawn").facts["rows"]
    assert {"Wanneer", "Wat", "Door", "Doel", "Grondslag"} <= set(rows[0])


def test_a_citizen_is_found_by_number_and_the_number_stands_nowhere(officer: Client) -> None:
    log_processing("incidents.care", name="incidents.incident.read", subjects=[f"bsn:{CITIZEN}"], at=timezone.now())
    page = fill_in(officer, CITIZEN)
    assert "Opende een melding" in page
    assert "niet opgeschreven" in page  # no line of the trail has this trace
    line = Line.objects.get(event="audit.extract.drawn")
    assert line.subject.startswith("urn:bolwerk:processing:subject:")
    assert CITIZEN not in f"{line.subject}{line.facts_json}{line.reason}"
    assert "Dit is geen burgerservicenummer" in fill_in(officer, "123456789")


def test_about_whom_nothing_is_known_the_page_says_so(officer: Client) -> None:
    assert "niets over deze persoon" in fill_in(officer, "999990020")


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.FUNCTIONAL_ADMINISTRATOR, Role.AGGRESSION_COORDINATOR])
def test_only_the_privacy_officer_draws_extracts(role: Role) -> None:
    client = signed_in_client(make_person("Iemand", role))
    assert client.get(HERE).status_code == 404
    assert client.get("/logboek/verwerkingen/export/").status_code == 404


def test_a_sign_in_of_long_ago_is_asked_for_again() -> None:
    client = Client()
    client.force_login(make_person("Marijke van Dam", Role.PRIVACY_OFFICER))
    assert client.get(HERE).headers["Location"].startswith("/bevestigen/")
