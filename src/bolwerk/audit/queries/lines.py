"""Lines as somebody asks for them: newest first, a part at a time, however long the trail is.

A part is read from one index: that of the thing, of the actor, of each event, or of the moment. Each ends in moment and
number, the order of the screen, so that a part costs as much as it holds. What else is asked is looked at row by row;
it begins where few lines are. `make bench` (`trail`) measures this on both databases.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.db import connection

from bolwerk.audit.models import Line

Value = str | int | datetime  # what stands for a placeholder
PAGE_SIZE = 50
CHUNK = 2_000  # lines in memory while a file is written
BRANCHES = 100  # things that are asked about together
FEW = 1_000  # lines that are looked at one by one without a second thought


@dataclass(frozen=True)
class Wanted:
    """Which lines. What is empty or None does not narrow; no `events` at all (an empty tuple) is nothing.

    `since` counts, `until` does not count any more.
    """

    actor: str = ""
    subject: str = ""
    events: tuple[str, ...] | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class Part:
    """Some lines, newest first, and whether there are newer and older ones that are wanted."""

    lines: list[Line]
    newer: bool
    older: bool


def length() -> int:
    """How many lines there are: the number of the last one."""
    return Line.objects.order_by("-sequence").values_list("sequence", flat=True).first() or 0


def line_with(sequence: int) -> Line | None:
    """The line with this number, or None."""
    return Line.objects.filter(pk=sequence).first()


def same_trace(line: Line, *, most: int = PAGE_SIZE) -> list[Line]:
    """The other lines of the same request, in the order in which they were written; none for a line without trace."""
    if not line.trace_id:
        return []
    return list(Line.objects.filter(trace_id=line.trace_id).exclude(pk=line.pk).order_by("sequence")[:most])


def lines_of_traces(traces: Collection[str]) -> list[Line]:
    """Every line of these requests."""
    wanted = sorted(traces)
    parts = (wanted[first : first + FEW] for first in range(0, len(wanted), FEW))
    return [line for part in parts for line in Line.objects.filter(trace_id__in=part).order_by("sequence")]


def part_of(wanted: Wanted, *, before: int = 0, after: int = 0, size: int = PAGE_SIZE) -> Part:
    """The newest lines that are wanted, or those next to a line: older than `before`, or newer than `after`."""
    edge = Line.objects.filter(pk=after or before).first() if after or before else None
    if edge is None:
        lines = _read(wanted, size + 1)
        return Part(lines[:size], newer=False, older=len(lines) > size)
    if after:
        lines = _read(wanted, size + 1, edge=edge, up=True)
        return Part(lines[:size][::-1], newer=len(lines) > size, older=True)
    lines = _read(wanted, size + 1, edge=edge)
    return Part(lines[:size], newer=True, older=len(lines) > size)


def every_line(wanted: Wanted, *, most: int, before: Line | None = None) -> Iterator[Line]:
    """At most so many of the lines that are wanted, newest first, older than the line `before`. Memory stays flat."""
    edge = before
    while most > 0:
        lines = _read(wanted, min(CHUNK, most), edge=edge)
        yield from lines
        if len(lines) < CHUNK:
            return
        most, edge = most - len(lines), lines[-1]


def count_up_to(wanted: Wanted, *, most: int) -> int:
    """How many lines are wanted; counting ends at `most`."""
    if wanted.events == ():
        return 0
    return _count(_question(wanted), most)


def lines_about(
    subjects: Sequence[str],
    *,
    events: tuple[str, ...] | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    most: int,
) -> list[Line]:
    """What happened to any of these things, newest first; at most so many lines. `until` does not count any more."""
    wanted = Wanted(events=events, since=since, until=until)
    found: list[Line] = []
    for first in range(0, len(subjects), BRANCHES):
        found += _read_about(subjects[first : first + BRANCHES], wanted, most)
    return sorted(found, key=lambda line: (line.at, line.sequence), reverse=True)[:most]


@dataclass(frozen=True)
class _Condition:
    """A piece of SQL with its values."""

    sql: str
    values: tuple[Value, ...] = ()


@dataclass(frozen=True)
class _Question:
    """What is wanted, in SQL: in which index to begin (each branch is one walk through it), and what else must hold."""

    branches: tuple[_Condition, ...]
    rest: tuple[_Condition, ...]

    def statement(self, size: int, *, columns: str = "*", way: str = "DESC") -> tuple[str, list[Value]]:
        """The first `size` lines of every branch, and the first `size` of those."""
        order = f"ORDER BY at {way}, sequence {way} LIMIT {size:d}"
        walks, values = [], []
        for branch in self.branches:
            where = " AND ".join(part.sql for part in (branch, *self.rest))
            walks.append(f"SELECT * FROM (SELECT {columns} FROM audit_line WHERE {where} {order}) AS walk")  # noqa: S608  columns and order are ours
            values += [value for part in (branch, *self.rest) for value in part.values]
        return f"{' UNION ALL '.join(walks)} {order}", values


def _read(wanted: Wanted, size: int, *, edge: Line | None = None, up: bool = False) -> list[Line]:
    if wanted.events == ():
        return []
    question = _question(wanted, edge=_next_to(edge, up=up) if edge else None)
    return list(Line.objects.raw(*question.statement(size, way="ASC" if up else "DESC")))


def _read_about(subjects: Sequence[str], wanted: Wanted, most: int) -> list[Line]:
    things = tuple(_Condition("subject = %s", (subject,)) for subject in subjects)
    events = tuple(_Condition("event = %s", (event,)) for event in wanted.events or ())
    rest = (*_period(wanted), *([_row_by_row(events)] if events else []))
    return list(Line.objects.raw(*_Question(things, rest).statement(most)))


def _count(question: _Question, most: int) -> int:
    statement, values = question.statement(most, columns="at, sequence")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({statement}) AS wanted", values)  # noqa: S608  ours, with placeholders
        return int(cursor.fetchone()[0])


def _question(wanted: Wanted, *, edge: _Condition | None = None) -> _Question:
    """Begin in the index of the first thing asked that has few lines, else of the first thing asked."""
    period = (*_period(wanted), *([edge] if edge else []))
    asked = [ways for ways in _asked(wanted) if ways]
    if not asked:
        return _Question((_Condition("1 = 1"),), period)
    begin = asked[0]
    if len(asked) > 1:
        begin = next((ways for ways in asked if _count(_Question(ways, ()), FEW) < FEW), begin)
    others = tuple(_row_by_row(ways) for ways in asked if ways is not begin)
    return _Question(begin, (*period, *others))


def _asked(wanted: Wanted) -> Iterable[tuple[_Condition, ...]]:
    """What narrows, usually narrowest first: a thing has few lines, an actor more, an event many."""
    yield (_Condition("subject = %s", (wanted.subject,)),) if wanted.subject else ()
    yield (_Condition("actor = %s", (wanted.actor,)),) if wanted.actor else ()
    yield tuple(_Condition("event = %s", (event,)) for event in wanted.events or ())


def _row_by_row(ways: tuple[_Condition, ...]) -> _Condition:
    """One of these must hold, without using an index for it: joining nothing to the column keeps indexes out."""
    column = ways[0].sql.split(" ")[0]
    marks = ", ".join(["%s"] * len(ways))
    return _Condition(f"{column} || '' IN ({marks})", tuple(value for way in ways for value in way.values))


def _period(wanted: Wanted) -> Iterator[_Condition]:
    if wanted.since:
        yield _Condition("at >= %s", (_moment(wanted.since),))
    if wanted.until:
        yield _Condition("at < %s", (_moment(wanted.until),))


def _next_to(edge: Line, *, up: bool) -> _Condition:
    return _Condition(f"(at, sequence) {'>' if up else '<'} (%s, %s)", (_moment(edge.at), edge.sequence))


def _moment(at: datetime) -> Value:
    """A moment as this database compares it."""
    return cast(Value, connection.ops.adapt_datetimefield_value(at))
