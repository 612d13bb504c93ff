"""One address on any day, also as it was known then: what rules would have seen of it, worked out for the question."""

from dataclasses import asdict
from datetime import date
from typing import Any

from knooppunt.findings.covering import open_to_all
from knooppunt.findings.inputs import TABLES, Inputs
from knooppunt.linkage.areas import Area, AreaMap
from knooppunt.vault import Vault

_BY_NUMBER = "area_of"  # what rules see of it: a number; `areas` says the same with codes and names


def object_on(vault: Vault, object_id: int, on: date) -> dict[str, list[dict[str, Any]]]:
    """What rules would see of the object (16 digits) on the day `on`: its rows by table, without those that have none.

    In a vault opened with `known_on`, as the registers were known then. Nothing is kept, no people are in it; of a
    shielded establishment only where it stands in the delivery. `areas` has the neighbourhood, the district and the
    municipality that it lay in on that day, by the map or the shapes of CBS known then. Raises VaultError without a BAG
    of that day.
    """
    there = {delivery.register for delivery in vault.registers()} | {"decisions", "sbi"}
    seen: dict[str, list[dict[str, Any]]] = {}
    with Inputs(vault, on) as inputs:
        inputs.require(("bag",), "Looking up an address")
        for name, table in TABLES.items():
            if name != _BY_NUMBER and "object_id" in table.schema.names and set(table.registers) <= there:
                known = getattr(inputs, name) if name in ("premises", "establishments", "residents") else None
                rows = inputs.see(name) if known is None else known
                found = rows.filter(rows.object_id == object_id).to_pyarrow().to_pylist()
                seen[name] = open_to_all(name, found)
        seen["areas"] = [asdict(area) for area in _areas(inputs.vault, seen["premises"])]
    return {name: rows for name, rows in seen.items() if rows}


def _areas(vault: Vault, premises: list[dict[str, Any]]) -> tuple[Area, ...]:
    if not premises:
        return ()
    one = premises[0]
    return AreaMap(vault).at(one["postcode"], one["number"], (one["x"], one["y"]))
