"""Hiding no more than needed: for every sensitive region a witness at either end of its protection interval.

What has a witness keeps it: hiding more only leaves an attacker with more possibilities. So each end is settled once.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from knooppunt.disclosure.ledger import ROUNDING_ERROR, Ledger
from knooppunt.disclosure.space import Flags, Indices, Numbers, Space
from knooppunt.disclosure.witness import (
    ContradictionError,
    Window,
    explained,
    extreme,
    lowered,
    raised,
    reaches,
    stretched,
    window,
)

WINDOW = 600  # atoms that move at once: more finds ways out that are farther away, and costs more time
ROUNDS = 12  # in which all regions of a window are settled together, before figures are hidden for a few at a time
CROWD = 0.25  # part of a figure that a few regions may fill together; more would ask more than each of them needs


@dataclass
class Search:
    """The state of one search: what every region's two ends still need."""

    space: Space
    ledger: Ledger
    start: Numbers  # counts per atom that agree with everything told
    price: Numbers
    dice: np.random.Generator
    needed: dict[bool, Flags] = field(init=False)  # by upward: which ends have no witness yet

    def __post_init__(self) -> None:
        self.needed = {upward: self.ledger.sensitive.copy() for upward in (False, True)}
        self._settle(self.start)

    def run(self) -> None:
        """Settle both ends of every sensitive region; figures that stand in the way are hidden."""
        for atoms in self._windows():
            self._together(atoms)
            self._by_few(atoms)
        for upward in (False, True):
            for region in self._by_size(upward=upward):
                if self.needed[upward][region]:
                    self._stretch(self._around(int(region)), np.array([region]), upward=upward)

    def _windows(self) -> Iterator[Indices]:
        """All atoms in windows; atoms near each other in the trees lie together."""
        sizes = [len(side.classes) for side in self.space.sides]
        longest = int(np.argmax(sizes))
        across = int(np.prod(sizes)) // sizes[longest]
        step = max(2, WINDOW // across)
        numbers = np.moveaxis(np.arange(int(np.prod(sizes))).reshape(sizes), longest, 0)
        for first in range(0, sizes[longest], step):
            yield numbers[first : first + step].ravel()

    def _together(self, atoms: Indices) -> None:
        """Settle as much as goes in one window without hiding anything, many regions at a time."""
        view = window(self.space, self.ledger, atoms, self.start)
        for _ in range(ROUNDS):
            before = self._open_ends()
            low, high = self._inside(view, upward=False), self._inside(view, upward=True)
            if low.size:
                self._settle_window(view, lowered(view, low, self._weights(low)))
            if high.size:
                self._settle_window(view, raised(view, high, self._weights(high), self.ledger.high[high]))
            if before == self._open_ends():
                return

    def _by_few(self, atoms: Indices) -> None:
        """Settle what remains in one window, hiding what stands in the way of a few regions at a time."""
        for upward in (True, False):
            while True:
                view = window(self.space, self.ledger, atoms, self.start)
                waiting = self._inside(view, upward=upward)
                if not waiting.size:
                    break
                self._stretch(atoms, self._few(view, waiting), upward=upward)

    def _few(self, view: Window, waiting: Indices) -> Indices:
        """Some regions that are little in each other's way: together they fill no figure for a good part."""
        told = (view.here[waiting] @ view.facts.T).tocsr()
        room = np.maximum(CROWD * self.ledger.count[view.regions], 0)
        chosen: list[int] = []
        filled = np.zeros(view.regions.size)
        for number in self.dice.permutation(waiting.size):
            figures = told.indices[told.indptr[number] : told.indptr[number + 1]]
            more = filled[figures] + self.ledger.high[waiting[number]]
            if not chosen or (more <= room[figures]).all() or not filled[figures].any():
                chosen.append(int(waiting[number]))
                filled[figures] = more
        return np.array(chosen)

    def _stretch(self, atoms: Indices, regions: Indices, *, upward: bool) -> None:
        """Find one witness for one end of all these regions, hiding what it contradicts; one by one when that fails."""
        view = window(self.space, self.ledger, atoms, self.start)
        to = (self.ledger.high if upward else self.ledger.low)[regions]
        found = stretched(view, self.ledger, regions, to, self.price)
        if found is not None:
            self._hide_broken(view, found)
            self._settle_window(view, found)
        elif regions.size > 1:
            for region in regions:
                self._stretch(self._around(int(region)), np.array([region]), upward=upward)
        elif atoms.size < self.start.size:
            self._stretch(np.arange(self.start.size), regions, upward=upward)
        else:
            self._give_in(view, int(regions[0]), upward=upward)

    def _give_in(self, view: Window, region: int, *, upward: bool) -> None:
        """What was told before says more than it should by now: what is new may at least not add to that."""
        to = extreme(view, self.ledger, region, upward=upward)
        (self.ledger.high if upward else self.ledger.low)[region] = to
        found = stretched(view, self.ledger, np.array([region]), np.array([to]), self.price)
        if found is None:
            raise ContradictionError("no counts agree with what was published before")
        self._hide_broken(view, found)
        self._settle_window(view, found)
        self.needed[upward][region] = False  # a solver's rounding may miss the very end

    def _hide_broken(self, view: Window, found: Numbers) -> None:
        told = view.facts @ found
        broken = (told < view.least - ROUNDING_ERROR) | (told > view.most + ROUNDING_ERROR)
        self.ledger.hide(view.regions[broken])

    def _weights(self, regions: Indices) -> Numbers:
        return self.dice.uniform(0.2, 1.0, regions.size)

    def _open_ends(self) -> int:
        return int(self.needed[False].sum() + self.needed[True].sum())

    def _inside(self, view: Window, *, upward: bool) -> Indices:
        """Regions that need this end and of which all atoms lie in the window."""
        size = np.diff(self.space.matrix.indptr)
        return np.flatnonzero(self.needed[upward] & (np.diff(view.here.indptr) == size))

    def _by_size(self, *, upward: bool) -> Indices:
        regions = np.flatnonzero(self.needed[upward])
        return regions[np.argsort(np.diff(self.space.matrix.indptr)[regions], kind="stable")]

    def _around(self, region: int) -> Indices:
        """The atoms of a region and those near it, as many as a window holds."""
        where = np.unravel_index(region, self.space.shape)
        own = [np.flatnonzero(side.member[place]) for side, place in zip(self.space.sides, where, strict=True)]
        sizes = [len(side.classes) for side in self.space.sides]
        chosen = list(own)
        for axis in np.argsort(sizes):
            others = int(np.prod([one.size for n, one in enumerate(chosen) if n != axis]))
            room = min(sizes[axis], max(WINDOW // others, own[axis].size + 1))
            far = np.abs(np.arange(sizes[axis]) - np.mean(own[axis]))
            far[own[axis]] = -1
            chosen[axis] = np.sort(np.argsort(far, kind="stable")[:room])
        return np.asarray(np.ravel_multi_index(np.ix_(*chosen), tuple(sizes))).ravel()

    def _settle_window(self, view: Window, found: Numbers | None) -> None:
        if found is None:
            return
        counts = self.start.copy()
        counts[view.atoms] = found
        self._settle(counts)

    def _settle(self, counts: Numbers) -> None:
        """Cross off every end that these counts, which agree with everything told, are a witness for."""
        values = np.asarray(self.space.matrix @ counts)
        for upward, bound in ((False, self.ledger.low), (True, self.ledger.high)):
            self.needed[upward] &= ~reaches(values, bound, upward=upward)


def start_of(space: Space, ledger: Ledger, atoms: Numbers, price: Numbers) -> Numbers:
    """Counts per atom that agree with everything told: the real ones, unless something changed after publication."""
    if not ledger.breaks(ledger.count).any():
        return atoms
    found = explained(space, ledger, price)
    ledger.hide(ledger.breaks(np.asarray(space.matrix @ found)))
    return found
