"""A register of persons, ready to be asked: counts of every value, and a table of blocking keys.

It lives in memory as long as the work it was made for; nothing of it is written.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pyarrow as pa

from knooppunt.linkage.free.tokens import Hashes, Ints
from knooppunt.linkage.persons.names import Vocabulary
from knooppunt.linkage.persons.records import Records, Words, read_records

_MIX = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F), np.uint64(0x165667B19E3779F9))
_THREADS = 2
MOST_CANDIDATES = 60
"""Of one blocking key; a key that more persons share says too little to look at all of them."""


def mixed(kind: int, *parts: Ints) -> Hashes:
    """One hash of some numbers; 0 where one of them is missing."""
    out = np.full(len(parts[0]), kind + 1, np.uint64)
    there = np.ones(len(parts[0]), bool)
    for part in parts:
        there &= part >= 0
        out ^= part.astype(np.uint64, copy=False) if part.dtype != np.int64 else part.view(np.uint64)
        out *= _MIX[0]
        out ^= out >> np.uint64(29)
        out *= _MIX[1]
    out |= np.uint64(1)
    out *= there
    return out


def blocking_keys(records: Records, surname_sound: Ints) -> list[Callable[[], Hashes]]:
    """Keys under which two records about one person meet: each forgives something else; worked out when called."""
    birth = np.where(records.birth > 0, records.birth, -1)
    year, month, day = birth // 10_000, birth // 100 % 100, birth % 100
    missing = birth < 0
    year, month, day = (np.where(missing, -1, part) for part in (year, month, day))
    sound = np.where(records.surname >= 0, surname_sound[records.surname], -1)
    initial, address, postcode = records.initial, records.address, records.postcode
    second = np.where(records.second >= 0, surname_sound[records.second], -1)
    dayless = np.where(records.birth > 0, -1, 0)
    swaps = (day <= 12) & (day != month) & ~missing  # the others are no date swapped, or the same one
    swapped = np.where(swaps, year * 10_000 + day * 100 + month, -1)
    return [
        lambda: mixed(1, birth, initial),  # another surname
        lambda: mixed(2, birth, sound),  # another given name
        lambda: mixed(3, address, initial),  # no or another day of birth
        lambda: mixed(4, address, sound),
        lambda: mixed(5, sound, initial, year),  # moved, and a day of birth with an error
        lambda: mixed(6, sound, initial, month, day),
        lambda: mixed(7, birth, postcode),  # both names wrong
        lambda: mixed(8, sound, initial, postcode),
        lambda: mixed(9, sound, initial, dayless),  # no day of birth at all
        lambda: mixed(1, swapped, initial),
        lambda: mixed(2, birth, second),
        lambda: mixed(4, address, second),
    ]


_FILED_UNDER = {9: 0, 10: 1, 11: 3}
"""The last three keys look for what the register has filed under another."""


class PersonIndex:
    """A register with its counts and blocking keys."""

    def __init__(self, register: pa.Table) -> None:
        """`register` has `records.COLUMNS`, one row per person."""
        self.words = Words(Vocabulary(), Vocabulary())
        self.records = read_records(register, self.words)
        self.size = self.records.count
        self.counts = {
            "surname": np.bincount(
                self.records.surname[self.records.surname >= 0], minlength=len(self.words.surname.words)
            ),
            "given": np.bincount(self.records.given[self.records.given >= 0], minlength=len(self.words.given.words)),
            "initial": np.bincount(self.records.initial[self.records.initial >= 0], minlength=26),
        }
        self.birth = Counted(self.records.birth[self.records.birth > 0])
        self.address = Counted(self.records.address[self.records.address >= 0])
        self.bsn = FiledExactly(self.records.bsn)
        self.whole = FiledExactly(whole_key(self.records))
        sounds = self.words.surname.sound_array()
        keys = blocking_keys(self.records, sounds)[:8]
        with ThreadPoolExecutor(_THREADS) as pool:  # mixing and sorting let the other thread go on
            self.blocks = list(pool.map(lambda key: Filed(key()), [*keys, lambda: self._nameless(sounds)]))

    def _nameless(self, sounds: Ints) -> Hashes:
        """The key that records without a day of birth look for."""
        sound = np.where(self.records.surname >= 0, sounds[self.records.surname], -1)
        return mixed(9, sound, self.records.initial, self.records.birth * 0)

    def candidates(self, asked: Records, most: int) -> Iterator[tuple[Ints, Ints]]:
        """Pairs of an asked record and a row of the register that meet under a key; a pair may come more than once."""
        for place, key in enumerate(blocking_keys(asked, self.words.surname.sound_array())):
            yield self.blocks[_FILED_UNDER.get(place, place)].find(key(), most)


def whole_key(records: Records) -> Hashes:
    """Everything but the BSN as one key: surname, given name, day of birth, address."""
    birth = np.where(records.birth > 0, records.birth, -1)
    full = np.where(records.second < 0, records.given, -1)
    return mixed(0, records.surname, full, birth, records.address)


class Counted:
    """How often each value occurs."""

    def __init__(self, values: Ints) -> None:
        self._values, self._counts = np.unique(values, return_counts=True)

    def of(self, asked: Ints) -> Ints:
        """The count of each value, 0 for one that does not occur."""
        if not len(self._values):
            return asked * 0
        place = np.minimum(np.searchsorted(self._values, asked), len(self._values) - 1)
        return np.where(self._values[place] == asked, self._counts[place], 0)


def in_order(hashes: Hashes) -> Ints:
    """Where each hash stands when they are sorted.

    Sorting numbers is many times as fast as sorting places by them, so the place is put in the last bits of the hash.
    Where hashes differ only there, which is rare, they may come out of order; then the slow way is taken.
    """
    mask = np.uint64((1 << max(len(hashes) - 1, 1).bit_length()) - 1)
    packed = (hashes & ~mask) | np.arange(len(hashes), dtype=np.uint64)
    packed.sort()
    packed &= mask
    order: Ints = packed.view(np.int64)
    own = hashes[order]
    return order if (own[1:] >= own[:-1]).all() else np.argsort(hashes)


class Filed:
    """Rows under a hash; hash 0 is no hash.

    One sorted array holds both: the first bits of each hash, and the row in the last. With a million rows two hashes
    agree in those bits once in millions of millions; what meets so is weighed like any other, and loses.
    """

    def __init__(self, hashes: Hashes) -> None:
        self._mask = np.uint64((1 << max(len(hashes) - 1, 1).bit_length()) - 1)
        packed = hashes & ~self._mask
        packed |= np.arange(len(hashes), dtype=np.uint64)
        self._packed: Hashes = packed[hashes != 0]
        self._packed.sort()

    def find(self, asked: Hashes, most: int) -> tuple[Ints, Ints]:
        """Pairs of a place in `asked` and a row, for every hash that at most `most` rows have."""
        some = np.flatnonzero(asked)
        if not len(self._packed) or not len(some):
            return some[:0], some[:0]
        some = some[in_order(asked[some])]  # in order, so that the search stays in the cache
        first = asked[some] & ~self._mask
        left = np.searchsorted(self._packed, first)
        count = np.searchsorted(self._packed, first | self._mask, side="right") - left
        keep = (count > 0) & (count <= most)
        some, left, count = some[keep], left[keep], count[keep]
        inner = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
        row = (self._packed[np.repeat(left, count) + inner] & self._mask).view(np.int64)
        return np.repeat(some, count), row


class FiledExactly(Filed):
    """Rows under a hash, of which every bit counts: for what links without being weighed."""

    def __init__(self, hashes: Hashes) -> None:
        super().__init__(hashes)
        self._hashes = hashes

    def find(self, asked: Hashes, most: int) -> tuple[Ints, Ints]:
        """As of `Filed`."""
        place, row = super().find(asked, most)
        same = self._hashes[row] == asked[place]
        return place[same], row[same]
