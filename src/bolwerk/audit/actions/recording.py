"""Adding lines. Every writer waits for the one head row, so that there is one chain, however many write at once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection, transaction

from bolwerk.audit.actions.together import together
from bolwerk.audit.middleware import current_trace_id
from bolwerk.audit.models import Head, Line
from bolwerk.audit.rules.chain import GENESIS, Fact, canonical_facts, chained_hash
from bolwerk.audit.rules.contents import check

LINES_AT_ONCE = 50  # SQLite takes a limited number of values in one statement
# Written out, because every read and every act waits for it: to have it made by the ORM takes longer than to run it.
END = (
    "SELECT sequence, hash, (SELECT sequence FROM audit_line ORDER BY sequence DESC LIMIT 1), "
    "(SELECT hash FROM audit_line ORDER BY sequence DESC LIMIT 1)"
)
OF_HEAD, LOCKED = " FROM audit_head WHERE id = 1", " FOR UPDATE"  # SQLite: the transaction holds its one lock already
UNTIL_COMMIT = ", set_config('synchronous_commit', 'off', true)"


@together
def record(event: str, *, subject: str, actor: str, at: datetime, reason: str = "", **facts: Fact) -> Line:
    """Add one line to the trail, in the transaction of the caller, and return it.

    `event` is a dotted code such as `incidents.incident.read`; `subject` and `actor` are URNs (`Person.urn`, SYSTEM).
    `facts` are short codes and counts: never content, never personal data; NotForTheTrailError says what was refused.
    Call it last in an action: from here until the end of the transaction other writers wait.
    """
    entry = Entry(event, subject=subject, reason=reason, facts=facts)
    _check([entry], actor=actor)
    with transaction.atomic(savepoint=False):  # a line that cannot be written takes along what it is about
        (line,) = _append([entry], actor=actor, at=at)
        line.save(force_insert=True)  # the database moves the head with it (migration 0002)
    return line


@dataclass(frozen=True)
class Entry:
    """What one line tells of one act of many: the event, what it is about, why, and facts, as in `record`."""

    event: str
    subject: str
    reason: str = ""
    facts: Mapping[str, Fact] = field(default_factory=dict)


@together
def record_all(*, entries: Sequence[Entry], actor: str, at: datetime) -> list[Line]:
    """Add a line for each entry, in the order given, in the transaction of the caller; as `record` does for one."""
    _check(entries, actor=actor)
    with transaction.atomic(savepoint=False):
        lines = _append(entries, actor=actor, at=at) if entries else []
        return Line.objects.bulk_create(lines, batch_size=LINES_AT_ONCE)


def _check(entries: Sequence[Entry], *, actor: str) -> None:
    for entry in entries:
        check(event=entry.event, subject=entry.subject, actor=actor, reason=entry.reason, facts=dict(entry.facts))


def _append(entries: Sequence[Entry], *, actor: str, at: datetime) -> list[Line]:
    """The lines that these entries make after the end of the chain, which is locked, not yet in the table."""
    trace_id = current_trace_id()
    (last, previous_hash), lines = _locked_end(), []
    for sequence, entry in enumerate(entries, start=last + 1):
        facts_json = canonical_facts(dict(entry.facts))
        words = (entry.event, entry.subject, actor, entry.reason, trace_id)
        hashed = chained_hash(previous_hash=previous_hash, sequence=sequence, at=at, words=words, facts=facts_json)
        lines.append(
            Line(
                sequence=sequence,
                at=at,
                event=entry.event,
                subject=entry.subject,
                actor=actor,
                reason=entry.reason,
                trace_id=trace_id,
                facts_json=facts_json,
                previous_hash=previous_hash,
                hash=hashed,
            )
        )
        previous_hash = hashed
    return lines


@transaction.atomic(durable=True)
def record_apart(event: str, *, subject: str, actor: str, at: datetime, reason: str = "", **facts: Fact) -> Line:
    """Add a line that stands by itself: a denial or a read must be there even when what follows fails.

    Raises RuntimeError inside a transaction, whose rollback would take the line with it.
    """
    return record(event, subject=subject, actor=actor, at=at, reason=reason, **facts)


def _locked_end() -> tuple[int, str]:
    """Number and hash of the last line, with the head locked until the end of the transaction.

    Lines of this very transaction may be further than the head. After a cut by the owner of the database the head is
    further than the lines: then it counts, work goes on, and verification shows the gap. Whoever waits for the lock
    gets the head as it is afterwards, and the last line as it was before: then, too, the head is further.
    """
    also = UNTIL_COMMIT if _committing_together() else ""
    locked = LOCKED if connection.features.has_select_for_update else ""
    with connection.cursor() as cursor:
        cursor.execute(END + also + OF_HEAD + locked)
        found = cursor.fetchone()
    if found is None:
        Head.objects.get_or_create(pk=1)
        return _locked_end()
    return max((found[0], found[1]), (found[2] or 0, found[3] or GENESIS), key=lambda end: end[0])


def _committing_together() -> bool:
    """On PostgreSQL: whether to ask along with the lock that writers do not wait for each other's disk.

    The transaction commits without waiting for the disk, which lets the next writer go on; right after it, and before
    anybody is told that it succeeded, a barrier waits until everything up to here is on disk, for many writers at once.
    A crash in between loses only what nobody was promised, and always the end of the chain: never a line in between.
    """
    if connection.vendor != "postgresql" or _flush in _waiting_for_commit():
        return False
    transaction.on_commit(_flush)
    return True


def _flush() -> None:
    """Wait until everything that was committed so far is on disk: an empty message in the log of the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_logical_emit_message(true, 'bolwerk', '')")


def _waiting_for_commit() -> list[Callable[[], object]]:
    return [function for _, function, *_ in connection.run_on_commit]
