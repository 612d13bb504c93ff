"""Publishing figures: once per quarter, through the gate, and never again otherwise."""

from collections.abc import Mapping
from datetime import date, datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from bolwerk.audit.actions import SYSTEM, record
from bolwerk.incidents.models import FiguresRelease
from bolwerk.incidents.queries.counting import count_table, periods
from bolwerk.incidents.queries.names import FIGURES
from bolwerk.incidents.queries.timing import Ran, clocks_of
from bolwerk.incidents.rules import OF_THE_SAME_REPORTS, Breakdown, closed_quarters, share_in_time
from knooppunt.disclosure import TOTAL, Figure, Memory, Past, Policy, Release, Table, gate

Cells = list[list[str | int | None]]


def publish_due_figures(*, at: datetime) -> list[FiguresRelease]:
    """Publish what is due at a moment: the closed quarters of this year and of the year before, in every breakdown."""
    today = timezone.localdate(at)
    made = []
    for year in (today.year - 1, today.year):
        for breakdown in Breakdown:
            release = publish_figures(year=year, on=today, at=at, breakdown=breakdown)
            made += [release] if release else []
    return made


def publish_figures(
    *, year: int, on: date, at: datetime, breakdown: Breakdown = Breakdown.KIND
) -> FiguresRelease | None:
    """Put the closed quarters of a year through the gate and keep what comes out. None when that was done before.

    The gate may need a while, so it works outside the transaction: of two at once, the first to be done wins, and the
    other finds its quarter taken. Kinds come first: other breakdowns of the same reports follow what they told.
    """
    quarters = closed_quarters(year, on=on)
    last = FiguresRelease.objects.filter(year=year, breakdown=breakdown).first()
    if not quarters or (last and last.last_quarter >= len(quarters)):
        return None
    policy = Policy(smallest_group=settings.SMALLEST_GROUP)
    table = count_table(breakdown, year, quarters)
    own = Memory.from_json(last.memory).past if last else ()
    shown: Mapping[tuple[str, str], int | None] | None = None
    seen: tuple[Past, ...] = ()
    if breakdown in OF_THE_SAME_REPORTS:
        first = FiguresRelease.objects.filter(year=year, breakdown=Breakdown.KIND, last_quarter=len(quarters)).first()
        if first is None:
            return None
        shown, seen = _shown(first), _seen(first, breakdown)
    release = gate(table, policy, earlier=Memory(table.about, (*seen, *own)))
    cells = _cells(release, last, shown)
    if breakdown is Breakdown.CLOCK:
        _add_shares(cells, table, clocks_of(quarters), policy)
    fresh = FiguresRelease(
        breakdown=breakdown,
        year=year,
        last_quarter=len(quarters),
        smallest_group=policy.smallest_group,
        rounding_base=policy.rounding_base,
        made_at=at,
        cells=cells,
        memory=Memory(table.about, release.memory.past[len(seen) :]).as_json(),
    )
    return _keep(fresh)


def _shown(first: FiguresRelease) -> dict[tuple[str, str], int | None]:
    """What was told of reports of any kind, by department and quarter."""
    return {(cell[0], cell[2]): cell[3] for cell in first.cells if cell[1] == TOTAL}


def _seen(first: FiguresRelease, breakdown: Breakdown) -> tuple[Past, ...]:
    """The same, as an attacker has it: every release of reports of any kind, on the axes of this breakdown."""
    found = []
    for past in Memory.from_json(first.memory).past:
        quarters = [label for label in past.axes["quarter"] if label != TOTAL]
        groups = periods(breakdown, quarters).groups
        told = {label: groups[label] for label in (*quarters, TOTAL)}
        axes = {"department": past.axes["department"], "quarter": told}
        cells: dict[tuple[str, ...], int | None] = {
            (at[0], at[2]): figure for at, figure in past.cells.items() if at[1] == TOTAL
        }
        found.append(Past(axes, cells, past.bounds))
    return tuple(found)


def _cells(
    release: Release,
    last: FiguresRelease | None,
    shown: Mapping[tuple[str, str], int | None] | None,
) -> Cells:
    """Every cell as it will be shown. A quarter that was published before is shown as it was.

    Of a department and quarter whose reports are hidden together, no part is shown: `shown` says which those are.
    """
    before = {tuple(cell[:3]): cell[3] for cell in last.cells} if last else {}
    cells: Cells = []
    for (department, code, period), cell in release:
        said = before.get((department, code, period)) if period != TOTAL else None
        figure = said or (cell.value if isinstance(cell, Figure) else None)
        if shown is not None and _whole(shown, department, period) is None:
            figure = None
        cells.append([department, code, period, figure])
    return cells


def _whole(shown: Mapping[tuple[str, str], int | None], department: str, period: str) -> int | None:
    """What was told of the quarter (of a month: the one that it lies in) of a department."""
    if "m" in period:
        year, month = period.split("m")
        period = f"{year}-{(int(month) + 2) // 3}"
    return shown.get((department, period))


def _add_shares(cells: Cells, table: Table, clocks: list[Ran], policy: Policy) -> None:
    """Put beside each told number of clocks the share that was in time, where that number is large enough."""
    departments, whats, quarters = (axis.groups for axis in table.axes)
    for cell in cells:
        place, what, quarter, figure = cell
        share = None
        if isinstance(figure, int):
            inside = [
                one.in_time
                for one in clocks
                if (one.department or "") in departments[str(place)]
                and one.what.value in whats[str(what)]
                and one.quarter in quarters[str(quarter)]
            ]
            share = share_in_time(inside, base=figure, least_base=policy.percent_base)
        cell.append(share)


@transaction.atomic
def _keep(fresh: FiguresRelease) -> FiguresRelease | None:
    try:
        with transaction.atomic():
            fresh.save(force_insert=True)
    except IntegrityError:  # another worker was first
        return None
    hidden = sum(cell[3] is None for cell in fresh.cells)
    subject = f"{FIGURES}{fresh.year}"
    record(
        "incidents.figures.published",
        subject=subject,
        actor=SYSTEM,
        at=fresh.made_at,
        breakdown=str(fresh.breakdown),
        quarters=fresh.last_quarter,
        shown=len(fresh.cells) - hidden,
        hidden=hidden,
    )
    return fresh
