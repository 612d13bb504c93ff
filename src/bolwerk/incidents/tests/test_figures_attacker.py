"""Somebody who lays every breakdown of the same reports side by side, and works out what lies behind them.

The attacker sees only what the pages show: labels and figures of all releases, and the tree of departments. Reports
are divided by department, kind, channel, severity and month at once; every figure shown limits their counts; a solver
finds the least and the most that a hidden cell can hold. Written apart from gate and publishing.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import product
from random import Random
from uuid import uuid4

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from bolwerk.accounts.models import Department, Person
from bolwerk.accounts.tests.makers import make_person
from bolwerk.incidents.actions import publish_due_figures
from bolwerk.incidents.models import FiguresRelease, Incident
from bolwerk.incidents.models.response import Response
from bolwerk.incidents.queries.counting import NOT_SORTED, count_table
from bolwerk.incidents.rules import OF_THE_SAME_REPORTS, Breakdown, Channel, Kind, Safety, months_of
from bolwerk.incidents.rules.ladder import Severity
from knooppunt.disclosure import TOTAL, Policy

pytestmark = pytest.mark.django_db
YEAR, QUARTERS = 2026, ["2026-1", "2026-2"]
MONTHS = [month for quarter in QUARTERS for month in months_of(quarter)]
ENDS = (datetime(2026, 4, 1, 6, tzinfo=UTC), datetime(2026, 7, 1, 6, tzinfo=UTC))
TOGETHER = (Breakdown.KIND, *sorted(OF_THE_SAME_REPORTS))
SMALLEST, HALF = Policy().smallest_group, Policy().rounding_base // 2
TREE = {"town": None, "desk": "town", "streets": "town", "parks": None, "pool": None}
HOUSES = 60 if os.environ.get("BOLWERK_FULL_SIZE") else 1
Place = tuple[str, Breakdown, str, frozenset[str]]  # department with what is below it, by what, code, months
Row = np.ndarray[tuple[int], np.dtype[np.float64]]


@dataclass(frozen=True)
class Fact:
    """What one reading of the pages says: between which counts the reports of these atoms lie."""

    place: Place
    least: int
    most: int


def staff() -> dict[str, list[Person]]:
    """Departments in a tree, twelve people in each, so that nobody weighs too much."""
    made: dict[str, Department] = {}
    for code, parent in TREE.items():
        made[code] = Department.objects.create(code=code, name=code.title(), parent=made[parent] if parent else None)
    return {code: [make_person(f"{code} {n}", department=one) for n in range(12)] for code, one in made.items()}


def report_at_random(people: dict[str, list[Person]], month: int, dice: Random) -> None:
    """Reports of one month: busy and quiet departments, common and rare kinds, channels and severities."""
    rows, tracks = [], []
    for code, staffed in people.items():
        busy = {"desk": 26, "town": 4, "streets": 15, "parks": 11, "pool": 2}[code]
        for number in range(dice.randint(busy // 2, busy * 3 // 2)):
            person = staffed[number % len(staffed)]
            at = datetime(YEAR, month, dice.randint(1, 28), 9, tzinfo=UTC) + timedelta(minutes=number)
            row = Incident(
                reference=uuid4().hex[:9],
                submission_key=uuid4(),
                reporter=person,
                happened_to=person,
                department=person.department,
                kind=dice.choices(list(Kind), [30, 12, 6, *[1] * (len(Kind) - 3)])[0],
                channel=dice.choices(list(Channel), [30, 14, 9, 4, *[1] * (len(Channel) - 4)])[0],
                safety=Safety.YES,
                occurred_at=at,
                reported_at=at,
            )
            rows.append(row)
            if dice.random() < 0.7:
                tracks.append(Response(incident=row, severity=dice.choice(list(Severity))))
    Incident.objects.bulk_create(rows)
    Response.objects.bulk_create(tracks)


def shown() -> Iterator[Fact]:
    """Every figure on the pages, of both quarters as they came out one after the other."""
    for release in FiguresRelease.objects.filter(year=YEAR, breakdown__in=TOGETHER):
        for department, code, period, figure, *_ in release.cells:
            if figure is not None:
                months = months_in(str(period), QUARTERS[: release.last_quarter])
                place = (str(department), Breakdown(release.breakdown), str(code), months)
                yield Fact(place, max(int(figure) - HALF, SMALLEST), int(figure) + HALF)


def with_only_small_ones_hidden() -> Iterator[Fact]:
    """What would be shown if every count below the least were left out, and nothing else."""
    for breakdown in TOGETHER:
        table = count_table(breakdown, YEAR, QUARTERS)
        for at in product(*[axis.groups for axis in table.axes]):
            inside = [axis.groups[label] for axis, label in zip(table.axes, at, strict=True)]
            counted = (row.count for row in table.rows if all(map(frozenset.__contains__, inside, row.at)))
            if (count := sum(counted)) >= SMALLEST:
                department, code, period = at
                yield Fact((department, breakdown, code, months_in(period, QUARTERS)), count - HALF, count + HALF)


class Attacker:
    """Divides the reports in as many ways as the pages do. Of codes of which nothing is told two stand for all."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self.facts = list(facts)
        self.codes = {breakdown: self._codes(breakdown) for breakdown in TOGETHER if breakdown is not Breakdown.MONTH}
        self.atoms = list(product(TREE, *self.codes.values(), MONTHS))
        self.size = len(self.atoms)
        rows = csr_array(np.array([self.row(fact.place) for fact in self.facts]))
        self.known = LinearConstraint(rows, [one.least for one in self.facts], [one.most for one in self.facts])

    def _codes(self, breakdown: Breakdown) -> list[str]:
        told = {code for _, by, code, _ in (fact.place for fact in self.facts) if by is breakdown}
        every = [code for code in CODES[breakdown] if code in told]
        return [*every, *[code for code in CODES[breakdown] if code not in told][:2]]

    def row(self, place: Place) -> Row:
        """Which atoms lie in a cell."""
        department, by, code, months = place
        below = within(department)
        column = 1 + list(self.codes).index(by) if by in self.codes else 0
        return np.array(
            [
                atom[0] in below and atom[-1] in months and (not column or code == TOTAL or atom[column] == code)
                for atom in self.atoms
            ],
            float,
        )

    def bounds(self, place: Place) -> tuple[float, float]:
        """The least and the most that a cell can hold."""
        row = self.row(place)
        return self._extreme(row), -self._extreme(-row)

    def _extreme(self, cost: Row) -> float:
        found = milp(cost, constraints=self.known, bounds=Bounds(0, np.inf))
        if found.x is None:
            assert "nbounded" in found.message, found.message
            return -np.inf
        return float(found.fun)


