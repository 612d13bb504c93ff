"""Looking up addresses in a vault: what is at a postcode and house number, and how an address reads."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow.parquet as pq

from knooppunt.linkage.areas import Area, AreaMap
from knooppunt.linkage.asof import addressable_on
from knooppunt.linkage.run import NAME, bag_tables
from knooppunt.vault import Vault, VaultError
from knooppunt.vault.derived import read_derived
from knooppunt.vault.history import check_history


@dataclass(frozen=True)
class AddressedObject:
    """An addressable object (16 digits), its street (16 digits, or nothing), its address in words and its areas."""

    object_id: str
    street_id: str
    place: str
    areas: tuple[Area, ...] = ()


_COLUMNS = ("object_id", "street_id", "street", "number", "letter", "addition", "postcode", "town", "x", "y")


def objects_at(vault: Vault, *, postcode: str, number: int, on: date | None = None) -> list[AddressedObject]:
    """The addressable objects at a postcode (6982CZ) and house number, in order of letter and addition.

    As they are in the links; with `on` as the BAG has them on that day, and in a vault opened with `known_on` as the
    BAG knew them on the day it was known (`on`, or else the same day). Raises VaultError when the registers were never
    linked, and on a day of which the BAG in the vault says nothing. The areas are those of that day
    (`linkage.areas`), without one those of the day that the vault is asked about.
    """
    day = on or vault.known_on
    rows = _linked(vault, postcode, number) if day is None else _worked_out(vault, postcode, number, day)
    rows.sort(key=lambda row: (row["letter"] or "", row["addition"] or "", row["object_id"]))
    areas = AreaMap(vault if day is None else vault.about(day))
    return [
        AddressedObject(
            f"{row['object_id']:016}",
            f"{row['street_id']:016}" if row["street_id"] else "",
            address_text(row),
            areas.at(postcode, number, (row["x"], row["y"])),
        )
        for row in rows
    ]


def areas_of_object(vault: Vault, object_id: int) -> tuple[Area, ...]:
    """The areas of an object as it is in the links, by the day that the vault is asked about (`Vault.about`).

    None when it lies in none, or when the registers were never linked.
    """
    made = read_derived(vault.path, NAME)
    if made is None:
        return ()
    columns, wanted = ["postcode", "number", "x", "y"], [("object_id", "=", object_id)]
    rows = pq.read_table(made.table_path("addressable"), columns=columns, filters=wanted).to_pylist()
    return AreaMap(vault).at(rows[0]["postcode"], rows[0]["number"], (rows[0]["x"], rows[0]["y"])) if rows else ()


def _linked(vault: Vault, postcode: str, number: int) -> list[dict[str, Any]]:
    made = read_derived(vault.path, NAME)
    if made is None:
        raise VaultError(f"The registers in {vault.path} are not linked yet. Run: knooppunt link --vault {vault.path}")
    wanted = [("postcode", "=", postcode), ("number", "=", number)]
    rows: list[dict[str, Any]] = pq.read_table(
        made.table_path("addressable"), columns=list(_COLUMNS), filters=wanted
    ).to_pylist()
    return rows


def _worked_out(vault: Vault, postcode: str, number: int, day: date) -> list[dict[str, Any]]:
    check_history(vault, day)
    engine = vault.connect()
    try:
        objects = addressable_on(bag_tables(vault, engine), day)
        there = objects.filter((objects.postcode == postcode) & (objects.number == number))
        rows: list[dict[str, Any]] = there.select(*_COLUMNS).to_pyarrow().to_pylist()
        return rows
    finally:
        engine.close()


def address_text(row: dict[str, Any]) -> str:
    """An address or a street in words, as far as it is known: `Kade 1 A bis, 6982CZ Zilverdam`."""
    number = f"{row.get('number') or ''}{row.get('letter') or ''}"
    line = " ".join(part for part in (row["street"], number, row.get("addition")) if part)
    town = " ".join(part for part in (row.get("postcode"), row["town"]) if part)
    return ", ".join(part for part in (line, town) if part)
