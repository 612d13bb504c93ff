"""Addresses of establishments to objects, worked out once each: what was answered before is answered so again.

An answer stays as long as no address at that postcode and number, or at that street and number, changed. Those that
led nowhere, or were nearly right, depend on every address there is; they are asked again whenever one changed.
"""

from dataclasses import dataclass
from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.compute as pc
from ibis.expr.types import Table

from knooppunt.engine import Engine
from knooppunt.linkage.addresses import Step, keyed, link_addresses
from knooppunt.linkage.establishments import ADDRESS
from knooppunt.linkage.free import LINKS, AddressBook, Linker
from knooppunt.linkage.free.book import COLUMNS

ANSWERS = pa.schema(
    [
        ("postcode", pa.string()),
        ("number", pa.int32()),
        ("letter", pa.string()),
        ("addition", pa.string()),
        ("street", pa.string()),
        ("town", pa.string()),
        ("object_id", pa.int64()),
        ("errors", pa.int8()),
        ("step", pa.string()),
        ("suggestion", pa.int64()),
    ]
)
_OF_ALL = [str(Step.NOT_FOUND), str(Step.AMBIGUOUS), str(Step.NEARLY)]
_LEFT = [str(Step.NOT_FOUND), str(Step.AMBIGUOUS)]
_BY_POSTCODE, _BY_STREET = ["key_postcode", "number"], ["key_street", "key_town", "number"]
_BOOK = [*ADDRESS, "object_id"]


@dataclass(frozen=True)
class Before:
    """What was answered before (ANSWERS), and the address book that it was looked up in."""

    answers: Table
    book: Table


def read_before(engine: Engine, folder: Path) -> Before | None:
    """The answers kept in `folder`, or None when there are none."""
    files = (folder / "address_answers.parquet", folder / "address_book.parquet")
    if not all(file.exists() for file in files):
        return None
    return Before(engine.parquet("answers_before", files[0]), engine.parquet("book_before", files[1]))


def answer(wanted: Table, book: Table, before: Before | None) -> tuple[pa.Table, int]:
    """A row of ANSWERS for every address in `wanted`, and how many of them had to be worked out."""
    known = ibis.memtable(ANSWERS.empty_table()) if before is None else _still_true(before, book)
    same = [wanted[name].identical_to(known[name]) for name in ADDRESS]
    again = wanted.join(known, same).select(ANSWERS.names).to_pyarrow().cast(ANSWERS)
    new = wanted.anti_join(known, same).select(ADDRESS).to_pyarrow()
    if not new.num_rows:
        return again, 0
    linked = link_addresses(ibis.memtable(new), book).to_pyarrow()
    linked = linked.append_column("suggestion", pa.nulls(linked.num_rows, pa.int64())).select(ANSWERS.names)
    return pa.concat_tables([again, _nearly(linked.cast(ANSWERS), book)]), new.num_rows


def _still_true(before: Before, book: Table) -> Table:
    """The earlier answers that no change of an address can have changed."""
    old, now = before.book.select(_BOOK).distinct(), book.select(_BOOK).distinct()
    changed = ibis.union(ibis.difference(now, old), ibis.difference(old, now)).to_pyarrow()
    if not changed.num_rows:
        return before.answers
    touched, asked = keyed([ibis.memtable(changed), before.answers])
    sure = asked.filter(asked.step.notin(_OF_ALL))
    for keys in (_BY_POSTCODE, _BY_STREET):
        sure = sure.anti_join(touched.select(keys).distinct(), keys)
    return sure.select(ANSWERS.names)


def _nearly(linked: pa.Table, book: Table) -> pa.Table:
    """The answers, with what led nowhere read as a line of text: linked when sure, else with what may be meant."""
    left = pc.and_(pc.is_in(linked["step"], pa.array(_LEFT)), pc.is_valid(linked["number"]))
    rows = linked.filter(left)
    if not rows.num_rows:
        return linked
    known = book.filter(book.street.notnull() & book.town.notnull()).select(*COLUMNS).order_by("object_id")
    found = Linker(AddressBook(known.to_pyarrow())).link(pa.chunked_array([pa.array(map(_line, rows.to_pylist()))]))
    read = pa.Table.from_arrays([found[name].cast(kind) for name, kind in _READ], names=[name for name, _ in _READ])
    takes = pc.and_(pc.is_valid(read["object_id"]), pc.equal(rows["step"], str(Step.NOT_FOUND)))
    told = {
        "object_id": pc.if_else(takes, read["object_id"], rows["object_id"]),
        "errors": pc.if_else(takes, read["errors"], rows["errors"]),
        "step": pc.if_else(takes, str(Step.NEARLY), rows["step"]),
        "suggestion": pc.if_else(
            takes, pa.scalar(None, pa.int64()), pc.coalesce(read["object_id"], read["suggestion"])
        ),
    }
    for name, column in told.items():
        rows = rows.set_column(rows.column_names.index(name), name, column)
    return pa.concat_tables([linked.filter(pc.invert(left)), rows.cast(ANSWERS)])


_READ = [(name, LINKS.field(name).type) for name in ("object_id", "errors", "suggestion")]


def _line(row: dict[str, object]) -> str:
    """An address as somebody would write it."""
    number = f"{row['number']}{row['letter'] or ''}"
    first = " ".join(str(part) for part in (row["street"], number, row["addition"]) if part)
    last = " ".join(str(part) for part in (row["postcode"], row["town"]) if part)
    return ", ".join(part for part in (first, last) if part)
