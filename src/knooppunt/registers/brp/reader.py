"""A BRP delivery: a CSV with element codes as headings, one person list after another; or answers of Haal Centraal.

The layout is that of RvIG's test set: the first row of a person is as things are now, the rows under
it are history, without a BSN. A BSN is never kept and never shown: not in the vault, not in a reason.
"""

import hashlib
import hmac
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pyarrow as pa

from knooppunt.registers.archives import Member, members
from knooppunt.registers.brp.haal_centraal import Answers
from knooppunt.registers.brp.schemas import STAYS
from knooppunt.registers.brp.stays import COLUMNS, Cells, RowRefusedError, stays_of, unusable_identifiers
from knooppunt.registers.delivery import Facts, Request, Sink
from knooppunt.registers.kvk.documents import read_objects
from knooppunt.registers.kvk.values import FactRefusedError
from knooppunt.registers.lines import Rows
from knooppunt.registers.refusal import EmptyRefusedError, RefusedError, Rejection

_ROWS = 50_000  # in one table
_ANSWERS = (".json", ".jsonl", ".ndjson")
_HASH_LETTERS = 32
_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)  # elfproef; source: RvIG, Logisch Ontwerp BRP, element 01.20
_LONGEST_LIST = 5_000  # rows of one person


def passes_eleven_test(bsn: str) -> bool:
    """Say whether nine digits are a possible BSN."""
    if len(bsn) != 9 or not (bsn.isascii() and bsn.isdigit()) or not int(bsn):
        return False
    return sum(int(digit) * weight for digit, weight in zip(bsn, _WEIGHTS, strict=True)) % 11 == 0


def read_brp(request: Request, sink: Sink) -> Facts:
    """Read stays into `sink`. Raises RefusedError when no file is a person list or an answer of an API."""
    reading = _Reading(request, sink)
    done = 0
    for member in members(request.path, request.scratch, (".csv", *_ANSWERS)):
        try:
            if member.name.lower().endswith(_ANSWERS):
                reading.answers(member)
            else:
                reading.file(member)
        except RefusedError as error:
            reading.facts.left_out.append(error.rejection)
            sink.reject(error.rejection)
        else:
            reading.facts.whole += 1
        done += member.weight
        sink.progress(done, member.name)
    reading.flush()
    if not reading.facts.files:
        raise EmptyRefusedError(request.path.name, None, "holds no CSV and no JSON")
    reading.facts.quality = {
        "rows": reading.rows,
        "persons": reading.persons,
        "bsn": len(reading.seen),
        "bsn_valid": sum(reading.seen.values()),
        "bsn_invalid": sum(not valid for valid in reading.seen.values()),
        "identifiers_left_empty": reading.unusable,
        **({"objects_cut_off_at_100": reading.cut_off} if reading.cut_off else {}),
    }
    return reading.facts


def _day_in_name(file: str) -> date | None:
    """Return the day a file name starts with (20220502_…), which is how RvIG dates its deliveries."""
    match = re.match(r"([0-9]{4})([0-9]{2})([0-9]{2})_", file.rsplit("/", 1)[-1])
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


@dataclass
class _Reading:
    request: Request
    sink: Sink
    facts: Facts = field(default_factory=Facts)
    rows: int = 0
    persons: int = 0
    cut_off: int = 0  # answers with more people than the API gives
    unusable: int = 0  # object and address identifications that are none
    seen: dict[bytes, bool] = field(default_factory=dict)  # hash of every BSN → passes the eleven test
    stays: list[dict[str, Any]] = field(default_factory=list)

    def file(self, member: Member) -> None:
        rows = Rows(member.stream, member.name, ";")
        places = dict(zip(COLUMNS, rows.places(list(COLUMNS.values())), strict=True))
        self.facts.files += 1
        self.facts.as_of = self.facts.as_of or _day_in_name(member.name)
        for person in self._persons(rows, places):
            self._person(person, member.name)

    def answers(self, member: Member) -> None:
        """Read answers of `bewoningen` or `personen`: one, a list, or one a line."""
        self.facts.files += 1
        told = Answers(self._key, passes_eleven_test, self._note_bsn)
        for line, answer in read_objects(member.stream, member.name):
            self.rows += 1
            try:
                here = [dict.fromkeys(STAYS.names) | row for row in told.stays(line, answer)]
            except FactRefusedError as error:
                self.sink.reject(Rejection(member.name, line, str(error)))
                continue
            self.stays += here
            if len(self.stays) >= _ROWS:
                self.flush()
        self.persons += told.persons
        self.cut_off += told.many

    def _persons(self, rows: Rows, places: dict[str, int]) -> Iterator[list[tuple[int, Cells]]]:
        """Yield the rows of one person at a time."""
        person: list[tuple[int, Cells]] = []
        width, labelled = len(rows.headings), False
        for line, cells in rows:
            self.rows += 1
            if len(cells) != width:
                self.sink.reject(Rejection(rows.file, line, f"has {len(cells)} columns, the heading has {width}"))
                continue
            row = {name: cells[place].strip() for name, place in places.items()}
            self._note(row)
            labelled = labelled or bool(not rows.headings[0] and cells[0])  # RvIG numbers its person lists
            if person and (cells[0] if labelled else row["bsn"] not in {"", person[0][1]["bsn"]}):
                yield person
                person = []
            person.append((line, row))
            if len(person) > _LONGEST_LIST:
                raise RefusedError(rows.file, line, f"goes on with one person for more than {_LONGEST_LIST:,} rows")
        if person:
            yield person

    def _note(self, row: Cells) -> None:
        self.unusable += len(unusable_identifiers(row))
        if bsn := row["bsn"]:
            self._note_bsn(bsn)

    def _note_bsn(self, bsn: str) -> None:
        self.seen.setdefault(self._digest(bsn)[:16], passes_eleven_test(bsn))

    def _key(self, text: str) -> str:
        return self._digest(text).hex()[:_HASH_LETTERS]

    def _digest(self, text: str) -> bytes:
        return hmac.digest(self.request.person_key, text.encode(), hashlib.sha256)

    def _person(self, rows: list[tuple[int, Cells]], file: str) -> None:
        self.persons += 1
        line, head = rows[0]
        bsn = head["bsn"]
        if not bsn and not head["number"]:
            self.sink.reject(Rejection(file, line, "has neither a BSN (01.01.20) nor a number (01.01.10)"))
            return
        key = self._key(bsn or f"number {head['number']}")
        try:
            self.stays += stays_of(rows, key, bsn_valid=passes_eleven_test(bsn))
        except RowRefusedError as error:
            self.sink.reject(Rejection(file, error.line, error.reason))
        if len(self.stays) >= _ROWS:
            self.flush()

    def flush(self) -> None:
        """Hand over what has been read."""
        if self.stays:
            self.sink.add("stays", pa.Table.from_pylist(self.stays, STAYS))
            self.stays = []
