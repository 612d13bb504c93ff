"""Addresses in running text: where a street and a number stand together, with what stands near them.

Every number in a tip is tried: a street right before it (`Kerkstraat 12`), before a word for it
(`Kerkstraat op nummer 12`) or behind it (`nummer 12 in de Kerkstraat`). What is found is judged as an
address line is; a tip is linked when all that is found in it leads to one object.
"""

import numpy as np
import pyarrow as pa

from knooppunt.linkage.free.book import AddressBook
from knooppunt.linkage.free.decide import Answers, Evidence
from knooppunt.linkage.free.linker import Linker, table_of
from knooppunt.linkage.free.memo import Memo
from knooppunt.linkage.free.mentions import Mentions, StreetsInText
from knooppunt.linkage.free.roles import Roles, postcodes_of
from knooppunt.linkage.free.stages import Stage
from knooppunt.linkage.free.table import HashTable
from knooppunt.linkage.free.tokens import Ints, Tokens, tokenise
from knooppunt.linkage.free.towns import NONE

_TOWN_BEFORE = HashTable.of_words((word, 1) for word in ("IN", "TE"))
_FLOOR = HashTable.of_words(
    (word, 1)
    for word in (
        "HOOG",
        "ETAGE",
        "VERDIEPING",
        "VERD",
        "HG",
        "BIS",
        "HS",
        "HUIS",
        "BOVEN",
        "BOVENWONING",
        "BENEDEN",
        "BG",
        "BEGANE",
        "GROND",
        "EERSTE",
        "TWEEDE",
        "DERDE",
        "VIERDE",
        "BOV",
        "BS",
        "BGG",
        "E",
    )
)
_MOST_TOWN_WORDS = 6
_REACH = 9
"""Tokens between a street and its number, or a number and its town, at most."""

_STUCK = np.frombuffer(b"-/._", np.uint8)
_CLOSING = np.frombuffer(b",:()?!", np.uint8)


class TipLinker:
    """Links tips against the book of a linker, and shares what that knows of spellings."""

    def __init__(self, linker: Linker) -> None:
        self._linker = linker
        self._streets = StreetsInText(linker)
        self._known = HashTable.of_words((word, 1) for word in linker.book.additions if word and not word.isdigit())
        self._town: Memo[int] = Memo()

    @property
    def _book(self) -> AddressBook:
        return self._linker.book

    def link(self, tips: pa.ChunkedArray | pa.Array) -> pa.Table:
        """One row of LINKS per tip."""
        return self._linker.in_batches(tips, self._batch)

    def _batch(self, tips: pa.Array) -> pa.Table:
        tokens = tokenise(tips)
        if not tokens.count:
            return table_of(_nothing(len(tips)))
        code, at = postcodes_of(tokens, self._book, known_only=True)
        taken = np.zeros(tokens.count + 2, bool)
        taken[at[at >= 0]] = True
        number = np.flatnonzero(tokens.numeric & (tokens.value > 0) & ~taken[: tokens.count])
        end = self._addition_end(tokens, number, tokens.first[tokens.line[number] + 1])
        own = np.concatenate(([True], number[1:] >= end[:-1])) if len(number) else number > 0  # 2 in 24A-2 is no number
        found = self._streets.mentions(tokens, number[own], end[own])
        town = self._towns(tokens, found)
        addition = self._linker.additions_of(tokens, (found.number + 1, found.end))
        evidence = Evidence(tokens.value[found.number], addition, found.meant, self._roles(found, code, town))
        return table_of(_per_tip(self._linker.decider.decide(evidence), found.tip, len(tips)))

    def _addition_end(self, tokens: Tokens, number: Ints, last: Ints) -> Ints:
        """Where the addition behind each number ends: what is stuck to it, or is a floor or a known addition."""
        end = number + 1
        open_ = np.arange(len(end))
        beyond = np.append(np.arange(1, tokens.count), tokens.count - 1)
        every = np.arange(tokens.count)
        words = tokens.hash(every, every + 1)
        floor, known = _FLOOR.find(words) > 0, self._known.find(words) > 0
        placing = (_TOWN_BEFORE.find(words) > 0) | np.isin(tokens.sign, _CLOSING)
        short = tokens.numeric & (tokens.value < 100)
        stuck = tokens.glued | np.isin(tokens.sign, _STUCK)
        spaced = (tokens.sign == 32) & (floor | known | (short & (floor | placing)[beyond]))
        behind_comma = (tokens.sign == 44) & (floor | ((short | known) & floor[beyond]))
        fits = stuck | spaced | behind_comma
        for _ in range(4):
            open_ = open_[end[open_] < last[open_]]
            open_ = open_[fits[end[open_]]]
            end[open_] += 1
        return end

    def _towns(self, tokens: Tokens, found: Mentions) -> Ints:
        """The nearest town behind the number or the street; unknown where `in` or `te` names another."""
        table, last, addition_end = self._book.towns.table, tokens.first[found.tip + 1], found.end
        town = np.full(len(found.tip), NONE, np.int64)
        for gap in range(_REACH):
            for base in (addition_end, found.street[1]):
                for length in range(_MOST_TOWN_WORDS, 0, -1):
                    start = base + gap
                    some = np.flatnonzero((town == NONE) & (start + length <= last))
                    town[some] = table.find(tokens.hash(start[some], start[some] + length))
        some = np.flatnonzero((town == NONE) & (addition_end + 1 < last))
        start = addition_end[some]
        named = _TOWN_BEFORE.find(tokens.hash(start, start + 1)) > 0
        named &= (tokens.end - tokens.start)[start + 1] > 3
        own = some[named]
        if len(own):
            word = addition_end[own] + 1
            ends = self._town.ask(
                tokens.hash(word, word + 1), lambda row: tokens.words(int(word[row]), int(word[row]) + 1), self._read
            )
            town[own] = np.array(self._town.answers, np.int64)[ends]
        return town

    def _read(self, asked: list[list[str]]) -> list[int]:
        return [self._book.towns.read(words) for words in asked]

    def _roles(self, found: Mentions, code: Ints, town: Ints) -> Roles:
        none = np.full(len(found.tip), -1, np.int64)
        spans = (none, none)
        return Roles(code[found.tip], none, found.number, found.street, spans, town, spans, none > 0)


def _nothing(tips: int) -> Answers:
    out = Answers(*(np.zeros(tips, np.int64) for _ in range(4)))
    out.stage[:] = Stage.NOT_FOUND.place
    return out


def _per_tip(found: Answers, tip: Ints, tips: int) -> Answers:
    """One answer per tip: the object that all mentions lead to; of two objects none."""
    out = _nothing(tips)
    for some in (np.flatnonzero(found.object == 0), np.flatnonzero(found.object > 0)):
        out.stage[tip[some]] = found.stage[some]
        out.suggestion[tip[some]] = np.maximum(found.suggestion[some], out.suggestion[tip[some]])
    hit = np.flatnonzero(found.object > 0)
    low, high = np.full(tips, np.iinfo(np.int64).max), np.zeros(tips, np.int64)
    np.minimum.at(low, tip[hit], found.object[hit])
    np.maximum.at(high, tip[hit], found.object[hit])
    out.object = np.where(low == high, high, 0)
    out.errors[tip[hit]] = found.errors[hit]
    out.stage[(high > 0) & (low != high)] = Stage.AMBIGUOUS.place
    return out
