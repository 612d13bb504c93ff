"""Published figures, as the page and the file show them. They come from releases: nothing is counted here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bolwerk.accounts.models import Department
from bolwerk.incidents.models import FiguresRelease
from bolwerk.incidents.queries.counting import NO_DEPARTMENT
from bolwerk.incidents.rules import Breakdown, Kind
from bolwerk.ui.lists import Column, ListSpec
from bolwerk.ui.once import asked_once
from knooppunt.disclosure import TOTAL

QUARTERS = 4
Rows = list[tuple[str, str, str | None]]  # code, name and the code above
Key = tuple[str, str, str]  # department, kind, quarter
FILE = ListSpec(
    name="incidents.figures",
    columns=(
        Column("department", gettext_lazy("Department"), lambda row: row[0]),
        Column("kind", gettext_lazy("Kind"), lambda row: row[1]),
        Column("quarter", gettext_lazy("Quarter"), lambda row: row[2]),
        Column("reports", gettext_lazy("Reports"), lambda row: row[3]),
    ),
)


@dataclass(frozen=True)
class Line:
    """One department or kind: its code, its name, how deep it lies in the tree."""

    code: str
    name: str
    depth: int = 0


@dataclass(frozen=True)
class Figures:
    """What was published of a year. A figure that is None is hidden, and nobody knows whether it is zero."""

    year: int
    quarters: list[str]
    smallest_group: int
    rounding_base: int
    made_at: datetime
    cells: dict[Key, int | None]
    departments: list[Line]
    kinds: list[Line]

    def of(self, *, department: str = TOTAL, kind: str = TOTAL, quarter: str = TOTAL) -> int | None:
        """A figure; what is not named is taken together."""
        return self.cells.get((department, kind, quarter))


def years_with_figures() -> list[int]:
    """The years of which something was published, the latest first."""
    found = FiguresRelease.objects.filter(breakdown=Breakdown.KIND).order_by().values_list("year", flat=True)
    return sorted(set(found), reverse=True)


def whole_years() -> list[int]:
    """The years of which every quarter was published, the latest first."""
    found = FiguresRelease.objects.filter(breakdown=Breakdown.KIND, last_quarter=QUARTERS)
    return sorted(set(found.order_by().values_list("year", flat=True)), reverse=True)


def figures_of(year: int) -> Figures | None:
    """The latest release of a year, or None when there is none."""
    return _figures(_latest(year), _tree_rows()).get(year)


def figures_of_two(year: int) -> tuple[Figures | None, Figures | None]:
    """As `figures_of`, of a year and of the year before it, in two questions together."""
    found = _figures(_latest(year, year - 1), _tree_rows())
    return found.get(year), found.get(year - 1)


def _latest(*years: int) -> dict[int, FiguresRelease]:
    latest: dict[int, FiguresRelease] = {}
    rows = FiguresRelease.objects.defer("memory").filter(year__in=years, breakdown=Breakdown.KIND)
    for row in rows:
        latest.setdefault(row.year, row)
    return latest


def _tree_rows() -> Rows:
    """Every department, closed ones too; asked once within one look at a page."""
    rows = Department.objects.values_list("code", "name", "parent__code")
    return asked_once("departments of figures", lambda: list(rows))


def _figures(releases: dict[int, FiguresRelease], tree: Rows) -> dict[int, Figures]:
    return {year: _figure(release, tree) for year, release in releases.items()}


def _figure(release: FiguresRelease, tree: Rows) -> Figures:
    cells: dict[Key, int | None] = {(cell[0], cell[1], cell[2]): cell[3] for cell in release.cells}
    return Figures(
        year=release.year,
        quarters=[f"{release.year}-{number}" for number in range(1, release.last_quarter + 1)],
        smallest_group=release.smallest_group,
        rounding_base=release.rounding_base,
        made_at=release.made_at,
        cells=cells,
        departments=list(_departments({key[0] for key in cells}, tree)),
        kinds=[Line(code, str(label)) for code, label in Kind.choices],
    )


def _departments(codes: set[str], tree: Rows) -> Iterator[Line]:
    """The departments of a release in the order of the tree as it is now; one that is gone comes last, by its code."""
    rows = [row for row in tree if row[0] in codes]
    yield from _below(None, rows, depth=0)
    yield from (Line(code, code) for code in sorted(codes - {row[0] for row in rows} - {TOTAL, NO_DEPARTMENT}))
    if NO_DEPARTMENT in codes:
        yield Line(NO_DEPARTMENT, _("Without a department"))


def _below(parent: str | None, rows: Sequence[tuple[str, str, str | None]], *, depth: int) -> Iterator[Line]:
    shown = {code for code, _name, _above in rows}
    for code, name, above in rows:
        if (above if above in shown else None) == parent:
            yield Line(code, name, depth)
            yield from _below(code, rows, depth=depth + 1)


def file_rows(figures: Figures) -> list[tuple[object, ...]]:
    """Every cell of a release for `FILE`: names, and a word where the figure is hidden."""
    everything = _("everything together")
    departments = {one.code: one.name for one in figures.departments} | {TOTAL: everything}
    kinds = {one.code: one.name for one in figures.kinds} | {TOTAL: everything}
    quarters = {quarter: quarter for quarter in figures.quarters} | {TOTAL: _("year so far")}
    return [
        (departments[department], kinds[kind], quarters[quarter], _("hidden") if figure is None else figure)
        for (department, kind, quarter), figure in figures.cells.items()
    ]
