"""In which areas an address lies: neighbourhood, district and municipality, by the map of CBS (register areamap).

The code of a neighbourhood says the others: BU, four digits of the municipality, two of the district, two of its own
(CBS, wijk- en buurtindeling). The map has no history of its own: it is the delivery that was known on the day.
"""

from dataclasses import dataclass
from typing import Any, Literal

import pyarrow.parquet as pq

from knooppunt.vault import Vault

Kind = Literal["neighbourhood", "district", "municipality"]
LENGTH = 8  # digits of the code of a neighbourhood
PARTS: tuple[tuple[Kind, str, int], ...] = (
    ("neighbourhood", "BU", 8),
    ("district", "WK", 6),
    ("municipality", "GM", 4),
)


@dataclass(frozen=True)
class Area:
    """An area by its CBS code (BU…, WK…, GM…), with its name where the vault has it."""

    kind: Kind
    code: str
    name: str = ""


def areas_at(vault: Vault, postcode: str | None, number: int | None) -> tuple[Area, ...]:
    """The areas of a postcode and house number, smallest first; none without the map, or where it has no such door.

    In a vault opened with `known_on` by the map that was known then. Read from the files: an engine takes longer to
    open than this.
    """
    there = {delivery.register for delivery in vault.registers()}
    if "areamap" not in there or postcode is None or number is None:
        return ()
    doors = _rows(vault, "neighbourhood_addresses", ["house_number", "code"], [("postcode", "=", postcode)])
    codes = sorted(_digits(door["code"]) for door in doors if int(door["house_number"]) == number)
    if not codes:
        return ()
    names = _names(vault) if "areas" in there else {}
    return tuple(_part(codes[0], part, names) for part in PARTS)


def _rows(vault: Vault, table: str, columns: list[str], wanted: list[tuple[str, str, str]] | None) -> list[Any]:
    rows: list[Any] = pq.read_table(vault.table_path(table), columns=columns, filters=wanted).to_pylist()
    return rows


def _digits(code: str) -> str:
    return "".join(filter(str.isdigit, code)).zfill(LENGTH)


def _names(vault: Vault) -> dict[str, str]:
    rows = _rows(vault, "neighbourhoods", ["code", "name"], None)
    return {f"BU{_digits(row['code'])}": row["name"] or "" for row in rows}


def _part(digits: str, part: tuple[Kind, str, int], names: dict[str, str]) -> Area:
    kind, prefix, length = part
    code = prefix + digits[:length]
    return Area(kind, code, names.get(code, ""))
