"""Texts of many objects → one Arrow array, by type of value.

Every converter returns values and which rows it is sure about; what they mean stands in `values.py`.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from knooppunt.registers import arrays
from knooppunt.registers.bag import rings
from knooppunt.registers.bag.kinds import TOWN, TYPE_DIGITS, Field, Value
from knooppunt.registers.bag.scan import Positions, Scan

Flags = npt.NDArray[np.bool_]
Matrix = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]

_ZERO, _DASH, _SPACE = 0x30, 0x2D, 0x20
_LAST_DAY = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
_DAYS_BEFORE = np.concatenate([[0, 0], np.cumsum(_LAST_DAY[1:12])])
_EPOCH = 719_163  # 1970-01-01, counted from 0001-01-01 as day 1
_MILLISECONDS_A_DAY = 86_400_000


@dataclass(frozen=True)
class Texts:
    """One text per row, in ascending order; absent where `present` is false."""

    scan: Scan
    starts: Positions
    ends: Positions
    present: Flags

    @property
    def lengths(self) -> Positions:
        return self.ends - self.starts

    def bytes_at(self, width: int) -> Bytes:
        """Return byte k of every text in row k (what follows a shorter text, beyond its end)."""
        starts = np.minimum(self.starts, len(self.scan.buffer) - width)
        return np.stack([self.scan.buffer.take(starts + column) for column in range(width)])

    def only_present(self) -> "Texts":
        """Return the texts that are there, without gaps."""
        if self.present.all():
            return self
        there = self.present
        return Texts(self.scan, self.starts[there], self.ends[there], there[there])


def convert(texts: Texts, field: Field) -> tuple[pa.Array, Flags]:
    """Read texts that are all there: their values, and which of them are sure."""
    return _CONVERTERS[field.value](texts, field)


def _digits(characters: Bytes) -> tuple[Matrix, Flags]:
    """Return the numbers written one digit per row, and which are digits only."""
    digits = characters - _ZERO  # whatever is below 0 wraps round to more than 9
    value = np.zeros(characters.shape[1], np.int64)
    for digit in digits:
        value = value * 10 + digit
    good: Flags = np.asarray((digits <= 9).all(axis=0))
    return value, good


def _identifier(texts: Texts, field: Field) -> tuple[pa.Array, Flags]:
    width = 4 if field.domain == TOWN else 16
    value, good = _digits(texts.bytes_at(width))
    good &= texts.lengths == width
    if field.domain != TOWN:
        good &= value // 10**10 % 100 == TYPE_DIGITS[field.domain]
    return arrays.from_numpy(value, pa.int64()), good


def _number(texts: Texts, field: Field) -> tuple[pa.Array, Flags]:
    width = len(str(field.maximum))
    lengths = texts.lengths
    good = lengths <= width
    value = np.zeros(len(lengths), np.int64)
    for column, character in enumerate(texts.bytes_at(width)):
        digit, within = character - _ZERO, column < lengths
        good &= ~within | (digit <= 9)
        value = np.where(within, value * 10 + digit, value)
    good &= (value >= 1) & (value <= field.maximum)
    return arrays.from_numpy(value.astype(np.int32), pa.int32()), good


def _days(characters: Bytes) -> tuple[Matrix, Flags]:
    """Return days since 1970-01-01 of texts like 2020-09-15, and which are real dates."""
    year, good_year = _digits(characters[0:4])
    month, good_month = _digits(characters[5:7])
    day, good_day = _digits(characters[8:10])
    good = good_year & good_month & good_day & (characters[4] == _DASH) & (characters[7] == _DASH)
    good &= (year >= 1) & (month >= 1) & (month <= 12) & (day >= 1)
    month = np.where(good, month, 1)
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    good &= day <= _LAST_DAY[month] + (leap & (month == 2))
    past = year - 1
    days = 365 * past + past // 4 - past // 100 + past // 400 + _DAYS_BEFORE[month] + (leap & (month > 2)) + day
    return days - _EPOCH, good


def _day(texts: Texts, field: Field) -> tuple[pa.Array, Flags]:  # noqa: ARG001  all converters look the same
    days, good = _days(texts.bytes_at(10))
    return arrays.from_numpy(days.astype(np.int32), pa.date32()), good & (texts.lengths == 10)


def _moment(texts: Texts, field: Field) -> tuple[pa.Array, Flags]:  # noqa: ARG001
    characters = texts.bytes_at(23)
    days, good = _days(characters)
    for row, mark in ((10, b"T"), (13, b":"), (16, b":"), (19, b".")):
        good &= characters[row] == mark[0]
    parts = [_digits(characters[start:stop]) for start, stop in ((11, 13), (14, 16), (17, 19), (20, 23))]
    (hour, good_hour), (minute, good_minute), (second, good_second), (milli, good_milli) = parts
    good &= good_hour & good_minute & good_second & good_milli & (hour < 24) & (minute < 60) & (second < 60)
    value = days * _MILLISECONDS_A_DAY + ((hour * 60 + minute) * 60 + second) * 1000 + milli
    return arrays.from_numpy(value, pa.timestamp("ms")), good & (texts.lengths == 23)


def _flag(texts: Texts, field: Field) -> tuple[pa.Array, Flags]:  # noqa: ARG001
    letter = texts.bytes_at(1)[0]
    good = (texts.lengths == 1) & ((letter == ord("J")) | (letter == ord("N")))
    return arrays.flags(letter == ord("J")), good


def _text(texts: Texts, field: Field) -> tuple[pa.Array, Flags]:
    found = rings.slices(texts.scan.data, texts.starts, texts.ends)
    good = texts.scan.buffer[texts.ends - 1] > _SPACE
    if (np.frombuffer(found.buffers()[2], np.uint8) < _SPACE).any():  # line ends inside a text: XML has rules for them
        good &= ~arrays.to_numpy(pc.match_substring_regex(found, r"[\x00-\x1f]"))
    if field.pattern:
        good &= arrays.to_numpy(pc.match_substring_regex(found, f"^(?:{field.pattern})$"))
    return found.cast(pa.string()), good


def _word(texts: Texts, field: Field) -> tuple[pa.Array, Flags]:
    encoded = rings.slices(texts.scan.data, texts.starts, texts.ends).dictionary_encode()
    words = [word.encode() for word in field.words]
    distinct = encoded.dictionary.to_pylist()
    known = np.array([words.index(word) if word in words else -1 for word in distinct], np.int32)
    numbers = known[arrays.to_numpy(encoded.indices)]
    return arrays.words(np.maximum(numbers, 0), field.words), numbers >= 0


_CONVERTERS = {
    Value.IDENTIFIER: _identifier,
    Value.NUMBER: _number,
    Value.DAY: _day,
    Value.MOMENT: _moment,
    Value.TEXT: _text,
    Value.WORD: _word,
    Value.FLAG: _flag,
}
