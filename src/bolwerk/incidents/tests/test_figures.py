"""Figures on reports: what is counted, that the gate decides, who sees them, and that they stay as they were."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import cycle

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import translation

from bolwerk.accounts.models import Department, Person
from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import make_person
from bolwerk.audit.models import Line
from bolwerk.incidents.actions import publish_due_figures, publish_figures
from bolwerk.incidents.models import FiguresRelease
from bolwerk.incidents.queries import figures_of
from bolwerk.incidents.rules import Kind, closed_quarters, quarter_of
from bolwerk.incidents.tasks import make_figures
from bolwerk.incidents.tests.makers import make_coordinator, make_incident

APRIL, JULY = date(2026, 4, 1), date(2026, 7, 1)
FEBRUARY, MAY = datetime(2026, 2, 10, 9, tzinfo=UTC), datetime(2026, 5, 12, 9, tzinfo=UTC)
AFTER = datetime(2026, 7, 1, 6, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def staffed(code: str) -> Iterator[Person]:
    """The six people of a department, one after the other, for ever."""
    department = Department.objects.create(code=code, name=code.title())
    return cycle([make_person(f"{code} {n}", department=department) for n in range(6)])


def reported(people: Iterator[Person], number: int, *, at: datetime = FEBRUARY, kind: Kind = Kind.AGGRESSION) -> None:
    """So many reports, by the people in turn."""
    for n in range(number):
        make_incident(next(people), at=at + timedelta(minutes=n), kind=kind, occurred_at=at)


def test_quarters_are_closed_once_they_are_over() -> None:
    assert [quarter_of(date(2026, month, 1)) for month in (1, 3, 4, 12)] == ["2026-1", "2026-1", "2026-2", "2026-4"]
    assert closed_quarters(2026, on=date(2026, 3, 31)) == []
    assert closed_quarters(2026, on=JULY) == ["2026-1", "2026-2"]
    assert len(closed_quarters(2025, on=JULY)) == 4


def test_a_count_below_ten_is_nowhere_in_a_release_and_neither_is_one_that_gives_it_away() -> None:
    desk, streets, parks = staffed("desk"), staffed("streets"), staffed("parks")
    reported(desk, 24)
    reported(streets, 17)
    reported(parks, 3)
    release = publish_figures(year=2026, on=APRIL, at=AFTER)
    assert release is not None
    figures = figures_of(2026)
    assert figures is not None
    assert (figures.of(department="desk"), figures.of(department="parks")) == (25, None)
    assert (figures.of(), figures.of(department="streets")) == (45, 15), "45 - 25 - 15, rounded: anything from 0 to 11"
    assert all(cell[3] is None or cell[3] % 5 == 0 for cell in release.cells)


def test_a_quarter_is_published_once_and_stays_as_it_was() -> None:
    desk = staffed("desk")
    reported(desk, 24)
    first = publish_figures(year=2026, on=APRIL, at=AFTER)
    reported(desk, 4)  # came in late, with a date in February
    assert publish_figures(year=2026, on=APRIL, at=AFTER) is None
    reported(desk, 30, at=MAY)
    publish_figures(year=2026, on=JULY, at=AFTER)
    figures = figures_of(2026)
    assert first is not None and figures is not None
    assert figures.of(quarter="2026-1") == 25
    assert figures.of(quarter="2026-2") == 30
    assert FiguresRelease.objects.count() == 2


def test_only_closed_quarters_are_published_and_the_worker_does_it() -> None:
    desk = staffed("desk")
    reported(desk, 24)
    assert publish_due_figures(at=datetime(2026, 3, 31, 12, tzinfo=UTC))[0].year == 2025
    assert figures_of(2026) is None
    make_figures.func()
    line = Line.objects.filter(event="incidents.figures.published").first()
    assert line is not None and line.subject.startswith("urn:bolwerk:incidents:figures:")


def test_of_two_workers_at_once_one_publishes() -> None:
    desk = staffed("desk")
    reported(desk, 12)
    release = publish_figures(year=2026, on=APRIL, at=AFTER)
    assert release is not None
    release.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        release.save(force_insert=True)


def test_the_page_shows_figures_and_says_hidden_where_one_is_hidden(client: Client) -> None:
    desk, parks = staffed("desk"), staffed("parks")
    reported(desk, 24)
    reported(parks, 2)
    publish_figures(year=2026, on=APRIL, at=AFTER)
    client.force_login(make_coordinator())
    assert client.get("/meldingen/cijfers/").headers["Location"] == "/meldingen/cijfers/2026/"
    page = client.get("/meldingen/cijfers/2026/").content.decode()
    assert "verborgen" in page
    assert "Weinig of geen meldingen is op zichzelf geen goed nieuws" in page


def test_without_a_closed_quarter_the_page_says_when_figures_come(client: Client) -> None:
    client.force_login(make_person("Bea Bestuur", Role.BOARD))
    assert "de dag nadat het voorbij is" in client.get("/meldingen/cijfers/").content.decode()
    assert client.get("/meldingen/cijfers/2026/").status_code == 404


def test_the_file_holds_the_same_figures_and_the_trail_knows_of_it(client: Client) -> None:
    desk = staffed("desk")
    reported(desk, 24)
    publish_figures(year=2026, on=APRIL, at=AFTER)
    client.force_login(make_person("Bea Bestuur", Role.BOARD))
    with translation.override("nl"):
        lines = b"".join(client.get("/meldingen/cijfers/2026/bestand/")).decode().splitlines()
    assert "alles samen;alles samen;jaar tot nu toe;25" in lines
    assert any(line.endswith(";verborgen") for line in lines)
    assert Line.objects.filter(event="incidents.figures.exported").count() == 1


@pytest.mark.parametrize("role", [Role.EMPLOYEE, Role.MANAGER, Role.FUNCTIONAL_ADMINISTRATOR, Role.AUDITOR])
def test_others_do_not_find_the_page(client: Client, role: Role) -> None:
    client.force_login(make_person("Iemand Anders", role))
    assert client.get("/meldingen/cijfers/").status_code == 404
