"""The Kadaster as a register: JSON (one lot on a line, with what belongs to it), or XML snapshots."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import pyarrow as pa
from lxml import etree

from knooppunt.registers.archives import Member, members
from knooppunt.registers.bag.safexml import line_of
from knooppunt.registers.brk import schemas
from knooppunt.registers.brk.rows import rows_of
from knooppunt.registers.brk.snapshots import lot_of, snapshots_of, told_of
from knooppunt.registers.counting import RowTally
from knooppunt.registers.delivery import Facts, Order, Register, Request, Sink
from knooppunt.registers.documents import root_of
from knooppunt.registers.holders import hashed
from knooppunt.registers.kvk import values
from knooppunt.registers.kvk.documents import read_objects
from knooppunt.registers.kvk.values import FactRefusedError
from knooppunt.registers.parts import embedded
from knooppunt.registers.refusal import EmptyRefusedError, RefusedError, Rejection

_ROWS = 50_000


def read_brk(request: Request, sink: Sink) -> Facts:
    """Read lots, rights, deeds and mortgages into `sink`. Raises RefusedError for what holds neither JSON nor XML."""
    facts, done = Facts(), 0
    reading = _Reading(request, sink, facts)
    for member in members(request.path, request.scratch, (".json", ".jsonl", ".ndjson", ".xml")):
        facts.files += 1
        try:
            reading.file(member)
        except RefusedError as error:
            facts.left_out.append(error.rejection)
            sink.reject(error.rejection)
        else:
            facts.whole += 1
        done += member.weight
        sink.progress(done, member.name)
    reading.flush()
    if not facts.files:
        raise EmptyRefusedError(request.path.name, None, "holds no JSON and no XML")
    return facts


class _Reading:
    def __init__(self, request: Request, sink: Sink, facts: Facts) -> None:
        self.sink, self.facts, self.who = sink, facts, partial(hashed, request.person_key)
        self.rows: dict[str, list[dict[str, Any]]] = {name: [] for name in schemas.TABLES}

    def file(self, member: Member) -> None:
        for line, found in self._lots(member):
            try:
                here = rows_of(found, self.who)
            except FactRefusedError as error:
                self.sink.reject(Rejection(member.name, line, str(error)))
                continue
            for table, rows in here.items():
                self.rows[table] += [row | {"source_file": member.name, "source_line": line} for row in rows]
            if len(self.rows["lots"]) >= _ROWS:
                self.flush()

    def flush(self) -> None:
        for table, rows in self.rows.items():
            if rows:
                self.sink.add(table, pa.Table.from_pylist(rows, schemas.TABLES[table]))
                self.rows[table] = []

    def _lots(self, member: Member) -> Iterator[tuple[int, Any]]:
        if not member.name.lower().endswith(".xml"):
            for line, found in read_objects(member.stream, member.name):
                yield from ((line, one) for one in embedded(found))
            return
        too_large = RefusedError(member.name, None, "is larger than 256 MiB; give it in smaller files")
        root = root_of(member, too_large=too_large)
        for snapshot in snapshots_of(root, member.name):
            yield line_of(snapshot), lot_of(snapshot)
        self._dated(root)

    def _dated(self, root: etree._Element) -> None:
        """Take over the day that a delivery says it is of; the last one, where files differ."""
        try:
            day = values.day(told_of(root, "Peildatum"), "Peildatum")
        except FactRefusedError:
            return  # what a delivery says of itself is of use, and never a reason to refuse what is in it
        if day and (self.facts.as_of is None or day > self.facts.as_of):
            self.facts.as_of = day


REGISTER = Register(
    name="brk",
    title="Basisregistratie Kadaster",
    schema_version=schemas.SCHEMA_VERSION,
    tables=schemas.TABLES,
    orders={
        "lots": Order(by=("lot", "object_id")),
        "rights": Order(by=("lot", "started_on")),
        "deeds": Order(by=("lot", "delivered_on")),
        "mortgages": Order(by=("lot", "started_on")),
    },
    read=read_brk,
    tally=RowTally,
)
