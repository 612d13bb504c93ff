"""Which objects changed between two runs: what is registered about them, or which day it is.

Where a record stands in a delivery does not count where a newer delivery puts all of them elsewhere. Mutations leave
what they do not touch where it was; then an object whose record stands elsewhere is one of the few that changed.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from knooppunt.findings.active import months_before
from knooppunt.findings.inputs import TABLES
from knooppunt.findings.part import whole_table
from knooppunt.findings.sums import Said, keep_sums, kept_sums

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ibis.expr.types import Table

    from knooppunt.engine import Engine
    from knooppunt.findings.inputs import Inputs
    from knooppunt.findings.state import Kept

MONTHS_BACK = (0, 6, 12, 24, 36, 60)
"""How far rules look back from their day, in months; a test holds the rules to it."""
DAYS_BACK = (90,)
"""And in days (`making.MORTGAGE_DAYS`)."""
STRETCH = 65_536
"""Objects compared at a time."""
FEW = 0.02
"""With a larger share of all rows that differ, records stand elsewhere: it was a delivery of all, not of mutations."""
_WHERE_IT_STANDS = ("source_file", "source_line")
_OBJECTS = pa.schema([("object_id", pa.int64())])


class Changes(NamedTuple):
    """Per table the objects about which it says something else now, or of which a date counts differently now.

    And the tables in which so many records stand elsewhere in a delivery, that this says nothing of their objects.
    """

    objects: dict[str, pa.Array]
    moved: tuple[str, ...]


def changes_in(before: Kept, now: Inputs, tables: list[str]) -> Changes:
    """What changed in `tables`. Where few records stand elsewhere, their objects count as changed."""
    told = {name: _changed(before, now, name) for name in tables if _key(name)}
    return Changes({name: one for name, (one, _) in told.items()}, tuple(name for name in told if told[name][1]))


def _key(table: str) -> str:
    """The column that says which object a row is about; none where rows are about something else."""
    names = TABLES[table].schema.names
    return next((name for name in ("object_id", "building_id") if name in names), "")


def _changed(before: Kept, now: Inputs, name: str) -> tuple[pa.Array, bool]:
    """The objects that a table says something else of, and whether its records stand elsewhere."""
    file, columns = TABLES[name].file, TABLES[name].schema.names
    found, moved = _unlike(before, now, name, columns), False
    if len(found) > FEW * before.made.counts[file] and not {*_WHERE_IT_STANDS}.isdisjoint(columns):
        said = [column for column in columns if column not in _WHERE_IT_STANDS]
        found, moved = _unlike(before, now, name, said), True
    if before.on == now.on:
        return found, moved
    return pc.unique(pa.concat_arrays([found, *_crossed(before, now, name)])), moved


def _unlike(before: Kept, now: Inputs, name: str, columns: list[str]) -> pa.Array:
    """The objects of which these columns say something else. What they say now is kept for the next time."""
    file = f"said_{name}{'' if columns == TABLES[name].schema.names else '_but_where'}.arrow"

    def then() -> Said:
        before.see(name)
        return said_in(now.engine, f"before_{name}", _key(name), columns)

    def today() -> Said:
        whole_table(now, name)
        return said_in(now.engine, TABLES[name].file, _key(name), columns)

    return differing(before.made.path / file, then, today, now.folder / file, columns)


def differing(
    kept: Path, then: Callable[[], Said], today: Callable[[], Said], to: Path, columns: list[str]
) -> pa.Array:
    """The objects that two days do not say the same of. What was `kept` of the first spares reading it.

    What is said `today` is put in `to`. Raises DamagedSumsError.
    """
    one = kept_sums(kept, columns) or then()
    other = today()
    keep_sums(other, to, columns)
    return pa.array(unlike(one, other), pa.int64())


def said_in(engine: Engine, table: str, key: str, columns: list[str]) -> Said:
    """What a known table says of each object (`key`). It is read once, and the order of its rows does not matter."""
    said = ", ".join(f'"{column}"' for column in columns if column != key)
    query = f"SELECT {key} AS object_id, hash({said}) AS said FROM {table} WHERE {key} IS NOT NULL"  # noqa: S608  names of our own
    rows = engine.sql(query, {"object_id": "int64", "said": "uint64"}).to_pyarrow()
    return added_up(rows["object_id"].to_numpy(), rows["said"].to_numpy())


def added_up(objects: np.ndarray[Any, Any], said: np.ndarray[Any, Any]) -> Said:
    """What is said of each object, added up (modulo 2⁶⁴). Files are sorted by object mostly: then nothing is sorted."""
    if not bool((objects[1:] >= objects[:-1]).all()):
        order = np.argsort(objects, kind="stable")
        objects, said = objects[order], said[order]
    first = np.flatnonzero(np.diff(objects, prepend=objects[:1] - 1))
    if len(first) == len(objects):
        return Said(objects, said)
    return Said(objects[first], np.add.reduceat(said, first))


def unlike(one: Said, other: Said) -> np.ndarray[Any, Any]:
    """The objects that two sides do not say the same of, or that one has and the other has not; in rising order.

    Where a stretch has the same objects on both sides it is compared as it lies; only the others are looked up.
    """
    found = [np.setdiff1d(other[0], one[0], assume_unique=True)] if len(one[0]) == 0 else []
    start = 0
    for at in range(0, len(one[0]), STRETCH):
        objects, said = one[0][at : at + STRETCH], one[1][at : at + STRETCH]
        last = at + STRETCH >= len(one[0])
        end = len(other[0]) if last else int(np.searchsorted(other[0], objects[-1], side="right"))
        there, told = other[0][start:end], other[1][start:end]
        start = end
        if np.array_equal(objects, there):
            found.append(objects[said != told])
            continue
        both, mine, theirs = np.intersect1d(objects, there, assume_unique=True, return_indices=True)
        found += [both[said[mine] != told[theirs]], np.setxor1d(objects, there, assume_unique=True)]
    return np.unique(np.concatenate(found)) if found else np.array([], np.int64)


def _crossed(before: Kept, now: Inputs, name: str) -> list[pa.Array]:
    """Objects with a date that lies between what the two days look back to."""
    dates = [column.name for column in TABLES[name].schema if pa.types.is_date(column.type)]
    if not dates:
        return []
    first, last = sorted((before.on, now.on))
    spans = [(months_before(first, months), months_before(last, months)) for months in MONTHS_BACK]
    spans += [(first - timedelta(days=days), last - timedelta(days=days)) for days in DAYS_BACK]
    rows = whole_table(now, name)
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
