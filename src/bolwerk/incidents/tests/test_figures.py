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
from bolwerk.deadlines.models import Task
from bolwerk.incidents.actions import publish_due_figures, publish_figures
from bolwerk.incidents.models import FiguresRelease, Incident
from bolwerk.incidents.queries import breakdowns_of, figures_of
from bolwerk.incidents.rules import Breakdown, Kind, closed_quarters, months_of, quarter_of, share_in_time
from bolwerk.incidents.tasks import make_figures
from bolwerk.incidents.tests.makers import make_coordinator, make_incident

APRIL, JULY = date(2026, 4, 1), date(2026, 7, 1)
FEBRUARY, MAY = datetime(2026, 2, 10, 9, tzinfo=UTC), datetime(2026, 5, 12, 9, tzinfo=UTC)
AFTER = datetime(2026, 7, 1, 6, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def _department(code: str) -> Department:
    return Department.objects.create(code=code, name=code.title())


def staffed(code: str) -> Iterator[Person]:
    """The six people of a department, one after the other, for ever."""
    department = _department(code)
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


def test_a_team_of_one_is_in_no_figure_however_much_that_one_reports() -> None:
    desk, streets, alone = (
        staffed("desk"),
        staffed("streets"),
        cycle([make_person("Alone", department=_department("alone"))]),
    )
    reported(desk, 40)
    reported(streets, 40)
    reported(alone, 30)  # three times what may be told of a team
    publish_figures(year=2026, on=APRIL, at=AFTER)
    figures = figures_of(2026)
    assert figures is not None
    told = {key: figure for key, figure in figures.cells.items() if key[0] == "alone"}
    assert told
    assert set(told.values()) == {None}
    shown = [figures.of(), figures.of(department="desk"), figures.of(department="streets")]
    assert None in shown, "with all three, what is left would be the reports of one colleague"
    for breakdown in Breakdown:
        release = publish_figures(year=2026, on=APRIL, at=AFTER, breakdown=breakdown)
        cells = release.cells if release else []
        assert all(cell[3] is None for cell in cells if cell[0] == "alone"), breakdown


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
    assert {one.year for one in publish_due_figures(at=datetime(2026, 3, 31, 12, tzinfo=UTC))} == {2025}
    assert figures_of(2026) is None
    make_figures.func()
    line = Line.objects.filter(event="incidents.figures.published").first()
    assert line is not None and line.subject.startswith("urn:bolwerk:incidents:figures:")


def test_every_breakdown_is_published_and_follows_what_reports_of_any_kind_told() -> None:
    desk, parks = staffed("desk"), staffed("parks")
    reported(desk, 34)
    reported(parks, 22)
    reported(staffed("pool"), 3)
    publish_due_figures(at=AFTER)
    whole = figures_of(2026)
    assert whole is not None
    assert set(FiguresRelease.objects.filter(year=2026).values_list("breakdown", flat=True)) == set(Breakdown.values)
    assert whole.of(department="pool") is None
    for parts in breakdowns_of(2026, department="pool").values():
        assert not parts.any, "nothing of a department whose reports are hidden is shown in another way"


def test_months_add_up_to_no_more_than_their_quarter_told() -> None:
    desk, parks = staffed("desk"), staffed("parks")
    for month in (1, 2, 3):
        reported(desk, 20, at=datetime(2026, month, 10, 9, tzinfo=UTC))
        reported(parks, 15, at=datetime(2026, month, 12, 9, tzinfo=UTC))
    publish_due_figures(at=datetime(2026, 4, 1, 6, tzinfo=UTC))
    months = breakdowns_of(2026, department="desk")[Breakdown.MONTH].parts
    assert [part.figure for part in months] == [20, 20, 20]
    assert months_of("2026-4") == ["2026m10", "2026m11", "2026m12"]


def test_a_second_quarter_leaves_the_breakdowns_of_the_first_as_they_were() -> None:
    desk, parks = staffed("desk"), staffed("parks")
    reported(desk, 30)
    reported(parks, 30)
    publish_due_figures(at=datetime(2026, 4, 1, 6, tzinfo=UTC))
    reported(desk, 40, at=MAY)
    publish_due_figures(at=AFTER)
    first, second = FiguresRelease.objects.filter(year=2026, breakdown=Breakdown.MONTH).order_by("last_quarter")
    february = {tuple(cell[:3]): cell[3] for cell in first.cells if cell[2] == "2026m02"}
    assert february == {tuple(cell[:3]): cell[3] for cell in second.cells if cell[2] == "2026m02"}


def test_a_share_in_time_needs_a_large_told_base_and_comes_in_steps_of_five() -> None:
    assert share_in_time([True] * 57 + [False] * 3, base=60, least_base=50) == 95
    assert share_in_time([True] * 40, base=40, least_base=50) is None
    assert share_in_time([], base=60, least_base=50) is None


def test_terms_that_ended_are_counted_with_the_share_in_time_and_stopped_ones_are_not() -> None:
    desk, parks = staffed("desk"), staffed("parks")
    reported(desk, 60)
    reported(parks, 30)
    Task.objects.filter(key="feedback").update(status=Task.Status.DONE, ended_at=FEBRUARY)
    Task.objects.filter(key="response").update(status=Task.Status.CANCELLED)
    assert Incident.objects.count() == 90
    publish_due_figures(at=AFTER)
    clocks = {part.code: part for part in breakdowns_of(2026)[Breakdown.CLOCK].parts}
    assert (clocks["feedback"].figure, clocks["feedback"].share) == (90, 100)
    assert (clocks["contact"].figure, clocks["contact"].share) == (90, 0)
    assert (clocks["response"].figure, clocks["response"].share) == (None, None)
    of_desk = {part.code: part for part in breakdowns_of(2026, department="parks")[Breakdown.CLOCK].parts}
    assert of_desk["feedback"].share is None, "thirty is too few for a percentage"


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
