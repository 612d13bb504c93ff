"""The plain attack: a total minus its parts. Cheap to see for all regions at once, and most of what must be hidden."""

from collections.abc import Iterator

import numpy as np

from knooppunt.disclosure.ledger import Ledger
from knooppunt.disclosure.space import Indices, Side, Space


def parts_of(side: Side) -> Iterator[tuple[int, list[int]]]:
    """Each set of a side with the sets that it falls apart in: the largest within it that do not overlap."""
    sizes = [len(one) for one in side.sets]
    for whole, units in enumerate(side.sets):
        left, parts = set(units), []
        for part in sorted(range(len(side.sets)), key=lambda n: -sizes[n]):
            if part != whole and sizes[part] < sizes[whole] and side.sets[part] <= left:
                parts.append(part)
                left -= side.sets[part]
        if len(parts) > 1 and not left:
            yield whole, parts


def _lines(space: Space) -> Iterator[tuple[Indices, Indices]]:
    """Regions as wholes, and as the parts of each of them: one pair of arrays per set that falls apart."""
    numbers = np.arange(int(np.prod(space.shape))).reshape(space.shape)
    for axis, side in enumerate(space.sides):
        along = np.moveaxis(numbers, axis, 0).reshape(len(side.sets), -1)
        for whole, parts in parts_of(side):
            yield along[whole], along[parts]


def hide_plain(space: Space, ledger: Ledger) -> None:
    """Hide figures until no sensitive region can be narrowed by one subtraction. What is final stays."""
    lines = list(_lines(space))
    while sum(_hide_in(ledger, wholes, parts) for wholes, parts in lines):  # until a round over all hides nothing
        pass


def _hide_in(ledger: Ledger, wholes: Indices, parts: Indices) -> bool:
    """One step for every whole of a line; returns whether anything was hidden."""
    told = ledger.told[parts]
    rest_most = ledger.most[wholes] - np.where(told, ledger.least[parts], 0).sum(axis=0)
    rest_least = ledger.least[wholes] - np.where(told, ledger.most[parts], 0).sum(axis=0)
    at_stake = ledger.sensitive[parts] & ~told
    too_low = np.where(at_stake, ledger.high[parts], -np.inf).max(axis=0) > rest_most
    alone = ((~told).sum(axis=0) == 1) & (np.where(at_stake, ledger.low[parts], np.inf).min(axis=0) < rest_least)
    open_to_attack = ledger.told[wholes] & at_stake.any(axis=0) & (too_low | alone)
    if not open_to_attack.any():
        return False
    spare = told & ~ledger.final[parts]
    least = np.where(spare, ledger.count[parts], np.inf).argmin(axis=0)
    columns = np.flatnonzero(open_to_attack & spare.any(axis=0))
    ledger.hide(parts[least[columns], columns])
    helpless = wholes[open_to_attack & ~spare.any(axis=0) & ~ledger.final[wholes]]
    ledger.hide(helpless)
    return bool(columns.size or helpless.size)
