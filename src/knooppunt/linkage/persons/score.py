"""How much two records speak for one person, in bits."""

from functools import cache

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.process import cpdist

from knooppunt.linkage.free.tokens import Flags, Ints
from knooppunt.linkage.persons.index import Counted, PersonIndex
from knooppunt.linkage.persons.names import Vocabulary
from knooppunt.linkage.persons.records import Records
from knooppunt.linkage.persons.weights import USUAL_WEIGHS, call_initials, call_names, namesakes, read_weights

Bits = npt.NDArray[np.float64]

ALIKE, ALIKE_GIVEN = 0.90, 0.94  # Jaro-Winkler
_SAME_HOUSEHOLD = -24.0
"""Bits for given names that differ at one address under one surname with other days of birth: two of a household."""

_GENERATION = -8.0
"""Bits for given names that only fit, at one address under one surname, with days of birth that differ wholly."""

SAME, PART, NEAR, LIKE, OTHER = range(5)
_NAME, _FIRST_LETTER = 1, 2


class Scorer:
    """Scores pairs against one register; remembers how names compare."""

    def __init__(self, index: PersonIndex) -> None:
        self._index = index
        weights = read_weights()
        self._bits = weights.bits
        self._m = weights.m
        self._usual = weights.usual

    def score(self, asked: Records, place: Ints, row: Ints) -> Bits:
        """The weight of each pair of an asked record and a row of the register, prior included."""
        a, b = asked.take(place), self._index.records.take(row)
        surname, surname_bits = self._surname(a, b)
        given, given_bits = self._given(a, b)
        address, address_bits = self._address(a, b)
        birth_bits = self._birth(a, b)
        total = surname_bits + given_bits + birth_bits + address_bits + self._bsn(a, b)
        household = (address == SAME) & (surname != OTHER) & ~((a.bsn > 0) & (a.bsn == b.bsn))
        other = household & (given == OTHER) & ((a.birth != b.birth) | self._full(a.given, b.given))
        older = household & (given != OTHER) & (given != SAME) & (birth_bits < 0)
        weight: Bits = (
            total
            + np.where(other, _SAME_HOUSEHOLD, np.where(older, _GENERATION, 0.0))
            - np.log2(max(self._index.size, 1))
        )
        return weight

    def _full(self, one: Ints, other: Ints) -> Flags:
        """Whether both given names are more than an initial."""
        length = self._index.words.given.length_array()
        both: Flags = (one >= 0) & (other >= 0) & (length[one] > 1) & (length[other] > 1)
        return both

    def _counted(self, comparison: str, level: str, count: Ints) -> Bits:
        """The weight of a value that is the same, from how often the register has it."""
        usual = USUAL_WEIGHS * self._usual[f"{comparison} {'initial' if level == 'initial' else 'same'}"]
        share = (np.maximum(count, 1) + usual) / (self._index.size + USUAL_WEIGHS)
        bits: Bits = np.log2(self._m[comparison, level] / share)
        return bits

    def _surname(self, a: Records, b: Records) -> tuple[Ints, Bits]:
        words = self._index.words.surname
        same = (a.surname == b.surname) & (a.second == b.second)
        part = (a.surname == b.surname) | ((a.second >= 0) & ((a.second == b.surname) | (a.second == b.second)))
        part |= (b.second >= 0) & (b.second == a.surname)
        level = np.where(same, SAME, np.where(part, PART, OTHER))
        rest = np.flatnonzero((level == OTHER) & (a.surname >= 0) & (b.surname >= 0))
        level[rest] = compare_names(words, a.surname[rest], b.surname[rest])
        count = _of(self._index.counts["surname"], b.surname)
        bits = np.select(
            [level == SAME, level == PART, level == NEAR, level == LIKE],
            [
                self._counted("surname", "same", count),
                self._part_bits(count),
                self._near_bits(count),
                self._bits("surname", "alike"),
            ],
            self._bits("surname", "different"),
        )
        return level, np.where((a.surname < 0) | (b.surname < 0), 0.0, bits)

    def _part_bits(self, count: Ints) -> Bits:
        """Half of a double name: as rare as that name is, with room for the other half."""
        return np.minimum(self._counted("surname", "part", count * 3), 10.0)

    def _near_bits(self, count: Ints) -> Bits:
        return np.minimum(self._counted("surname", "near", count * 2), self._bits("surname", "near") + 2)

    def _given(self, a: Records, b: Records) -> tuple[Ints, Bits]:
        words = self._index.words.given
        length = words.length_array()
        there = (a.given >= 0) & (b.given >= 0)
        short = there & ((length[a.given] == 1) | (length[b.given] == 1))
        level = np.where(a.given == b.given, SAME, OTHER)
        rest = np.flatnonzero(there & ~short & (level == OTHER))
        level[rest] = compare_given(words, a.given[rest], b.given[rest])
        fits = a.initial == b.initial
        initial = self._counted("given", "initial", _of(self._index.counts["initial"], b.initial))
        other = np.where(fits, self._bits("given", "same_initial"), self._bits("given", "different"))
        called = np.flatnonzero(short & ~fits)
        by_call_name = np.zeros(len(fits), bool)
        by_call_name[called] = fits_call_name(words, a.given[called], b.given[called])
        bits = np.select(
            [short & fits, by_call_name, short, level == SAME, level == PART, level == NEAR],
            [
                initial,
                np.full(len(fits), self._bits("given", "call_initial")),
                np.full(len(fits), self._bits("given", "different")),
                self._counted("given", "same", _of(self._index.counts["given"], b.given)),
                np.full(len(fits), self._bits("given", "call_name")),
                np.full(len(fits), self._bits("given", "near")),
            ],
            other,
        )
        level = np.where((short & fits) | by_call_name, PART, np.where(short, OTHER, level))
        return level, np.where(there, bits, 0.0)

    def _birth(self, a: Records, b: Records) -> Bits:
        one, other = a.birth, b.birth
        y, m, d = (one // 10_000 == other // 10_000, one // 100 % 100 == other // 100 % 100, one % 100 == other % 100)
        swapped = y & (one // 100 % 100 == other % 100) & (one % 100 == other // 100 % 100)
        same = one == other
        near = y.astype(np.int64) + m + d == 2
        rest = np.flatnonzero(~(same | swapped | near))
        near[rest] = _digits_apart(one[rest], other[rest]) == 1
        bits = np.select(
            [same, swapped, near, y],
            [
                self._counted("birth", "same", _of_some(self._index.birth, other, same)),
                np.full(len(one), self._bits("birth", "swapped")),
                np.full(len(one), self._bits("birth", "near")),
                np.full(len(one), self._bits("birth", "year")),
            ],
            self._bits("birth", "different"),
        )
        return np.where((one > 0) & (other > 0), bits, 0.0)

    def _address(self, a: Records, b: Records) -> tuple[Ints, Bits]:
        one, other = a.address, b.address
        same = (one >= 0) & (one == other)
        postcode = (a.postcode >= 0) & (a.postcode == b.postcode)
        digits = (a.postcode >= 0) & (a.postcode // 676 == b.postcode // 676)
        bits = np.select(
            [same, postcode, digits],
            [
                self._counted("address", "same", _of_some(self._index.address, other, same)),
                np.full(len(one), self._bits("address", "postcode")),
                np.full(len(one), self._bits("address", "digits")),
            ],
            self._bits("address", "different"),
        )
        number = (a.number > 0) & (a.number == b.number) & ~same
        bits = bits + np.where(number & (a.postcode < 0), 4.0, 0.0)  # only the number is known: about one in twenty
        known = ((a.postcode >= 0) & (b.postcode >= 0)) | (number & (a.postcode < 0))
        bits = np.where((a.postcode < 0) & number, 4.0, bits)
        return np.where(same, SAME, OTHER), np.where(known, bits, 0.0)

    def _bsn(self, a: Records, b: Records) -> Bits:
        both = (a.bsn > 0) & (b.bsn > 0)
        return np.where(both, np.where(a.bsn == b.bsn, self._bits("bsn", "same"), self._bits("bsn", "different")), 0.0)


def _of(counts: Ints, values: Ints) -> Ints:
    """Counts of values; 0 for none and for names that came after the register."""
    inside = (values >= 0) & (values < len(counts))
    return np.where(inside, counts[np.where(inside, values, 0)], 0) if len(counts) else values * 0


def _of_some(counted: Counted, values: Ints, some: Flags) -> Ints:
    """Counts of the values where they are asked for; 0 elsewhere."""
    counts = np.zeros(len(values), np.int64)
    counts[some] = counted.of(values[some])
    return counts


def _digits_apart(one: Ints, other: Ints) -> Ints:
    total = np.zeros(len(one), np.int64)
    for place in range(8):
        total += one // 10**place % 10 != other // 10**place % 10
    return total


def _pairs(words: Vocabulary, one: Ints, other: Ints) -> tuple[list[str], list[str], Ints, Ints]:
    """The distinct pairs of names, which each row has, and the length of the shorter name of each pair."""
    size, lengths = len(words.words), words.length_array()
    pairs, back = np.unique(one * size + other, return_inverse=True)
    first, second = np.divmod(pairs, size)
    left = [words.words[number] for number in first.tolist()]
    right = [words.words[number] for number in second.tolist()]
    return left, right, back, np.minimum(lengths[first], lengths[second])


def compare_names(words: Vocabulary, one: Ints, other: Ints) -> Ints:
    """NEAR, LIKE or OTHER for names that are not the same."""
    if not len(one):
        return one
    left, right, back, _ = _pairs(words, one, other)
    sound = words.sound_array()
    level = np.where(cpdist(left, right, scorer=JaroWinkler.similarity, score_cutoff=ALIKE) > 0, LIKE, OTHER)
    level = np.where(cpdist(left, right, scorer=OSA.distance, score_cutoff=1) <= 1, NEAR, level)[back]
    return np.where(sound[one] == sound[other], NEAR, level)


def compare_given(words: Vocabulary, one: Ints, other: Ints) -> Ints:
    """PART (a call name), NEAR or OTHER for given names that are not the same."""
    if not len(one):
        return one
    left, right, back, shorter = _pairs(words, one, other)
    grouped = namesakes().keys()
    called = np.array([(a in grouped or b in grouped) and _one_person(a, b) for a, b in zip(left, right, strict=True)])
    long: Flags = shorter > 3
    near = (cpdist(left, right, scorer=OSA.distance, score_cutoff=1) <= 1) & long
    near |= (cpdist(left, right, scorer=JaroWinkler.similarity, score_cutoff=ALIKE_GIVEN) > 0) & long
    level = np.where(called, PART, np.where(near, NEAR, OTHER))[back]
    sound = words.sound_array()
    return np.where((level == OTHER) & (sound[one] == sound[other]), NEAR, level)


def fits_call_name(words: Vocabulary, one: Ints, other: Ints) -> Flags:
    """Whether one of each two names is an initial of a name in a group of the other."""
    if not len(one):
        return one > 0
    left, right, back, _ = _pairs(words, one, other)
    letters = call_initials()
    short = [(a, b) if len(a) == 1 else (b, a) for a, b in zip(left, right, strict=True)]
    return np.array([initial in letters.get(name, "") for initial, name in short])[back]


@cache
def _one_person(one: str, other: str) -> bool:
    """Whether two given names may be one person's: in one group, or one letter from a name in the other's group."""
    groups, none = call_names(), frozenset[int]()
    if not groups.get(one, none).isdisjoint(groups.get(other, none)):
        return True
    return any(
        len(a) > 3 and any(OSA.distance(a, name, score_cutoff=1) <= 1 for name in namesakes().get(b, ()))
        for a, b in ((one, other), (other, one))
    )
