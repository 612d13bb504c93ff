"""From rows to findings: what every rule does after it has measured and chosen.

A rule measures something about every object that could be found, keeps those beyond its bounds, and says in words
what it saw. Comparing with the others, filling in the words and gathering the records are done here.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from string import Formatter
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from ibis.expr.types import Table

from knooppunt.findings.in_memory import answered, is_held
from knooppunt.findings.inputs import Inputs
from knooppunt.findings.refs import ESTABLISHMENT_REF, building_ref, establishment_ref, premises_ref
from knooppunt.findings.row_by_row import rows_of
from knooppunt.findings.rule import Answer, Found, Level, Ref, Text
from knooppunt.findings.standing import Spread, Usual
from knooppunt.findings.told import different, told_as, with_records
from knooppunt.words import as_dutch

_SHOWN = {False: ("compared", "median", "p99", "percentile"), True: ("compared", "alike", "percentile")}
MOST_TEXTS = 10_000  # kept filled in
FEWEST_PEERS = 10  # a comparison with fewer says little
Row = dict[str, Any]
Records = tuple[Table, Callable[[Row], Ref]]
"""Records a finding rests on: a table with object_id (and part, where findings have one), and how a row is told."""


@dataclass(frozen=True)
class Shape:
    """How a rule tells what it found.

    `by` is the column that says how much, `peers` what it is compared with ("adressen met een bedrijf"). `values` are
    shown as figures and may be used in the words, as may `bounds`.
    """

    level: Level
    by: str
    peers: Text
    headline: Text
    explanation: Text
    values: tuple[str, ...]
    bounds: dict[str, Any] = field(default_factory=dict)
    how_many: bool = False  # compared by how many are like this, where more or less of it says nothing
    named: Callable[[Found], Found] | None = None  # says it in other words


_COMPARED = Text(
    " Bij {compared} {peers} is {median} gebruikelijk; bij 99 van de 100 is het hoogstens {p99}.",
    " With {compared} {peers}, {median} is usual; with 99 in 100 of them it is at most {p99}.",
)
_HOW_MANY = Text(" Zo zijn er {alike} van de {compared} {peers}.", " So are {alike} of the {compared} {peers}.")
_TOO_FEW = Text(
    " Er zijn te weinig {peers} om mee te vergelijken ({compared}).",
    " There are too few {peers} to compare with ({compared}).",
)


def answer(
    inputs: Inputs,
    found: Table,
    shape: Shape,
    *,
    measured: Table,
    records: Sequence[Records] = (),
    beyond: Callable[[Row, Spread], bool] | None = None,
) -> Answer:
    """The findings of a rule. `found` is a choice of rows of `measured`; both have object_id, and part where needed.

    Where the choice depends on what is usual, `beyond` makes it, from the rows of `found`.
    """
    keys = ["object_id", "part"] if "part" in found.columns else ["object_id"]
    own = found.select(*dict.fromkeys((*keys, *shape.values, shape.by, *_quality(found)))).order_by(keys)

    def passing(rows: list[Row], usual: Usual) -> list[Row | None]:
        return [row if beyond is None or beyond(row, usual.kind()) else None for row in rows]

    def see(usual: Usual) -> pa.Table:
        there = answered(own)
        rows = [row for row in passing(rows_of(there), usual) if row is not None]
        return with_records(there, _refs(inputs, rows, shape.level, records))

    def say(seen: pa.Table, usual: Usual) -> pa.Table:
        rows, places = different(seen)
        chosen = passing(rows, usual)
        alike = int(np.array([row is not None for row in chosen], bool)[places].sum())

        def words(row: Row) -> Found:
            return _found(row | _place(row[shape.by], usual.kind(), alike, shape), shape)

        return told_as(seen, [None if row is None else words(row) for row in chosen], places)

    return Answer(lambda: Usual.of(measured, shape.by), see, say, lambda: str(ibis.to_sql(found, dialect="duckdb")))


def _place(value: float, spread: Spread, alike: int, shape: Shape) -> Row:
    """Where a value stands among all that were measured: compared, median, p99, and the share that shows less."""
    share = 1 - alike / spread.compared if shape.how_many else spread.below(value)
    usual = {"median": spread.quantile(0.5), "p99": spread.quantile(0.99)}
    return {"compared": spread.compared, **usual, "percentile": share, "alike": alike}


def _quality(found: Table) -> tuple[str, ...]:
    return ("match_quality",) if "match_quality" in found.columns else ()


def _key(row: Row) -> tuple[int, str]:
    return row["object_id"], row.get("part") or ""


def _refs(
    inputs: Inputs, rows: list[Row], level: Level, records: Sequence[Records]
) -> dict[tuple[int, str], list[Ref]]:
    """The records behind each finding; those of an object without part are behind all its findings."""
    refs: dict[tuple[int, str], list[Ref]] = {_key(row): [] for row in rows}
    parts = defaultdict(list)
    for row in rows:
        parts[row["object_id"]].append(row.get("part") or "")
    for table, tell in [*_themselves(inputs, level), *records]:
        for row in rows_about(_asked_of(table, tell), rows):
            for part in [row["part"]] if "part" in row else parts[row["object_id"]]:
                if (row["object_id"], part) in refs:
                    refs[row["object_id"], part].append(tell(row))
    return refs


def _asked_of(table: Table, tell: Callable[[Row], Ref]) -> Table:
    """Of establishments, which most records are, no more than is told of them."""
    if tell is not establishment_ref:
        return table
    return table.select(*(name for name in ("object_id", "part", *ESTABLISHMENT_REF) if name in table.columns))


def rows_about(table: Table, found: list[Row]) -> list[Row]:
    """The rows of a table about the objects that were found, as they were delivered."""
    if not found:
        return []
    objects = pa.array(sorted({row["object_id"] for row in found}), pa.int64())
    order = [*(name for name in ("source_file", "source_line") if name in table.columns), "object_id"]
    rows: list[Row]
    if is_held(table):  # a part of a day: quicker than asking an engine
        there = answered(table)
        here = there.filter(pc.is_in(there["object_id"], objects))
        rows = rows_of(here.sort_by([(name, "ascending") for name in order]))
    else:
        wanted = ibis.memtable(pa.table({"object_id": objects}))
        rows = rows_of(table.semi_join(wanted, "object_id").order_by(order).to_pyarrow())
    return rows


def _themselves(inputs: Inputs, level: Level) -> Iterable[Records]:
    """The object that a finding is about."""
    if level == "address":
        yield inputs.premises, premises_ref
    elif level == "building":
        yield inputs.see("buildings").rename(object_id="building_id"), building_ref


def _found(row: Row, shape: Shape) -> Found:
    words = {**shape.bounds, **row}
    few = row["compared"] < FEWEST_PEERS
    compared = _TOO_FEW if few else _HOW_MANY if shape.how_many else _COMPARED
    shown = ("compared", "percentile") if few else _SHOWN[shape.how_many]
    own, beside = filled(shape.explanation, words, shape.peers), filled(compared, words, shape.peers)
    found = Found(
        object_id=0,  # that of each row alike
        part=row.get("part") or "",
        values={name: plain(row[name]) for name in shape.values},
        headline=filled(shape.headline, words, shape.peers),
        explanation=Text(own.nl + beside.nl, own.en + beside.en),
        peers={name: row[name] for name in shown},
        refs=(),
        match_quality=row.get("match_quality"),
    )
    return found if shape.named is None else shape.named(found)


def filled(text: Text, words: Row, peers: Text) -> Text:
    """A text with its values filled in as each language writes them."""
    return Text(
        _filled(text.nl, _asked(text.nl, words), peers.nl, _dutch),
        _filled(text.en, _asked(text.en, words), peers.en, _english),
    )


def _asked(text: str, words: Row) -> tuple[Any, ...]:
    return tuple([words.get(name) for name in _named(text)])


@lru_cache(MOST_TEXTS)
def _filled(text: str, asked: tuple[Any, ...], peers: str, told: Callable[[Any], Any]) -> str:
    """Findings say mostly the same, as far as each sentence goes."""
    values = {name: told(value) for name, value in zip(_named(text), asked, strict=True)}
    return text.format(**values | {"peers": peers})


@cache
def _named(text: str) -> tuple[str, ...]:
    """The values a text asks for."""
    return tuple(sorted({name for _, name, _, _ in Formatter().parse(text) if name}))


def _english(value: Any) -> Any:
    if isinstance(value, bool) or value is None:
        return "" if value is None else value
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        value += 0.0  # there is one zero
        return f"{value:,.0f}" if value == round(value) else f"{value:,.1f}" if abs(value) >= 1 else f"{value:.2f}"
    return value.isoformat() if isinstance(value, date) else value


def _dutch(value: Any) -> Any:
    if isinstance(value, date):
        return f"{value.day}-{value.month}-{value.year}"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return as_dutch(str(_english(value)))
    return _english(value)


def plain(value: Any) -> Any:
    """A value as JSON can hold it."""
    return value.isoformat() if isinstance(value, date) else value
