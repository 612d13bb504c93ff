"""Functions of directors as a register: JSON (Lines) or XML of the HR Dataservice."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import pyarrow as pa
from lxml import etree

from knooppunt.registers.archives import Member, members
from knooppunt.registers.bag.safexml import line_of
from knooppunt.registers.counting import RowTally
from knooppunt.registers.delivery import Facts, Order, Register, Request, Sink
from knooppunt.registers.documents import root_of
from knooppunt.registers.holders import hashed
from knooppunt.registers.hr import schemas
from knooppunt.registers.hr.documents import Hash, functions_in_json, functions_in_xml
from knooppunt.registers.kvk.documents import read_objects
from knooppunt.registers.kvk.inscriptions import companies_of
from knooppunt.registers.kvk.values import FactRefusedError
from knooppunt.registers.refusal import EmptyRefusedError, RefusedError, Rejection


def read_hr(request: Request, sink: Sink) -> Facts:
    """Read functions into `sink`. Raises RefusedError for what holds neither JSON nor XML."""
    facts, done, who = Facts(), 0, partial(hashed, request.person_key)
    for member in members(request.path, request.scratch, (".json", ".jsonl", ".ndjson", ".xml")):
        facts.files += 1
        rows: list[dict[str, Any]] = []
        try:
            for line, found in _companies(member):
                try:
                    here = list(_functions(found, who))
                except FactRefusedError as error:
                    sink.reject(Rejection(member.name, line, str(error)))
                else:
                    rows += [row | {"source_file": member.name, "source_line": line} for row in here]
            facts.whole += 1
        except RefusedError as error:
            facts.left_out.append(error.rejection)
            sink.reject(error.rejection)
        if rows:
            sink.add("functions", pa.Table.from_pylist(rows, schemas.FUNCTIONS))
        done += member.weight
        sink.progress(done, member.name)
    if not facts.files:
        raise EmptyRefusedError(request.path.name, None, "holds no JSON and no XML")
    return facts


def _functions(found: Any, who: Hash) -> Iterator[dict[str, Any]]:
    return functions_in_xml(found, who) if isinstance(found, etree._Element) else functions_in_json(found, who)


def _companies(member: Member) -> Iterator[tuple[int, Any]]:
    if not member.name.lower().endswith(".xml"):
        yield from read_objects(member.stream, member.name)
        return
    too_large = RefusedError(member.name, None, "is larger than 256 MiB; give one file per company")
    root = root_of(member, too_large=too_large)
    for company in companies_of(root):
        yield line_of(company), company


REGISTER = Register(
    name="hr",
    title="Handelsregister, functies",
    schema_version=schemas.SCHEMA_VERSION,
    tables=schemas.TABLES,
    orders={"functions": Order(by=("kvk", "started_on"))},
    read=read_hr,
    tally=RowTally,
)
