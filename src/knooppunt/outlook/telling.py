"""What may be said of a series: the gate for its months (ADR 62).

A month with fewer than ten is not told, nor is a month with none. A calendar year is told when nobody can exclude any
number from nought to nine for a month of it that is not told; else it has bounds, which follow from the months that are
told. What is said of a month or a year depends on nothing but that year, so that no two questions, of other days or for
more months, say more than each of them. Hence no sum over part of a year, over areas, or of areas with small numbers.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from knooppunt.outlook.forecast import YEAR, Area, Forecast
from knooppunt.outlook.series import MINIMUM_CELL, TOGETHER, Series

MOST_HIDDEN = MINIMUM_CELL - 1  # that a month that is not told can have
ROUGH = 5  # bounds of what is small are told in fives
FEWER = {"fewer_than": MINIMUM_CELL}  # what a figure that is missing (null) stands for, in files


@dataclass(frozen=True)
class Between:
    """A number by what may be known of it: from `low` up to `high`; when these are the same it is told."""

    low: int
    high: int

    @property
    def exact(self) -> int | None:
        """The number itself where it is told."""
        return self.low if self.low == self.high else None

    @property
    def bounds(self) -> tuple[int, int]:
        """Both."""
        return self.low, self.high

    def __add__(self, other: "Between") -> "Between":
        return Between(self.low + other.low, self.high + other.high)


@dataclass(frozen=True)
class AreaTold:
    """One area of a series: its months (None: fewer than ten), its years, and all whole years together.

    Of a year of which the series has only a part, and in `total` where it has no whole year, the months that are told
    say the bounds.
    """

    name: str
    code: str
    months: tuple[int | None, ...]
    years: dict[int, Between]
    total: Between

    @property
    def shown(self) -> bool:
        """Whether anything of it is told."""
        return any(one is not None for one in self.months) or any(one.exact for one in self.years.values())


@dataclass(frozen=True)
class SeriesTold:
    """A series as it may leave the house. `first` and `last` are the months that the totals are about."""

    what: str
    months: tuple[date, ...]
    first: date
    last: date
    areas: tuple[AreaTold, ...]

    @property
    def names(self) -> frozenset[str]:
        """The areas of which something is told."""
        return frozenset(one.name for one in self.areas)


def told_series(series: Series) -> SeriesTold:
    """What may be said of a series. Areas of which nothing may be said, and those taken together, are not in it."""
    whole = whole_years(series.months)
    totalled = [month for month in series.months if month.year in whole] or list(series.months)
    codes = series.codes or ("",) * len(series.areas)
    areas = [
        _area(name, code, list(zip(series.months, counts, strict=True)), whole)
        for name, code, counts in zip(series.areas, codes, series.counts.tolist(), strict=True)
        if name != TOGETHER
    ]
    shown = tuple(one for one in areas if one.shown)
    return SeriesTold(series.what, series.months, totalled[0], totalled[-1], shown)


def whole_years(months: Sequence[date]) -> list[int]:
    """The calendar years that lie in these months from January up to and including December."""
    return sorted(year for year, number in Counter(month.year for month in months).items() if number == YEAR)


def _area(name: str, code: str, counted: list[tuple[date, int]], whole: list[int]) -> AreaTold:
    by_year: dict[int, list[int]] = defaultdict(list)
    for month, count in counted:
        by_year[month.year].append(count)
    years = {year: _year(those, whole=year in whole) for year, those in by_year.items()}
    totalled = [years[year] for year in whole] or list(years.values())
    months = tuple(_month(count) for _, count in counted)
    return AreaTold(name, code, months, years, sum(totalled, Between(0, 0)))


def _month(count: int) -> int | None:
    return count if count >= MINIMUM_CELL else None


def _year(counts: Sequence[int], *, whole: bool) -> Between:
    """A year by its months. Whoever knows the sum of those that are not told must be able to exclude nothing."""
    told = sum(count for count in counts if count >= MINIMUM_CELL)
    hidden = [count for count in counts if count < MINIMUM_CELL]
    rest = sum(hidden)
    if not hidden:
        return Between(told, told)
    if whole and told + rest >= MINIMUM_CELL and MOST_HIDDEN <= rest <= MOST_HIDDEN * (len(hidden) - 1):
        return Between(told + rest, told + rest)
    return Between(told, told + MOST_HIDDEN * len(hidden))


@dataclass(frozen=True)
class AheadTold:
    """What may be said of one area next month: `expected` and `last_year` are None where they are fewer than ten."""

    name: str
    expected: int | None
    low: int
    high: int
    last_year: int | None

    def to_json(self) -> dict[str, Any]:
        """As it is exported."""
        return dict(self.__dict__)


def told_ahead(told: Forecast, shown: frozenset[str]) -> tuple[AheadTold, ...]:
    """What may be said of a forecast, in whole numbers, of the areas that the series shows.

    All that expect fewer than ten have the same bounds: those of nine. Their own would say what is expected, and where
    that is last year's number, that number.
    """
    many = [one for one in told.areas if one.expected >= MINIMUM_CELL] or told.areas
    spread = max([0.0, *((one.high - one.expected) / math.sqrt(one.expected + 1) for one in many)])  # alike for all
    most = math.ceil((MOST_HIDDEN + spread * math.sqrt(MOST_HIDDEN + 1)) / ROUGH) * ROUGH
    return tuple(_ahead(one, most) for one in told.areas if one.name in shown)


def _ahead(one: Area, most: int) -> AheadTold:
    last_year = _month(round(one.last_year))
    if one.expected < MINIMUM_CELL:
        return AheadTold(one.name, None, 0, most, last_year)
    return AheadTold(one.name, round(one.expected), math.floor(one.low), math.ceil(one.high), last_year)


def told_forecast(told: Forecast, shown: frozenset[str]) -> dict[str, Any]:
    """A forecast as the command line prints it: what may be said of each area, and how good it was, rounded."""
    rounded = {name: round(getattr(told, name), 2) for name in ("gain", "gain_low", "gain_high", "covered")}
    errors = {name: round(getattr(told, name), 1) for name in ("error", "error_last_year")}
    said = {"what": told.what, "month": told.month.isoformat(), "verdict": told.verdict}
    areas = [one.to_json() for one in told_ahead(told, shown)]
    return said | {"areas": areas, "tested_months": told.tested_months} | errors | rounded | FEWER
