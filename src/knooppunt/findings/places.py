"""Where found objects are: an address or a street in words, and a point for the map."""

from typing import Any

import ibis
import pyarrow as pa
from ibis.expr.types import Table

from knooppunt.findings.finding import Place
from knooppunt.findings.inputs import Inputs
from knooppunt.findings.rule import Level
from knooppunt.linkage.lookup import address_text

AREA_DIGITS = 4  # of a postcode: "6982" of 6982CZ


def places_of(inputs: Inputs, level: Level, objects: list[int]) -> dict[int, Place]:
    """The place of every object in `objects`: addressable objects, or streets when the level is street."""
    if not objects:
        return {}
    wanted = ibis.memtable(pa.table({"wanted": pa.array(sorted(set(objects)), pa.int64())}))
    rows = _BY_LEVEL[level](inputs, wanted)
    found = {row["wanted"]: _place(row) for row in rows}
    return {place: found.get(place, Place("")) for place in objects}


def _addresses(inputs: Inputs, wanted: Table) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = (
        inputs.premises.join(wanted, inputs.premises.object_id == wanted.wanted).to_pyarrow().to_pylist()
    )
    return rows


def _streets(inputs: Inputs, wanted: Table) -> list[dict[str, Any]]:
    """A street lies in the middle of its addressable objects."""
    joined = inputs.premises.join(wanted, inputs.premises.street_id == wanted.wanted)
    middle = joined.group_by("wanted", "street", "town").agg(
        x=joined.x.mean().round(2), y=joined.y.mean().round(2), area=joined.postcode.left(AREA_DIGITS).min()
    )
    rows: list[dict[str, Any]] = middle.to_pyarrow().to_pylist()
    return rows


def _buildings(inputs: Inputs, wanted: Table) -> list[dict[str, Any]]:
    """A building is called by the first of its addresses."""
    joined = inputs.premises.join(wanted, inputs.premises.building_id == wanted.wanted)
    first = ibis.row_number().over(group_by=joined.wanted, order_by=[joined.street, joined.number, joined.object_id])
    rows: list[dict[str, Any]] = joined.mutate(rank=first).filter(lambda t: t.rank == 0).to_pyarrow().to_pylist()
    return rows


def _areas(inputs: Inputs, wanted: Table) -> list[dict[str, Any]]:
    """A neighbourhood is called by its name, and lies in the middle of its objects."""
    named = inputs.see("neighbourhoods")
    named = named.join(wanted, named.area_id == wanted.wanted).select("wanted", street="title")
    objects = inputs.premises.join(inputs.see("area_of"), "object_id")
    middle = objects.group_by("area_id").agg(
        x=objects.x.mean().round(2),
        y=objects.y.mean().round(2),
        town=objects.town.min(),
        area=objects.postcode.left(AREA_DIGITS).min(),
    )
    joined = named.left_join(middle, named.wanted == middle.area_id)
    rows: list[dict[str, Any]] = joined.to_pyarrow().to_pylist()
    return rows


_BY_LEVEL = {"address": _addresses, "street": _streets, "building": _buildings, "area": _areas}


def _place(row: dict[str, Any]) -> Place:
    area = row.get("area") or (row.get("postcode") or "")[:AREA_DIGITS]
    return Place(address_text(row), row["x"], row["y"], row["street"] or "", area, row["town"] or "")
