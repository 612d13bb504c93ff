"""Somebody who reads everything that was published, and works out what lies behind it. Knows the code and the rules.

Written apart from the gate: it sees tables only through labels and figures, and sets up its own equations.
"""

from collections.abc import Iterable
from itertools import product
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from knooppunt.disclosure import Figure, Policy, Release, Table

Groups = tuple[frozenset[str], ...]


class Attacker:
    """Knows releases with the groups of their tables; `bounds` says between which counts a group must lie."""

    def __init__(self, told: Iterable[tuple[Table, Release]], *, whole: bool = False) -> None:
        told = list(told)
        units: list[set[str]] = [set() for _ in told[0][0].axes]
        for table, _ in told:
            for known, axis in zip(units, table.axes, strict=True):
                known |= axis.units
        self.number = {at: n for n, at in enumerate(product(*[sorted(known) for known in units]))}
        self.whole = np.full(len(self.number), int(whole))  # 1: thinks in whole numbers only, which is slower
        facts = [fact for table, release in told for fact in self._facts(table, release)]
        self.rows = np.array([row for row, _, _ in facts]).reshape(-1, len(self.number))
        self.least, self.most = np.array([fact[1] for fact in facts]), np.array([fact[2] for fact in facts])

    def _facts(self, table: Table, release: Release) -> Iterable[tuple[Any, int, int]]:
        policy: Policy = release.policy
        half = policy.rounding_base // 2
        for at, cell in release:
            if isinstance(cell, Figure):
                groups = tuple(axis.groups[label] for axis, label in zip(table.axes, at, strict=True))
                least = max(cell.value - half, policy.smallest_group)  # what is below is never published
                yield self.row(groups), least, cell.value - half + policy.rounding_base - 1

    def row(self, groups: Groups) -> Any:
        """Which atoms lie in a group of each axis."""
        row = np.zeros(len(self.number))
        row[[self.number[at] for at in product(*groups)]] = 1
        return row

    def bounds(self, groups: Groups) -> tuple[float, float]:
        """The least and the most that a group can hold, for all the attacker knows."""
        row = self.row(groups)
        return self._extreme(row), -self._extreme(-row)

    def _extreme(self, cost: Any) -> float:
        if not len(self.rows):
            return 0.0 if cost.min() >= 0 else -np.inf
        known = LinearConstraint(self.rows, self.least, self.most)
        found = milp(cost, constraints=known, bounds=Bounds(0, np.inf), integrality=self.whole)
        if found.x is None:
            assert "nbounded" in found.message, found.message
            return -np.inf
        return float(found.fun)


def true_count(table: Table, groups: Groups) -> int:
    """What really lies in a group of each axis."""
    return sum(row.count for row in table.rows if all(unit in one for unit, one in zip(row.at, groups, strict=True)))


def small_groups(*tables: Table) -> Iterable[Groups]:
    """Every group that any of the tables speaks of, or a single unit, with fewer things than anybody may know."""
    last, sets = tables[-1], []
    for place, axis in enumerate(last.axes):
        labels = {units for table in tables for units in table.axes[place].groups.values()}
        sets.append(sorted(labels | {frozenset({unit}) for unit in axis.units}, key=sorted))
    return (groups for groups in product(*sets) if true_count(last, groups) < Policy().smallest_group)
