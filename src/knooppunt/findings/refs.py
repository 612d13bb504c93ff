"""The records a finding rests on, said without people and without what is shielded."""

from typing import Any

from knooppunt.findings.rule import Ref


def premises_ref(row: dict[str, Any]) -> Ref:
    """The addressable object itself (a row of PREMISES)."""
    table = {"premises": "premises", "mooring": "moorings", "pitch": "pitches"}[row["kind"]]
    facts = {"status": row["status"], "use": row["use"], "floor_area": row["floor_area"]}
    return Ref(table, {"id": f"{row['object_id']:016}"}, row["source_file"], facts=facts)


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
