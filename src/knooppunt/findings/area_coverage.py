"""How the neighbourhood of every object was found on a day: by table, by shape, or not; and which objects have none."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import ibis

from knooppunt.findings.inputs import Inputs
from knooppunt.findings.making import by_table
from knooppunt.vault import Vault
from knooppunt.vault.knowing import since

Why = Literal["in no area", "no position"]


@dataclass(frozen=True)
class Unplaced:
    """An object (16 digits) without a neighbourhood: where it is (EPSG:28992), and why it has none."""

    object_id: str
    x: float | None
    y: float | None
    why: Why


@dataclass(frozen=True)
class Coverage:
    """How many objects there were on the day, and by what their neighbourhood was found."""

    on: date
    objects: int
    by_table: int
    by_shape: int
    areas_since: dict[str, str]  # register → day of the delivery that was asked
    unplaced: list[Unplaced]


def area_coverage(vault: Vault, on: date) -> Coverage:
    """The neighbourhoods of the day `on`; in a vault opened with `known_on` as they were known then.

    Raises MissingRegisterError without BAG, or without areas by table or shape; VaultError without a BAG of that day.
    """
    with Inputs(vault, on) as inputs:
        inputs.require(("bag", "areamap"), "The neighbourhood of each object")
        premises, found = inputs.premises, inputs.see("area_of")
        objects, placed = _number(premises), _number(found)
        table = _number(by_table(inputs, premises)) if inputs.has("areamap") else 0
        rows: list[dict[str, Any]] = (
            premises.anti_join(found, "object_id").select("object_id", "x", "y").order_by("object_id")
        ).to_pyarrow().to_pylist()  # fmt: skip
        asked = {
            one.register: since(one).isoformat()
            for one in inputs.vault.registers()
            if one.register in ("areamap", "boundaries")
        }
    return Coverage(on, objects, table, placed - table, asked, [_unplaced(row) for row in rows])


def _number(table: ibis.expr.types.Table) -> int:
    return int(table.count().to_pyarrow().as_py())


def _unplaced(row: dict[str, Any]) -> Unplaced:
    why: Why = "no position" if row["x"] is None or row["y"] is None else "in no area"
    return Unplaced(f"{row['object_id']:016}", row["x"], row["y"], why)
