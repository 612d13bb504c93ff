"""A register of persons, ready to be asked: counts of every value, and a table of blocking keys.

It lives in memory as long as the work it was made for; nothing of it is written.
"""

from collections.abc import Iterator
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
        out = (out ^ part.astype(np.uint64)) * _MIX[0]
        out ^= out >> np.uint64(29)
        out *= _MIX[1]
    return np.where(there, out | np.uint64(1), np.uint64(0))


def blocking_keys(records: Records, surname_sound: Ints) -> Iterator[Hashes]:
    """Keys under which two records about one person meet: each forgives something else."""
    birth = np.where(records.birth > 0, records.birth, -1)
    year, month, day = birth // 10_000, birth // 100 % 100, birth % 100
    missing = birth < 0
    year, month, day = (np.where(missing, -1, part) for part in (year, month, day))
    sound = np.where(records.surname >= 0, surname_sound[records.surname], -1)
    yield mixed(1, birth, records.initial)  # another surname
    yield mixed(2, birth, sound)  # another given name
    yield mixed(3, records.address, records.initial)  # no or another day of birth
    yield mixed(4, records.address, sound)
    yield mixed(5, sound, records.initial, year)  # moved, and a day of birth with an error
    yield mixed(6, sound, records.initial, month, day)
    yield mixed(7, birth, records.postcode)  # both names wrong
    yield mixed(8, sound, records.initial, records.postcode)
    yield mixed(9, sound, records.initial, np.where(records.birth > 0, -1, 0))  # no day of birth at all
    yield mixed(1, np.where(missing, -1, year * 10_000 + day * 100 + month), records.initial)  # swapped
    second = np.where(records.second >= 0, surname_sound[records.second], -1)
    yield mixed(2, birth, second)
    yield mixed(4, records.address, second)


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
        self.bsn = Filed(self.records.bsn)
        self.whole = Filed(whole_key(self.records))
        keys = list(blocking_keys(self.records, self.words.surname.sound_array()))
        sound = np.where(self.records.surname >= 0, self._sounds(), -1)
        nameless = mixed(9, sound, self.records.initial, self.records.birth * 0)
        with ThreadPoolExecutor(_THREADS) as pool:  # sorting lets the other thread go on
            self.blocks = list(pool.map(Filed, [*keys[:8], nameless]))

    def _sounds(self) -> Ints:
        return self.words.surname.sound_array()[self.records.surname]

    def blocks_for(self, asked: Records) -> Iterator[tuple["Filed", Hashes]]:
        """Each filed key with the hashes that the asked records look for under it."""
        keys = list(blocking_keys(asked, self.words.surname.sound_array()))
        for place, key in enumerate(keys):
            yield self.blocks[_FILED_UNDER.get(place, place)], key


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


class Filed:
    """Rows under a hash; hash 0 is no hash."""

    def __init__(self, hashes: Hashes) -> None:
        rows = np.flatnonzero(hashes)
        order = np.argsort(hashes[rows])
        self._rows: Ints = rows[order]
        self._hashes: Hashes = hashes[rows][order]

    def find(self, asked: Hashes, most: int) -> tuple[Ints, Ints]:
        """Pairs of a place in `asked` and a row, for every hash that at most `most` rows have."""
        some = np.flatnonzero(asked)
        some = some[np.argsort(asked[some])]  # in order, so that the search stays in the cache
        left = np.searchsorted(self._hashes, asked[some], "left")
        count = np.searchsorted(self._hashes, asked[some], "right") - left
        keep = (count > 0) & (count <= most)
        some, left, count = some[keep], left[keep], count[keep]
        inner = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
        return np.repeat(some, count), self._rows[np.repeat(left, count) + inner]
