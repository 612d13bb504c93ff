"""Rates with their uncertainty. Pure: counts and exposures in, intervals out.

A published count is rounded, so it stands for every count from `least` to `most`. An interval here is the widest that
any of those counts would have: it says no more than the figure on the screen does.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from math import exp, lgamma, log

LEVEL = 0.95  # of every interval
PER = 100  # a rate is per so many full-time jobs
HALVINGS = 60  # of a bisection: far below what is shown
LEAST_COMPARED = 2  # other teams: beside one alone it would be that one that is shown


@dataclass(frozen=True)
class Count:
    """What a published figure says about the count behind it."""

    figure: int
    least: int
    most: int


@dataclass(frozen=True)
class Interval:
    """From low to high."""

    low: float
    high: float


@dataclass(frozen=True)
class Rate:
    """Reports per 100 full-time jobs and whole year, with its 95% interval."""

    value: float
    interval: Interval


class Change(StrEnum):
    """How two rates stand to each other, as far as can be shown."""

    HIGHER = "higher"
    LOWER = "lower"
    NOT_SHOWN = "not_shown"


def rate_of(count: Count, *, fte: float, years: float) -> Rate | None:
    """Reports per 100 FTE in a year; None without anybody at work. `years` is the part of a year that was counted."""
    exposure = fte * years / PER
    if exposure <= 0:
        return None
    low, high = poisson_interval(count.least, count.most)
    return Rate(count.figure / exposure, Interval(low / exposure, high / exposure))


@cache
def poisson_interval(least: int, most: int, level: float = LEVEL) -> tuple[float, float]:
    """The exact interval for the mean of a Poisson count: low of `least`, high of `most`.

    Garwood (1936), "Fiducial limits for the Poisson distribution", Biometrika 28: low is the mean at which `least` or
    more has a chance of half of what is left, high that at which `most` or fewer has.
    """
    tail = (1 - level) / 2
    top = most + 10 * (most + 1) ** 0.5 + 10
    low = 0.0 if least == 0 else _solve(lambda mean: 1 - _poisson_up_to(least - 1, mean) < tail, most=top)
    return low, _solve(lambda mean: _poisson_up_to(most, mean) > tail, most=top)


def ratio_interval(one: Count, one_exposure: float, other: Count, other_exposure: float) -> Interval:
    """The exact interval for the ratio of two rates, given their sum: binomial, after Clopper and Pearson (1934).

    Przyborowski and Wilenski (1940), Biometrika 31, compare two Poisson rates so. `other` is what is compared with.
    """
    low = _share(one.least, one.least + other.most)[0]
    high = _share(one.most, one.most + other.least)[1]
    scale = other_exposure / one_exposure
    return Interval(scale * low / (1 - low), scale * high / (1 - high) if high < 1 else float("inf"))


def change_of(ratio: Interval) -> Change:
    """Whether an interval of a ratio leaves out that nothing changed."""
    if ratio.low > 1:
        return Change.HIGHER
    return Change.LOWER if ratio.high < 1 else Change.NOT_SHOWN


@cache
def _share(hits: int, total: int) -> tuple[float, float]:
    tail = (1 - LEVEL) / 2
    low = 0.0 if hits == 0 else _solve(lambda share: 1 - _binomial_up_to(hits - 1, total, share) < tail, most=1.0)
    high = 1.0 if hits == total else _solve(lambda share: _binomial_up_to(hits, total, share) > tail, most=1.0)
    return low, high


def _solve(too_low: Callable[[float], bool], *, most: float) -> float:
    """Where a condition that holds from zero on stops holding, by halving."""
    low, high = 0.0, most
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if too_low(middle) else (low, middle)
    return (low + high) / 2


def _poisson_up_to(count: int, mean: float) -> float:
    if mean <= 0:
        return 1.0
    return min(1.0, sum(exp(n * log(mean) - mean - lgamma(n + 1)) for n in range(count + 1)))


def _binomial_up_to(hits: int, total: int, share: float) -> float:
    if share <= 0 or hits >= total:
        return 1.0
    if share >= 1:
        return 0.0
    yes, no, ways = log(share), log(1 - share), lgamma(total + 1)
    return min(
        1.0,
        sum(exp(ways - lgamma(n + 1) - lgamma(total - n + 1) + n * yes + (total - n) * no) for n in range(hits + 1)),
    )
