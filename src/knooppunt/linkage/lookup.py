"""Looking up addresses in a vault: what is at a postcode and house number, and how an address reads."""

from dataclasses import dataclass
from typing import Any

import pyarrow.parquet as pq

from knooppunt.linkage.run import NAME
from knooppunt.vault import Vault, VaultError
from knooppunt.vault.derived import read_derived


@dataclass(frozen=True)
class AddressedObject:
    """An addressable object (16 digits), its street (16 digits, or nothing) and its address in words."""

    object_id: str
    street_id: str
    place: str


def objects_at(vault: Vault, *, postcode: str, number: int) -> list[AddressedObject]:
    """The addressable objects at a postcode (6982CZ) and house number, in order of letter and addition.

    Raises VaultError when the registers in the vault were never linked.
    """
    made = read_derived(vault.path, NAME)
    if made is None:
        raise VaultError(f"The registers in {vault.path} are not linked yet. Run: knooppunt link --vault {vault.path}")
    columns = ["object_id", "street_id", "street", "number", "letter", "addition", "postcode", "town"]
    wanted = [("postcode", "=", postcode), ("number", "=", number)]
    rows = pq.read_table(made.table_path("addressable"), columns=columns, filters=wanted).to_pylist()
    rows.sort(key=lambda row: (row["letter"] or "", row["addition"] or "", row["object_id"]))
    return [
        AddressedObject(
            f"{row['object_id']:016}", f"{row['street_id']:016}" if row["street_id"] else "", address_text(row)
        )
        for row in rows
    ]


def address_text(row: dict[str, Any]) -> str:
    """An address or a street in words, as far as it is known: `Kade 1 A bis, 6982CZ Zilverdam`."""
    number = f"{row.get('number') or ''}{row.get('letter') or ''}"
    line = " ".join(part for part in (row["street"], number, row.get("addition")) if part)
    town = " ".join(part for part in (row.get("postcode"), row["town"]) if part)
    return ", ".join(part for part in (line, town) if part)
