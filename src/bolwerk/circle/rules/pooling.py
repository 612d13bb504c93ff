"""When figures of several municipalities may be shown together. Pure: no database, no clock, no request.

The attacker is a member: knows the own figures, every pooled figure, and this code. So a figure is judged by what is
left when any one member takes its own away, and no two figures may differ by a few municipalities (anchors A4).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import sqrt

TOTAL = "all"
MOST_GROUPS = 12  # of members that were in the same releases: above it, nothing is proven, so nothing is shown
Z = 1.959964  # two-sided 95 percent

Panel = frozenset[str]
Figures = Mapping[str, Mapping[str, int | None]]  # municipality -> kind -> its figure, None where it is hidden


@dataclass(frozen=True)
class PoolPolicy:
    """How many there must be, and how much one or two of them may give.

    Dominance (1, 50) and (2, 85) and p = 10 are the choices of Bolwerk's own gate (ADR 10), after Hundepool et al.,
    Statistical Disclosure Control (2012), section 4.2; five is the floor of issue 5.
    """

    least: int = 5
    dominance: tuple[tuple[int, int], ...] = ((1, 50), (2, 85))
    p_percent: int = 10


def may_be_told(given: Iterable[int], policy: PoolPolicy) -> bool:
    """Whether the sum of these contributions tells nothing of one, not even to whoever knows another."""
    values = sorted(given, reverse=True)
    whole = sum(values)
    if sum(1 for value in values if value > 0) < policy.least:
        return False
    if any(sum(values[:number]) * 100 > percent * whole for number, percent in policy.dominance):
        return False
    rest = whole - values[0] - values[1]  # what the second largest does not know of the largest
    return rest * 100 >= policy.p_percent * values[0]


def pooled(figures: Figures, kinds: Sequence[str], policy: PoolPolicy) -> dict[str, int | None]:
    """The pooled figure of each kind and of all together; None where it is hidden.

    Every figure is of the same municipalities: of a kind that one of them hides, nothing is shown. What the total has
    besides the kinds that are shown is a figure as well, and must pass; else the smallest kind shown goes too.
    """
    members = sorted(figures)

    def column(kind: str) -> list[int] | None:
        values = [figures[member].get(kind) for member in members]
        known = [value for value in values if value is not None]
        return known if len(known) == len(members) else None

    told = {kind: values for kind in (TOTAL, *kinds) if (values := column(kind)) and may_be_told(values, policy)}
    total = told.get(TOTAL)
    while total and (shown := [kind for kind in kinds if kind in told]):
        left = [whole - sum(told[kind][place] for kind in shown) for place, whole in enumerate(total)]
        if len(shown) == len(kinds) or may_be_told([max(0, value) for value in left], policy):
            break
        del told[min(shown, key=lambda kind: (sum(told[kind]), kind))]
    return {kind: sum(told[kind]) if kind in told else None for kind in (TOTAL, *kinds)}


def stays_closed(panels: Sequence[Panel], policy: PoolPolicy) -> bool:
    """Whether no way of adding and subtracting these sums is about fewer than the least number of municipalities.

    Members that were in the same releases cannot be told apart. A combination is zero for some of those groups, and
    about all the others: so of every set of groups on which one can be zero, the others must be many enough.
    """
    distinct = sorted({tuple(sorted(panel)) for panel in panels})
    rows = [frozenset(panel) for panel in distinct]
    groups: dict[tuple[bool, ...], int] = {}
    for member in frozenset().union(*rows):
        sign = tuple(member in row for row in rows)
        groups[sign] = groups.get(sign, 0) + 1
    signs = list(groups)
    if len(signs) > MOST_GROUPS:
        return False
    for size in range(len(signs)):
        for zero in combinations(signs, size):
            others = sum(groups[sign] for sign in signs if sign not in zero)
            if others < policy.least and _rank(zero) < len(rows):
                return False
    return True


def _rank(columns: Sequence[tuple[bool, ...]]) -> int:
    """How many of these columns do not follow from each other."""
    left = [[Fraction(int(value)) for value in column] for column in columns]
    rank, width = 0, len(columns[0]) if columns else 0
    for place in range(width):
        pivot = next((row for row in range(rank, len(left)) if left[row][place]), None)
        if pivot is None:
            continue
        left[rank], left[pivot] = left[pivot], left[rank]
        for row in range(rank + 1, len(left)):
            factor = left[row][place] / left[rank][place]
            left[row] = [one - factor * other for one, other in zip(left[row], left[rank], strict=True)]
        rank += 1
    return rank


@dataclass(frozen=True)
class Rate:
    """Reports for every thousand employees, with what chance and rounding leave open."""

    value: float
    low: float
    high: float


def rate_of(count: int, employees: int, *, off_by: int) -> Rate:
    """The rate per 1,000 employees with a 95 percent interval; `off_by` is how far rounding may have moved the count.

    Byar's approximation to the exact Poisson interval (Breslow and Day 1987, section 2.3), low of the least and high of
    the most that the rounded count can stand for, so that the interval tells no more than the figure.
    """
    least, most = max(0, count - off_by), count + off_by + 1
    low = least * (1 - 1 / (9 * least) - Z / (3 * sqrt(least))) ** 3 if least else 0.0
    high = most * (1 - 1 / (9 * most) + Z / (3 * sqrt(most))) ** 3
    scale = 1_000 / employees
    return Rate(count * scale, max(0.0, low) * scale, high * scale)
