"""Which objects changed between two runs: what is registered about them, or which day it is.

Where a record stands in a delivery does not count; a newer delivery puts all of them elsewhere.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from knooppunt.findings.active import months_before
from knooppunt.findings.inputs import TABLES

if TYPE_CHECKING:
    from ibis.expr.types import Table

    from knooppunt.engine import Engine
    from knooppunt.findings.inputs import Inputs
    from knooppunt.findings.state import Kept

MONTHS_BACK = (0, 6, 12, 24, 36, 60)
"""How far rules look back from their day, in months; a test holds the rules to it."""
DAYS_BACK = (90,)
"""And in days (`making.MORTGAGE_DAYS`)."""
_WHERE_IT_STANDS = ("source_file", "source_line")
_OBJECTS = pa.schema([("object_id", pa.int64())])


def changed_objects(before: Kept, now: Inputs, tables: list[str]) -> dict[str, pa.Array]:
    """Per table the objects about which it says something else now, or of which a date counts differently now."""
    return {name: _changed(before, now, name) for name in tables if _key(name)}


def _table(inputs: Inputs, name: str) -> Table:
    match name:
        case "premises":
            return inputs.premises
        case "establishments":
            return inputs.establishments
        case "residents":
            return inputs.residents
    return inputs.see(name)


def _key(table: str) -> str:
    """The column that says which object a row is about; none where rows are about something else."""
    names = TABLES[table].schema.names
    return next((name for name in ("object_id", "building_id") if name in names), "")


def _changed(before: Kept, now: Inputs, name: str) -> pa.Array:
    key, file = _key(name), TABLES[name].file
    before.see(name)
    _table(now, name)
    found = differing(now.engine, (f"before_{name}", file), key, TABLES[name].schema.names)
    if before.on == now.on:
        return found
    return pc.unique(pa.concat_arrays([found, *_crossed(before, now, name)]))


def differing(engine: Engine, tables: tuple[str, str], key: str, columns: list[str]) -> pa.Array:
    """The objects (`key`) about which two known tables do not have the same rows, where rows stand left aside.

    Each side is read once and added up per object, so the order of the rows does not matter.
    """
    said = ", ".join(f'"{column}"' for column in columns if column not in (key, *_WHERE_IT_STANDS))
    one, other = (
        f"(SELECT {key} AS object_id, sum(hash({said}) >> 12) AS said FROM {table} "  # noqa: S608  names of our own
        f"WHERE {key} IS NOT NULL GROUP BY 1)"
        for table in tables
    )
    query = f"""
        SELECT coalesce(a.object_id, b.object_id) AS object_id FROM {one} a FULL JOIN {other} b USING (object_id)
        WHERE a.said IS DISTINCT FROM b.said"""  # noqa: S608  names of our own
    return engine.sql(query, {"object_id": "int64"}).to_pyarrow()["object_id"].combine_chunks()


def _crossed(before: Kept, now: Inputs, name: str) -> list[pa.Array]:
    """Objects with a date that lies between what the two days look back to."""
    dates = [column.name for column in TABLES[name].schema if pa.types.is_date(column.type)]
    if not dates:
        return []
    first, last = sorted((before.on, now.on))
    spans = [(months_before(first, months), months_before(last, months)) for months in MONTHS_BACK]
    spans += [(first - timedelta(days=days), last - timedelta(days=days)) for days in DAYS_BACK]
    rows = _table(now, name)
    return [objects_between(rows, column, spans, _key(name)) for column in dates]


def objects_between(rows: Table, column: str, spans: list[tuple[date, date]], key: str) -> pa.Array:
    """Objects whose date in `column` lies in one of the spans, both ends included."""
    inside = rows[column].between(*spans[0])
    for span in spans[1:]:
        inside = inside | rows[column].between(*span)
    found = rows.filter(inside & rows[key].notnull()).select(object_id=key).distinct()
    return found.to_pyarrow()["object_id"].combine_chunks()


def with_buildings(changed: dict[str, pa.Array], before: Kept, now: Inputs) -> pa.Array:
    """Every object that something changed about: by itself, or because its building did."""
    numbers = changed.get("buildings", pa.array([], pa.int64()))
    objects = [array for name, array in changed.items() if name != "buildings"]
    if len(numbers) and "premises" in changed:
        for side in (before.premises, now.premises):
            rows = side.select("object_id", "building_id").to_pyarrow()
            objects.append(rows.filter(pc.is_in(rows["building_id"], numbers))["object_id"].combine_chunks())
    return pc.unique(pa.concat_arrays([pa.array([], pa.int64()), *objects]))


def in_streets(objects: pa.Array, before: Kept, now: Inputs) -> pa.Array:
    """Every object with an establishment in a street that one of `objects` has, or had, an establishment in."""
    sides = [side.establishments.select("object_id", "street_id").distinct().to_pyarrow() for side in (before, now)]
    rows = pa.concat_tables(sides)
    streets = rows.filter(pc.is_in(rows["object_id"], objects))["street_id"]
    known = rows.filter(pc.is_in(rows["street_id"], streets.drop_null()))["object_id"]
    return pc.unique(known).drop_null()
