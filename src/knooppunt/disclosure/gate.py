"""The gate itself."""

import numpy as np

from knooppunt.disclosure.equations import hide_plain
from knooppunt.disclosure.ledger import Ledger, moved, open_ledger, remember
from knooppunt.disclosure.policy import Policy
from knooppunt.disclosure.release import Cell, Figure, Hidden, Memory, Past, Release, UnlikeMemoryError
from knooppunt.disclosure.search import Search, start_of
from knooppunt.disclosure.space import Flags, Numbers, Space, dominated
from knooppunt.disclosure.table import At, Table


def gate(table: Table, policy: Policy, *, earlier: Memory | None = None) -> Release:
    """Decide which cells of a table may be published, next to everything that was published before.

    A cell with fewer than `policy.smallest_group` things, zero too, or with a dominant contributor, is hidden; others
    are hidden until an attacker who knows this code, every figure of this and of all earlier releases, and that counts
    are not negative, cannot exclude any value from 0 to k - 1 for a small cell (k - 1 below to k - 1 above the count
    for a dominated one). The same holds for every region between tables: a month between two cumulative figures, what
    a department has besides its teams. A cell that was told or hidden before stays as it was.

    Raises UnlikeMemoryError when `earlier` is about something else, and TooLargeError.
    """
    memory = earlier or Memory(table.about)
    if memory.about != table.about:
        raise UnlikeMemoryError(f"The memory is about {memory.about}, the table about {table.about}.")
    space = Space.of(table, memory)
    atoms = space.counts(table)
    ledger = open_ledger(space, atoms, policy=policy, dominated=dominated(space, table, policy))
    before = remember(ledger, space, table, memory)
    cells = space.cells(table.axes)
    _protect(ledger, space, atoms, _publishable(ledger, space, list(cells.values())))
    figures = {at: _figure(ledger, region, policy, before) for at, region in cells.items()}
    fresh = {at: cell for at, cell in figures.items() if cells[at] not in before}
    return Release(table.about, policy, _remembering(memory, table, policy, fresh), _names(table), figures)


def _publishable(ledger: Ledger, space: Space, regions: list[int]) -> Flags:
    """Cells that are not sensitive by themselves, nor about what changed after it was told."""
    wanted = np.zeros(ledger.count.size, dtype=bool)
    wanted[regions] = True
    return np.asarray(wanted & ~ledger.sensitive & ~ledger.final & ~moved(ledger, space), dtype=bool)


def _protect(ledger: Ledger, space: Space, atoms: Numbers, publishable: Flags) -> None:
    """Begin by telling all that is publishable, then hide what would give a sensitive region away."""
    ledger.told |= publishable
    hide_plain(space, ledger)
    price = np.log1p(ledger.count) + 1.0  # a total says more than a part, so hiding it costs more
    start = start_of(space, ledger, atoms, price)
    Search(space, ledger, start, price, np.random.default_rng(0)).run()


def _figure(ledger: Ledger, region: int, policy: Policy, before: dict[int, int | None]) -> Cell:
    if region in before:
        figure = before[region]
        return Hidden() if figure is None else Figure(figure)
    return Figure(policy.rounded(int(ledger.count[region]))) if ledger.told[region] else Hidden()


def _names(table: Table) -> tuple[str, ...]:
    return tuple(axis.name for axis in table.axes)


def _remembering(memory: Memory, table: Table, policy: Policy, fresh: dict[At, Cell]) -> Memory:
    """The memory with what is new in this release."""
    told = {at: cell.value if isinstance(cell, Figure) else None for at, cell in fresh.items()}
    if not told:
        return memory
    axes = {axis.name: axis.groups for axis in table.axes}
    past = Past(axes, told, (policy.rounding_base, policy.smallest_group))
    return Memory(memory.about, (*memory.past, past))
