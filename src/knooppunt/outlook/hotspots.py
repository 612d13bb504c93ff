"""Where there is more than chance puts there: a scan statistic over circles, with its search paid for.

Kulldorff's spatial scan (1997, Poisson): every circle around every cell is compared with what its share of all
addresses would give. Searching thousands of circles always finds something, so the best circle is held against the
best circle of 999 maps where the same number is spread by chance; the others against the same bests. That keeps the
chance of any false hot spot at the level asked. Cells are 100 m squares: a spot is an area, never a door.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from knooppunt.findings.active import linked, months_before
from knooppunt.findings.inputs import Inputs
from knooppunt.vault import Vault

CELL = 100.0  # metres
LARGEST = 600.0  # radius in metres of the largest circle
MOST_SHARE = 0.25  # of all addresses in a circle; larger is no spot
LEAST_CASES = 10  # in a spot: fewer is not shown (disclosure, domain note 2.3)
LEAST_CELLS = 3
MAPS = 999
LEVEL = 0.05

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Progress = Callable[[int, int], None]
"""Called with how many maps were made, and how many there will be."""


@dataclass(frozen=True)
class HotSpot:
    """A circle with more cases than chance gives. `x`, `y` in EPSG:28992, `radius` in metres.

    `chance` is that of a map without any hot spot showing one as strong anywhere.
    """

    x: float
    y: float
    radius: float
    cases: int
    expected: float
    chance: float

    def to_json(self) -> dict[str, Any]:
        """As the command line prints it."""
        return dict(self.__dict__)


@dataclass(frozen=True)
class Grid:
    """Cells with addresses: their middles, how many cases and how many addresses each has."""

    middle: Floats  # cells x 2
    cases: Ints
    addresses: Ints


def grid_of(cases: Floats, addresses: Floats) -> Grid:
    """Count points (n x 2, metres) in cells; cases where there is no address at all are left out."""
    cells, place = np.unique(np.floor(addresses / CELL).astype(np.int64), axis=0, return_inverse=True)
    size = np.bincount(place.reshape(-1), minlength=len(cells))
    known = {tuple(cell): row for row, cell in enumerate(cells.tolist())}
    counted = np.zeros(len(cells), np.int64)
    for cell in np.floor(cases / CELL).astype(np.int64).tolist():
        if (row := known.get(tuple(cell))) is not None:
            counted[row] += 1
    middle: Floats = (cells.astype(np.float64) + 0.5) * CELL
    return Grid(middle, counted, size.astype(np.int64))


def hot_spots(
    cases: Floats,
    addresses: Floats,
    *,
    seed: int = 1,
    maps: int = MAPS,
    level: float = LEVEL,
    progress: Progress | None = None,
) -> list[HotSpot]:
    """The hot spots that do not overlap, the strongest first. `cases` and `addresses` are points in metres (n x 2).

    The same points and `seed` give the same spots. Without cases enough for one spot there is none.
    """
    grid = grid_of(cases, addresses)
    total = int(grid.cases.sum())
    if total < LEAST_CASES or len(grid.cases) < LEAST_CELLS:
        return []
    circles = _circles(grid)
    share = grid.addresses / grid.addresses.sum()
    expected = _within(circles, share * total)
    usable = expected <= MOST_SHARE * total
    strength = _strength(_within(circles, grid.cases.astype(np.float64)), expected, total, usable)
    best = np.empty(maps)
    random = np.random.default_rng(seed)
    for turn in range(maps):
        best[turn] = _best_by_chance(circles, (share, expected, usable), total, random)
        if progress:
            progress(turn + 1, maps)
    return _chosen(grid, circles, strength, best, level)


def report_hot_spots(
    vault: Vault, *, on: date, months: int = 12, seed: int = 1, progress: Progress | None = None
) -> list[HotSpot]:
    """Hot spots of the reports in the months before the day `on`, against the addresses there are on that day.

    Raises MissingRegisterError without reports in the vault, VaultError when the registers are not linked.
    """
    with Inputs(vault, on) as inputs:
        inputs.require(("bag", "reports"), "The map of hot spots")
        reports = inputs.see("reports")
        since = months_before(on, months)
        recent = reports.filter(linked(reports) & (reports.reported_on > since) & (reports.reported_on <= on))
        objects = inputs.premises.filter(inputs.premises.x.notnull() & inputs.premises.y.notnull())
        cases = (
            recent.select("source_file", "source_line", "object_id").join(objects, "object_id").order_by("object_id")
        )
        points = [table.select("x", "y").to_pyarrow() for table in (cases, objects.order_by("object_id"))]
    found, addresses = (np.column_stack([one["x"].to_numpy(), one["y"].to_numpy()]) for one in points)
    return hot_spots(found, addresses, seed=seed, progress=progress)


@dataclass(frozen=True)
class _Circles:
    """For every cell those nearest to it, the nearest first; a circle is the first so many of them."""

    near: Ints  # cells x most, -1 where there are no more
    away: Floats  # distance of each


def _circles(grid: Grid) -> _Circles:
    from scipy.spatial import cKDTree  # noqa: PLC0415  scipy takes a moment that other commands need not wait for

    around = cKDTree(grid.middle).query_ball_point(grid.middle, LARGEST)
    most = max(len(cells) for cells in around)
    near = np.full((len(around), most), -1, np.int64)
    away = np.full((len(around), most), np.inf)
    for row, cells in enumerate(around):
        own = np.array(sorted(cells), np.int64)
        distance = np.hypot(*(grid.middle[own] - grid.middle[row]).T)
        order = np.argsort(distance, kind="stable")
        near[row, : len(own)], away[row, : len(own)] = own[order], distance[order]
    return _Circles(near, away)


def _within(circles: _Circles, value: Floats) -> Floats:
    """The sum of a value in every circle."""
    sums: Floats = np.where(circles.near >= 0, value[circles.near], 0.0).cumsum(axis=1)
    return sums


def _strength(seen: Floats, expected: Floats, total: int, usable: npt.NDArray[np.bool_]) -> Floats:
    """The log likelihood ratio of every circle; 0 where there is no more than expected."""
    rest, rest_expected = total - seen, np.maximum(total - expected, 1e-12)
    with np.errstate(divide="ignore", invalid="ignore"):
        inside = np.where(seen > 0, seen * np.log(seen / np.maximum(expected, 1e-12)), 0.0)
        outside = np.where(rest > 0, rest * np.log(np.maximum(rest, 1e-12) / rest_expected), 0.0)
    told: Floats = np.where(usable & (seen > expected) & (seen >= LEAST_CASES), inside + outside, 0.0)
    return told


def _best_by_chance(
    circles: _Circles, given: tuple[Floats, Floats, npt.NDArray[np.bool_]], total: int, random: np.random.Generator
) -> float:
    """The strongest circle on a map on which `total` cases were spread over the addresses by chance."""
    share, expected, usable = given
    spread = random.multinomial(total, share).astype(np.float64)
    return float(_strength(_within(circles, spread), expected, total, usable).max())


def _chosen(grid: Grid, circles: _Circles, strength: Floats, best: Floats, level: float) -> list[HotSpot]:
    """Circles stronger than chance makes them, each without a cell of a stronger one."""
    spots: list[HotSpot] = []
    free = np.ones(len(grid.cases), bool)
    share = grid.addresses / grid.addresses.sum() * grid.cases.sum()
    for flat in np.argsort(-strength, axis=None, kind="stable").tolist():
        row, last = divmod(flat, strength.shape[1])
        chance = (1 + int((best >= strength[row, last]).sum())) / (1 + len(best))
        if strength[row, last] <= 0 or chance > level:
            break
        cells = circles.near[row, : last + 1]
        if not free[cells].all():
            continue
        free[cells] = False
        x, y = grid.middle[row].tolist()
        radius = float(circles.away[row, last]) + CELL / 2
        spots.append(HotSpot(x, y, radius, int(grid.cases[cells].sum()), float(share[cells].sum()), chance))
    return spots
