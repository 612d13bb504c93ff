"""Is the trail whole? Reads every line once, in order, a part at a time: memory stays flat, whatever the length.

The bytes of a line are put together by the database, as `rules.chain` describes them; only hashing happens here.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from django.db import connection

from bolwerk.audit.models import Head, Line
from bolwerk.audit.rules.chain import GENESIS, hash_of

PART = 5_000  # lines in memory at a time
BEFORE_ALL = -(2**62)  # a line with a number below 1 was never ours, and must be found too

_SELECT = (
    "SELECT sequence, previous_hash, hash, {payload} FROM audit_line WHERE sequence > %s ORDER BY sequence LIMIT %s"
)
_WORDS = ("event", "subject", "actor", "reason", "trace_id", "facts_json")


class Fault(StrEnum):
    """What is wrong with the first bad line."""

    CHANGED = "changed"
    MISSING = "missing"
    ADDED = "added"
    CUT = "cut"
    RECOMPUTED = "recomputed"


@dataclass(frozen=True)
class Verdict:
    """What verification found.

    `lines` good lines, the last of which has `hash`; when something is wrong also the `fault` and the first bad line
    `at_line`. Of a chain that was recomputed only the ends are known: the first bad line lies between the last one
    that the head or an anchor vouches for (`vouched`) and `at_line`.
    """

    lines: int
    hash: str
    fault: Fault | None = None
    at_line: int = 0
    vouched: int = 0


class _Row(NamedTuple):
    """One line as it stands in the table, with the bytes that should have been hashed."""

    sequence: int
    previous_hash: str
    hash: str
    payload: bytes | None

    def holds(self) -> bool:
        """Whether the line agrees with its own hash."""
        return self.payload is not None and hash_of(self.payload) == self.hash


def verify(
    *, anchors: Mapping[int, set[str]] | None = None, tell: Callable[[int], object] = lambda _lines: None
) -> Verdict:
    """Check the whole chain against itself, against its head, and against anchors kept outside.

    `anchors` are hashes by line number (`rules.anchors.read_anchors`). Lines added meanwhile are checked as well.
    `tell` hears after every part how many lines were looked at.
    """
    _settle_head()
    expected = _expected(anchors or {})
    last, digest, vouched = 0, GENESIS, 0
    for row in _rows(tell):
        if wrong := _wrong(row, last, digest):
            return Verdict(last, digest, *wrong)
        if row.sequence in expected:
            if expected.pop(row.sequence) != {row.hash}:
                return Verdict(last, digest, Fault.RECOMPUTED, row.sequence, vouched)
            vouched = row.sequence
        last, digest = row.sequence, row.hash
    if expected:
        return Verdict(last, digest, Fault.CUT, last + 1)
    head = _head()  # it may have moved on since the first look, together with lines, but never stays behind them
    if head.sequence < last:
        return Verdict(head.sequence, head.hash, Fault.ADDED, head.sequence + 1)
    return Verdict(last, digest)


def _settle_head() -> None:
    """Inside a transaction, PostgreSQL would move the head only at its end: let it follow the lines so far."""
    if connection.vendor == "postgresql" and connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS audit_line_moves_head IMMEDIATE")
            cursor.execute("SET CONSTRAINTS audit_line_moves_head DEFERRED")


def _expected(anchors: Mapping[int, set[str]]) -> dict[int, set[str]]:
    """What the anchors and the head know, by line number."""
    expected = {sequence: set(hashes) for sequence, hashes in anchors.items()}
    head = _head()
    if head.sequence:
        expected.setdefault(head.sequence, set()).add(head.hash)
    return expected


def _wrong(row: _Row, last: int, digest: str) -> tuple[Fault, int] | None:
    """What is wrong at this row, and which line is to blame."""
    if row.sequence > last + 1:
        return Fault.MISSING, last + 1
    if row.sequence < last + 1:
        return Fault.ADDED, row.sequence
    if not row.holds():
        return Fault.CHANGED, row.sequence
    if row.previous_hash != digest:
        return Fault.CHANGED, _to_blame(row)
    return None


def _to_blame(row: _Row) -> int:
    """Two lines that each hold do not fit: the one that the next line, or the head, does not know was tampered with."""
    following = Line.objects.filter(sequence=row.sequence + 1).values_list("previous_hash", flat=True).first()
    known = following or Head.objects.filter(sequence=row.sequence).values_list("hash", flat=True).first()
    return max(1, row.sequence - 1) if known == row.hash else row.sequence


def _rows(tell: Callable[[int], object]) -> Iterator[_Row]:
    """Every line in order."""
    statement = _SELECT.format(payload=_PAYLOAD[connection.vendor])
    last, looked_at = BEFORE_ALL, 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(statement, [last, PART])
            part = cursor.fetchall()
        yield from map(_Row._make, part)
        looked_at += len(part)
        tell(looked_at)
        if len(part) < PART:
            return
        last = part[-1][0]


def _joined(*, moment: str, line_break: str) -> str:
    """SQL for the fields of a line, one per text line."""
    return f" || {line_break} || ".join(("previous_hash", "sequence", moment, *_WORDS))


_SQLITE = _joined(moment="substr(at || '.000000', 1, 26)", line_break="char(10)")
_POSTGRES = _joined(moment="to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')", line_break="chr(10)")
_PAYLOAD = {
    "sqlite": f"CAST({_SQLITE} AS BLOB)",  # where a moment is text in UTC, without a fraction when that is zero
    "postgresql": f"convert_to({_POSTGRES}, 'UTF8')",
}


def _head() -> Head:
    return Head.objects.filter(pk=1).first() or Head(sequence=0, hash=GENESIS)
