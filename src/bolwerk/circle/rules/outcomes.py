"""What came of a card for all that took it over, in three answers. Pure: no database, no clock, no request."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from bolwerk.circle.rules.adoptions import FEW, Outcome
from knooppunt.disclosure import Axis, Figure, Memory, Policy, Release, Row, Table, gate

POLICY = Policy(smallest_group=FEW, rounding_base=1)  # of twelve municipalities nothing would be left after rounding


class Verdict(models.TextChoices):
    """Five outcomes in three: of a dozen municipalities finer answers are never enough."""

    HELPS = "helps", _("It helps, a lot or a little")
    NOT = "not", _("It makes no difference, or makes it worse")
    UNKNOWN = "unknown", _("They cannot say yet")


VERDICTS = {
    Outcome.MUCH: Verdict.HELPS,
    Outcome.SOME: Verdict.HELPS,
    Outcome.NONE: Verdict.NOT,
    Outcome.WORSE: Verdict.NOT,
    Outcome.UNKNOWN: Verdict.UNKNOWN,
}


@dataclass(frozen=True)
class Told:
    """What one municipality told, and in which quarter it did so for the last time."""

    municipality: str
    outcome: Outcome
    quarter: str


def quarter_of(day: date) -> str:
    """The quarter of a day, as it is sorted: 2026-3."""
    return f"{day.year}-{(day.month - 1) // 3 + 1}"


def first_day(quarter: str) -> date:
    """The first day of a quarter."""
    year, number = quarter.split("-")
    return date(int(year), 3 * int(number) - 2, 1)


def closed(told: Iterable[Told], *, on: date) -> list[Told]:
    """What was told in quarters that are over."""
    return [one for one in told if one.quarter < quarter_of(on)]


def through_the_gate(about: str, told: list[Told], *, earlier: Memory | None) -> Release:
    """Which figures may be shown, next to all that were shown before. Each municipality counts once."""
    axes = [Axis.flat("verdict", Verdict.values), Axis.flat("quarter", sorted({one.quarter for one in told}))]
    rows = [Row((VERDICTS[one.outcome].value, one.quarter), who=one.municipality) for one in told]
    return gate(Table.of(about, axes, rows), POLICY, earlier=earlier)


def shown_in(release: Release) -> dict[str, int | None]:
    """The figures over all quarters: of each verdict, and of all together under "total". None: not shown."""
    cells = {name: release.at(verdict=name) for name in Verdict.values} | {"total": release.at()}
    return {name: cell.value if isinstance(cell, Figure) else None for name, cell in cells.items()}
