"""The records a finding rests on, said without people and without what is shielded."""

from collections.abc import Callable
from datetime import date
from typing import Any

from knooppunt.findings.rule import Ref


def premises_ref(row: dict[str, Any]) -> Ref:
    """The addressable object itself (a row of PREMISES)."""
    table = {"premises": "premises", "mooring": "moorings", "pitch": "pitches"}[row["kind"]]
    facts = {"status": row["status"], "use": row["use"], "floor_area": row["floor_area"]}
    return Ref(table, {"id": f"{row['object_id']:016}"}, row["source_file"], facts=facts)


ESTABLISHMENT_REF = (
    *("shielded", "source_file", "source_line", "kvk", "establishment"),
    *("sbi", "branch", "started_on", "errors", "step"),
)
"""What `establishment_ref` asks of a row."""


def establishment_ref(row: dict[str, Any]) -> Ref:
    """An establishment (a row of ESTABLISHMENTS): its numbers, branch and link; no name, which may be a person's.

    Of a shielded one (indAfgeschermd) only where it stands in the delivery.
    """
    if row["shielded"]:
        return Ref("establishments", {}, row["source_file"], row["source_line"], {"shielded": True})
    keys = {"kvk": f"{row['kvk']:08}"}
    if row["establishment"] is not None:
        keys["establishment"] = f"{row['establishment']:012}"
    facts = {
        "sbi": row["sbi"],
        "branch": row["branch"],
        "started_on": row["started_on"].isoformat() if row["started_on"] else None,
        "errors": row["errors"],
        "step": row["step"],
    }
    return Ref("establishments", keys, row["source_file"], row["source_line"], facts)


def residents_ref(row: dict[str, Any], source_file: str) -> Ref:
    """The stays at an object, as a count: which people they are is not taken along."""
    facts = {key: row[key] for key in ("residents", "adults", "possible_residents")}
    return Ref("stays", {"object_id": f"{row['object_id']:016}"}, source_file, facts=facts)


def building_ref(row: dict[str, Any]) -> Ref:
    """A building (a row of BUILDINGS; object_id is its number)."""
    facts = {"status": row["status"], "built_year": row["built_year"], "footprint": round(row["footprint"])}
    return Ref("buildings", {"id": f"{row['object_id']:016}"}, row["source_file"], facts=facts)


def counts_ref(source_file: str, *names: str) -> Callable[[dict[str, Any]], Ref]:
    """The stays at an object as the counts `names`: which people they are is not taken along."""

    def tell(row: dict[str, Any]) -> Ref:
        return Ref("stays", {"object_id": f"{row['object_id']:016}"}, source_file, facts={n: row[n] for n in names})

    return tell


def record_ref(table: str, *facts: str) -> Callable[[dict[str, Any]], Ref]:
    """A record of a table register: its number, `facts`, and how well it was linked."""

    def tell(row: dict[str, Any]) -> Ref:
        told = {name: _plain(row[name]) for name in (*facts, "errors", "step") if row.get(name) is not None}
        keys = {"number": str(row["number"])} if row.get("number") is not None else {}
        return Ref(table, keys, row["source_file"], row["source_line"], told)

    return tell


def lot_ref(table: str, *facts: str) -> Callable[[dict[str, Any]], Ref]:
    """A record of the Kadaster or the WOZ about a lot; never its owner."""

    def tell(row: dict[str, Any]) -> Ref:
        keys = {"lot": f"{row['lot']:015}"} if "lot" in row else {}
        told = {name: _plain(row[name]) for name in facts if row[name] is not None}
        return Ref(table, keys, row["source_file"], row["source_line"], told)

    return tell


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
