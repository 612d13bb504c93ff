"""Lines as somebody asks for them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bolwerk.audit.actions import SYSTEM, record
from bolwerk.audit.models import Line
from bolwerk.audit.queries import lines as queries
from bolwerk.audit.queries.lines import Wanted, count_up_to, every_line, length, lines_about, part_of

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ANNA, BEN = "urn:bolwerk:accounts:person:anna", "urn:bolwerk:accounts:person:ben"
ONE, TWO = "urn:bolwerk:x:thing:1", "urn:bolwerk:x:thing:2"


def write(event: str = "x.read", *, subject: str = ONE, actor: str = ANNA, minutes: int = 0) -> Line:
    return record(event, subject=subject, actor=actor, at=AT + timedelta(minutes=minutes))


def numbers(wanted: Wanted, **place: int) -> list[int]:
    return [line.sequence for line in part_of(wanted, **place).lines]


def test_the_newest_line_comes_first_and_the_last_written_of_one_moment() -> None:
    write(minutes=1), write(minutes=5), write(minutes=5), write(minutes=3)
    assert numbers(Wanted()) == [3, 2, 4, 1]
    assert length() == 4


def test_one_turns_pages_to_older_and_back_to_newer_lines() -> None:
    for number in range(7):
        write(minutes=number)
    first = part_of(Wanted(), size=3)
    second = part_of(Wanted(), size=3, before=first.lines[-1].sequence)
    third = part_of(Wanted(), size=3, before=second.lines[-1].sequence)
    assert [[line.sequence for line in part.lines] for part in (first, second, third)] == [[7, 6, 5], [4, 3, 2], [1]]
    assert [(part.newer, part.older) for part in (first, second, third)] == [(False, True), (True, True), (True, False)]
    assert part_of(Wanted(), size=3, after=third.lines[0].sequence).lines == second.lines
    assert part_of(Wanted(), size=3, after=second.lines[0].sequence) == first


def test_pages_of_lines_of_one_moment_do_not_overlap() -> None:
    for _number in range(6):
        write()
    first = part_of(Wanted(), size=4)
    assert [line.sequence for line in first.lines] == [6, 5, 4, 3]
    assert numbers(Wanted(), before=3) == [2, 1]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Wanted(actor=ANNA), [4, 3, 1]),
        (Wanted(subject=TWO), [3, 2]),
        (Wanted(events=("x.read",)), [2, 1]),
        (Wanted(events=("denied", "x.changed")), [4, 3]),
        (Wanted(events=()), []),
        (Wanted(actor=ANNA, subject=TWO), [3]),
        (Wanted(actor=ANNA, events=("x.read", "denied")), [4, 1]),
        (Wanted(subject=ONE, events=("denied",)), [4]),
        (Wanted(actor=ANNA, subject=TWO, events=("x.read",)), []),
        (Wanted(since=AT + timedelta(minutes=1), until=AT + timedelta(minutes=3)), [3, 2]),
        (Wanted(actor=BEN, until=AT), []),
    ],
)
def test_what_is_asked_narrows_and_counts_alike(wanted: Wanted, expected: list[int]) -> None:
    write("x.read")
    write("x.read", subject=TWO, actor=BEN, minutes=1)
    write("x.changed", subject=TWO, minutes=2)
    write("denied", minutes=3)
    assert numbers(wanted) == expected
    assert [line.sequence for line in every_line(wanted, most=10)] == expected
    assert count_up_to(wanted, most=10) == len(expected)


def test_it_makes_no_difference_in_which_index_the_search_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    write(), write(actor=BEN), write("denied"), write(subject=TWO)
    wanted = Wanted(actor=ANNA, subject=ONE, events=("x.read",))
    found = numbers(wanted)
    monkeypatch.setattr(queries, "FEW", 1)
    assert numbers(wanted) == found == [1]


def test_a_file_of_many_lines_is_read_in_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "CHUNK", 2)
    for number in range(5):
        write(minutes=number)
    assert [line.sequence for line in every_line(Wanted(), most=99)] == [5, 4, 3, 2, 1]
    assert [line.sequence for line in every_line(Wanted(), most=3)] == [5, 4, 3]
    assert count_up_to(Wanted(), most=3) == 3


def test_lines_about_several_things_come_together_by_time() -> None:
    write(minutes=1), write(subject=TWO, minutes=2), write(subject="urn:bolwerk:x:thing:3"), write(minutes=3)
    since, until = AT, AT + timedelta(minutes=3)
    assert [line.sequence for line in lines_about([ONE, TWO], since=since, until=until, most=9)] == [2, 1]
    assert [line.sequence for line in lines_about([ONE, TWO], since=since, until=until, most=1)] == [2]
    assert lines_about([ONE, TWO], events=("denied",), most=9) == lines_about([], most=9) == []


def test_many_things_are_asked_about_a_part_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "BRANCHES", 2)
    things = [f"urn:bolwerk:x:thing:{number}" for number in range(5)]
    for number, thing in enumerate(things):
        write(subject=thing, minutes=number)
    with CaptureQueriesContext(connection) as asked:
        found = lines_about(things, most=9)
    assert [line.sequence for line in found] == [5, 4, 3, 2, 1]
    assert len(asked) == 3


def test_a_line_that_is_not_there_begins_at_the_newest() -> None:
    write()
    assert numbers(Wanted(), before=99) == [1]
    assert part_of(Wanted(actor=SYSTEM)).lines == []


@pytest.mark.parametrize(
    ("wanted", "index"),
    [
        (Wanted(), "audit_line_at"),
        (Wanted(subject=ONE), "audit_line_subject"),
        (Wanted(actor=ANNA), "audit_line_actor"),
        (Wanted(events=("denied", "x.read"), since=AT), "audit_line_event"),
    ],
    ids=str,
)
def test_a_page_is_one_walk_through_an_index(wanted: Wanted, index: str) -> None:
    with CaptureQueriesContext(connection) as asked:
        part_of(wanted)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for step in ("seqscan", "bitmapscan", "sort"):  # what an empty table gets; a sort that is needed stays
                cursor.execute(f"SET LOCAL enable_{step} = off")
        how = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
        cursor.execute(f"{how} {asked[-1]['sql']}")
        plan = " ".join(str(row[-1]) for row in cursor.fetchall())
    if connection.vendor == "postgresql":  # which of two indexes costs less in an empty table hangs on old statistics
        assert "Index" in plan, plan
        assert "Sort  (" not in plan, plan  # a step that sorts; merging what lies in order is none
    else:
        assert index in plan, plan
