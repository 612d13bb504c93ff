"""What is told about each region while a release is being made: the attacker's book, and what must stay possible."""

from dataclasses import dataclass

import numpy as np

from knooppunt.disclosure.policy import Policy
from knooppunt.disclosure.release import Memory
from knooppunt.disclosure.space import Flags, Numbers, Space, past_groups
from knooppunt.disclosure.table import Table

ROUNDING_ERROR = 1e-6  # of a solver that works with floating point


@dataclass
class Ledger:
    """Per region: whether its figure is told, between which bounds its count then lies, and whether that is final.

    `low` and `high` are the protection interval of a sensitive region: both must stay possible for whoever reads
    everything that is told.
    """

    count: Numbers
    told: Flags
    final: Flags  # an earlier release said it, or hid it
    least: Numbers
    most: Numbers
    sensitive: Flags
    low: Numbers
    high: Numbers

    def hide(self, regions: object) -> None:
        """Tell these no longer."""
        self.told[regions] = False  # type: ignore[call-overload]  # whatever numpy takes for an index

    def breaks(self, values: Numbers) -> Flags:
        """Which told regions would contradict these counts per region."""
        off = (values < self.least - ROUNDING_ERROR) | (values > self.most + ROUNDING_ERROR)
        return np.asarray(self.told & off, dtype=bool)


def open_ledger(space: Space, atoms: Numbers, *, policy: Policy, dominated: Flags) -> Ledger:
    """Nothing told yet; what is small or dominated is sensitive."""
    count = np.asarray(space.matrix @ atoms)
    k = policy.smallest_group
    small = count < k
    figures = (count + policy.rounding_base // 2) // policy.rounding_base * policy.rounding_base
    least = figures - policy.rounding_base // 2
    return Ledger(
        count=count,
        told=np.zeros(count.size, dtype=bool),
        final=np.zeros(count.size, dtype=bool),
        least=np.maximum(least, k),
        most=least + policy.rounding_base - 1,
        sensitive=small | dominated,
        low=np.where(small, 0.0, np.maximum(0.0, count - (k - 1))),
        high=np.where(small, k - 1.0, count + (k - 1.0)),
    )


def remember(ledger: Ledger, space: Space, table: Table, earlier: Memory) -> dict[int, int | None]:
    """Write in the ledger what earlier releases told; returns the figure of each of their regions, None for hidden."""
    before: dict[int, int | None] = {}
    for past in earlier.past:
        base, smallest = past.bounds
        policy = Policy(smallest_group=smallest, rounding_base=base)
        for at, figure in past.cells.items():
            labels = dict(zip(past.axes, at, strict=True))
            groups = []
            for axis in table.axes:
                known = past_groups(axis, past.axes.get(axis.name))
                groups.append(known[labels.get(axis.name, "total")])
            region = space.region(groups)
            before.setdefault(region, figure)
            ledger.final[region] = True
            if figure is not None and before[region] == figure:
                ledger.told[region] = True
                ledger.least[region], ledger.most[region] = policy.bounds(figure)
    return before


def moved(ledger: Ledger, space: Space) -> Flags:
    """Regions that share atoms with a figure that the counts no longer agree with.

    A new figure there would tell, against the old one, what changed since.
    """
    changed = np.flatnonzero(ledger.breaks(ledger.count))
    if not changed.size:
        return np.zeros(ledger.count.size, dtype=bool)
    touched = np.asarray(space.matrix[changed].sum(axis=0)).ravel() > 0
    return np.asarray(space.matrix @ touched.astype(float) > 0, dtype=bool)
