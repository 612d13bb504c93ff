"""In which areas an address lies: neighbourhood, district and municipality.

By the map of CBS that says it per postcode and house number (register areamap); where that says nothing, by the shapes
of areas and the point of the object (register boundaries). The code of a neighbourhood says the others: BU, four digits
of the municipality, two of the district, two of its own (CBS, wijk- en buurtindeling). Areas have a history: which
delivery is asked is for the vault to say (`Vault.about`).
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
import pyarrow.parquet as pq

from knooppunt.linkage.within import NOWHERE, Shapes, shapes_of
from knooppunt.vault import Vault
from knooppunt.vault.knowing import since

Kind = Literal["neighbourhood", "district", "municipality"]
Point = tuple[float | None, float | None]
LENGTH = 8  # digits of the code of a neighbourhood
PARTS: tuple[tuple[Kind, str, int], ...] = (
    ("neighbourhood", "BU", 8),
    ("district", "WK", 6),
    ("municipality", "GM", 4),
)
TABLE, SHAPE = "table", "shape"


@dataclass(frozen=True)
class Area:
    """An area by its CBS code (BU…, WK…, GM…), with its name where the vault has it.

    `by` says how it was found: table or shape. `since` is the day of the delivery that says so (YYYY-MM-DD).
    """

    kind: Kind
    code: str
    name: str = ""
    by: str = TABLE
    since: str = ""


class AreaMap:
    """The areas of the day that a vault is asked about, ready for addresses to be looked up in.

    In a vault opened with `known_on` by what was known then. Read from the files: an engine takes longer to open.
    """

    def __init__(self, vault: Vault) -> None:
        self.vault = vault
        self.days = {delivery.register: since(delivery).isoformat() for delivery in vault.registers()}
        self._shapes: dict[str, Shapes | None] | None = None
        self._doors: dict[tuple[str | None, int | None], tuple[Area, ...]] = {}

    def at(self, postcode: str | None, number: int | None, point: Point = (None, None)) -> tuple[Area, ...]:
        """The areas of a postcode and house number or else of a point (EPSG:28992), smallest first; none: nowhere."""
        door = (postcode, number)
        if door not in self._doors:
            self._doors[door] = self._by_table(postcode, number)
        return self._doors[door] or self._by_shape(point)

    def _by_table(self, postcode: str | None, number: int | None) -> tuple[Area, ...]:
        if "areamap" not in self.days or postcode is None or number is None:
            return ()
        doors = _rows(self.vault, "neighbourhood_addresses", ["house_number", "code"], [("postcode", "=", postcode)])
        codes = sorted(_digits(door["code"]) for door in doors if int(door["house_number"]) == number)
        if not codes:
            return ()
        return tuple(self._part(codes[0], part, self._all_names) for part in PARTS)

    @cached_property
    def _all_names(self) -> dict[str, str]:
        """Names by code: of neighbourhoods as their own register says them, of the rest as the boundaries do."""
        names = _names_of_shapes(self.vault) if "boundaries" in self.days else {}
        return names | (_names(self.vault) if "areas" in self.days else {})

    def _part(self, digits: str, part: tuple[Kind, str, int], names: dict[str, str]) -> Area:
        kind, prefix, length = part
        code = prefix + digits[:length]
        return Area(kind, code, names.get(code, ""), TABLE, self.days["areamap"])

    def _by_shape(self, point: Point) -> tuple[Area, ...]:
        if "boundaries" not in self.days or None in point:
            return ()
        x, y = (np.array([one], np.float64) for one in point)
        found: dict[str, Area] = {}
        for kind, shapes in self._all_shapes().items():
            place = int(shapes.of(x, y)[0]) if shapes else NOWHERE
            if shapes and place != NOWHERE:
                found[kind] = Area(kind, shapes.codes[place], shapes.names[place], SHAPE, self.days["boundaries"])  # type: ignore[arg-type]  # a key of PARTS
        smallest = next(iter(found.values()), None)
        told = [found.get(kind) or self._above(smallest, kind, prefix, length) for kind, prefix, length in PARTS]
        return tuple(area for area in told if area is not None)

    def _above(self, smallest: Area | None, kind: Kind, prefix: str, length: int) -> Area | None:
        """A level of which the delivery has no shapes, by the code of a smaller area."""
        if smallest is None or self._all_shapes()[kind] is not None or len(smallest.code) - 2 < length:
            return None
        return Area(kind, prefix + smallest.code[2:][:length], "", SHAPE, self.days["boundaries"])

    def _all_shapes(self) -> dict[str, Shapes | None]:
        if self._shapes is None:
            path = self.vault.table_path("boundaries")
            self._shapes = {kind: shapes_of(path, kind) for kind, _prefix, _length in PARTS}
        return self._shapes


def _rows(vault: Vault, table: str, columns: list[str], wanted: list[tuple[str, str, str]] | None) -> list[Any]:
    rows: list[Any] = pq.read_table(vault.table_path(table), columns=columns, filters=wanted).to_pylist()
    return rows


def code_of(area: int) -> str:
    """The CBS code of a neighbourhood by its number."""
    return f"BU{area:0{LENGTH}}"


def full_code(written: str) -> str:
    """The CBS code of a neighbourhood from how a table of areas writes it: with or without BU and leading noughts."""
    return f"BU{_digits(written)}"


def _digits(code: str) -> str:
    return "".join(filter(str.isdigit, code)).zfill(LENGTH)


def _names(vault: Vault) -> dict[str, str]:
    rows = _rows(vault, "neighbourhoods", ["code", "name"], None)
    return {full_code(row["code"]): row["name"] for row in rows if row["name"]}


def _names_of_shapes(vault: Vault) -> dict[str, str]:
    rows = _rows(vault, "boundaries", ["code", "name"], None)
    return {row["code"]: row["name"] for row in rows if row["name"]}
