"""Adding lines."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from bolwerk.audit.actions import SYSTEM, Entry, record, record_all, record_apart
from bolwerk.audit.models import Head, Line
from bolwerk.audit.queries.verification import verify
from bolwerk.audit.rules.chain import GENESIS
from bolwerk.audit.rules.contents import NotForTheTrailError

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
THING = "urn:bolwerk:incidents:incident:1"
REST = "at, event, subject, actor, reason, trace_id, facts_json"


@pytest.mark.django_db(transaction=True)
def test_each_line_points_to_the_one_before() -> None:
    first = record("a.b", subject=THING, actor=SYSTEM, at=AT)
    second = record("a.c", subject=THING, actor=SYSTEM, at=AT, rows=3)
    assert (first.sequence, first.previous_hash) == (1, GENESIS)
    assert (second.sequence, second.previous_hash) == (2, first.hash)
    assert Head.objects.get() == Head.objects.get(sequence=2, hash=second.hash)


@pytest.mark.django_db
def test_facts_come_back_as_they_were_given() -> None:
    record("a.b", subject=THING, actor=SYSTEM, at=AT, rows=3, to="Café", late=True, nothing=None)
    assert Line.objects.get().facts == {"rows": 3, "to": "Café", "late": True, "nothing": None}


@pytest.mark.django_db(transaction=True)
def test_a_line_goes_when_the_change_it_tells_of_is_rolled_back() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record("a.b", subject=THING, actor=SYSTEM, at=AT)
        1 / 0  # noqa: B018  it must fail
    assert not Line.objects.exists()
    assert record("a.b", subject=THING, actor=SYSTEM, at=AT).sequence == 1


@pytest.mark.django_db(transaction=True)
def test_lines_that_are_added_together_are_chained_one_by_one() -> None:
    before = record("a.b", subject=THING, actor=SYSTEM, at=AT)
    entries = [Entry("a.c", subject=THING, facts={"number": number}) for number in range(120)]
    lines = record_all(entries=entries, actor=SYSTEM, at=AT)
    assert [line.sequence for line in lines] == list(range(2, 122))
    assert lines[0].previous_hash == before.hash
    assert verify().lines == Head.objects.get().sequence == 121
    assert record_all(entries=[], actor=SYSTEM, at=AT) == []


@pytest.mark.django_db
def test_of_lines_that_are_added_together_none_may_say_too_much() -> None:
    entries = [Entry("a.b", subject=THING), Entry("a.b", subject=THING, facts={"to": "jan@example.nl"})]
    with pytest.raises(NotForTheTrailError):
        record_all(entries=entries, actor=SYSTEM, at=AT)
    assert not Line.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_one_transaction_may_write_many_lines() -> None:
    with transaction.atomic():
        lines = [record("a.b", subject=THING, actor=SYSTEM, at=AT, number=number) for number in range(300)]
    assert [line.sequence for line in lines] == list(range(1, 301))
    assert verify().lines == Head.objects.get().sequence == 300


@pytest.mark.django_db
def test_the_chain_is_whole_in_the_midst_of_a_transaction_too() -> None:
    for number in range(3):
        record("a.b", subject=THING, actor=SYSTEM, at=AT, number=number)
        assert (verify().fault, verify().lines) == (None, number + 1)


@pytest.mark.django_db(transaction=True)
def test_what_is_told_to_have_happened_is_on_disk_first() -> None:
    if connection.vendor != "postgresql":
        assert connection.cursor().execute("PRAGMA synchronous").fetchone() == (2,), (
            "FULL: SQLite waits for the disk with every transaction"
        )
        return
    with CaptureQueriesContext(connection) as queries:
        record("a.b", subject=THING, actor=SYSTEM, at=AT)
    assert "pg_logical_emit_message" in queries.captured_queries[-1]["sql"], "the barrier comes after the commit"


@pytest.mark.django_db(transaction=True)
def test_a_denial_cannot_be_written_where_a_rollback_would_take_it_away() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        record_apart("denied", subject=THING, actor=SYSTEM, at=AT)
    assert record_apart("denied", subject=THING, actor=SYSTEM, at=AT).sequence == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "words",
    [
        {"reason": "vraag van sanne@zilverdam.example"},
        {"reason": "burger 999990019 belde"},
        {"reason": "regel\r\n2026-11-23 admin deed niets"},
        {"reason": "zie ?t=Xk29fjQ0aLmZ81TtQvbn4"},
        {"reason": "a" * 401},
        {"subject": "urn:bolwerk:hub:person:999990019"},
        {"subject": "incident 1"},
        {"actor": "sanne@zilverdam.example"},
        {"event": "Incident read"},
        {"event": "a.b\nc"},
        {"words": "x" * 81},
        {"words": "tab\there"},
        {"words": 1.5},
        {"words": ["a", "b"]},
    ],
    ids=str,
)
def test_a_line_with_personal_data_or_a_second_line_in_it_is_refused(words: dict[str, object]) -> None:
    given: dict[str, object] = {"event": "a.b", "subject": THING, "actor": SYSTEM, "at": AT} | words
    with pytest.raises(NotForTheTrailError):
        record(given.pop("event"), **given)  # type: ignore[arg-type]  # wrong on purpose
    assert not Line.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fact",
    [
        "0221010000004127",
        "urn:bolwerk:accounts:person:0b9c1f5e-5f2e-4a3c-9b57-2f8f3a0b7c11",
        "123456789",
        "60",
        "f" * 64,
    ],
)
def test_numbers_and_names_of_things_are_no_personal_data(fact: str) -> None:
    assert record("a.b", subject=THING, actor=SYSTEM, at=AT, fact=fact).facts == {"fact": fact}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_line SET actor = 'urn:bolwerk:system:2'",
        "DELETE FROM audit_line",
        "UPDATE audit_head SET sequence = 0",
        "UPDATE audit_head SET sequence = 2",
        "UPDATE audit_head SET hash = 'x'",
        "DELETE FROM audit_head",
        "INSERT INTO audit_head (id, sequence, hash) VALUES (2, 0, '')",
        f"INSERT INTO audit_line SELECT 7, {REST}, hash, 'x' FROM audit_line",
        f"INSERT INTO audit_line SELECT 2, {REST}, 'x', 'x' FROM audit_line",
    ],
)
def test_the_database_refuses_to_change_the_trail(statement: str) -> None:
    before = record("a.b", subject=THING, actor=SYSTEM, at=AT)
    connection.check_constraints()  # PostgreSQL moves the head when the transaction ends, or here
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Line.objects.get().hash == before.hash == Head.objects.get().hash


@pytest.mark.django_db
def test_the_database_refuses_to_replace_or_empty_the_trail() -> None:
    record("a.b", subject=THING, actor=SYSTEM, at=AT)
    statements = {
        "sqlite": [
            "INSERT OR REPLACE INTO audit_line SELECT * FROM audit_line",
            "REPLACE INTO audit_head VALUES (1, 0, '')",
        ],
        "postgresql": ["TRUNCATE audit_line", "TRUNCATE audit_head", "TRUNCATE audit_line, audit_head CASCADE"],
    }
    for statement in statements[connection.vendor]:
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert Line.objects.count() == 1
