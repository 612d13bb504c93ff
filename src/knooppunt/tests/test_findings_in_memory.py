"""Questions answered in memory get the rows an engine gives."""

from collections.abc import Callable
from datetime import date
from typing import Any

import ibis
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ibis.expr.types import Table

from knooppunt.findings.in_memory import answered, columns, is_held

SMALL = st.none() | st.integers(-2, 3)
WORDS = st.none() | st.sampled_from(["", "a", "ab", "woonfunctie, b"])
DAYS = st.none() | st.dates(date(2026, 1, 1), date(2026, 1, 4))
ROWS = st.lists(st.tuples(SMALL, SMALL, st.none() | st.sampled_from([-1.5, 0.0, 2.0]), WORDS, DAYS), max_size=12)
SCHEMA = pa.schema(
    [("key", pa.int64()), ("number", pa.int8()), ("part", pa.float64()), ("word", pa.string()), ("day", pa.date32())]
)


def held(rows: list[tuple[Any, ...]]) -> Table:
    return ibis.memtable(pa.Table.from_pylist([dict(zip(SCHEMA.names, row, strict=True)) for row in rows], SCHEMA))


def chosen(t: Table, _: Table) -> Table:
    since = t.day.isnull() | (t.day <= date(2026, 1, 2))
    return t.filter(since & ~t.number.isin([0, 1]), t.key.between(-1, 2) | t.word.contains("a"))


def reckoned(t: Table, _: Table) -> Table:
    return t.mutate(
        both=ibis.coalesce(t.key, t.number, 7),
        less=t.part < 2.0 * t.number,
        sum=t.key + t.number,
        away=(t.number >= 1).ifelse(t.part, t.part / 2),
        yes=(t.key == t.number).cast("int64"),
        same=ibis.literal("same"),
    ).drop("day")


def counted(t: Table, _: Table) -> Table:
    return t.group_by("word", "key").agg(
        rows=t.count(),
        numbers=t.number.nunique(),
        some=t.number.nunique(where=t.day <= date(2026, 1, 2)),
        most=t.number.max(),
        sum=t.number.sum(),
    )


def joined(t: Table, other: Table) -> Table:
    return t.join(other.select("key", theirs="word"), "key").order_by("key")


def left(t: Table, other: Table) -> Table:
    there = t.left_join(other, ["key", "word"])
    return there.mutate(number=there.number_right.fill_null(0)).drop("key_right", "word_right")


def few(t: Table, other: Table) -> Table:
    return t.semi_join(other, "key").anti_join(other.filter(other.number > 0), "word").select("key").distinct()


def together(t: Table, other: Table) -> Table:
    return ibis.union(t.select("key", x="word"), other.select("key", x=ibis.literal("b")))


def ranked(t: Table, _: Table) -> Table:
    return t.mutate(rank=ibis.row_number().over(order_by=[t.key, t.number, t.part, t.word, t.day]))


def text(rows: pa.Table) -> list[str]:
    return sorted(map(repr, rows.to_pylist()))


@pytest.mark.parametrize("question", [chosen, reckoned, counted, joined, left, few, together, ranked])
@settings(deadline=None, max_examples=25)
@given(one=ROWS, other=ROWS)
def test_memory_says_what_an_engine_says(
    one: list[tuple[Any, ...]], other: list[tuple[Any, ...]], question: Callable[[Table, Table], Table]
) -> None:
    asked = question(held(one), held(other))
    mine, theirs = answered(asked), asked.to_pyarrow()
    assert mine.schema.equals(theirs.schema)
    assert text(mine) == text(theirs)


@pytest.mark.parametrize("question", [chosen, reckoned, counted, joined, left, few, together])
def test_these_are_not_asked_of_an_engine(
    question: Callable[[Table, Table], Table], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = question(held([(1, 1, 2.0, "a", None)]), held([(1, 0, 2.0, "b", None)]))
    monkeypatch.setattr(Table, "to_pyarrow", None)
    assert answered(asked).schema.names == list(asked.columns)


def test_what_lies_elsewhere_is_asked_of_the_engine(tmp_path: Any) -> None:
    engine = ibis.duckdb.connect()
    engine.raw_sql("CREATE TABLE there AS SELECT 1 AS key")
    assert not is_held(engine.table("there"))
    assert answered(engine.table("there")).to_pylist() == [{"key": 1}]
    assert issubclass(columns.OtherwiseError, NotImplementedError)