CODES: dict[Breakdown, list[str]] = {
    Breakdown.KIND: list(Kind.values),
    Breakdown.CHANNEL: list(Channel.values),
    Breakdown.SEVERITY: [*Severity.values, NOT_SORTED],
    Breakdown.MONTH: [Breakdown.MONTH.value],
}


def months_in(period: str, published: list[str]) -> frozenset[str]:
    """The months of a period; all that was published by then is TOTAL."""
    quarters = published if period == TOTAL else [period] if period in QUARTERS else []
    return frozenset(month for quarter in quarters for month in months_of(quarter)) or frozenset({period})


def within(department: str) -> set[str]:
    """A department and what lies below it."""
    return {one for one in TREE if department in (one, TREE[one], TOTAL)}


def small_cells(attacker: Attacker) -> Iterator[tuple[Place, int]]:
    """Every cell of the pages that holds less than anybody may know, with what it holds."""
    for breakdown in TOGETHER:
        counted = count_table(breakdown, YEAR, QUARTERS).rows
        periods = MONTHS if breakdown is Breakdown.MONTH else QUARTERS
        codes = CODES[breakdown] if breakdown is Breakdown.MONTH else attacker.codes[breakdown]
        for department, code, period in product(TREE, codes, periods):
            of_cell = [row.count for row in counted if row.at[0] in within(department) and row.at[1:] == (code, period)]
            if (count := sum(of_cell)) < SMALLEST:
                yield (department, breakdown, code, months_in(period, QUARTERS)), count


def opened(attacker: Attacker) -> Iterator[tuple[Place, int, tuple[float, float]]]:
    """The small cells of which the attacker learns more than that they are small."""
    for place, count in small_cells(attacker):
        least, most = attacker.bounds(place)
        assert least - 1e-6 <= count <= most + 1e-6, "the attacker reasons soundly"
        if least > 1e-6 or most < SMALLEST - 1 - 1e-6:
            yield place, count, (least, most)


def fill(seed: int) -> None:
    """Half a year, of which each quarter was published when it was over."""
    dice, people = Random(seed), staff()
    for quarter, end in enumerate(ENDS):
        for month in range(3 * quarter + 1, 3 * quarter + 4):
            report_at_random(people, month, dice)
        publish_due_figures(at=end)


@pytest.mark.once  # it is the gate that is attacked
@pytest.mark.parametrize("seed", range(HOUSES))
def test_all_breakdowns_side_by_side_open_no_small_cell(seed: int) -> None:
    fill(seed)
    attacker = Attacker(shown())
    assert len(attacker.facts) > 20, "enough is told to attack"
    assert list(opened(attacker)) == []


@pytest.mark.once  # it is the gate that is attacked
def test_the_attacker_opens_cells_when_only_small_ones_are_hidden() -> None:
    fill(0)
    assert any(opened(Attacker(with_only_small_ones_hidden()))), "an attacker who never succeeds proves nothing"
