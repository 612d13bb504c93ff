"""Streets in running text, and the numbers that go with them."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from knooppunt.linkage.free.book import AddressBook
from knooppunt.linkage.free.linker import Linker
from knooppunt.linkage.free.memo import Solve
from knooppunt.linkage.free.names import Meant
from knooppunt.linkage.free.table import HashTable
from knooppunt.linkage.free.tokens import Flags, Ints, Tokens

_NUMBER_WORDS = HashTable.of_words((word, 1) for word in ("NR", "NO", "NUMMER", "HUISNR", "HUISNUMMER", "NUM", "HNR"))
_PLACING = HashTable.of_words((word, 1) for word in ("IN", "AAN", "OP", "VAN", "BIJ", "UIT"))
_ARTICLE = HashTable.of_words((word, 1) for word in ("DE", "HET", "T"))
_MOST_STREET_WORDS = 7
_REACH = 9
"""Tokens between a street and its number, or a number and its town, at most."""

_BEFORE, _BEHIND = np.uint64(0xA0761D6478BD642F), np.uint64(0xE7037ED1A0B428DB)
"""Keep hashes of words before and behind a number apart from those of whole beginnings of lines."""

_MOST_WORDS_WITH_ERROR = 4

_LEAST_FUZZY = 8
"""Letters that words in running text must have before they count as a street with an error."""


@dataclass(slots=True)
class Mentions:
    """Numbers in tips with a street: per mention its tip, the token of the number and what the street may be."""

    tip: Ints
    number: Ints
    end: Ints  # of the addition behind it
    meant: Ints  # of the memo of streets
    street: tuple[Ints, Ints]  # its tokens


class StreetsInText:
    """Finds numbers with a street before or behind them, in the streets of a linker."""

    def __init__(self, linker: Linker) -> None:
        self._linker = linker
        book = linker.book
        self._named = frozenset(book.towns.keys)  # a street that is called like a town is not found in running text
        pairs = (("".join(w), n) for w, n in zip(book.streets.words, book.streets.of_name.tolist(), strict=True))
        self._streets = HashTable.of_words((word, number) for word, number in pairs if word not in self._named)

    @property
    def _book(self) -> AddressBook:
        return self._linker.book

    def mentions(self, tokens: Tokens, number: Ints, end: Ints) -> Mentions:
        """The numbers (tokens, each with the end of its addition) that a street goes with."""
        first, last = tokens.first[tokens.line[number]], tokens.first[tokens.line[number] + 1]
        stop = number.copy()  # where the street must end
        named = np.zeros(len(number), bool)
        for _ in range(2):
            some = np.flatnonzero(stop > first)
            word = _NUMBER_WORDS.find(tokens.hash(stop[some] - 1, stop[some])) > 0
            stop[some[word]] -= 1
            named[some[word]] = True
        street = self._before(tokens, stop, first)
        self._behind(tokens, (end, last, named), street)
        self._further_back(tokens, (stop, first, named), street)
        lone = self._tips_without(tokens, number, street[0])
        self._nearly(tokens, (stop, first), street, lone)
        self._nearly_behind(tokens, (end, last), street, lone & named)
        hit = np.flatnonzero(street[0] >= 0)
        spans = (street[1][hit], street[2][hit])
        return Mentions(tokens.line[number[hit]], number[hit], end[hit], street[0][hit], spans)

    def _before(self, tokens: Tokens, stop: Ints, first: Ints) -> tuple[Ints, Ints, Ints]:
        """The longest street that ends at `stop`."""
        table = self._streets
        meant, begin = np.full(len(stop), -1, np.int64), stop.copy()
        for length in range(1, _MOST_STREET_WORDS + 1):
            some = np.flatnonzero(stop - first >= length)
            street = table.find(tokens.hash(stop[some] - length, stop[some]))
            hit = some[street >= 0]
            meant[hit], begin[hit] = street[street >= 0], stop[hit] - length
        return meant, begin, stop.copy()

    def _behind(self, tokens: Tokens, number: tuple[Ints, Ints, Flags], found: tuple[Ints, Ints, Ints]) -> None:
        """`nummer 12 in de Kerkstraat`: a street after a placing word behind the number."""
        (_, last, _), (meant, begin, end) = number, found
        for some, start in self._placed(tokens, number, meant):
            for length in range(1, _MOST_STREET_WORDS):
                fits = start + length <= last[some]
                hash_ = tokens.hash(start, np.where(fits, start + length, start))
                street = np.where(fits, self._streets.find(hash_), -1)
                hit = street >= 0
                meant[some[hit]], begin[some[hit]] = street[hit], start[hit]
                end[some[hit]] = start[hit] + length

    def _placed(self, tokens: Tokens, number: tuple[Ints, Ints, Flags], meant: Ints) -> Iterator[tuple[Ints, Ints]]:
        """Numbers with the places after `in`, `in de` behind them; further off only for what is called a number."""
        place, last, named = number
        for gap in range(4):
            some = np.flatnonzero((meant < 0) & (place + gap + 1 < last) & (named | (gap == 0)))
            word = _PLACING.find(tokens.hash(place[some] + gap, place[some] + gap + 1)) > 0
            own = some[word]
            start = place[own] + gap + 1
            yield own, start
            article = (_ARTICLE.find(tokens.hash(start, start + 1)) > 0) & (start + 1 < last[own])
            yield own[article], start[article] + 1

    def _further_back(self, tokens: Tokens, places: tuple[Ints, Ints, Flags], found: tuple[Ints, Ints, Ints]) -> None:
        """`de Kerkstraat in Doesburg op nummer 12`: a street some tokens before a number that is called one."""
        (stop, first, named), (meant, begin, end) = places, found
        for gap in range(1, _REACH):
            some = np.flatnonzero((meant < 0) & named & (stop - gap > first))
            street, left, right = self._before(tokens, stop[some] - gap, first[some])
            hit = street >= 0
            meant[some[hit]], begin[some[hit]], end[some[hit]] = street[hit], left[hit], right[hit]

    def _tips_without(self, tokens: Tokens, number: Ints, meant: Ints) -> Flags:
        """Numbers in tips in which no street was found as the register writes it."""
        has = np.zeros(len(tokens.first) - 1, bool)
        has[tokens.line[number[meant >= 0]]] = True
        return ~has[tokens.line[number]]

    def _nearly(self, tokens: Tokens, places: tuple[Ints, Ints], found: tuple[Ints, Ints, Ints], asked: Flags) -> None:
        """Streets cut short or with an error right before a number."""
        (stop, first), (meant, begin, _) = places, found
        some = np.flatnonzero(asked & (stop > first))
        start = np.maximum(first[some], stop[some] - _MOST_WORDS_WITH_ERROR)
        names, answers = self._spelt(tokens, (start, stop[some]), _BEFORE, self._solve_endings)
        meant[some[names]], begin[some[names]] = answers[names], start[names]

    def _nearly_behind(
        self, tokens: Tokens, places: tuple[Ints, Ints], found: tuple[Ints, Ints, Ints], asked: Flags
    ) -> None:
        """The same for a street behind the number, after a placing word."""
        (place, last), (meant, begin, end) = places, found
        for some, start in self._placed(tokens, (place, np.where(asked, last, 0), asked), meant):
            stop = np.minimum(start + _MOST_WORDS_WITH_ERROR, last[some])
            names, answers = self._spelt(tokens, (start, stop), _BEHIND, self._solve_beginnings)
            own = some[names]
            meant[own], begin[own], end[own] = answers[names], start[names], start[names] + 1

    def _spelt(
        self, tokens: Tokens, span: tuple[Ints, Ints], salt: np.uint64, solve: Solve[Meant]
    ) -> tuple[Flags, Ints]:
        """Whether some words are a street with an error, and its number among the decider's streets."""
        decider, (start, stop) = self._linker.decider, span
        if not len(start):
            return start > 0, start
        answers = decider.streets.ask(
            (tokens.hash(start, stop) + (stop - start).astype(np.uint64)) ^ salt,
            lambda row: tokens.words(int(start[row]), int(stop[row])),
            solve,
        )
        return decider.names_any(answers), answers

    def _solve_endings(self, asked: list[list[str]]) -> list[Meant]:
        return self._solve(asked, [[words[begin:] for begin in range(len(words))] for words in asked])

    def _solve_beginnings(self, asked: list[list[str]]) -> list[Meant]:
        return self._solve(asked, [[words[:end] for end in range(len(words), 0, -1)] for words in asked])

    def _solve(self, asked: list[list[str]], parts: list[list[list[str]]]) -> list[Meant]:
        """The longest part of some words that is a street: cut short, else with one error."""
        self._linker.decider.heads.extend(asked)
        streets, out = self._book.streets, []
        for own in parts:
            fit = [(part, "".join(part)) for part in own if "".join(part) not in self._named]
            meant = next((m for part, key in fit if len(key) > 3 and (m := streets.exactly(part)).names), None)
            long = [part for part, key in fit if len(key) >= _LEAST_FUZZY]
            out.append(meant or next((m for m in streets.nearly(long) if m.names), Meant()))
        return out
