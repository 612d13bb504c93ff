"""What rules found, by column: the words of rows that say the same are put together once.

Two forms. What was seen of an object (`SEEN_TOO` beside what the rule computed) depends on that object alone, and is
taken over from day to day while nothing changes about it. What is told of it (`TOLD`) says how it stands among others
as well, so it is put together each time.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from knooppunt.findings.found import Found, Ref, Text
from knooppunt.findings.row_by_row import rows_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Row = dict[str, Any]
SEEN_TOO = pa.schema([("object_id", pa.int64()), ("refs", pa.string())])
"""Of every object that was found, or may be when what is usual shifts; of the last the records are not looked up."""
TOLD = pa.schema(
    [
        ("object_id", pa.int64()),
        ("part", pa.string()),
        ("values", pa.string()),  # JSON
        ("headline_nl", pa.string()),
        ("headline_en", pa.string()),
        ("explanation_nl", pa.string()),
        ("explanation_en", pa.string()),
        ("peers", pa.string()),  # JSON
        ("match_quality", pa.int32()),
        ("refs", pa.string()),  # JSON
    ]
)
_APART = ("object_id", "refs")


def as_json(value: Any) -> str:
    """The same text for the same value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


Records = Sequence[Ref] | str
"""As records, or as text."""


def with_records(rows: pa.Table, refs: Mapping[tuple[int, str], Records]) -> pa.Table:
    """The rows with their records as text; empty for those that have none in `refs`."""
    parts = rows["part"].to_pylist() if "part" in rows.column_names else [None] * len(rows)
    keys = ((one, part or "") for one, part in zip(rows["object_id"].to_pylist(), parts, strict=True))
    told = [_text(refs[key]) if key in refs else None for key in keys]
    return rows.append_column("refs", pa.array(told, pa.string()))


def _text(refs: Records) -> str:
    return refs if isinstance(refs, str) else as_json([vars(ref) for ref in refs])


def different(seen: pa.Table) -> tuple[list[Row], np.ndarray[Any, Any]]:
    """Each row once, but for its object and its records; and for each row of `seen` the place of the one like it."""
    rows = seen.drop_columns([name for name in _APART if name in seen.column_names])
    at: dict[tuple[Any, ...], int] = {}
    if not rows.num_columns:
        return [{} for _ in range(min(len(seen), 1))], np.zeros(len(seen), np.int64)
    alike = [at.setdefault(tuple(row.values()), len(at)) for row in rows_of(rows)]
    return [dict(zip(rows.column_names, row, strict=True)) for row in at], np.array(alike, np.int64)


def told_as(seen: pa.Table, words: Sequence[Found | None], places: np.ndarray[Any, Any]) -> pa.Table:
    """The rows of `seen` with the words at their place (TOLD), without those that have none."""
    there = np.array([one is not None for one in words], bool)
    chosen = there[places]
    at = pa.array((np.cumsum(there) - 1)[places[chosen]], pa.int32())
    said = [one for one in words if one is not None]
    columns = {
        "part": [one.part for one in said],
        "values": [as_json(one.values) for one in said],
        "headline_nl": [one.headline.nl for one in said],
        "headline_en": [one.headline.en for one in said],
        "explanation_nl": [one.explanation.nl for one in said],
        "explanation_en": [one.explanation.en for one in said],
        "peers": [as_json(one.peers) for one in said],
        "match_quality": [one.match_quality for one in said],
    }
    kept = seen.select(list(_APART)).filter(pa.array(chosen))
    told = {name: pa.array(column, TOLD.field(name).type).take(at) for name, column in columns.items()}
    told |= {name: kept[name] for name in _APART}
    return pa.table([told[name] for name in TOLD.names], schema=TOLD)


def found_of(told: pa.Table) -> list[Found]:
    """The rows of TOLD one by one."""
    return [
        Found(
            object_id=row["object_id"],
            values=json.loads(row["values"]),
            headline=Text(row["headline_nl"], row["headline_en"]),
            explanation=Text(row["explanation_nl"], row["explanation_en"]),
            peers=json.loads(row["peers"]),
            refs=tuple(Ref(**ref) for ref in json.loads(row["refs"])),
            match_quality=row["match_quality"],
            part=row["part"],
        )
        for row in rows_of(told)
    ]


def taken_over(before: pa.Table, but: pa.Array, anew: pa.Table) -> pa.Table:
    """What was seen before, with what is seen now of the objects in `but` in its place."""
    left = before.filter(pc.invert(pc.is_in(before["object_id"], but)))
    both = pa.concat_tables([left.cast(anew.schema), anew])
    keys = [name for name in ("object_id", "part") if name in both.column_names]
    return both.sort_by([(name, "ascending") for name in keys])


def keep_seen(seen: pa.Table, path: Path) -> None:
    """Keep what was seen, quick to open: every text in it is another one."""
    pq.write_table(seen, path, use_dictionary=False, compression="zstd")


def read_seen(path: Path) -> pa.Table:
    """What `keep_seen` kept."""
    return pq.ParquetFile(path).read(use_threads=False)  # it is small: as a data set, or in threads, it takes longer


def not_looked_up(path: Path) -> list[int]:
    """The objects in what `keep_seen` kept whose records were not looked up: what was usual left them out."""
    with pq.ParquetFile(path) as file:
        place = file.schema_arrow.names.index("refs")
        groups = (file.metadata.row_group(one).column(place).statistics for one in range(file.num_row_groups))
        if all(group is not None and group.null_count == 0 for group in groups):
            return []
        seen = file.read(list(_APART), use_threads=False)
    objects: list[int] = seen.filter(pc.is_null(seen["refs"]))["object_id"].to_pylist()
    return objects


def delivered_as(seen: pa.Table, table: str, before: str, now: str) -> pa.Table:
    """With another file in the records of a table of which no more is told than the file it came in."""
    if before == now:
        return seen
    old, new = (f'"source_file": {as_json(name)}, "source_line": null, "table": "{table}"' for name in (before, now))
    told = pc.replace_substring(seen["refs"], old, new)
    return seen.set_column(seen.column_names.index("refs"), "refs", told)


def records_again(
    before: pa.Table, gone: Mapping[tuple[int, str], Sequence[Ref]], come: Mapping[tuple[int, str], Sequence[Ref]]
) -> dict[tuple[int, str], Records]:
    """The records that were behind each row, without those that went and with those that came, in order of delivery.

    A row of which a record that went is not there is left out: its records have to be looked up.
    """
    known: dict[tuple[int, str], Records] = {}
    for row in rows_of(before.select(["object_id", "part", "refs"])):
        key = row["object_id"], row["part"]
        if gone.get(key, []) == come.get(key, []):  # something else about the object changed
            known[key] = row["refs"]
            continue
        there = [Ref(**ref) for ref in json.loads(row["refs"])]
        less = [ref for ref in there if ref not in gone.get(key, ())]
        if len(there) - len(less) == len(gone.get(key, ())):
            known[key] = sorted([*less, *come.get(key, ())], key=_place_of)
    return known


def _place_of(ref: Ref) -> tuple[bool, str, bool, int]:
    return ref.source_file is None, ref.source_file or "", ref.source_line is None, ref.source_line or 0
