"""Names of towns, as they stand at the end of an address."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from rapidfuzz.distance import OSA

from knooppunt.linkage.free.names import words_of
from knooppunt.linkage.free.table import HashTable

NONE, UNKNOWN = -1, -2
"""No town is named; one is named that is not among the towns."""

_ALSO = {"SGRAVENHAGE": "DENHAAG", "DENHAAG": "SGRAVENHAGE", "SHERTOGENBOSCH": "DENBOSCH", "DENBOSCH": "SHERTOGENBOSCH"}
_LEAST_PREFIX = 4
_JOINING = frozenset({"AAN", "OP", "BIJ", "A", "AD"})
COUNTRY = frozenset({"NEDERLAND", "NL", "NETHERLANDS", "HOLLAND", "THE"})
BEFORE = frozenset({"IN", "TE", "GEM", "GEMEENTE"})


class Towns:
    """Every distinct town under a number."""

    def __init__(self, names: Sequence[str]) -> None:
        words = [words_of(name) for name in names]
        self._number: dict[str, int] = {}
        self.of_name = np.array([self._number.setdefault("".join(w), len(self._number)) for w in words], np.int64)
        self.count = len(self._number)
        others: dict[str, set[int]] = defaultdict(set)
        for own in words:
            number = self._number["".join(own)]
            others[_ALSO.get("".join(own), "".join(own))].add(number)
            for place, word in enumerate(own):
                if place and word in _JOINING:
                    others["".join(own[:place])].add(number)
                    for joined in ("AD", "A", ""):
                        rest = own[place + 1 :]
                        others["".join(own[:place]) + joined + "".join(rest[1:] if rest[:1] == ["DE"] else rest)].add(
                            number
                        )
        for key, numbers in others.items():
            if len(numbers) == 1:
                self._number.setdefault(key, *numbers)
        self.keys = tuple(self._number)
        self.table = HashTable.of_words(self._number.items())

    def read(self, words: list[str]) -> int:
        """The town some words name: exactly, with one wrong letter, or cut short; else UNKNOWN; NONE for none."""
        key = "".join(word for word in words if word not in COUNTRY and word not in BEFORE)
        if not key:
            return NONE
        if key in self._number:
            return self._number[key]
        near = {n for name, n in self._number.items() if abs(len(name) - len(key)) < 2 and OSA.distance(name, key) < 2}
        if not near and len(key) >= _LEAST_PREFIX:
            near = {number for name, number in self._number.items() if name.startswith(key)}
        return near.pop() if len(near) == 1 else UNKNOWN

    def last(self, words: list[str]) -> tuple[int, int]:
        """The town at the end of some words, and at which word it begins; UNKNOWN when words are left over."""
        for begin in range(max(0, len(words) - 6), len(words)):
            town = self.read(words[begin:])
            if town >= 0:
                return town, begin
        return NONE, len(words)
