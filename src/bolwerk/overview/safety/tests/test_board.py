"""The page for the board, the eight measures and the half-yearly report: honest where nothing is known."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import AT, make_department, make_person, signed_in_client
from bolwerk.audit.models import Line
from bolwerk.documents.tests.pdf_checks import problems, text_of
from bolwerk.incidents.actions import publish_due_figures
from bolwerk.incidents.tests.makers import make_incident
from bolwerk.overview.models import Statement
from bolwerk.overview.safety.actions import state_measure
from bolwerk.overview.safety.queries import board_page
from bolwerk.overview.safety.rules import EmployerMeasure, FutureDayError, Said

pytestmark = pytest.mark.django_db
FEBRUARY, AFTER = datetime(2026, 2, 10, 9, tzinfo=UTC), datetime(2026, 4, 1, 6, tzinfo=UTC)


def a_year() -> None:
    """Two departments with enough reports to show."""
    for name in ("Balie", "Loket"):
        department = make_department(name)
        people = [make_person(f"{name} {n}", department=department) for n in range(6)]
        for n in range(30):
            make_incident(people[n % 6], at=FEBRUARY, occurred_at=FEBRUARY)
    publish_due_figures(at=AFTER)


def test_there_are_eight_measures_and_what_nobody_knows_is_open() -> None:
    found = board_page(on=date(2026, 4, 2)).measures
    assert [one.measure for one in found] == list(EmployerMeasure)
    assert {one.measure for one in found if one.open} >= {EmployerMeasure.TRAIN, EmployerMeasure.RECOVER}


def test_terms_that_were_not_met_are_shown_as_such() -> None:
    a_year()
    with translation.override("nl"):
        told = {one.measure: one.told for one in board_page(on=date(2026, 4, 2)).measures}
    assert "0% op tijd" in str(told[EmployerMeasure.REACT])
    assert "60" in str(told[EmployerMeasure.REGISTER])
    assert told[EmployerMeasure.TRAIN] is None


def test_a_statement_has_a_day_and_a_proof_and_the_last_one_counts() -> None:
    lead = make_person("Noor", Role.PROGRAMME_LEAD)
    for hours, text in enumerate(("Nog niet", "Half")):
        said = Said(text, AT.date(), "Zaak 1")
        state_measure(measure=EmployerMeasure.TRAIN, said=said, by=lead, at=AT.replace(hour=9 + hours))
    train = board_page(on=AT.date()).measures[3]
    assert train.stated is not None
    assert train.stated.said == "Half"
    assert Statement.objects.count() == 2
    with pytest.raises(FutureDayError):
        state_measure(measure=EmployerMeasure.TRAIN, said=Said("x", date(2027, 1, 1), "y"), by=lead, at=AT)


def test_only_the_programme_lead_states_and_bad_input_stays_on_the_form(client: Client) -> None:
    client.force_login(make_person("Noor", Role.PROGRAMME_LEAD))
    address = "/cijfers/maatregelen/train/"
    page = client.post(address, {"text": "Iets", "as_of": "2999-01-01", "proof": "Zaak 7"}).content.decode()
    assert "Deze dag is nog niet voorbij." in page
    assert "Zaak 7" in page
    assert client.post(address, {"text": "Iets", "as_of": "2026-01-01", "proof": "Zaak 7"}).status_code == 302
    assert client.get("/cijfers/maatregelen/niets/").status_code == 404
    client.force_login(make_person("Bea", Role.BOARD))
    assert client.get(address).status_code == 404
    assert "Zaak 7" in client.get("/cijfers/maatregelen/").content.decode()


def test_the_board_reads_what_cannot_be_said(client: Client) -> None:
    client.force_login(make_person("Bea", Role.BOARD, department=make_department("Bestuur")))
    assert "dus valt er niets te zeggen" in client.get("/cijfers/bestuur/").content.decode()
    a_year()
    page = client.get("/cijfers/bestuur/").content.decode()
    assert "Veilig werken in 2026" in page
    assert "er is nog geen onderzoek onder collega" in page


@pytest.mark.parametrize("role", [Role.EMPLOYEE, Role.MANAGER, Role.AUDITOR])
def test_others_do_not_find_the_page_of_the_board(client: Client, role: Role) -> None:
    client.force_login(make_person("Iemand", role))
    assert client.get("/cijfers/bestuur/").status_code == 404
    assert client.get("/cijfers/maatregelen/").status_code == 404


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_half_yearly_report_is_accessible_and_the_trail_knows_of_it(client: Client, language: str) -> None:
    a_year()
    team = make_department("Klein")
    client.force_login(make_person("Max", Role.MANAGER, roles_for=team))
    address = f"/cijfers/team/{team.pk}/2026/halfjaarbericht/"
    client.cookies["django_language"] = language
    pdf = client.get(address).content
    assert problems(pdf, language=language) == []
    assert "Klein" in text_of(pdf)
    assert Line.objects.filter(event="overview.half_year.taken").count() == 1
    assert client.get(address.replace("2026", "2019")).status_code == 404


def test_who_takes_part_in_a_circle_contributes_a_whole_year_with_one_button() -> None:
    a_year()
    publish_due_figures(at=datetime(2027, 1, 2, 6, tzinfo=UTC))
    both = signed_in_client(make_person("Bo", Role.BOARD, Role.CIRCLE_MEMBER))
    button = "Geef de cijfers van 2026 aan een kring"
    assert button in both.get(reverse("safety:board")).content.decode()
    leaves = both.post(reverse("circle:send_figures"), {"year": 2026}, follow=True).content.decode()
    assert "Dit gaat er weg" in leaves
    assert "Balie" not in leaves
    only_board = signed_in_client(make_person("Bea", Role.BOARD))
    assert button not in only_board.get(reverse("safety:board")).content.decode()
