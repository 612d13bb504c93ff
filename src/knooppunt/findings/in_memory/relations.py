"""Tables worked out step by step: chosen, counted, joined."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any

import ibis.expr.operations as ops
import pyarrow as pa
import pyarrow.compute as pc

from knooppunt.findings.in_memory.columns import Column, Memo, OtherwiseError, column


def rows_of(node: Any, memo: Memo) -> pa.Table:
    if node not in memo:
        if type(node) not in _RELATIONS:
            raise OtherwiseError(type(node).__name__)
        memo[node] = _RELATIONS[type(node)](node, memo)
    return memo[node]


def _held(node: ops.InMemoryTable, _: Memo) -> pa.Table:
    return node.data.to_pyarrow(node.schema)


def _filter(node: ops.Filter, memo: Memo) -> pa.Table:
    rows = rows_of(node.parent, memo)
    kept = reduce(pc.and_kleene, [column(one, memo) for one in node.predicates])
    if isinstance(kept, pa.Scalar):
        return rows if kept.as_py() else rows.slice(0, 0)
    return rows.filter(kept)


def _project(node: ops.Project, memo: Memo) -> pa.Table:
    rows = rows_of(node.parent, memo)
    return _table({name: column(value, memo) for name, value in node.values.items()}, len(rows), node)


def _table(columns: dict[str, Column], length: int, node: Any) -> pa.Table:
    whole = [pa.repeat(one, length) if isinstance(one, pa.Scalar) else one for one in columns.values()]
    return pa.table(whole, names=list(columns)).cast(node.schema.to_pyarrow())


def _dropped(node: ops.DropColumns, memo: Memo) -> pa.Table:
    return rows_of(node.parent, memo).select(list(node.schema.names))


def _sorted(node: ops.Sort, memo: Memo) -> pa.Table:
    keys = []
    for key in node.keys:
        if not isinstance(key.arg, ops.Field) or key.nulls_first:
            raise OtherwiseError("Sort")
        keys.append((key.arg.name, "ascending" if key.ascending else "descending"))
    return rows_of(node.parent, memo).sort_by(keys)


def _distinct(node: ops.Distinct, memo: Memo) -> pa.Table:
    rows = rows_of(node.parent, memo)
    return rows.group_by(rows.column_names, use_threads=False).aggregate([])


def _union(node: ops.Union, memo: Memo) -> pa.Table:
    if node.distinct:
        raise OtherwiseError("Union")
    schema = node.schema.to_pyarrow()
    return pa.concat_tables([rows_of(one, memo).select(schema.names).cast(schema) for one in (node.left, node.right)])


_COUNTED: dict[Any, str] = {
    ops.CountDistinct: "count_distinct",
    ops.Count: "count",
    ops.Max: "max",
    ops.Min: "min",
    ops.Sum: "sum",
}


def _aggregate(node: ops.Aggregate, memo: Memo) -> pa.Table:
    if not node.groups:
        raise OtherwiseError("Aggregate")
    length = len(rows_of(node.parent, memo))
    columns = {f"by {name}": column(value, memo) for name, value in node.groups.items()}
    asked: list[tuple[Any, str]] = []
    for name, metric in node.metrics.items():
        if isinstance(metric, ops.CountStar) and metric.where is None:
            asked.append(([], "count_all"))
        elif type(metric) in _COUNTED:
            columns[name] = _where(metric, memo)
            asked.append((name, _COUNTED[type(metric)]))
        else:
            raise OtherwiseError(type(metric).__name__)
    whole = {name: pa.repeat(one, length) if isinstance(one, pa.Scalar) else one for name, one in columns.items()}
    keys = [f"by {name}" for name in node.groups]
    told = pa.table(whole).group_by(keys, use_threads=False).aggregate(asked)
    counted = [f"{name}_{how}" if name else how for name, how in asked]
    return told.select([*keys, *counted]).rename_columns(list(node.schema.names)).cast(node.schema.to_pyarrow())


def _where(metric: Any, memo: Memo) -> Column:
    told = column(metric.arg, memo)
    if metric.where is None:
        return told
    return pc.if_else(pc.fill_null(column(metric.where, memo), fill_value=False), told, pa.scalar(None, told.type))


_HOW = {"inner": "inner", "left": "left outer", "semi": "left semi", "anti": "left anti"}


def _joined(node: ops.JoinChain, memo: Memo) -> pa.Table:
    asked = {(field.rel, field.name) for field in node.find(ops.Field) if isinstance(field.rel, ops.JoinReference)}
    joined = _named(node.first, asked, memo)
    for link in node.rest:
        pairs = [_pair(one, link.table) for one in link.predicates]
        if link.how not in _HOW or not pairs:
            raise OtherwiseError(f"{link.how} join")
        joined = joined.join(
            _named(link.table, asked, memo),
            keys=[left for left, _ in pairs],
            right_keys=[right for _, right in pairs],
            join_type=_HOW[link.how],
            coalesce_keys=False,
            use_threads=False,
        )
    sides = {one: _of_side(joined, one) for one in (node.first, *(link.table for link in node.rest))}
    columns = {name: column(value, memo | sides) for name, value in node.values.items()}
    return _table(columns, len(joined), node)


def _of_side(joined: pa.Table, reference: Any) -> pa.Table:
    begin = _in_join(reference, "")
    names = [name for name in joined.column_names if name.startswith(begin)]
    return joined.select(names).rename_columns([name.removeprefix(begin) for name in names])


def _in_join(reference: Any, name: str) -> str:
    return f"{reference.identifier} {name}"


def _pair(predicate: Any, right: Any) -> tuple[str, str]:
    """The columns that must be equal: of what was joined before, and of the table that is joined to it."""
    if not isinstance(predicate, ops.Equals):
        raise OtherwiseError("JoinLink")
    one, other = predicate.left, predicate.right
    if isinstance(one, ops.Field) and one.rel == right:
        one, other = other, one
    if not (isinstance(one, ops.Field) and isinstance(other, ops.Field)) or type(one.dtype) is not type(other.dtype):
        raise OtherwiseError("JoinLink")
    return _in_join(one.rel, one.name), _in_join(other.rel, other.name)


def _named(reference: Any, asked: set[tuple[Any, str]], memo: Memo) -> pa.Table:
    rows = rows_of(reference.parent, memo)
    names = [name for name in rows.column_names if (reference, name) in asked]
    return rows.select(names).rename_columns([_in_join(reference, name) for name in names])


_RELATIONS: dict[Any, Callable[[Any, Memo], pa.Table]] = {
    ops.InMemoryTable: _held,
    ops.Filter: _filter,
    ops.Project: _project,
    ops.DropColumns: _dropped,
    ops.Sort: _sorted,
    ops.Distinct: _distinct,
    ops.Union: _union,
    ops.Aggregate: _aggregate,
    ops.JoinChain: _joined,
}
