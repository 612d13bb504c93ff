"""Looking up millions of numbers at once: hashes of names, keys of groups."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from knooppunt.linkage.free.tokens import Hashes, Ints, hash_of

_FILTER_BITS = 20


class HashTable:
    """Hash → number. Most hashes that are asked for are not there, which a filter says without a search."""

    def __init__(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Of two numbers for one hash the first stays."""
        known: dict[int, int] = {}
        for key, value in pairs:
            known.setdefault(key, value)
        keys = np.fromiter(known.keys(), np.uint64, len(known))
        order = np.argsort(keys)
        self._keys: Hashes = keys[order]
        self._values: Ints = np.fromiter(known.values(), np.int64, len(known))[order]
        self._filter = np.zeros(1 << _FILTER_BITS, bool)
        self._filter[self._keys >> np.uint64(64 - _FILTER_BITS)] = True

    @classmethod
    def of_words(cls, words: Iterable[tuple[str, int]]) -> "HashTable":
        """From words in capitals, without signs."""
        return cls((hash_of(word), value) for word, value in words)

    def find(self, hashes: Hashes) -> Ints:
        """The number of each hash, -1 where it is not there."""
        out = np.full(len(hashes), -1, np.int64)
        maybe = np.flatnonzero(self._filter[hashes >> np.uint64(64 - _FILTER_BITS)])
        if len(maybe) and len(self._keys):
            asked = hashes[maybe]
            place = np.minimum(np.searchsorted(self._keys, asked), len(self._keys) - 1)
            out[maybe] = np.where(self._keys[place] == asked, self._values[place], -1)
        return out


class Groups:
    """Rows under a place (a small number) and a house number, found without a search.

    Rows lie in order of place and number; those of group `g` are `rows[start[g] : start[g + 1]]`.
    """

    def __init__(self, place: Ints, number: Ints, places: int) -> None:
        order = np.lexsort((number, place))
        self.rows: Ints = order
        place, number = place[order], number[order]
        fresh = np.ones(len(order), bool)
        fresh[1:] = (place[1:] != place[:-1]) | (number[1:] != number[:-1])
        begin = np.flatnonzero(fresh)
        self.start: Ints = np.append(begin, len(order))
        self._most: Ints = np.full(places, -1, np.int64)  # the highest number of each place
        self._most[place] = number  # ascending within a place, so the last one stays
        room = self._most + 1
        self._base: Ints = np.cumsum(room) - room
        self._slots = np.full(int(room.sum()) + 1, -1, np.int32)
        self._slots[self._base[place[begin]] + number[begin]] = np.arange(len(begin))

    @property
    def count(self) -> int:
        """Number of groups."""
        return len(self.start) - 1

    def find(self, place: Ints, number: Ints) -> Ints:
        """The group of each place and number, -1 where there is none (and for place -1)."""
        if not len(self._base):
            return np.full(len(place), -1, np.int64)
        inside = (place >= 0) & (number <= self._most[place])
        slot = np.where(inside, self._base[place] + number, len(self._slots) - 1)
        return self._slots[slot].astype(np.int64)

    def first(self, groups: Ints) -> Ints:
        """The first row of each group (of the first group for -1)."""
        return self.rows[self.start[np.maximum(groups, 0)]] if self.count else groups * 0


def find_sorted(known: npt.NDArray[np.int64], asked: Ints) -> Ints:
    """Where each number stands in a sorted array, -1 where it does not."""
    if not len(known):
        return np.full(len(asked), -1, np.int64)
    place = np.minimum(np.searchsorted(known, asked), len(known) - 1)
    return np.where(known[place] == asked, place, -1)
