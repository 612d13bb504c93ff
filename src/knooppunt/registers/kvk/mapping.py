"""A CSV of establishments, and the TOML file that says which of its columns is which.

delimiter = ";"            # optional; ";" where it is left out
sbi_version = "2008"       # optional; otherwise by the day of the delivery
[columns]
kvk = "KVK-nummer"         # our name = the heading in the CSV
postcode = "Postcode"
"""

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, Any, BinaryIO

from knooppunt.registers.kvk import values
from knooppunt.registers.kvk.values import FactRefusedError
from knooppunt.registers.lines import Rows
from knooppunt.registers.refusal import RefusedError

_READERS: dict[str, Callable[[Any, str], Any]] = {
    "kvk": lambda value, name: values.number(value, name, 8),
    "establishment": lambda value, name: values.number(value, name, 12),
    "concern": lambda value, name: values.number(value, name, 12),
    "name": values.text,
    "legal_form": values.text,
    "main": values.yes,
    "sbi": values.text,
    "started_on": values.day,
    "ended_on": values.day,
    "object_id": values.identifier,
    "address_id": values.identifier,
    "street": values.text,
    "house_number": lambda value, name: values.number(value, name, 5),
    "house_letter": values.text,
    "addition": values.text,
    "postcode": values.postcode,
    "town": values.text,
    "shielded": values.yes,
    "workers": lambda value, name: values.number(value, name, 7),
}


@dataclass(frozen=True)
class Mapping:
    """Which column of a CSV is which."""

    columns: dict[str, str]
    delimiter: str = ";"
    sbi_version: str | None = None


def read_mapping(path: Path) -> Mapping:
    """Read a mapping file. Raises RefusedError saying what is wrong with it."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise RefusedError(path.name, None, f"is not a mapping in TOML ({error})") from error
    columns, delimiter, version = data.get("columns"), data.get("delimiter", ";"), data.get("sbi_version")
    if not isinstance(columns, dict) or not all(isinstance(heading, str) for heading in columns.values()):
        raise RefusedError(path.name, None, "has no table [columns] with headings")
    unknown = sorted(set(columns) - set(_READERS))
    if unknown:
        raise RefusedError(path.name, None, f"maps {', '.join(unknown)}; known are {', '.join(_READERS)}")
    if "kvk" not in columns:
        raise RefusedError(path.name, None, "does not say which column is kvk")
    if not isinstance(delimiter, str) or len(delimiter) != 1 or version not in {None, "2008", "2025"}:
        raise RefusedError(path.name, None, "needs a delimiter of one character, and sbi_version 2008 or 2025")
    return Mapping(columns, delimiter, version)


def read_csv(
    stream: BinaryIO | IO[bytes], file: str, mapping: Mapping, as_of: date | None
) -> Iterator[tuple[int, dict[str, Any] | FactRefusedError]]:
    """Yield line number and canonical row, or why there is none. Raises RefusedError for the whole file."""
    rows = Rows(stream, file, mapping.delimiter)
    places = dict(zip(mapping.columns, rows.places(list(mapping.columns.values())), strict=True))
    for line, cells in rows:
        try:
            if len(cells) != len(rows.headings):
                raise FactRefusedError(f"has {len(cells)} columns, the heading has {len(rows.headings)}")
            yield line, _row({name: cells[place] for name, place in places.items()}, mapping, as_of)
        except FactRefusedError as error:
            yield line, error


def _row(cells: dict[str, str], mapping: Mapping, as_of: date | None) -> dict[str, Any]:
    row = {name: read(cells.get(name), mapping.columns.get(name, name)) for name, read in _READERS.items()}
    if not row["kvk"]:
        raise FactRefusedError("has no KVK number")
    row["sbi"], version = values.sbi(row["sbi"], mapping.columns.get("sbi", "sbi"), as_of)
    row["sbi_version"] = mapping.sbi_version or version
    row["shielded"] = bool(row["shielded"])
    return row
