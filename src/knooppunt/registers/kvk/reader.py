"""A KVK delivery: profiles of the KVK API (JSON), inscriptions of the HR Dataservice (XML), or a CSV with a mapping."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pyarrow as pa

from knooppunt.registers.archives import Member, members
from knooppunt.registers.bag.safexml import line_of
from knooppunt.registers.delivery import Facts, Request, Sink
from knooppunt.registers.documents import root_of
from knooppunt.registers.kvk.documents import read_objects
from knooppunt.registers.kvk.inscriptions import asked_on, companies_of, profiles_of
from knooppunt.registers.kvk.mapping import Mapping, read_csv, read_mapping
from knooppunt.registers.kvk.profiles import is_base_profile, read_profile
from knooppunt.registers.kvk.schemas import ESTABLISHMENTS
from knooppunt.registers.kvk.values import FactRefusedError
from knooppunt.registers.refusal import EmptyRefusedError, RefusedError, Rejection

_ROWS = 50_000  # in one table
Row = dict[str, Any]


def read_kvk(request: Request, sink: Sink) -> Facts:
    """Read establishments into `sink`. Raises RefusedError for what is no delivery of the Handelsregister.

    Where a company's Basisprofiel and the Vestigingsprofiel of its main establishment both come, the
    latter counts; the legal form is taken from a Basisprofiel that came before it, and whether it is shielded from
    either.
    """
    reading = _Reading(request, sink, read_mapping(request.mapping) if request.mapping else None)
    done = 0
    for member in members(request.path, request.scratch, (".json", ".jsonl", ".ndjson", ".xml", ".csv")):
        try:
            reading.file(member)
        except RefusedError as error:
            reading.facts.left_out.append(error.rejection)
            sink.reject(error.rejection)
        else:
            reading.facts.whole += 1
        done += member.weight
        sink.progress(done, member.name)
    reading.finish()
    if not reading.facts.files:
        raise EmptyRefusedError(request.path.name, None, "holds no JSON, no XML and no CSV")
    reading.facts.quality = {
        "shielded": reading.shielded,
        "without_visiting_address": reading.unplaced,
    }
    return reading.facts


@dataclass
class _Reading:
    request: Request
    sink: Sink
    mapping: Mapping | None
    facts: Facts = field(default_factory=Facts)
    rows: list[Row] = field(default_factory=list)
    companies: dict[tuple[int, int | None], Row] = field(default_factory=dict)  # from a Basisprofiel, held back
    legal_forms: dict[int, str] = field(default_factory=dict)
    shielded: int = 0
    unplaced: int = 0

    @property
    def as_of(self) -> date | None:
        return self.request.as_of

    def file(self, member: Member) -> None:
        self.facts.files += 1
        for line, row, base in self._read(member):
            if isinstance(row, FactRefusedError):
                self.sink.reject(Rejection(member.name, line, str(row)))
                continue
            row |= {"source_file": member.name, "source_line": line}
            if base:
                self._hold(row)
            else:
                self._add(row)

    def _read(self, member: Member) -> Iterator[tuple[int, Row | FactRefusedError, bool]]:
        if member.name.lower().endswith(".csv"):
            if self.mapping is None:
                raise RefusedError(member.name, None, "is a CSV; say with --mapping which column is which")
            for line, row in read_csv(member.stream, member.name, self.mapping, self.as_of):
                yield line, row, False
            return
        if member.name.lower().endswith(".xml"):
            yield from ((line, row, False) for line, row in self._inscriptions(member))
            return
        for line, profile in read_objects(member.stream, member.name):
            try:
                yield line, read_profile(profile, self.as_of), is_base_profile(profile)
            except FactRefusedError as error:
                yield line, error, False

    def _inscriptions(self, member: Member) -> Iterator[tuple[int, Row | FactRefusedError]]:
        """The establishments of every company in an answer of the HR Dataservice, as on the day it is of."""
        too_large = RefusedError(member.name, None, "is larger than 256 MiB; give one file per company")
        root = root_of(member, too_large=too_large)
        as_of = self.as_of or asked_on(root)
        for company in companies_of(root):
            for element, profile in profiles_of(company):
                try:
                    row = read_profile(profile, as_of)
                except FactRefusedError as error:
                    yield line_of(element), error
                else:
                    yield line_of(element), row | {"legal_form": profile["rechtsvorm"]}

    def _hold(self, row: Row) -> None:
        key = (row["kvk"], row["establishment"])
        if key in self.companies:
            self.companies[key]["shielded"] |= row["shielded"]
            self.sink.reject(Rejection(row["source_file"], row["source_line"], f"company {row['kvk']:08} comes twice"))
            return
        self.companies[key] = row
        if row["legal_form"]:
            self.legal_forms[row["kvk"]] = row["legal_form"]

    def _add(self, row: Row) -> None:
        company = self.companies.pop((row["kvk"], row["establishment"]), None)
        row["shielded"] = row["shielded"] or (company is not None and company["shielded"])
        row["legal_form"] = row["legal_form"] or self.legal_forms.get(row["kvk"])
        self._put(row)

    def _put(self, row: Row) -> None:
        self.shielded += row["shielded"]
        self.unplaced += row["house_number"] is None and row["object_id"] is None
        self.rows.append(row)
        if len(self.rows) >= _ROWS:
            self._flush()

    def _flush(self) -> None:
        if self.rows:
            self.sink.add("establishments", pa.Table.from_pylist(self.rows, ESTABLISHMENTS))
            self.rows = []

    def finish(self) -> None:
        """Hand over what was held back and the last rows."""
        for row in self.companies.values():
            self._put(row)
        self._flush()
