"""How much two records speak for one person, in bits."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from knooppunt.linkage.free.tokens import Flags, Ints
from knooppunt.linkage.persons.alike import (
    LIKE,
    NEAR,
    OTHER,
    PART,
    SAME,
    compare_given,
    compare_names,
    fits_call_name,
)
from knooppunt.linkage.persons.index import PersonIndex
from knooppunt.linkage.persons.records import MONTH, YEAR, Records
from knooppunt.linkage.persons.weights import USUAL_WEIGHS, read_weights

Bits = npt.NDArray[np.float64]

_SAME_HOUSEHOLD = -24.0
"""Bits for given names that differ at one address under one surname with other days of birth: two of a household."""

_GENERATION = -8.0
"""Bits for given names that only fit, at one address under one surname, with days of birth that differ wholly."""

_ONLY_NUMBER = 4.0
"""Bits for the same house number where the postcode is not known: about one in twenty."""

_INITIAL, _CALLED, _SAME_LETTER, _DIFFERENT = range(OTHER + 1, OTHER + 5)
"""Of given names, beside SAME, PART (a call name) and NEAR: an initial of it or of a call name; neither."""


@dataclass(slots=True)
class Pairs:
    """Pairs of an asked record and a row of the register."""

    asked: Records
    register: Records
    place: Ints
    row: Ints

    def both(self, name: str) -> tuple[Ints, Ints]:
        """One value of each."""
        return getattr(self.asked, name)[self.place], getattr(self.register, name)[self.row]

    def some(self, which: Ints) -> "Pairs":
        """Some of the pairs."""
        return Pairs(self.asked, self.register, self.place[which], self.row[which])


class Scorer:
    """Scores pairs against one register."""

    def __init__(self, index: PersonIndex) -> None:
        """What weighs by how often the register has it, is worked out here for each name and each count."""
        self._index = index
        weights = read_weights()
        self._bits = weights.bits
        self._m = weights.m
        self._usual = weights.usual
        self._surname_bits = self._of_surnames(index.surnames)
        self._given_bits = self._of_given_names()
        self._birth_bits = self._counted("birth", "same", np.arange(index.births.max(initial=0) + 1))
        self._address_bits = self._counted("address", "same", np.arange(index.addresses.max(initial=0) + 1))

    def score(self, asked: Records, place: Ints, row: Ints) -> Bits:
        """The weight of each pair of an asked record and a row of the register, prior included."""
        pairs = Pairs(asked, self._index.records, place, row)
        surname, surname_bits = self._surname(pairs)
        given, given_bits = self._given(pairs)
        same_address, address_bits = self._address(pairs)
        birth_bits = self._birth(pairs)
        total = surname_bits + given_bits + birth_bits + address_bits + self._bsn(pairs)
        house = np.flatnonzero(same_address & (surname != OTHER))
        total[house] += self._household(pairs.some(house), given[house], birth_bits[house])
        weight: Bits = total - np.log2(max(self._index.size, 1))
        return weight

    def _household(self, pairs: Pairs, given: Ints, birth_bits: Bits) -> Bits:
        """What speaks against pairs at one address under one surname: they may be two of a household."""
        bsn, bsns = pairs.both("bsn")
        birth, births = pairs.both("birth")
        one, two = pairs.both("given")
        full = (one >= 0) & (two >= 0) & ~self._short(one) & ~self._short(two)
        other = (given >= _SAME_LETTER) & ((birth != births) | full)
        older = (given < _SAME_LETTER) & (given != SAME) & (birth_bits < 0)
        bits = np.where(other, _SAME_HOUSEHOLD, np.where(older, _GENERATION, 0.0))
        return np.where((bsn > 0) & (bsn == bsns), 0.0, bits)

    def _counted(self, comparison: str, level: str, count: Ints) -> Bits:
        """The weight of a value that is the same, from how often the register has it."""
        usual = USUAL_WEIGHS * self._usual[f"{comparison} {'initial' if level == 'initial' else 'same'}"]
        share = (np.maximum(count, 1) + usual) / (self._index.size + USUAL_WEIGHS)
        bits: Bits = np.log2(self._m[comparison, level] / share)
        return bits

    def _of_surnames(self, count: Ints) -> Bits:
        """Per level and surname of the register its weight.

        Half of a double name is as rare as that name is, with room for the other half.
        """
        out = np.empty((OTHER + 1, len(count)))
        out[SAME] = self._counted("surname", "same", count)
        out[PART] = np.minimum(self._counted("surname", "part", count * 3), 10.0)
        out[NEAR] = np.minimum(self._counted("surname", "near", count * 2), self._bits("surname", "near") + 2)
        out[LIKE] = self._bits("surname", "alike")
        out[OTHER] = self._bits("surname", "different")
        return out

    def _of_given_names(self) -> Bits:
        """Per level and given name of the register its weight."""
        count = self._index.given
        out = np.zeros((_DIFFERENT + 1, len(count)))
        out[SAME] = self._counted("given", "same", count)
        out[PART] = self._bits("given", "call_name")
        out[NEAR] = self._bits("given", "near")
        out[_INITIAL] = self._counted("given", "initial", self._index.initials)
        out[_CALLED] = self._bits("given", "call_initial")
        out[_SAME_LETTER] = self._bits("given", "same_initial")
        out[_DIFFERENT] = self._bits("given", "different")
        return out

    def _surname(self, pairs: Pairs) -> tuple[Ints, Bits]:
        """The level of each pair and its weight."""
        one, other = pairs.both("surname")
        second, seconds = pairs.both("second")
        level = np.where((one == other) & (second == seconds), SAME, OTHER)
        rest = np.flatnonzero(level)
        level[rest] = self._unequal(one[rest], second[rest], other[rest], seconds[rest])
        bits = self._surname_bits[level, other]
        bits[(one < 0) | (other < 0)] = 0.0
        return level, bits

    def _unequal(self, one: Ints, second: Ints, other: Ints, seconds: Ints) -> Ints:
        """The levels of surnames that are not wholly the same."""
        part = (one == other) | ((second >= 0) & ((second == other) | (second == seconds)))
        part |= (seconds >= 0) & (seconds == one)
        level = np.where(part, PART, OTHER)
        rest = np.flatnonzero(~part & (one >= 0) & (other >= 0))
        level[rest] = compare_names(self._index.words.surname, one[rest], other[rest])
        return level

    def _given(self, pairs: Pairs) -> tuple[Ints, Bits]:
        """The level of each pair and its weight."""
        one, other = pairs.both("given")
        level = np.full(len(one), SAME)
        rest = np.flatnonzero((one != other) | self._short(one))
        level[rest] = self._unequal_given(pairs.some(rest))
        bits = self._given_bits[level, other]
        bits[(one < 0) | (other < 0)] = 0.0
        return level, bits

    def _unequal_given(self, pairs: Pairs) -> Ints:
        """The levels of given names that are not the same, or no more than the same initial."""
        words = self._index.words.given
        one, other = pairs.both("given")
        fits = np.equal(*pairs.both("initial"))
        there = (one >= 0) & (other >= 0)
        short = there & (self._short(one) | self._short(other))
        level = np.where(one == other, SAME, np.where(fits, _SAME_LETTER, _DIFFERENT))
        level[short] = np.where(fits[short], _INITIAL, _DIFFERENT)
        called = np.flatnonzero(short & ~fits)
        level[called[fits_call_name(words, one[called], other[called])]] = _CALLED
        rest = np.flatnonzero(there & ~short & (one != other))
        found = compare_given(words, one[rest], other[rest])
        level[rest] = np.where(found == OTHER, level[rest], found)
        return level

    def _short(self, given: Ints) -> Flags:
        """Whether a given name is an initial."""
        short: Flags = self._index.words.given.length_array()[given] == 1
        return short

    def _birth(self, pairs: Pairs) -> Bits:
        one, other = pairs.both("birth")
        differs = one ^ other
        bits = self._birth_bits[self._index.births[pairs.row]]
        rest = np.flatnonzero(differs)
        bits[rest] = self._another_day(one[rest], other[rest], differs[rest])
        bits[(one == 0) | (other == 0)] = 0.0
        return bits

    def _another_day(self, one: Ints, other: Ints, differs: Ints) -> Bits:
        """The weight of two days that are not the same."""
        year, month, day = differs >> YEAR == 0, differs >> MONTH & 15 == 0, differs & 31 == 0
        swapped = year & (one >> MONTH & 15 == other & 31) & (one & 31 == other >> MONTH & 15)
        near = (year & (month | day)) | (month & day)
        bits = np.where(year, self._bits("birth", "year"), self._bits("birth", "different"))
        bits[near] = self._bits("birth", "near")
        bits[swapped] = self._bits("birth", "swapped")
        return bits

    def _address(self, pairs: Pairs) -> tuple[Flags, Bits]:
        """Whether the address of each pair is the same, and the weight."""
        one, other = pairs.both("address")
        same = (one >= 0) & (one == other)
        bits = self._address_bits[self._index.addresses[pairs.row]]
        rest = np.flatnonzero(~same)
        bits[rest] = self._another_address(pairs.some(rest))
        return same, bits

    def _another_address(self, pairs: Pairs) -> Bits:
        """The weight of two addresses that are not the same."""
        one, other = pairs.both("postcode")
        number, numbers = pairs.both("number")
        bits = np.where(one // 676 == other // 676, self._bits("address", "digits"), self._bits("address", "different"))
        bits[one == other] = self._bits("address", "postcode")
        bits[(one < 0) | (other < 0)] = 0.0
        bits[(one < 0) & (number > 0) & (number == numbers)] = _ONLY_NUMBER
        return bits

    def _bsn(self, pairs: Pairs) -> Bits:
        bits = np.zeros(len(pairs.place))
        some = np.flatnonzero(pairs.asked.bsn[pairs.place])
        one, other = pairs.some(some).both("bsn")
        both = np.where(one == other, self._bits("bsn", "same"), self._bits("bsn", "different"))
        bits[some] = np.where(other > 0, both, 0.0)
        return bits
