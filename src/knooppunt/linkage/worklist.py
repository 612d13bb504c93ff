"""What linking leaves for a human: establishments that lead nowhere, or not surely; and what came of looking.

A work list is a CSV. Whoever looks fills in `decision`: `yes` (what is linked, or else suggested, is right), an
identification of 16 digits, or `none` (it is at no object). An empty one is left for another day.
"""

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from ibis.expr.types import Table

from knooppunt.linkage.addresses import GOOD_ENOUGH, Step
from knooppunt.linkage.decisions import PlaceDecision, place_decision
from knooppunt.linkage.lookup import address_text
from knooppunt.linkage.run import current_links
from knooppunt.registers.cells import safe_cell
from knooppunt.registers.refusal import RefusedError
from knooppunt.vault import Vault

COLUMNS = (
    "kvk", "establishment", "address", "why", "errors", "linked_to", "suggested", "suggested_address", "decision",
    "reason",
)  # fmt: skip
_ADDRESSABLE = ("premises", "moorings", "pitches")
YES, NONE = "yes", "none"
SHIELDED = "(shielded)"


@dataclass(frozen=True)
class Uncertain:
    """One establishment to look at, with the address it is registered with.

    Of a shielded one neither that nor an object is shown: an identification says as much as an address.
    """

    kvk: str
    establishment: str
    address: str
    why: str
    errors: int | None
    linked_to: str  # 16 digits, or nothing
    suggested: str  # 16 digits, or nothing
    suggested_address: str

    def cells(self) -> dict[str, object]:
        """The row of the work list."""
        return {**self.__dict__, "decision": "", "reason": ""}


def uncertain(vault: Vault) -> list[Uncertain]:
    """Establishments that lead nowhere or with more than one error, in the order of the delivery.

    Raises VaultError when the registers are not linked.
    """
    made = current_links(vault)
    if "establishment_links" not in made.counts:
        return []
    engine = vault.connect()
    try:
        links = engine.parquet("to_look_at", made.table_path("establishment_links"))
        open_ones = links.filter(
            (links.object_id.isnull() | (links.errors > GOOD_ENOUGH)) & (links.step != str(Step.DECIDED))
        )
        known = engine.table("establishments")
        known = known.select(
            "source_line", "street", "house_number", "house_letter", "addition", "postcode", "town", "shielded",
            source_file=known.source_file.cast("string"),
        )  # fmt: skip
        rows = open_ones.join(known, ["source_file", "source_line"]).order_by("source_file", "source_line")
        found = rows.to_pyarrow().to_pylist()
        places = _places(engine.parquet("objects", made.table_path("addressable")), found)
        return [_uncertain(row, places) for row in found]
    finally:
        engine.close()


def count_uncertain(vault: Vault) -> int:
    """How many establishments `uncertain` gives, counted in the links alone.

    Raises VaultError when the registers are not linked.
    """
    made = current_links(vault)
    if "establishment_links" not in made.counts:
        return 0
    columns = ["object_id", "errors", "step"]
    links = pq.read_table(made.table_path("establishment_links"), columns=columns)
    nowhere, doubtful = pc.field("object_id").is_null(), pc.field("errors") > GOOD_ENOUGH
    undecided = pc.field("step").cast("string") != str(Step.DECIDED)
    return int(links.filter((nowhere | doubtful) & undecided).num_rows)


def _places(objects: Table, rows: Iterable[dict[str, Any]]) -> dict[int, str]:
    ids = sorted({row[name] for row in rows for name in ("object_id", "suggestion") if row[name]})
    wanted = ibis.memtable(pa.table({"object_id": pa.array(ids, pa.int64())}))
    found = objects.semi_join(wanted, "object_id").to_pyarrow().to_pylist()
    return {row["object_id"]: address_text(row) for row in found}


def _uncertain(row: dict[str, Any], places: dict[int, str]) -> Uncertain:
    own = {**row, "number": row["house_number"], "letter": row["house_letter"]}
    if row["shielded"]:
        row = row | {"object_id": None, "suggestion": None}
    meant = row["object_id"] or row["suggestion"]
    return Uncertain(
        kvk=f"{row['kvk']:08}",
        establishment=f"{row['establishment']:012}" if row["establishment"] else "",
        address=SHIELDED if row["shielded"] else address_text(own),
        why=row["step"],
        errors=row["errors"],
        linked_to=f"{row['object_id']:016}" if row["object_id"] else "",
        suggested=f"{row['suggestion']:016}" if row["suggestion"] else "",
        suggested_address=places.get(meant, ""),
    )


def to_csv(rows: Iterable[Uncertain]) -> str:
    """The work list, safe to open in a spreadsheet."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: safe_cell(cell) for name, cell in row.cells().items()} for row in rows)
    return out.getvalue()


def objects_in(vault: Vault) -> Callable[[int], bool]:
    """Whether an object is in the BAG of the vault, of whatever day."""
    columns = [vault.table(name).select("id").distinct().to_pyarrow()["id"].to_numpy() for name in _ADDRESSABLE]
    ids = np.sort(np.concatenate(columns))

    def there(one: int) -> bool:
        place = int(np.searchsorted(ids, one))
        return place < len(ids) and int(ids[place]) == one

    return there


def read_decisions(
    text: str, file: str, *, by: str, at: datetime, known: Callable[[int], bool] = lambda _: True
) -> list[PlaceDecision]:
    """The decisions in a filled-in work list; `known` says of an object whether there is one (see `objects_in`).

    Raises RefusedError with the line for what cannot be used, VaultError.
    """
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";")
    missing = [name for name in ("kvk", "establishment", "decision", "reason") if name not in (rows.fieldnames or [])]
    if missing:
        raise RefusedError(file, 1, f"has no column {', '.join(missing)}")
    made = []
    for row in rows:
        cells = {name: (cell or "").strip().removeprefix("'") for name, cell in row.items() if name}
        if cells["decision"]:
            one = _decision(cells, (file, rows.line_num), by, at)
            if one.object_id is not None and not known(one.object_id):
                reason = f"names object {one.object_id:016}, which is not in the BAG of this vault"
                raise RefusedError(file, rows.line_num, reason)
            made.append(one)
    return made


def _decision(cells: dict[str, str], where: tuple[str, int], by: str, at: datetime) -> PlaceDecision:
    said = cells["decision"].lower()
    meant = cells.get("linked_to") or cells.get("suggested") or ""
    if said == YES and not meant:
        raise RefusedError(*where, "says yes, and nothing was linked or suggested")
    if not cells["reason"]:
        raise RefusedError(*where, "has a decision without a reason")
    chosen = meant if said == YES else "" if said == NONE else said
    return place_decision(cells["kvk"], cells["establishment"], chosen, by=by, reason=cells["reason"], at=at)
