"""Tamper evidence (quality.md G 43-46): with the rights of the database's owner, and with many writers at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, connections, transaction

from bolwerk.audit.actions import SYSTEM, record
from bolwerk.audit.models import Head, Line
from bolwerk.audit.queries import verification
from bolwerk.audit.queries.verification import Fault, verify
from bolwerk.audit.rules.chain import GENESIS, chained_hash
from tests.owner import without_refusals

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
WRITERS = 50
LINES_EACH = 8
Attack = Callable[[], object]


def write(lines: int) -> None:
    """A trail of so many lines."""
    for number in range(1, lines + 1):
        moment = AT + timedelta(microseconds=number)
        record("incidents.incident.read", subject=f"urn:bolwerk:incidents:incident:{number}", actor=SYSTEM, at=moment)


def sql(statement: str) -> Attack:
    """An attack in one statement."""

    def attack() -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)

    return attack


def rehash(first: int, last: int) -> None:
    """Compute the hashes of these lines anew, as somebody who knows the recipe would."""
    previous = Line.objects.get(pk=first - 1).hash if first > 1 else GENESIS
    for line in Line.objects.filter(sequence__range=(first, last)).order_by("sequence"):
        words = (line.event, line.subject, line.actor, line.reason, line.trace_id)
        previous, before = (
            chained_hash(
                previous_hash=previous, sequence=line.sequence, at=line.at, words=words, facts=line.facts_json
            ),
            previous,
        )
        Line.objects.filter(pk=line.pk).update(previous_hash=before, hash=previous)


def edit_and_rehash(first: int, last: int) -> Attack:
    """Change one line and compute it and what follows anew."""

    def attack() -> None:
        Line.objects.filter(pk=first).update(actor="urn:bolwerk:system:nobody")
        rehash(first, last)

    return attack


def recompute_everything() -> None:
    """Change line 4 and compute the rest of the chain anew, head included."""
    edit_and_rehash(4, 20)()
    Head.objects.update(hash=Line.objects.get(pk=20).hash)


def cut_with_head() -> None:
    """Take the last five lines away and put the head back."""
    Line.objects.filter(pk__gt=15).delete()
    Head.objects.update(sequence=15, hash=Line.objects.get(pk=15).hash)


def insert_a_line() -> None:
    """Make room before line 7 and put a line there, renumbering what follows."""
    for number in range(20, 6, -1):
        Line.objects.filter(pk=number).update(sequence=number + 1)
    line = Line.objects.get(pk=6)
    line.pk = 7
    line.save(force_insert=True)
    rehash(7, 7)


def swap_two_lines() -> None:
    """Let lines 8 and 9 change places."""
    for old, new in ((8, 1000), (9, 8), (1000, 9)):
        Line.objects.filter(pk=old).update(sequence=new)


ATTACKS: dict[str, tuple[Attack, Fault, int]] = {
    "an actor edited": (sql("UPDATE audit_line SET actor = 'urn:x:y' WHERE sequence = 7"), Fault.CHANGED, 7),
    "a moment edited": (sql("UPDATE audit_line SET at = '2026-11-23 09:00:01' WHERE sequence = 3"), Fault.CHANGED, 3),
    "facts edited": (sql("UPDATE audit_line SET facts_json = '{\"a\":1}' WHERE sequence = 3"), Fault.CHANGED, 3),
    "a hash edited": (sql("UPDATE audit_line SET hash = 'x' WHERE sequence = 12"), Fault.CHANGED, 12),
    "edited and its own hash renewed": (edit_and_rehash(5, 5), Fault.CHANGED, 5),
    "edited and several hashes renewed": (edit_and_rehash(5, 9), Fault.CHANGED, 9),
    "the first line edited and renewed": (edit_and_rehash(1, 1), Fault.CHANGED, 1),
    "the last line edited and renewed": (edit_and_rehash(20, 20), Fault.RECOMPUTED, 20),
    "pointing back elsewhere": (
        sql(f"UPDATE audit_line SET previous_hash = '{GENESIS}' WHERE sequence = 6"),
        Fault.CHANGED,
        6,
    ),
    "a line removed": (sql("DELETE FROM audit_line WHERE sequence = 7"), Fault.MISSING, 7),
    "the first line removed": (sql("DELETE FROM audit_line WHERE sequence = 1"), Fault.MISSING, 1),
    "the end cut off": (sql("DELETE FROM audit_line WHERE sequence > 15"), Fault.CUT, 16),
    "everything removed": (sql("DELETE FROM audit_line"), Fault.CUT, 1),
    "a line put behind the head": (sql("UPDATE audit_head SET sequence = 19"), Fault.RECOMPUTED, 19),
    "a line put before the first": (sql("UPDATE audit_line SET sequence = 0 WHERE sequence = 1"), Fault.ADDED, 0),
    "a line put in between": (insert_a_line, Fault.CHANGED, 8),
    "two lines swapped": (swap_two_lines, Fault.CHANGED, 8),
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", ATTACKS)
def test_verification_names_the_first_bad_line(name: str) -> None:
    attack, fault, line = ATTACKS[name]
    write(20)
    assert verify().fault is None
    with without_refusals(connection):
        attack()
        verdict = verify()
    assert (verdict.fault, verdict.at_line) == (fault, line)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("attack", "fault", "line"), [(recompute_everything, Fault.RECOMPUTED, 20), (cut_with_head, Fault.CUT, 16)]
)
def test_a_chain_recomputed_as_a_whole_is_found_by_what_was_anchored_outside(
    attack: Attack, fault: Fault, line: int
) -> None:
    write(20)
    kept = {number: {Line.objects.get(pk=number).hash} for number in (3, 20)}
    with without_refusals(connection):
        attack()
        assert verify().fault is None, "from the inside it looks whole: that is why anchors lie outside"
        verdict = verify(anchors=kept)
    assert (verdict.fault, verdict.at_line) == (fault, line)
    assert verdict.vouched == (3 if fault is Fault.RECOMPUTED else 0)


@pytest.mark.django_db(transaction=True)
def test_verification_reads_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verification, "PART", 4)
    write(12)
    assert (verify().lines, verify().fault) == (12, None)


@pytest.mark.django_db(transaction=True)
def test_fifty_writers_at_once_make_one_chain_without_a_fork() -> None:
    def writer(number: int) -> None:
        try:
            for turn in range(LINES_EACH):
                with transaction.atomic():
                    record("a.b", subject=f"urn:bolwerk:test:writer:{number}", actor=SYSTEM, at=AT, turn=turn)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(writer, range(WRITERS)))
    verdict = verify()
    assert (verdict.fault, verdict.lines) == (None, WRITERS * LINES_EACH)
    assert Line.objects.count() == Line.objects.values("previous_hash").distinct().count() == WRITERS * LINES_EACH
