"""Columns worked out of those of a table: compared, reckoned, chosen."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, cast

import ibis.expr.operations as ops
import pyarrow as pa
import pyarrow.compute as pc
from ibis.formats.pyarrow import PyArrowType

Column = Any  # a pa.ChunkedArray, or a pa.Scalar for a value that is the same in each row
Memo = dict[Any, pa.Table]
"""Each table that was worked out."""


class OtherwiseError(NotImplementedError):
    """This is not known here."""


def column(node: Any, memo: Memo) -> Column:
    """A value for each row of a table that was worked out. Raises OtherwiseError."""
    if isinstance(node, ops.Field):
        if node.rel not in memo:
            raise OtherwiseError("Field")
        return memo[node.rel][node.name]
    if isinstance(node, ops.Literal):
        return pa.scalar(node.value, PyArrowType.from_ibis(node.dtype))
    if type(node) not in _VALUES:
        raise OtherwiseError(type(node).__name__)
    return _VALUES[type(node)](node, memo)


def _two(told: Callable[[Column, Column], Column], node: Any, memo: Memo) -> Column:
    return told(column(node.left, memo), column(node.right, memo))


def _one(told: Callable[[Column], Column], node: Any, memo: Memo) -> Column:
    return told(column(node.arg, memo))


def _reckoned(told: Callable[[Column, Column], Column], node: Any, memo: Memo) -> Column:
    kind = PyArrowType.from_ibis(node.dtype)
    left, right = (column(one, memo).cast(kind) for one in (node.left, node.right))
    return told(left, right)


def _divided(node: ops.Divide, memo: Memo) -> Column:
    left, right = (column(one, memo).cast(pa.float64()) for one in (node.left, node.right))
    if pc.any(pc.equal(right, 0.0)).as_py():
        raise OtherwiseError("division by nothing")
    return pc.divide(left, right)


def _among(node: ops.InValues, memo: Memo) -> Column:
    told = column(node.value, memo)
    if not all(isinstance(one, ops.Literal) for one in node.options):
        raise OtherwiseError("InValues")
    options = pa.array([one.value for one in node.options], told.type)
    return pc.if_else(pc.is_null(told), pa.scalar(None, pa.bool_()), pc.is_in(told, options))


def _between(node: ops.Between, memo: Memo) -> Column:
    told, low, high = (column(one, memo) for one in (node.arg, node.lower_bound, node.upper_bound))
    return pc.and_kleene(pc.greater_equal(told, low), pc.less_equal(told, high))


def _contains(node: ops.StringContains, memo: Memo) -> Column:
    if not isinstance(node.needle, ops.Literal):
        raise OtherwiseError("StringContains")
    return pc.match_substring(column(node.haystack, memo), node.needle.value)


def _first_known(node: ops.Coalesce, memo: Memo) -> Column:
    kind = PyArrowType.from_ibis(node.dtype)
    return pc.coalesce(*(column(one, memo).cast(kind) for one in node.arg))


def _chosen(node: ops.IfElse, memo: Memo) -> Column:
    kind = PyArrowType.from_ibis(node.dtype)
    yes, no = (column(one, memo).cast(kind) for one in (node.true_expr, node.false_null_expr))
    return pc.if_else(pc.fill_null(column(node.bool_expr, memo), fill_value=False), yes, no)


def _cast(node: ops.Cast, memo: Memo) -> Column:
    exact = node.arg.dtype.is_boolean() or node.arg.dtype.is_integer()
    if not (node.arg.dtype == node.to or (exact and node.to.is_numeric())):
        raise OtherwiseError("Cast")
    return column(node.arg, memo).cast(PyArrowType.from_ibis(node.to))


_VALUES: dict[Any, Callable[[Any, Memo], Column]] = {
    **{
        kind: cast("Callable[[Any, Memo], Column]", partial(_two, told))
        for kind, told in {
            ops.Equals: pc.equal,
            ops.NotEquals: pc.not_equal,
            ops.Less: pc.less,
            ops.LessEqual: pc.less_equal,
            ops.Greater: pc.greater,
            ops.GreaterEqual: pc.greater_equal,
            ops.And: pc.and_kleene,
            ops.Or: pc.or_kleene,
        }.items()
    },
    ops.Not: partial(_one, pc.invert),
    ops.IsNull: partial(_one, pc.is_null),
    ops.NotNull: partial(_one, pc.is_valid),
    ops.Add: partial(_reckoned, pc.add),
    ops.Subtract: partial(_reckoned, pc.subtract),
    ops.Multiply: partial(_reckoned, pc.multiply),
    ops.Divide: _divided,
    ops.InValues: _among,
    ops.Between: _between,
    ops.StringContains: _contains,
    ops.Coalesce: _first_known,
    ops.IfElse: _chosen,
    ops.Cast: _cast,
}
