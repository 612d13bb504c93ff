"""Publishing figures: once per quarter, through the gate, and never again otherwise."""

from datetime import date, datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from bolwerk.audit.actions import SYSTEM, record
from bolwerk.incidents.models import FiguresRelease
from bolwerk.incidents.queries.counting import count_table
from bolwerk.incidents.queries.names import FIGURES
from bolwerk.incidents.rules import closed_quarters
from knooppunt.disclosure import TOTAL, Figure, Memory, Policy, Release, gate


def publish_due_figures(*, at: datetime) -> list[FiguresRelease]:
    """Publish what is due at a moment: the closed quarters of this year and of the year before."""
    today = timezone.localdate(at)
    made = (publish_figures(year=year, on=today, at=at) for year in (today.year - 1, today.year))
    return [one for one in made if one is not None]


def publish_figures(*, year: int, on: date, at: datetime) -> FiguresRelease | None:
    """Put the closed quarters of a year through the gate and keep what comes out. None when that was done before.

    The gate may need a while, so it works outside the transaction: of two at once, the first to be done wins, and the
    other finds its quarter taken.
    """
    quarters = closed_quarters(year, on=on)
    last = FiguresRelease.objects.filter(year=year).first()
    if not quarters or (last and last.last_quarter >= len(quarters)):
        return None
    policy = Policy(smallest_group=settings.SMALLEST_GROUP)
    release = gate(count_table(year, quarters), policy, earlier=Memory.from_json(last.memory) if last else None)
    fresh = FiguresRelease(
        year=year,
        last_quarter=len(quarters),
        smallest_group=policy.smallest_group,
        rounding_base=policy.rounding_base,
        made_at=at,
        cells=_cells(release, last),
        memory=release.memory.as_json(),
    )
    return _keep(fresh)


def _cells(release: Release, last: FiguresRelease | None) -> list[list[str | int | None]]:
    """Every cell as it will be shown. A quarter that was published before is shown as it was."""
    before = {tuple(cell[:3]): cell[3] for cell in last.cells} if last else {}
    cells: list[list[str | int | None]] = []
    for (department, kind, quarter), cell in release:
        said = before.get((department, kind, quarter)) if quarter != TOTAL else None
        cells.append([department, kind, quarter, said or (cell.value if isinstance(cell, Figure) else None)])
    return cells


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
        quarters=fresh.last_quarter,
        shown=len(fresh.cells) - hidden,
        hidden=hidden,
    )
    return fresh
