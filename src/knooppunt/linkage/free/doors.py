"""Which door of a group of addresses with one number an addition means."""

from dataclasses import dataclass
from threading import Lock

import numpy as np

from knooppunt.linkage.free.additions import Reading, read_addition
from knooppunt.linkage.free.book import SEVERAL, AddressBook, Keyed
from knooppunt.linkage.free.memo import Memo
from knooppunt.linkage.free.table import find_sorted
from knooppunt.linkage.free.tokens import Ints

_MOST_KEYS = 6
_WIDEST_RANGE = 20
ONLY_ONE = 2
"""Errors of an addition that is missing or unknown while only one object has the number (domain rule)."""


@dataclass(slots=True)
class Doors:
    """Per line: the row of the book that was found (-1: none, SEVERAL: more than one) and the errors it took."""

    row: Ints
    errors: Ints


class Additions:
    """Additions on paper under a number, with the keys they may stand for as arrays."""

    def __init__(self, book: AddressBook) -> None:
        self.memo: Memo[Reading] = Memo([read_addition([])])  # number 0: no addition
        self._book = book
        self._filled = 0
        self._lock = Lock()
        self._keys = np.zeros((0, _MOST_KEYS), np.int64)
        self._errors = np.zeros((0, _MOST_KEYS), np.int64)
        self._last = np.zeros(0, np.int64)
        self._lax = np.zeros(0, bool)
        self._empty = np.zeros(0, bool)

    def solve(self, asked: list[list[str]]) -> list[Reading]:
        """Read additions."""
        return [read_addition(words) for words in asked]

    def _catch_up(self) -> None:
        """Bring the arrays up to what was read since."""
        with self._lock:
            fresh = self.memo.answers[self._filled :]
            if not fresh:
                return
            known = self._book.additions
            keys, errors = np.full((len(fresh), _MOST_KEYS), -1, np.int64), np.zeros((len(fresh), _MOST_KEYS), np.int64)
            for row, reading in enumerate(fresh):
                usable = [(known[key], cost) for key, cost in reading.keys if key in known][:_MOST_KEYS]
                for place, (key, cost) in enumerate(usable):
                    keys[row, place], errors[row, place] = key, cost
            self._keys, self._errors = np.vstack((self._keys, keys)), np.vstack((self._errors, errors))
            self._last = np.append(self._last, np.array([reading.last_number for reading in fresh], np.int64))
            self._lax = np.append(self._lax, np.array([reading.ignorable for reading in fresh], bool))
            self._empty = np.append(self._empty, np.array([reading.keys[0][0] == "" for reading in fresh], bool))
            self._filled += len(fresh)

    def find(self, keyed: Keyed, group: Ints, addition: Ints, number: Ints) -> Doors:
        """The door each line means, in its group (-1: no group)."""
        self._catch_up()
        row, errors = np.full(len(group), -1, np.int64), np.zeros(len(group), np.int64)
        size = len(self._book.additions)
        bare = np.flatnonzero((addition == 0) & (group >= 0))
        row[bare] = keyed.plain[group[bare]]
        for place in range(_MOST_KEYS):
            key = self._keys[addition, place]
            open_ = np.flatnonzero((addition > 0) & (row == -1) & (group >= 0) & (key >= 0))
            if not len(open_):
                break
            door = find_sorted(keyed.doors, group[open_] * size + key[open_])
            hit = door >= 0
            row[open_[hit]] = keyed.row[door[hit]]
            cost = self._errors[addition[open_[hit]], place]
            errors[open_[hit]] = np.maximum(cost, keyed.made[door[hit]])
        self._without(keyed, (group, addition, number), row, errors)
        return Doors(row, errors)

    def _without(self, keyed: Keyed, asked: tuple[Ints, Ints, Ints], row: Ints, errors: Ints) -> None:
        """The plain number, for 12-14 and 12 kamer 3; else the only object there is; else several."""
        group, addition, number = asked
        open_ = np.flatnonzero((row == -1) & (group >= 0))
        last = self._last[addition[open_]] - number[open_]
        plain = ((last > 0) & (last <= _WIDEST_RANGE)) | self._lax[addition[open_]]
        some = open_[plain]
        door = find_sorted(keyed.doors, group[some] * len(self._book.additions))
        hit = some[door >= 0]
        row[hit], errors[hit] = keyed.row[door[door >= 0]], ONLY_ONE
        open_ = np.flatnonzero((row == -1) & (group >= 0))
        alone = keyed.alone[group[open_]]
        row[open_[alone]] = keyed.groups.first(group[open_[alone]])
        errors[open_[alone]] = ONLY_ONE
        row[open_[~alone]] = SEVERAL
