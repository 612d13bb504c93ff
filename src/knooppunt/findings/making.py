"""Making the tables that rules see out of the registers in a vault, each for one day."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from knooppunt.findings.homes import lived_in
from knooppunt.findings.placing import placed
from knooppunt.findings.seen import AREA_OF
from knooppunt.linkage.asof import occurrences_on
from knooppunt.linkage.within import NOWHERE, Shapes, located, shapes_of
from knooppunt.registers.brp.housing import housing_at
from knooppunt.registers.catalogue import REGISTER_OF_TABLE
from knooppunt.registers.hr.networks import changes_before, shared_leaders

if TYPE_CHECKING:
    from pathlib import Path

    from ibis.expr.types import StringValue, Table

    from knooppunt.findings.inputs import Inputs

MORTGAGE_DAYS = 90  # a mortgage registered within this time belongs to the purchase
INTEGER = "int64"


def _words(table: Table) -> Table:
    """The table with its words as plain text; engines differ on dictionaries."""
    return table.mutate(
        **{name: table[name].cast("string") for name in table.columns if table[name].type().is_string()}
    )


def _record(name: str) -> Callable[[Inputs], Table]:
    def make(inputs: Inputs) -> Table:
        return placed(_words(inputs.register_table(name)), inputs.address_book, inputs.premises)

    return make


def _housing(inputs: Inputs) -> Table:
    return housing_at(inputs.register_table("stays"), inputs.on)


def _living(inputs: Inputs) -> Table:
    return lived_in(inputs.premises, inputs.residents, inputs.see("housing"))


def _buildings(inputs: Inputs) -> Table:
    """Buildings of the day with the area they cover, worked out from their outlines."""
    there = occurrences_on(inputs.register_table("buildings"), inputs.on).select(
        "built_year", "geometry", building_id="id", status=ibis._.status.cast("string"),
        source_file=ibis._.source_file.cast("string"),
    )  # fmt: skip
    rows = there.to_pyarrow()
    areas = shapely.area(shapely.from_wkb(rows["geometry"].to_numpy(zero_copy_only=False)))
    return ibis.memtable(rows.drop_columns("geometry").append_column("footprint", pa.array(areas, pa.float64())))


def _investigations(inputs: Inputs) -> Table:
    doubts = inputs.register_table("investigations")
    on = ibis.literal(inputs.on)
    open_ones = doubts.filter(
        doubts.under_investigation
        & (doubts.kind.cast("string") == "VBO")
        & (doubts.valid_from <= on)
        & (doubts.valid_to.isnull() | (doubts.valid_to > on))
        & doubts.registered_until.isnull()
    )
    return open_ones.select(
        object_id="id",
        attribute=open_ones.attribute.cast("string"),
        valid_from="valid_from",
        source_file=open_ones.source_file.cast("string"),
    ).distinct()


def _contracts(inputs: Inputs) -> Table:
    return _words(inputs.register_table("contracts"))


def _valuations(inputs: Inputs) -> Table:
    known = _words(inputs.register_table("valuations"))
    return known.filter(known.object_id.notnull())


def _lots(inputs: Inputs) -> Table:
    """Which object stands on which lot, and how many a lot has: lot, object_id, objects."""
    lots = inputs.register_table("lots")
    owners = inputs.address_book.select("address_id", owner="object_id").distinct()
    joined = lots.left_join(owners, lots.address_id == owners.address_id).drop("address_id_right")
    placed_lots = (
        joined.mutate(object_id=joined.object_id.fill_null(joined.owner)).select("lot", "object_id").distinct()
    )
    here = placed_lots.filter(placed_lots.object_id.notnull())
    return here.mutate(objects=here.count().over(group_by=here.lot))


def _deeds(inputs: Inputs) -> Table:
    deeds = _words(inputs.register_table("deeds"))
    mortgages = inputs.register_table("mortgages").select("lot", mortgage_on="started_on")
    near = deeds.join(mortgages, "lot").filter(
        lambda t: (
            (t.mortgage_on >= t.delivered_on) & (t.mortgage_on <= t.delivered_on + ibis.interval(days=MORTGAGE_DAYS))
        )
    )
    covered = near.select("lot", "deed").distinct().mutate(covered=True)
    joined = deeds.left_join(covered, ["lot", "deed"]).drop("lot_right", "deed_right")
    located = joined.join(_lots(inputs), "lot")
    return located.mutate(
        several=located.several_lots | (located.objects > 1),
        mortgaged=located.covered.fill_null(False),  # noqa: FBT003  ibis takes it by position
    )


def _rights(inputs: Inputs) -> Table:
    """Rights to objects; of a natural person only that it is one."""
    rights = _words(inputs.register_table("rights"))
    company = rights.holder_kind == "legal"
    named = rights.mutate(
        owner_kind=rights.holder_kind,
        owner_kvk=company.ifelse(rights.holder_kvk, ibis.null(INTEGER)),
        owner_known=rights.holder_known,
        seat_abroad=company & rights.seat_abroad,
    )
    return named.join(_lots(inputs).select("lot", "object_id"), "lot")


def _leadership(inputs: Inputs) -> Table:
    return changes_before(inputs.register_table("functions"), inputs.on)


def _networks(inputs: Inputs) -> Table:
    return shared_leaders(inputs.register_table("functions"), inputs.on)


def area_number(code: StringValue) -> ibis.expr.types.IntegerValue:
    """A CBS code as a number: BU03630001, and 3630001 without BU or leading zeros, are the same neighbourhood."""
    return code.upper().re_replace("[^0-9]", "").cast(INTEGER)


def _neighbourhoods(inputs: Inputs) -> Table:
    areas = _words(inputs.register_table("neighbourhoods"))
    return areas.mutate(area_id=area_number(areas.code), title=areas.name)


def _area_of(inputs: Inputs) -> Table:
    """The neighbourhood of every object: by table where that says it, else by shape."""
    premises = inputs.premises.select("object_id", "postcode", "number", "x", "y")
    known = by_table(inputs, premises) if inputs.has("areamap") else None
    if not inputs.has("boundaries"):
        assert known is not None  # Inputs.require
        return known
    shapes = shapes_of(inputs.vault.table_path("boundaries"), "neighbourhood")
    if shapes is None:
        return premises.limit(0).select("object_id", area_id="object_id") if known is None else known
    left = premises if known is None else premises.anti_join(known, "object_id")
    points, found = inputs.folder / "points.parquet", inputs.folder / "area_by_shape.parquet"
    left.select("object_id", "x", "y").to_parquet(points)
    _write_areas(points, shapes, found)
    by_shape = inputs.engine.parquet("area_by_shape", found)
    return by_shape if known is None else ibis.union(known, by_shape)


def by_table(inputs: Inputs, premises: Table) -> Table:
    """The neighbourhood of every object of which the table of CBS says it: object_id, area_id."""
    known = inputs.register_table("neighbourhood_addresses")
    pairs = known.select("postcode", "house_number", area_id=area_number(known.code))
    joined = premises.join(
        pairs, [premises.postcode == pairs.postcode, premises.number == pairs.house_number.cast("int32")]
    )
    return joined.group_by("object_id").agg(area_id=joined.area_id.min())


def _write_areas(points: Path, shapes: Shapes, found: Path) -> None:
    """Write object_id and area_id of the points that lie in an area."""
    numbers = np.array([int(code[2:]) for code in shapes.codes], np.int64)
    with pq.ParquetWriter(found, AREA_OF) as writer:
        for objects, places in located(points, shapes):
            there = places != NOWHERE
            columns = [objects.filter(pa.array(there)), pa.array(numbers[places[there]])]
            writer.write_table(pa.Table.from_arrays(columns, schema=AREA_OF))


_RECORDS = ("permits", "recognitions", "observations", "reports", "measures")
MAKERS: dict[str, Callable[[Inputs], Table]] = {
    "housing": _housing,
    "living": _living,
    "buildings": _buildings,
    "investigations": _investigations,
    **{name: _record(name) for name in _RECORDS},
    "contracts": _contracts,
    "valuations": _valuations,
    "deeds": _deeds,
    "rights": _rights,
    "leadership": _leadership,
    "networks": _networks,
    "neighbourhoods": _neighbourhoods,
    "area_of": _area_of,
}

MADE_OF: dict[str, tuple[str, ...]] = {
    "housing": ("brp",),
    "living": ("bag", "brp"),
    "buildings": ("bag",),
    "investigations": ("bag",),
    **{name: ("bag", REGISTER_OF_TABLE[name]) for name in _RECORDS},
    "contracts": (REGISTER_OF_TABLE["contracts"],),
    "valuations": ("woz",),
    "deeds": ("bag", "brk"),
    "rights": ("bag", "brk"),
    "leadership": ("hr",),
    "networks": ("hr",),
    "neighbourhoods": (REGISTER_OF_TABLE["neighbourhoods"],),
    "area_of": ("bag", REGISTER_OF_TABLE["neighbourhood_addresses"], "boundaries"),
}
"""The registers each of them is made of."""
