"""Mutations of the BAG (mutatielevering): what changed between two days, worked into the delivery before.

Each group adds an occurrence (toevoeging), replaces one (wijziging: was, wordt) or takes one away (verwijdering). A
period starts on the day up to which the delivery before knows everything; anything else is refused, because a day
that is left out cannot be seen afterwards. Source: Kadaster, XSD extract-deelbestand-mutaties-lvc/v20200601 and
mutatielevering-generiek/1.0.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
from lxml import etree

from knooppunt.registers.bag import codes
from knooppunt.registers.bag.blocks import rows_table
from knooppunt.registers.bag.documents import BLOCK_BYTES, Document
from knooppunt.registers.bag.elements import read_state
from knooppunt.registers.bag.kinds import Kind
from knooppunt.registers.bag.safexml import SafePuller, line_of
from knooppunt.registers.bag.values import ValueRefusedError
from knooppunt.registers.refusal import RefusedError, Rejection, StoppedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from knooppunt.registers.delivery import Before, Sink

ROOT = "{http://www.kadaster.nl/schemas/lvbag/extract-deelbestand-mutaties-lvc/v20200601}bagMutaties"
_GENERIC = "{http://www.kadaster.nl/schemas/mutatielevering-generiek/1.0}"
_GROUP, _WAS, _BECOMES = _GENERIC + "mutatieGroep", _GENERIC + "was", _GENERIC + "wordt"
_STATES = {"toevoeging": (_BECOMES,), "wijziging": (_WAS, _BECOMES), "verwijdering": (_WAS,)}
_OCCURRENCE = ("id", "occurrence", "registered_at")
_INVESTIGATION = ("id", "kind", "attribute", "valid_from", "registered_at")
_ROWS = 131_072  # of the delivery before at once
Key = tuple[Any, ...]


@dataclass
class Mutations:
    """The mutations of one delivery, in the order in which they come."""

    start: date | None = None
    end: date | None = None
    gone: dict[str, dict[Key, Rejection]] = field(default_factory=dict)  # table → what must be in the delivery before
    come: dict[str, dict[Key, tuple[Kind, dict[str, Any], str]]] = field(default_factory=dict)
    counted: Counter[str] = field(default_factory=Counter)

    def read(self, document: Document, sink: Sink) -> None:
        """Take in one file. Raises RefusedError for one that is not well-formed or about another period."""
        period = document.head.period
        if period is None:
            raise RefusedError(document.file, None, "does not say which period its mutations are of")
        if self.start is not None and period != (self.start, self.end):
            raise RefusedError(document.file, None, "is of another period than the files before it")
        self.start, self.end = period
        puller, data = SafePuller(_GROUP), document.head_bytes + document.rest
        try:
            while data:
                for group in puller.feed(data):
                    self._group(group, document.file, sink)
                    group.clear()
                data = document.read(BLOCK_BYTES)
            puller.close()
        except etree.XMLSyntaxError as error:
            reason = f"is cut short or not well-formed ({error.msg})"
            raise RefusedError(document.file, line_of(error), reason) from error

    def _group(self, group: etree._Element, file: str, sink: Sink) -> None:
        for mutation in group:
            name = etree.QName(mutation).localname
            try:
                if tuple(state.tag for state in mutation) != _STATES.get(name):
                    raise ValueRefusedError(f"an unknown kind of mutation: {name}")
                read = [(state.tag, *read_state(state)) for state in mutation]
            except ValueRefusedError as error:
                sink.reject(Rejection(file, line_of(mutation), str(error)))
                continue
            self.counted[name] += 1
            for tag, kind, row in read:
                place = Rejection(
                    file, line_of(mutation), "changes an occurrence that the delivery before does not have"
                )
                (self._was if tag == _WAS else self._becomes)(kind, row, place)

    def _was(self, kind: Kind, row: dict[str, Any], place: Rejection) -> None:
        key = _key(kind.table, row | {"kind": kind.code})
        if self.come.get(kind.table, {}).pop(key, None) is None:
            self.gone.setdefault(kind.table, {})[key] = place

    def _becomes(self, kind: Kind, row: dict[str, Any], place: Rejection) -> None:
        key = _key(kind.table, row | {"kind": kind.code})
        self.come.setdefault(kind.table, {})[key] = (kind, row, place.file)

    def check(self, before: Before | None, source: str) -> None:
        """Raises StoppedError when these mutations do not go on where the delivery before ends."""
        if before is None or before.as_of is None:
            raise StoppedError(source, None, "holds mutations; take in a whole extract of the BAG first")
        if self.start is None or self.end is None or self.start == before.as_of:
            return
        if self.end <= before.as_of:
            reason = f"is of {self.start} to {self.end}; the BAG in the vault is of {before.as_of} and has them already"
        elif self.start > before.as_of:
            reason = f"starts on {self.start}; the BAG in the vault is of {before.as_of}, so mutations are missing"
        else:
            reason = f"starts on {self.start}; the BAG in the vault is of {before.as_of}: the periods overlap"
        raise StoppedError(source, None, reason)

    def work_in(self, before: Before, sink: Sink) -> None:
        """Give the rows of the delivery before to `sink`, changed. What should be there and is not is refused."""
        for table, path in before.tables.items():
            gone = dict(self.gone.get(table, {}))
            for rows in _kept(path, table, gone):
                sink.add(table, rows)
            for missing in gone.values():
                sink.reject(missing)
        for table, come in self.come.items():
            by_file: dict[tuple[str, str], list[tuple[Kind, dict[str, Any]]]] = {}
            for kind, row, file in come.values():
                by_file.setdefault((file, _part(row)), []).append((kind, row))
            for (file, part), rows_of_file in by_file.items():
                sink.add(table, rows_table(rows_of_file, file, part))

    def quality(self, before: Before) -> dict[str, Any]:
        """What a reader of the delivery should know."""
        return {
            "mutations_worked_into": before.delivery,
            "mutations_added": self.counted["toevoeging"],
            "mutations_changed": self.counted["wijziging"],
            "mutations_removed": self.counted["verwijdering"],
        }


def _part(row: dict[str, Any]) -> str:
    """In which part of an extract an occurrence would be."""
    if row.get("inactive_at"):
        return codes.INACTIVE
    return codes.NOT_BAG if row.get("not_bag_at") else codes.STAND


def _names(table: str) -> tuple[str, ...]:
    return _INVESTIGATION if table == "investigations" else _OCCURRENCE


def _key(table: str, row: dict[str, Any]) -> Key:
    return tuple(row[name] for name in _names(table))


def _kept(path: Path, table: str, gone: dict[Key, Rejection]) -> Iterator[pa.Table]:
    """The rows of a table without those in `gone`, piece by piece; what was found is taken out of `gone`."""
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(_ROWS):
            rows = pa.Table.from_batches([batch])
            if gone and set(_names(table)) <= set(rows.column_names):
                keys = zip(*(rows[name].to_pylist() for name in _names(table)), strict=True)
                kept = [gone.pop(key, None) is None for key in keys]
                rows = rows.filter(pa.array(kept, pa.bool_()))
            yield rows
