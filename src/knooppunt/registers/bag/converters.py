"""Texts of many objects → numbers or an Arrow array, by type of value.

Every converter returns values and which of them it is sure about; what they mean stands in `values.py`.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from knooppunt.registers import arrays
from knooppunt.registers.arrays import Positions, Words
from knooppunt.registers.bag import digits
from knooppunt.registers.bag.kinds import TYPE_DIGITS, Field, Value
from knooppunt.registers.bag.scan import Scan

Flags = npt.NDArray[np.bool_]
Bytes = npt.NDArray[np.uint8]
Numbers = npt.NDArray[Any]

_SPACE, _LESS = b" <"
_THREE_CHARACTERS = np.uint64(0xFFFFFF)
_DAY_START, _DAY_START_LIMITS = digits.pattern(b"0000-00-")
_DAY_END, _DAY_END_LIMITS = digits.pattern(b"00<\0\0\0\0\0")
_HOUR, _HOUR_LIMITS = digits.pattern(b"00T00:00")
_SECOND, _SECOND_LIMITS = digits.pattern(b":00.000<")
_MOST_DIGITS = 8
_MILLISECONDS_A_DAY = 86_400_000


class Texts:
    """Texts of one column or, of the same type of value, of several after each other."""

    def __init__(self, scan: Scan, numbers: Positions, fields: Sequence[Field], counts: Positions) -> None:
        self.data, self.starts = scan.data, scan.starts[numbers]
        self.fields, self._counts = fields, counts  # so many texts of each field
        self._scan, self._numbers = scan, numbers

    @cached_property
    def ends(self) -> Positions:
        """Where they end: not every type of value has to know."""
        return self._scan.ends[self._numbers]

    @cached_property
    def lengths(self) -> Positions:
        """Their lengths in bytes."""
        return self.ends - self.starts

    def words_at(self, offset: int) -> Words:
        """Return the eight bytes from `offset` on of every text (or of what follows a shorter text)."""
        return arrays.words_at(self.data, self.starts + offset)

    def byte_at(self, offset: int) -> Bytes:
        """Return the byte at `offset` of every text; right behind a text stands a `<`."""
        return np.frombuffer(self.data, np.uint8)[self.starts + offset]

    def by_field(self, values: Iterable[int]) -> Positions:
        """Return the value of its field for every text."""
        return np.repeat(np.fromiter(values, np.int64), self._counts)


def _identifier(texts: Texts) -> tuple[Numbers, Flags]:
    high, low = texts.words_at(0) ^ digits.ZEROS, texts.words_at(8) ^ digits.ZEROS
    good = digits.fits(high) & digits.fits(low) & (texts.byte_at(16) == _LESS)
    good &= digits.pairs_at(high, 4)[0] == texts.by_field(TYPE_DIGITS[field.domain] for field in texts.fields)
    return digits.number(high) * 10**8 + digits.number(low), good


def _town(texts: Texts) -> tuple[Numbers, Flags]:
    four = (texts.words_at(0) ^ digits.ZEROS) << np.uint64(32)
    return digits.number(four), digits.fits(four) & (texts.byte_at(4) == _LESS)


def _number(texts: Texts) -> tuple[Numbers, Flags]:
    lengths = np.minimum(texts.lengths, 8)
    right = (texts.words_at(0) ^ digits.ZEROS) << (64 - 8 * lengths).view(np.uint64)  # zeros before it
    value, maximum = digits.number(right), texts.by_field(field.maximum for field in texts.fields)
    good = digits.fits(right) & (texts.lengths <= _MOST_DIGITS) & (value >= 1) & (value <= maximum)
    return value.astype(np.int32), good


def _days(start: Words, end: Words) -> tuple[Positions, Flags]:
    """Return days since 1970-01-01, and which are real dates.

    `start` and `end` are the digits of the first eight characters, like 2020-09-, and of the eight after.
    """
    century, year, month = digits.pairs_at(start, 0, 2, 5)
    (day,) = digits.pairs_at(end, 0)
    first, length = digits.months()
    place = np.where(digits.fits(start, _DAY_START_LIMITS), (century * 100 + year) * 16 + month, 0)
    return first[place] + day - 1, (day >= 1) & (day <= length[place])


def _day(texts: Texts) -> tuple[Numbers, Flags]:
    end = texts.words_at(8) & _THREE_CHARACTERS ^ _DAY_END
    days, good = _days(texts.words_at(0) ^ _DAY_START, end)
    return days.astype(np.int32), good & digits.fits(end, _DAY_END_LIMITS)


def _moment(texts: Texts) -> tuple[Numbers, Flags]:
    date, hours, seconds = texts.words_at(0) ^ _DAY_START, texts.words_at(8) ^ _HOUR, texts.words_at(16) ^ _SECOND
    days, good = _days(date, hours)
    good &= digits.fits(hours, _HOUR_LIMITS) & digits.fits(seconds, _SECOND_LIMITS)
    hour, minute = digits.pairs_at(hours, 3, 6)
    second, hundredth = digits.pairs_at(seconds, 1, 4)
    good &= (hour < 24) & (minute < 60) & (second < 60)
    milli = hundredth * 10 + (seconds >> np.uint64(48) & np.uint64(15)).view(np.int64)
    return days * _MILLISECONDS_A_DAY + ((hour * 60 + minute) * 60 + second) * 1000 + milli, good


def _flag(texts: Texts) -> tuple[Numbers, Flags]:
    letter = texts.byte_at(0)
    good = (texts.byte_at(1) == _LESS) & ((letter == ord("J")) | (letter == ord("N")))
    return letter == ord("J"), good


NUMERIC = {
    Value.IDENTIFIER: _identifier,
    Value.TOWN: _town,
    Value.NUMBER: _number,
    Value.DAY: _day,
    Value.MOMENT: _moment,
    Value.FLAG: _flag,
}
"""How texts become numbers (days and milliseconds since 1970-01-01), and which of them are sure."""


def _text(texts: Texts) -> tuple[pa.Array, Flags]:
    (field,) = texts.fields
    found = arrays.slices(texts.data, texts.starts, texts.ends)
    good = np.frombuffer(texts.data, np.uint8)[texts.ends - 1] > _SPACE
    if (np.frombuffer(found.buffers()[2], np.uint8) < _SPACE).any():  # line ends inside a text: XML has rules for them
        good &= ~arrays.to_numpy(pc.match_substring_regex(found, r"[\x00-\x1f]"))
    if field.pattern:
        distinct = found.dictionary_encode()
        fullmatch = re.compile(field.pattern.encode()).fullmatch
        right = np.array([fullmatch(text) is not None for text in distinct.dictionary.to_pylist()], bool)
        good &= right[arrays.to_numpy(distinct.indices)]
    return pa.Array.from_buffers(pa.string(), len(found), found.buffers()), good  # a block is UTF-8 already


def _word(texts: Texts) -> tuple[pa.Array, Flags]:
    (field,) = texts.fields
    numbers = np.full(len(texts.starts), -1, np.int32)
    for number, word in enumerate(field.words):
        rows = np.flatnonzero(texts.lengths == len(word))
        if len(rows):
            same = arrays.pieces_at(texts.data, texts.starts[rows], len(word)) == np.void(word.encode())
            numbers[rows[same]] = number
    return arrays.words(np.maximum(numbers, 0), field.words), numbers >= 0


TEXTUAL = {Value.TEXT: _text, Value.WORD: _word}
"""How texts of one field, at least one, become an array, and which of them are sure."""
