"""Next month per area, held against "the same as last year" over the past, and left out where it is no better.

The model is small on purpose: each area has a level (recent months count more, pulled towards its own mean), and the
municipality as a whole has a season. It is judged on months it did not see, one after the other. When it does not beat
last year with certainty, the forecast *is* last year's number, and says so. Intervals come from the errors that were
really made, so a model that is wrong gets wide ones.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from knooppunt.outlook.series import Series, month_after

YEAR = 12
LEAST_MONTHS = 2 * YEAR  # fewer: no forecast
FORGETS = 0.85  # what a month earlier counts for; a proposal
PULL = 3.0  # months' worth of an area's own mean in its level; a proposal
COVER = 0.8  # of the intervals
_DRAWS = 2_000

Counts = npt.NDArray[np.float64]
Verdict = Literal["better", "no_better", "too_short"]


@dataclass(frozen=True)
class Area:
    """One area next month: what is expected, within which bounds, and what last year's month had."""

    name: str
    expected: float
    low: float
    high: float
    last_year: float


@dataclass(frozen=True)
class Forecast:
    """The month, the areas, and how good this way of forecasting was on months it had not seen.

    `gain` is how much smaller the errors were than those of last year's numbers (0.1: a tenth), `gain_low` and
    `gain_high` bound it (80%); `covered` is how often the past lay within its interval.
    """

    what: str
    month: date
    verdict: Verdict
    areas: tuple[Area, ...]
    tested_months: int = 0
    error: float = 0.0
    error_last_year: float = 0.0
    gain: float = 0.0
    gain_low: float = 0.0
    gain_high: float = 0.0
    covered: float = 0.0

    def to_json(self) -> dict[str, Any]:
        """As the command line prints it."""
        areas = [{**area.__dict__} for area in self.areas]
        return {**self.__dict__, "month": self.month.isoformat(), "areas": areas}


def last_year(counts: Counts) -> Counts:
    """The same month a year before; every row has at least a year."""
    same: Counts = counts[:, -YEAR]
    return same


def level_and_season(counts: Counts) -> Counts:
    """The level of each area times the season of all together."""
    months = counts.shape[1]
    season = _season(counts)
    flat = counts / season[np.arange(months) % YEAR]
    weights = FORGETS ** np.arange(months - 1, -1, -1)
    level = (flat @ weights + PULL * flat.mean(axis=1)) / (weights.sum() + PULL)
    expected: Counts = level * season[months % YEAR]
    return expected


def _season(counts: Counts) -> Counts:
    """What each month of the year is of an average month, over all areas; with little to go by, more like no season."""
    months = np.arange(counts.shape[1]) % YEAR
    total = counts.sum(axis=0)
    overall = max(total.mean(), 1e-9)
    strength = overall / (overall + 10.0)  # with ten a month, half of it is believed
    season = np.array([total[months == month].mean() if (months == month).any() else overall for month in range(YEAR)])
    pulled: Counts = 1 + strength * (season / overall - 1)
    return np.maximum(pulled, 0.05)


def forecast(series: Series, *, seed: int = 1) -> Forecast:
    """Next month for every area of a series, with intervals, beside last year's numbers."""
    counts = series.counts.astype(np.float64)
    month = month_after(series.months[-1])
    if counts.shape[1] < LEAST_MONTHS or not counts.shape[0]:
        return Forecast(series.what, month, "too_short", ())
    tested = range(YEAR, counts.shape[1])
    truth = counts[:, YEAR:]
    model, naive = (_told_before(counts, tested, tell) for tell in (level_and_season, last_year))
    gain, low, high = _gain(np.abs(model - truth), np.abs(naive - truth), seed)
    better = low > 0
    told, tell = (model, level_and_season) if better else (naive, last_year)
    scaled = (truth - told) / np.sqrt(told + 1)
    expected, before = tell(counts), last_year(counts)
    areas = [
        Area(name, e, *_bounds(e, scaled), b)
        for name, e, b in zip(series.areas, expected.tolist(), before.tolist(), strict=True)
    ]
    return Forecast(
        what=series.what,
        month=month,
        verdict="better" if better else "no_better",
        areas=tuple(areas),
        tested_months=len(tested),
        error=float(np.abs(model - truth).mean()),
        error_last_year=float(np.abs(naive - truth).mean()),
        gain=gain,
        gain_low=low,
        gain_high=high,
        covered=_covered(truth, told, scaled),
    )


def _told_before(counts: Counts, tested: range, tell: Callable[[Counts], Counts]) -> Counts:
    """What would have been told for each tested month with only the months before it."""
    return np.column_stack([tell(counts[:, :place]) for place in tested])


def _gain(model: Counts, naive: Counts, seed: int) -> tuple[float, float, float]:
    """How much smaller the errors are, with bounds: whole months are drawn again, for areas of a month go together."""
    ours, theirs = model.mean(axis=0), naive.mean(axis=0)
    draws = np.random.default_rng(seed).integers(0, len(ours), (_DRAWS, len(ours)))
    below = np.maximum(theirs[draws].mean(axis=1), 1e-9)
    gains = 1 - ours[draws].mean(axis=1) / below
    low, high = np.quantile(gains, [(1 - COVER) / 2, (1 + COVER) / 2])
    return float(1 - ours.mean() / max(theirs.mean(), 1e-9)), float(low), float(high)


def _bounds(expected: float, scaled: Counts) -> tuple[float, float]:
    """The bounds that the errors of the past give; a little wider, as the next month is one more."""
    n = scaled.size
    outer = min(1.0, (1 + COVER) / 2 * (n + 1) / n)
    low, high = np.quantile(scaled, [1 - outer, outer])
    spread = float(np.sqrt(expected + 1))
    return max(0.0, expected + float(low) * spread), expected + float(high) * spread


def _covered(truth: Counts, told: Counts, scaled: Counts) -> float:
    """How often each month lay within bounds drawn from the errors of the other months."""
    hits = 0
    for place in range(truth.shape[1]):
        others = np.delete(scaled, place, axis=1)
        for value, expected in zip(truth[:, place].tolist(), told[:, place].tolist(), strict=True):
            low, high = _bounds(expected, others)
            hits += low <= value <= high
    return hits / truth.size
