"""Records about persons as arrays of numbers."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import compress
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from knooppunt.linkage.free.book import LETTERS, NO_POSTCODE, postcode_code
from knooppunt.linkage.free.tokens import Hashes, Ints
from knooppunt.linkage.persons.filed import mixed
from knooppunt.linkage.persons.names import Vocabulary, distinct, given_names, surnames

_NO_KEY = b"0" * 16
_SIGNS = 6  # of a postcode
MONTH, YEAR = 5, 9
"""At which bit of the code of a day they begin."""
COLUMNS = ("bsn_key", "given", "prefix", "surname", "birth", "postcode", "number")
"""bsn_key: a keyed hash (see `bsn_key`) or nothing; given: names or initials; birth: a date; number: of the house."""


@dataclass(slots=True)
class Records:
    """One value per record; -1 or 0 where there is none."""

    bsn: Hashes  # 0: none
    surname: Ints
    second: Ints  # the other half of a double name
    given: Ints
    initial: Ints
    birth: Ints  # see `day_code`
    postcode: Ints
    number: Ints
    address: Ints  # postcode and number as one value; -1 without either

    def take(self, rows: Ints | slice) -> "Records":
        """Some records."""
        return Records(*(getattr(self, name)[rows] for name in self.__slots__))

    @property
    def count(self) -> int:
        """Number of records."""
        return len(self.birth)


@dataclass(slots=True)
class Words:
    """The names that records refer to by number."""

    surname: Vocabulary
    given: Vocabulary

    def settle(self) -> None:
        """Work out what there is to know of every name, before several threads ask for it."""
        for names in (self.surname, self.given):
            names.sound_array()
            names.letter_array()


def read_records(table: pa.Table, words: Words) -> Records:
    """Bring a table with COLUMNS into arrays; new names are added to `words`."""
    with ThreadPoolExecutor(1) as other:  # what is no name needs no lock of Python's for most of its time
        coming = [other.submit(work) for work in _beside_names(table)]
        surname, second = surnames(table["prefix"], table["surname"], words.surname)
        given = given_names(table["given"], words.given)
        bsn, birth, number, postcode = (one.result() for one in coming)
    initial = np.where(given >= 0, words.given.initials()[given], -1)
    address = np.where((postcode >= 0) & (number > 0), postcode * 100_000 + number, -1)
    return Records(bsn, surname, second, given, initial, birth, postcode, number, address)


def _beside_names(table: pa.Table) -> list[Callable[[], np.ndarray[Any, Any]]]:
    return [
        lambda: _keys(table["bsn_key"]),
        lambda: _days(table["birth"]),
        lambda: np.asarray(pc.fill_null(table["number"].cast(pa.int64()), 0).to_numpy(), np.int64),
        lambda: _postcodes(table["postcode"]),
    ]


def _postcodes(column: pa.ChunkedArray) -> Ints:
    codes, own = distinct(column)
    return postcode_codes(codes)[own]


def postcode_codes(texts: list[str]) -> Ints:
    """As `postcode_code` each; those of six signs, as nearly all are, at once."""
    six = [len(text) == _SIGNS and text.isascii() for text in texts]
    out = np.array([0 if whole else postcode_code(text) for text, whole in zip(texts, six, strict=True)], np.int64)
    joined = "".join(compress(texts, six))
    signs = np.frombuffer(joined.encode("ascii"), np.uint8).reshape(-1, _SIGNS).T.astype(np.int64)
    digits, letters = signs[:4] - 48, (signs[4:] & ~32) - 65
    there = ((digits >= 0) & (digits < 10)).all(0) & ((letters >= 0) & (letters < 26)).all(0)
    number = ((digits[0] * 10 + digits[1]) * 10 + digits[2]) * 10 + digits[3]
    out[np.array(six, bool)] = np.where(there, number * LETTERS + letters[0] * 26 + letters[1], NO_POSTCODE)
    return out


def _keys(column: pa.ChunkedArray) -> Hashes:
    """Each key as a number, made of its first sixteen signs; 0 where there is no key."""
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    filled = pc.binary_slice(pc.fill_null(whole.cast(pa.binary()), _NO_KEY), 0, len(_NO_KEY))
    if not len(filled):
        return np.zeros(0, np.uint64)
    halves = np.frombuffer(filled.buffers()[2], np.int64)[filled.offset * 2 :][: len(filled) * 2].reshape(-1, 2)
    keys: Hashes = mixed(halves[:, 0], halves[:, 1])
    if whole.null_count:
        keys[np.asarray(whole.is_null())] = 0
    return keys


def day_code(year: Ints, month: Ints, day: Ints) -> Ints:
    """A day as one number, in which the last five bits are the day and the four before those the month."""
    code: Ints = (year << YEAR) | (month << MONTH) | day
    return code


def _days(column: pa.ChunkedArray) -> Ints:
    """Codes of days, 0 for none; worked out once for every day from the first to the last."""
    days = column.cast(pa.date32()).cast(pa.int32())
    bounds = pc.min_max(days)
    first, last = bounds["min"].as_py(), bounds["max"].as_py()
    if first is None:
        return np.zeros(len(column), np.int64)
    calendar = pa.array(np.arange(first, last + 1, dtype=np.int32)).cast(pa.date32())
    codes = day_code(*(np.asarray(part(calendar), np.int64) for part in (pc.year, pc.month, pc.day)))
    places = np.asarray(pc.fill_null(days, last + 1)) - first
    found: Ints = np.append(codes, 0)[places]
    return found
