"""Rows of a table as plain dictionaries, for the few that are told in words.

Arrow makes an object of every value by itself; here whole numbers are taken over at once, and of words that come back
(a file, a branch, a day) there is one object, whatever the number of rows.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the collector of Python, which would go through all that was told, again and again, and find nothing."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def rows_of(table: pa.Table) -> list[dict[str, Any]]:
    """The rows of a table, as `to_pylist` gives them."""
    columns = [_values(column) for column in table.columns]
    return [dict(zip(table.column_names, row, strict=True)) for row in zip(*columns, strict=True)]


def _values(column: pa.ChunkedArray) -> list[Any]:
    kind = column.type
    numbers = pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_boolean(kind)
    if numbers and not column.null_count:
        told: list[Any] = column.to_numpy().tolist()
        return told
    if pa.types.is_nested(kind) or pa.types.is_floating(kind):
        return list(column.to_pylist())
    return _by_place(column)


def _by_place(column: pa.ChunkedArray) -> list[Any]:
    """Each value once, and taken from its place."""
    encoded = column if pa.types.is_dictionary(column.type) else pc.dictionary_encode(column)
    told: list[Any] = []
    for chunk in encoded.chunks:
        values = [*chunk.dictionary.to_pylist(), None]
        places = chunk.indices.cast("int32").fill_null(len(values) - 1).to_numpy().tolist()
        told += [values[place] for place in places]
    return told
