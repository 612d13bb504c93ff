"""Rows of a GeoPackage of the BAG → columns of the canonical tables, many at once; what is wrong is said by row.

The rules for values are those of the extract (`kinds`, `values`): identifications with their type, the code lists,
positions inside the Netherlands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from knooppunt.registers.bag import codes
from knooppunt.registers.bag.geometry import X_RANGE, Y_RANGE
from knooppunt.registers.bag.kinds import TYPE_DIGITS

UNKNOWN = "niet geleverd"
"""In place of a word that the file does not have."""

Flags = npt.NDArray[np.bool_]
Shapes = Any  # an array of shapely geometries


@dataclass
class Checked:
    """The columns of a batch, and for every row the first thing that is wrong with it."""

    rows: pa.Table
    table: str
    columns: dict[str, pa.Array] = field(default_factory=dict)
    addresses: bool = False

    def __post_init__(self) -> None:
        self.fine: Flags = np.ones(self.rows.num_rows, bool)
        self._wrong: list[tuple[int, str]] = []

    def text(self, name: str) -> pa.Array:
        """A column as text without spaces around it; empty is nothing."""
        given = self.rows[name].combine_chunks().cast(pa.string())
        trimmed = pc.utf8_trim_whitespace(given)
        return pc.if_else(pc.equal(trimmed, ""), pa.scalar(None, pa.string()), trimmed)

    def demand(self, holds: pa.Array | Flags, name: str, reason: Callable[[Any], str]) -> None:
        """Refuse the rows where something does not hold; nothing known is not holding."""
        flags = holds if isinstance(holds, np.ndarray) else np.asarray(pc.fill_null(holds, fill_value=False))
        broken = np.flatnonzero(self.fine & ~flags)
        for place in broken.tolist():
            self._wrong.append((place, reason(self.rows[name][place].as_py()) if name else reason(None)))
        self.fine[broken] = False

    def identifier(self, name: str, domain: str) -> pa.Array:
        """An identification of 16 digits with the type in digits 5 and 6."""
        text = pc.utf8_lpad(self.text(name), 16, "0")
        fits = pc.match_substring_regex(text, f"^[0-9]{{4}}{TYPE_DIGITS[domain]:02}[0-9]{{10}}$")
        self.demand(fits, name, lambda value: f"“{value}” is not the identification of a {domain} ({name})")
        return _whole(text, fits)

    def town(self, name: str) -> pa.Array:
        """The identification of a town: four digits."""
        text = pc.utf8_lpad(self.text(name), 4, "0")
        fits = pc.match_substring_regex(text, "^[0-9]{4}$")
        self.demand(fits, name, lambda value: f"“{value}” is not an identification of a town (4 digits)")
        return _whole(text, fits)

    def number(self, name: str, most: int) -> pa.Array:
        """A whole number from 1 to `most`."""
        text = pc.replace_substring_regex(self.text(name), r"\.0+$", "")
        fits = pc.match_substring_regex(text, "^[0-9]{1,6}$")
        number = _whole(text, fits)
        right = pc.and_(fits, pc.and_(pc.greater_equal(number, 1), pc.less_equal(number, most)))
        self.demand(right, name, lambda value: f"“{value}” is not a number from 1 to {most} ({name})")
        return number

    def word(self, name: str, words: tuple[str, ...]) -> pa.Array:
        """One of a code list."""
        text = self.text(name)
        known = pc.is_in(text, pa.array(words))
        self.demand(known, name, lambda value: f"unknown {name} “{value}”")
        return text

    def fitting(self, name: str, pattern: str) -> pa.Array:
        """Text that fits a pattern, or nothing."""
        text = self.text(name)
        fits = pc.or_(pc.is_null(text), pc.fill_null(pc.match_substring_regex(text, pattern), fill_value=False))
        self.demand(fits, name, lambda value: f"“{value}” is not allowed as {name}")
        return text

    def named(self, name: str) -> pa.Array:
        """Text that must be there."""
        text = self.text(name)
        self.demand(pc.is_valid(text), name, lambda _value: f"has no {name}")
        return text

    def listed(self, name: str) -> pa.Array:
        """Texts with commas between them, as lists."""
        text = pc.fill_null(pc.replace_substring_regex(self.text(name), " *, *", ","), "")
        return pc.if_else(pc.equal(text, ""), pa.scalar([], pa.list_(pa.string())), pc.split_pattern(text, ","))

    def shape(self, shapes: Shapes, *kinds: str) -> None:
        """A shape of one of the `kinds` inside the Netherlands, as `geometry`."""
        known = np.isin(shapely.get_type_id(shapes), [shapely.GeometryType[one.upper()].value for one in kinds])
        self.demand(known, "", lambda _value: f"has a shape that is not a {' or '.join(kinds)}")
        low_x, low_y, high_x, high_y = shapely.bounds(shapes).T
        inside = (low_x >= X_RANGE[0]) & (high_x <= X_RANGE[1]) & (low_y >= Y_RANGE[0]) & (high_y <= Y_RANGE[1])
        self.demand(inside, "", lambda _value: "has a position outside the Netherlands")
        written: Any = shapely.to_wkb(shapes, byte_order=1)
        self.columns["geometry"] = pa.array(written.tolist(), pa.binary())

    def refused(self) -> Iterator[tuple[int, str]]:
        """Places in the batch and what is wrong there, in order."""
        yield from sorted(self._wrong)

    def good(self, *names: str) -> list[list[Any]]:
        """Columns of the rows that are fine, as plain values."""
        kept = pa.array(self.fine)
        return [self.columns[name].filter(kept).to_pylist() for name in names]

    def tables(self) -> dict[str, dict[str, pa.Array]]:
        """The rows that are fine: of the objects, and of the addresses that stand with them."""
        kept = pa.array(self.fine)
        if not self.fine.any():
            return {}
        own = {name: column.filter(kept) for name, column in self.columns.items()}
        made = {self.table: own}
        if self.addresses:
            count = len(own["id"])
            made["addresses"] = {
                "id": own["main_address"],
                **{name: own[name] for name in ("house_number", "house_letter", "addition", "postcode", "kind")},
                "public_space": own["space"],
                "status": pa.repeat(codes.STATUS_NAMING[0], count),
            }
        return made


def _whole(text: pa.Array, fits: pa.Array) -> pa.Array:
    return pc.if_else(pc.fill_null(fits, fill_value=False), text, "0").cast(pa.int64())


def _addressed(rows: pa.Table, table: str, domain: str, statuses: tuple[str, ...]) -> Checked:
    """What premises, moorings and pitches have alike."""
    checked = Checked(rows, table, addresses=True)
    count = rows.num_rows
    checked.columns |= {
        "id": checked.identifier("identificatie", domain),
        "status": checked.word("status", statuses),
        "main_address": checked.identifier("nummeraanduiding_hoofdadres_identificatie", "Nummeraanduiding"),
        "side_addresses": pa.array([[]] * count, pa.list_(pa.int64())),
        "space": checked.identifier("openbare_ruimte_identificatie", "Openbareruimte"),
        "street": checked.named("openbare_ruimte_naam"),
        "short": checked.text("openbare_ruimte_naam_kort"),
        "town": checked.town("woonplaats_identificatie"),
        "house_number": checked.number("huisnummer", 99_999),
        "house_letter": checked.fitting("huisletter", "^[A-Za-z]$"),
        "addition": checked.fitting("toevoeging", "^[0-9A-Za-z]{1,4}$"),
        "postcode": checked.fitting("postcode", "^[1-9][0-9]{3}[A-Z]{2}$"),
        "kind": pa.repeat(domain, count),
    }
    return checked


def _placed(checked: Checked, shapes: Shapes, *kinds: str) -> None:
    checked.shape(shapes, *kinds)
    known = shapes.copy()
    known[~checked.fine] = shapely.Point(0, 0)
    points = shapely.point_on_surface(known)
    checked.columns |= {"x": pa.array(shapely.get_x(points)), "y": pa.array(shapely.get_y(points))}


def _premises(rows: pa.Table, shapes: Shapes) -> Checked:
    checked = _addressed(rows, "premises", "Verblijfsobject", codes.STATUS_PREMISES)
    uses, buildings = checked.listed("gebruiksdoel"), checked.listed("pand_identificatie")
    checked.demand(_all_in(uses, codes.USES), "gebruiksdoel", lambda value: f"unknown gebruiksdoel “{value}”")
    fit = f"^[0-9]{{4}}{TYPE_DIGITS['Pand']:02}[0-9]{{10}}$"
    known = _all_match(buildings, fit)
    checked.demand(known, "pand_identificatie", lambda value: f"“{value}” is not the identification of a Pand")
    numbers = pc.if_else(pa.array(known), buildings, pa.scalar([], pa.list_(pa.string())))
    checked.columns |= {
        "uses": uses,
        "floor_area": checked.number("oppervlakte", 999_999),
        "buildings": numbers.cast(pa.list_(pa.int64())),
    }
    _placed(checked, shapes, "Point", "Polygon")
    return checked


def _all_in(lists: pa.Array, words: tuple[str, ...]) -> Flags:
    return _all(lists, pc.is_in(lists.flatten(), pa.array(words)))


def _all_match(lists: pa.Array, pattern: str) -> Flags:
    return _all(lists, pc.match_substring_regex(lists.flatten(), pattern))


def _all(lists: pa.Array, holds: pa.Array) -> Flags:
    """Whether something holds for everything in a list, for each list."""
    counts = pc.list_value_length(lists).to_numpy(zero_copy_only=False)
    owner = np.repeat(np.arange(len(lists)), counts)
    fine: Flags = np.ones(len(lists), bool)
    fine[owner[~np.asarray(holds)]] = False
    return fine


def _moorings(rows: pa.Table, shapes: Shapes) -> Checked:
    checked = _addressed(rows, "moorings", "Ligplaats", codes.STATUS_PLACE)
    _placed(checked, shapes, "Polygon")
    return checked


def _pitches(rows: pa.Table, shapes: Shapes) -> Checked:
    checked = _addressed(rows, "pitches", "Standplaats", codes.STATUS_PLACE)
    _placed(checked, shapes, "Polygon")
    return checked


def _buildings(rows: pa.Table, shapes: Shapes) -> Checked:
    checked = Checked(rows, "buildings")
    checked.columns |= {
        "id": checked.identifier("identificatie", "Pand"),
        "status": checked.word("status", codes.STATUS_BUILDING),
        "built_year": checked.number("bouwjaar", 9_999),
    }
    checked.shape(shapes, "Polygon")
    return checked


def _towns(rows: pa.Table, shapes: Shapes) -> Checked:
    checked = Checked(rows, "towns")
    checked.columns |= {
        "id": checked.town("identificatie"),
        "status": checked.word("status", codes.STATUS_TOWN),
        "name": checked.named("woonplaats"),
        "holder": checked.fitting("bronhouder_identificatie", "^[0-9]{4}$"),
    }
    checked.shape(shapes, "Polygon", "MultiPolygon")
    return checked


READERS: dict[str, Callable[[pa.Table, Shapes], Checked]] = {
    "woonplaats": _towns,
    "verblijfsobject": _premises,
    "ligplaats": _moorings,
    "standplaats": _pitches,
    "pand": _buildings,
}
"""How the rows of each layer are read."""
