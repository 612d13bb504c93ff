"""Names of streets: from words on paper to the street that is meant, each distinct spelling worked out once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from knooppunt.linkage.free.dutch import ARTICLES, TELLING, TITLES, key_of, sound_of, written_out
from knooppunt.linkage.free.table import HashTable
from knooppunt.linkage.free.tokens import tokenise

SHORTEST_FUZZY = 5
"""Letters a name must have before one wrong letter is forgiven."""

_SHORTEST_LAST_WORD = 8
COMMA = ","
"""Stands between words where the line has a comma."""


class Meant(NamedTuple):
    """Which names some words may mean, with how many errors."""

    names: tuple[int, ...] = ()
    errors: int = 0
    part: bool = False  # only the last words were used; those before them are unexplained


NOTHING = Meant()


def words_of(name: str) -> list[str]:
    """The words of a name in capitals, without signs and accents."""
    tokens = tokenise(pa.array([name]))
    return tokens.words(0, tokens.count)


def _shortened(words: list[str]) -> Iterable[tuple[list[str], int]]:
    """Other ways in which a name is written, with their errors."""
    yield written_out(words), 0
    if len(words) < 2:
        return
    if words[0] in ARTICLES | TITLES and len("".join(words[1:])) > 3:
        yield words[1:], 1
        yield [*words[1:], words[0]], 1
    if len(words[0]) > 2 and words[0] not in ARTICLES | TELLING:
        yield [words[0][0], *words[1:]], 1
    if len(words[-1]) >= _SHORTEST_LAST_WORD and words[-2] not in TELLING - {"VAN", "DE"}:
        yield words[-1:], 2


class Streets:
    """Every distinct street name under a number, and all the ways in which it may be written."""

    def __init__(self, names: Sequence[str], former: Sequence[tuple[str, str]] = ()) -> None:
        """`former` holds pairs of a name a street had and the name it has."""
        self.words = [words_of(name) for name in names]
        self.keys: list[str] = []
        self._number: dict[str, int] = {}
        self.of_name = np.array([self._enter(key_of(words)) for words in self.words], np.int64)
        others: dict[str, dict[int, int]] = defaultdict(dict)
        for words, number in zip(self.words, self.of_name.tolist(), strict=True):
            for other, errors in _shortened(words):
                others[key_of(other)].setdefault(number, errors)
        for old, new in former:
            others[key_of(words_of(old))].setdefault(self._number[key_of(words_of(new))], 1)
        self._other = {
            key: Meant(tuple(own), max(own.values())) for key, own in others.items() if key not in self._number
        }
        self._sounds: dict[str, set[int]] = defaultdict(set)
        for key, number in self._number.items():
            self._sounds[sound_of(key)].add(number)
        raw = {"".join(words): number for words, number in zip(self.words, self.of_name.tolist(), strict=True)}
        self.table = HashTable.of_words((raw | self._number).items())
        self._bands = self._by_length()

    def _enter(self, key: str) -> int:
        number = self._number.setdefault(key, len(self._number))
        if number == len(self.keys):
            self.keys.append(key)
        return number

    def _by_length(self) -> dict[int, tuple[list[str], list[tuple[int, ...]]]]:
        bands: dict[int, tuple[list[str], list[tuple[int, ...]]]] = defaultdict(lambda: ([], []))
        everything: list[tuple[str, tuple[int, ...]]] = [(key, (number,)) for key, number in self._number.items()]
        everything += [(key, meant.names) for key, meant in self._other.items()]
        for key, numbers in everything:
            for length in (len(key) - 1, len(key), len(key) + 1):
                bands[length][0].append(key)
                bands[length][1].append(numbers)
        return bands

    def exactly(self, words: list[str]) -> Meant:
        """What some words mean without any wrong letter."""
        key = key_of(words)
        if key in self._number:
            return Meant((self._number[key],))
        out = key_of(written_out(words))
        if out in self._number:
            return Meant((self._number[out],))
        return self._other.get(key) or self._other.get(out) or NOTHING

    def solve(self, asked: list[list[str]]) -> list[Meant]:
        """What each list of words means; commas stand in it as words of their own."""
        plain = [[word for word in words if word != COMMA] for words in asked]
        found = [self._whole(own, words) for own, words in zip(asked, plain, strict=True)]
        open_ = [place for place, meant in enumerate(found) if not meant.names and plain[place]]
        tails = [_tail(asked[place]) for place in open_]
        keys = [key_of(written_out(words)) for words in tails]
        as_is = [key_of(words) for words in tails]
        near, bare = (
            self._nearly(keys),
            self._nearly([k if k != other else "" for k, other in zip(as_is, keys, strict=True)]),
        )
        for place, key, one, other in zip(open_, keys, near, bare, strict=True):
            meant = one if one.names else other
            found[place] = meant if meant.names else self._heard(key) or self._last_words(plain[place])
        return found

    def _whole(self, asked: list[str], plain: list[str]) -> Meant:
        meant = self.exactly(plain) if plain else NOTHING
        if not meant.names and COMMA in asked:
            meant = self.exactly(_tail(asked))
        return meant

    def _heard(self, key: str) -> Meant | None:
        """Names that sound the same."""
        heard = self._sounds.get(sound_of(key))
        return Meant(tuple(sorted(heard)), 1) if heard else None

    def nearly(self, asked: list[list[str]]) -> list[Meant]:
        """Names one edit away from some words, for each of them."""
        return self._nearly([key_of(written_out(words)) for words in asked])

    def _nearly(self, keys: list[str]) -> list[Meant]:
        """Names one edit away (a letter lost, added, changed, or two swapped)."""
        out = [NOTHING] * len(keys)
        by_length: dict[int, list[int]] = defaultdict(list)
        for place, key in enumerate(keys):
            if len(key) >= SHORTEST_FUZZY:
                by_length[len(key)].append(place)
        for length, places in by_length.items():
            known, numbers = self._bands.get(length, ([], []))
            for begin in range(0, len(places), 4096) if known else ():
                some = places[begin : begin + 4096]
                far = cdist([keys[p] for p in some], known, scorer=OSA.distance, score_cutoff=1, dtype=np.uint8)
                for row, column in zip(*np.nonzero(far <= 1), strict=True):
                    place = some[row]
                    out[place] = Meant(tuple(sorted({*out[place].names, *numbers[column]})), 1)
        return out

    def _last_words(self, words: list[str]) -> Meant:
        """The longest ending of the words that is a name, when the words before it are not part of another name."""
        for begin in range(1, len(words)):
            meant = self.exactly(words[begin:])
            if meant.names:
                return NOTHING if words[begin - 1] in TELLING else meant._replace(errors=meant.errors + 1, part=True)
        return NOTHING


def _tail(words: list[str]) -> list[str]:
    """The words after the last comma."""
    backwards = words[::-1]
    tail = backwards[: backwards.index(COMMA)][::-1] if COMMA in words else words
    return tail or [word for word in words if word != COMMA]
