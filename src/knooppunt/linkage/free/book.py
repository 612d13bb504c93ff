"""All addresses of a day in arrays, to look millions of them up: by postcode, by street, by number."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from knooppunt.linkage.free.additions import addition_key
from knooppunt.linkage.free.names import Streets, words_of
from knooppunt.linkage.free.table import Groups, find_sorted
from knooppunt.linkage.free.tokens import Flags, Ints
from knooppunt.linkage.free.towns import Towns

LETTERS = 26 * 26
NO_POSTCODE = -1
SEVERAL = -2

COLUMNS = ("object_id", "postcode", "number", "letter", "addition", "street", "town")


@dataclass(frozen=True, slots=True)
class Keyed:
    """Addresses under a key of place and number, and under that key with an addition."""

    groups: Groups
    alone: Flags  # per group: one object only
    doors: Ints  # sorted: group times additions, plus addition
    row: Ints  # per door: its row in the book, or SEVERAL
    made: Flags  # per door: the register spells the addition differently
    plain: Ints  # per group: the row of the address without an addition, SEVERAL or -1


class AddressBook:
    """Every address, main or side, with the object it belongs to."""

    def __init__(self, addresses: pa.Table, former: pa.Table | None = None) -> None:
        """`addresses` has COLUMNS; `former` has street and was, for streets that were called differently."""
        self.object: Ints = _numbers(addresses["object_id"])
        self.number: Ints = _numbers(addresses["number"])
        self.postcode = _postcodes(addresses["postcode"])
        streets, own_street = _distinct(addresses["street"])
        towns, own_town = _distinct(addresses["town"])
        names = (
            [] if former is None else list(zip(former["was"].to_pylist(), former["street"].to_pylist(), strict=True))
        )
        self.streets = Streets(streets, [pair for pair in names if pair[1] in set(streets)])
        self.towns = Towns(towns)
        self.name: Ints = self.streets.of_name[own_street]
        self.town: Ints = self.towns.of_name[own_town]
        self.additions: dict[str, int] = {"": 0}
        literal, canonical = self._additions(addresses)
        self.known_postcode = np.zeros(10_000 * LETTERS, bool)
        self.known_postcode[self.postcode[self.postcode >= 0]] = True
        self.known_digits: Flags = np.asarray(self.known_postcode.reshape(10_000, LETTERS).any(axis=1))
        self.towns_of_name = self._towns_of_name()
        named = len(self.streets.keys)
        self._places = np.full(len(self.known_postcode), -1, np.int32)  # postcode → a small number
        used = np.flatnonzero(self.known_postcode)
        self._places[used] = np.arange(len(used))
        self.by_postcode = self._keyed((self.place_of(self.postcode), len(used)), literal, canonical)
        street = self.name * self.towns.count + self.town
        self.by_street = self._keyed((street, named * self.towns.count), literal, canonical)
        self.by_name = Groups(self.name, self.number, named)

    def place_of(self, postcode: Ints) -> Ints:
        """The place of a postcode in `by_postcode`, -1 for one that no address has."""
        return np.where(postcode >= 0, self._places[postcode], -1).astype(np.int64)

    def _additions(self, addresses: pa.Table) -> tuple[Ints, Ints]:
        whole = pc.binary_join_element_wise(
            pc.fill_null(addresses["letter"].cast(pa.string()), ""),
            pc.fill_null(addresses["addition"].cast(pa.string()), ""), " ",
        )  # fmt: skip
        texts, own = _distinct(whole)
        words = [words_of(text) for text in texts]
        literal = [self.additions.setdefault("".join(w), len(self.additions)) for w in words]
        canonical = [self.additions.setdefault(addition_key(w), len(self.additions)) for w in words]
        return np.array(literal, np.int64)[own], np.array(canonical, np.int64)[own]

    def _towns_of_name(self) -> Ints:
        pairs = np.unique(self.name * self.towns.count + self.town)
        return np.bincount(pairs // self.towns.count, minlength=len(self.streets.keys))

    def _keyed(self, places: tuple[Ints, int], literal: Ints, canonical: Ints) -> Keyed:
        """Group rows by place and number; rows without a place (-1) are in none."""
        inside = np.flatnonzero(places[0] >= 0)
        groups = Groups(places[0][inside], self.number[inside], places[1])
        groups.rows = inside[groups.rows]
        group = np.repeat(np.arange(groups.count), np.diff(groups.start))
        objects = self.object[groups.rows]
        low = np.minimum.reduceat(objects, groups.start[:-1]) if len(objects) else objects
        high = np.maximum.reduceat(objects, groups.start[:-1]) if len(objects) else objects
        doors, rows, made = self._doors(group, groups.rows, literal, canonical)
        plain = find_sorted(doors, np.arange(groups.count) * len(self.additions))
        return Keyed(
            groups, low == high, doors, rows, made, np.where(plain >= 0, rows[plain], -1) if len(rows) else plain
        )

    def _doors(self, group: Ints, rows: Ints, literal: Ints, canonical: Ints) -> tuple[Ints, Ints, Flags]:
        """Sorted keys of group and addition; the spelling of the register goes before one that was made of it."""
        size = len(self.additions)
        exact, row = self._unique(group * size + literal[rows], rows)
        other, other_row = self._unique(group * size + canonical[rows], rows)
        more = find_sorted(exact, other) < 0
        keys, values = np.concatenate((exact, other[more])), np.concatenate((row, other_row[more]))
        order = np.argsort(keys)
        return keys[order], values[order], np.arange(len(keys))[order] >= len(exact)

    def _unique(self, keys: Ints, rows: Ints) -> tuple[Ints, Ints]:
        order = np.lexsort((self.object[rows], keys))
        known, start = np.unique(keys[order], return_index=True)
        last = np.append(start[1:], len(keys)) - 1
        first_row, last_row = rows[order][start], rows[order][last]
        return known, np.where(self.object[first_row] == self.object[last_row], first_row, SEVERAL)


def _numbers(column: pa.ChunkedArray) -> Ints:
    out: Ints = np.asarray(pc.fill_null(column.cast(pa.int64()), 0).to_numpy(), np.int64)
    return out


def _distinct(column: pa.ChunkedArray) -> tuple[list[str], Ints]:
    """The distinct texts of a column (nothing counts as the empty text), and which each row has."""
    filled = pc.fill_null(column.cast(pa.string()), "")
    encoded = (filled.combine_chunks() if isinstance(filled, pa.ChunkedArray) else filled).dictionary_encode()
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks()
    return encoded.dictionary.to_pylist(), np.asarray(encoded.indices.to_numpy(), np.int64)


def _postcodes(column: pa.ChunkedArray) -> Ints:
    texts, own = _distinct(column)
    return np.array([postcode_code(text) for text in texts], np.int64)[own]


def postcode_code(text: str) -> int:
    """A postcode as a number (6981CE), NO_POSTCODE when it is none."""
    bare = text.replace(" ", "").upper()
    if len(bare) != 6 or not bare[:4].isdigit() or not (bare[4:].isascii() and bare[4:].isalpha()):
        return NO_POSTCODE
    return int(bare[:4]) * LETTERS + (ord(bare[4]) - 65) * 26 + ord(bare[5]) - 65
