"""The figures of a team: rates only with FTE, teams that are alike, who sees which, and that few is never good."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.test import Client

from bolwerk.accounts.actions import Origin, set_staffing
from bolwerk.accounts.models import Department
from bolwerk.accounts.rules import ContactType, RiskClass, Role
from bolwerk.accounts.tests.makers import AT, make_department, make_person
from bolwerk.incidents.actions import publish_figures
from bolwerk.incidents.tests.makers import make_incident
from bolwerk.overview.safety.queries import TeamFigures, sentences_of, team_figures

pytestmark = pytest.mark.django_db
FEBRUARY, AFTER = datetime(2026, 2, 10, 9, tzinfo=UTC), datetime(2026, 4, 1, 6, tzinfo=UTC)


def staffed(name: str, reports: int, *, fte: str | None = "20", risk: RiskClass = RiskClass.C) -> Department:
    """A department of six people with so many reports in the first quarter, and its FTE."""
    department = make_department(name)
    Department.objects.filter(pk=department.pk).update(risk_class=risk, contact_type=ContactType.DESK)
    people = [make_person(f"{name} {n}", department=department) for n in range(6)]
    for n in range(reports):
        make_incident(people[n % 6], at=FEBRUARY, occurred_at=FEBRUARY)
    if fte is not None:
        count(department, fte)
    department.refresh_from_db()
    return department


def count(department: Department, fte: str) -> None:
    """Enter the FTE of a department in 2026, as somebody who works there."""
    by = make_person("Teller", Role.AGGRESSION_COORDINATOR, department=department)
    origin = Origin(date(2026, 1, 1), "Personeelssysteem")
    set_staffing(year=2026, numbers={department.pk: Decimal(fte)}, origin=origin, by=by, at=AT)


def figures(department: Department) -> TeamFigures:
    """Its figures, once the first quarter is published."""
    publish_figures(year=2026, on=date(2026, 4, 1), at=AFTER)
    found = team_figures(department, year=2026)
    assert found is not None
    return found


def test_a_rate_is_counted_over_the_published_figure() -> None:
    staffed("Loket", 30)
    team = figures(staffed("Balie", 24))
    assert team.total == 25
    assert team.rate is not None
    assert team.rate.value == pytest.approx(25 / (20 / 100 / 4))
    assert team.rate.interval.low < team.rate.value < team.rate.interval.high


def test_without_fte_there_is_no_rate_and_the_page_says_of_whom() -> None:
    staffed("Loket", 30)
    team = figures(staffed("Balie", 24, fte=None))
    assert team.rate is None
    assert any("Balie" in sentence and "fte" in sentence for sentence in sentences_of(team))


def test_a_hidden_figure_gives_no_rate() -> None:
    team = figures(staffed("Balie", 3))
    assert (team.total, team.rate, team.change) == (None, None, None)


def test_a_team_never_stands_beside_one_other() -> None:
    mine = staffed("Balie", 24)
    staffed("Loket", 30)
    staffed("Buiten", 30, risk=RiskClass.D)
    assert figures(mine).alike is None


def test_a_team_stands_beside_two_others_that_are_alike() -> None:
    mine = staffed("Balie", 24)
    staffed("Loket", 30)
    staffed("Wijk", 20)
    alike = figures(mine).alike
    assert alike is not None
    assert (alike.teams, alike.by_contact) == (2, True)
    assert alike.rate.value == pytest.approx(50 / (40 / 100 / 4))


def test_without_a_survey_the_gap_is_not_told() -> None:
    team = figures(staffed("Balie", 24))
    assert team.gap is None


def test_a_survey_that_a_room_brings_in_stands_beside_the_reports(settings: pytest.FixtureRequest) -> None:
    settings.ROOM_EXPERIENCED = [f"{__name__}.survey"]  # type: ignore[attr-defined]  # a setting
    team = figures(staffed("Balie", 24))
    assert team.gap is not None
    assert team.gap.share == 19


def survey(*, department: str, year: int) -> tuple[int, int, int, int]:
    """As a room would answer."""
    assert department and year
    return (19, 15, 24, 300)


def test_a_manager_sees_the_own_team_and_what_lies_below_it_only(client: Client) -> None:
    top, elsewhere = staffed("Balie", 24), staffed("Loket", 24)
    below = make_department("Balie oost", parent=top)
    publish_figures(year=2026, on=date(2026, 4, 1), at=AFTER)
    client.force_login(make_person("Max", Role.MANAGER, roles_for=top))
    assert client.get(f"/cijfers/team/{top.pk}/2026/").status_code == 200
    assert client.get(f"/cijfers/team/{below.pk}/2026/").status_code == 200
    assert client.get(f"/cijfers/team/{elsewhere.pk}/2026/").status_code == 404
    assert "Loket" not in client.get("/cijfers/").content.decode()


@pytest.mark.parametrize("role", [Role.EMPLOYEE, Role.FUNCTIONAL_ADMINISTRATOR, Role.CONFIDANT])
def test_others_do_not_find_the_pages(client: Client, role: Role) -> None:
    team = staffed("Balie", 24)
    client.force_login(make_person("Iemand", role))
    assert client.get("/cijfers/").status_code == 404
    assert client.get(f"/cijfers/team/{team.pk}/").status_code == 404


def test_the_page_never_calls_few_reports_good(client: Client) -> None:
    team = staffed("Balie", 24)
    publish_figures(year=2026, on=date(2026, 4, 1), at=AFTER)
    client.force_login(make_person("Bea", Role.BOARD))
    page = client.get(f"/cijfers/team/{team.pk}/2026/").content.decode()
    assert "Weinig meldingen, of geen, is op zichzelf geen goed nieuws" in page
    assert "onder collega" in page
