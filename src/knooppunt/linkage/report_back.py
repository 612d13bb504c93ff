"""Terugmelding: telling the keeper of a base register that something in it seems wrong.

A municipality must report justified doubt about authentic data (Handelsregisterwet art. 32). Each decision about an
establishment becomes a document: what the register says, what was found instead, why, by whom. One is written once;
what was written is remembered in <vault>/corrections/reported.jsonl. No system of a keeper is called from here.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa

from knooppunt.linkage.decisions import PlaceDecision, append, lines, placed
from knooppunt.linkage.lookup import address_text
from knooppunt.linkage.run import current_links
from knooppunt.vault import Vault
from knooppunt.vault.staging import log

REPORTED = "reported"
ON_PAPER = "(niet getoond: afgeschermd)"


@dataclass(frozen=True)
class Report:
    """One document for the keeper of a register."""

    number: str
    kvk: str
    establishment: str
    registered: str  # the address in the register
    found: str  # the address where it is, or that it is at none
    object_id: str
    reason: str
    by: str
    decided_at: datetime
    source: str  # delivery and line

    def to_json(self) -> dict[str, Any]:
        """The document for a machine."""
        return {
            "terugmelding": self.number,
            "register": "Handelsregister",
            "kvkNummer": self.kvk,
            "vestigingsnummer": self.establishment or None,
            "gegeven": "bezoekadres",
            "waardeInRegister": self.registered,
            "vermoedelijkJuisteWaarde": self.found,
            "adresseerbaarObject": self.object_id or None,
            "toelichting": self.reason,
            "gemeldDoor": self.by,
            "vastgesteldOp": self.decided_at.isoformat(),
            "levering": self.source,
        }

    def to_text(self) -> str:
        """The document for people."""
        return (
            f"Terugmelding {self.number}\nAan: Kamer van Koophandel, Handelsregister\n\n"
            f"KVK-nummer: {self.kvk}\nVestigingsnummer: {self.establishment or 'geen'}\n"
            f"Gegeven waarover wij twijfelen: bezoekadres\n\n"
            f"In het register staat: {self.registered or 'geen adres'}\nVolgens ons is het: {self.found}\n"
            f"Waarom: {self.reason}\n\nVastgesteld op {self.decided_at:%d-%m-%Y} door {self.by}.\n"
            f"Gevonden in de levering {self.source}.\n"
        )


def _number(one: PlaceDecision) -> str:
    return f"KVK-{one.kvk:08}-{one.establishment or 0:012}-{one.at:%Y%m%d%H%M%S}"


def waiting(vault: Vault) -> list[Report]:
    """Decisions that were not told to the keeper yet, the newest about each establishment.

    Only those about an establishment that is in the register now. Raises VaultError when nothing is linked.
    """
    done = {line["number"] for line in lines(vault.path, REPORTED, dict)}
    newest = {(one.kvk, one.establishment): one for one in placed(vault)}
    wanted = {key: one for key, one in newest.items() if _number(one) not in done}
    if not wanted:
        return []
    made = current_links(vault)
    engine = vault.connect()
    try:
        known = engine.table("establishments")
        numbers = ibis.memtable(pa.table({"kvk": pa.array(sorted({kvk for kvk, _ in wanted}), pa.int64())}))
        rows = known.semi_join(numbers, "kvk").order_by("kvk", "establishment", "source_line").to_pyarrow().to_pylist()
        objects = engine.parquet("objects", made.table_path("addressable"))
        ids = sorted({one.object_id for one in wanted.values() if one.object_id})
        there = objects.semi_join(ibis.memtable(pa.table({"object_id": pa.array(ids, pa.int64())})), "object_id")
        places = {row["object_id"]: address_text(row) for row in there.to_pyarrow().to_pylist()}
    finally:
        engine.close()
    return [
        _report(wanted[row["kvk"], row["establishment"]], row, places)
        for row in rows
        if (row["kvk"], row["establishment"]) in wanted
    ]


def _report(one: PlaceDecision, row: dict[str, Any], places: dict[int, str]) -> Report:
    own = {**row, "number": row["house_number"], "letter": row["house_letter"]}
    found = places.get(one.object_id, f"object {one.object_id:016}") if one.object_id else "op geen adres gevonden"
    return Report(
        number=_number(one),
        kvk=f"{one.kvk:08}",
        establishment=f"{one.establishment:012}" if one.establishment else "",
        registered=ON_PAPER if row["shielded"] else address_text(own),
        found=ON_PAPER if row["shielded"] and one.object_id else found,
        object_id="" if row["shielded"] or not one.object_id else f"{one.object_id:016}",
        reason=one.reason,
        by=one.by,
        decided_at=one.at,
        source=f"{row['source_file']}, regel {row['source_line']}",
    )


def report_back(vault: Vault, folder: Path, *, at: datetime) -> list[Report]:
    """Write a document (text and JSON) in `folder` for every decision that waits, and remember that it was written."""
    made = waiting(vault)
    folder.mkdir(parents=True, exist_ok=True)
    for one in made:
        (folder / f"{one.number}.txt").write_text(one.to_text(), encoding="utf-8")
        data = json.dumps(one.to_json(), ensure_ascii=False, indent=2) + "\n"
        (folder / f"{one.number}.json").write_text(data, encoding="utf-8")
    if made:
        append(vault.path, REPORTED, [{"number": one.number, "at": at.isoformat()} for one in made])
        log(vault.path, {"event": "report_back", "at": at.isoformat(), "documents": len(made)})
    return made
