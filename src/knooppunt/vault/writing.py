"""Writing one canonical table: sorted, without doubles, in Parquet, with memory that does not grow.

Deliveries mostly come sorted. As long as they do, rows go straight to the final file in row groups;
when the order breaks, what was written is sorted once at the end by DuckDB, outside memory.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from knooppunt.registers import arrays
from knooppunt.registers.delivery import Order

ROWS = 131_072  # in a row group
_HELD = 16  # of rows that came in disorder, the last 16th waits: what comes late is mostly not much too late
_SORT_MEMORY = "512MB"


@dataclass
class TableWriter:
    """Takes rows of one table in any order and leaves a sorted Parquet file at `path`."""

    path: Path
    schema: pa.Schema
    order: Order
    on_double: Callable[
        [dict[str, Any]], None
    ]  # called with the unique columns and source of each row that is left out
    on_rows: Callable[[pa.Table], None]  # called with the rows that stay, in order, piece by piece
    on_again: Callable[[], None]  # called when the rows were not in order and all of them come again
    rows: int = 0
    _waiting: list[pa.Table] = field(default_factory=list)
    _waiting_rows: int = 0
    _writer: pq.ParquetWriter | None = None
    _sorted: bool = True
    _last: pa.Table | None = None  # the last row written

    @property
    def is_empty(self) -> bool:
        """Whether no rows came."""
        return self._last is None and not self._waiting

    def add(self, rows: pa.Table) -> None:
        """Take over rows."""
        if rows.num_rows:
            self._waiting.append(rows)
            self._waiting_rows += rows.num_rows
        if self._waiting_rows >= ROWS:
            self._flush(ROWS // _HELD)

    def finish(self) -> None:
        """Write what is left; after this the file is whole and sorted."""
        self._flush(0)
        self._open().close()
        if not self._sorted:
            self._sort_again()

    def _open(self) -> pq.ParquetWriter:
        if self._writer is None:
            self._writer = pq.ParquetWriter(self.path, self.schema, **_options(self.schema))
        return self._writer

    def _flush(self, held: int) -> None:
        """Write what is waiting, in order. Where it came in disorder, the last `held` rows wait for later ones."""
        if not self._waiting:
            return
        waiting = pa.concat_tables(self._waiting)
        self._waiting, self._waiting_rows = [], 0
        rows = sort(waiting, self.order.by)
        if rows is not waiting and held:
            self._waiting, self._waiting_rows = [rows.take(_last_numbers(rows, held))], held
            rows = rows.slice(0, rows.num_rows - held)
        if self._last is not None and not _is_sorted(_join(self._last, rows.slice(0, 1)), self.order.by):
            self._sorted = False
        self._write(rows, final=self._sorted)
        self._last = rows.take(_last_numbers(rows, 1))

    def _write(self, rows: pa.Table, *, final: bool) -> None:
        if final:
            rows = self._without_doubles(rows)
            self.rows += rows.num_rows
            self.on_rows(rows)
        self._open().write_table(rows, row_group_size=ROWS)

    def _without_doubles(self, rows: pa.Table) -> pa.Table:
        if not self.order.unique:
            return rows
        before = rows if self._last is None else _join(self._last, rows)
        double = _same_as_previous(before, self.order.unique)[0 if self._last is None else 1 :]
        if not double.any():
            return rows
        for row in rows.filter(arrays.flags(double)).to_pylist():
            self.on_double(row)
        return rows.filter(arrays.flags(~double))

    def _sort_again(self) -> None:
        """Sort the whole file with DuckDB, which spills to disk beside it; then check for doubles again."""
        import duckdb  # noqa: PLC0415  a tenth of a second that most ingests do not need

        self._writer, self._sorted, self._last, self.rows = None, True, None, 0
        self.on_again()
        unsorted = self.path.with_suffix(".unsorted")
        self.path.rename(unsorted)
        connection = duckdb.connect(config={"memory_limit": _SORT_MEMORY, "temp_directory": str(self.path.parent)})
        try:
            for rows in _sorted_by_duckdb(connection, unsorted, self.order.by, self.schema):
                self._write(rows, final=True)
                self._last = rows.take(_last_numbers(rows, 1))
        finally:
            connection.close()
        self._open().close()
        unsorted.unlink()


def _sorted_by_duckdb(connection: Any, path: Path, by: tuple[str, ...], schema: pa.Schema) -> Iterator[pa.Table]:
    relation = connection.from_parquet(str(path)).order(", ".join(f'"{column}"' for column in by))
    for batch in relation.to_arrow_reader(ROWS):
        yield pa.Table.from_batches([batch]).cast(schema)


def sort(rows: pa.Table, by: tuple[str, ...]) -> pa.Table:
    """Return the rows in order of the columns `by`; rows that are sorted already are returned as they are."""
    if _is_sorted(rows, by):
        return rows
    keys = pa.Table.from_arrays([_plain(rows[column]) for column in by], list(by))
    return rows.take(pc.sort_indices(keys, sort_keys=[(column, "ascending") for column in by]))


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return a column without dictionary; Arrow does not sort tables by dictionaries."""
    return column.cast(column.type.value_type) if pa.types.is_dictionary(column.type) else column


def _last_numbers(rows: pa.Table, count: int) -> pa.Array:
    """Return the numbers of the last rows, to copy them: a slice would keep all rows in memory."""
    return arrays.from_numpy(np.arange(rows.num_rows - count, rows.num_rows), pa.int64())


def _join(row: pa.Table, rows: pa.Table) -> pa.Table:
    return pa.concat_tables([row, rows])


def _is_sorted(rows: pa.Table, by: tuple[str, ...]) -> bool:
    """Say whether the rows are in order."""
    undecided = np.ones(max(rows.num_rows - 1, 0), bool)
    for column in by:
        if not undecided.any():
            return True
        values = _comparable(rows[column])
        if (values[1:] < values[:-1])[undecided].any():
            return False
        undecided &= values[1:] == values[:-1]
    return True


def _comparable(column: pa.ChunkedArray) -> npt.NDArray[Any]:
    """Return values that compare like the column; nulls come last, as they do in Arrow and DuckDB."""
    if pa.types.is_dictionary(column.type):
        return _ranks(column)
    if pa.types.is_string(column.type):
        return np.array([value if value is not None else "\U0010ffff" for value in column.to_pylist()], object)
    if pa.types.is_date32(column.type):
        column = column.cast(pa.int32())
    return arrays.to_numpy(column.cast(pa.int64()), fill=np.iinfo(np.int64).max)


def _ranks(column: pa.ChunkedArray) -> npt.NDArray[np.int64]:
    """Return the places of words in the alphabet of all words in the column."""
    dictionaries = [chunk.dictionary.to_pylist() for chunk in column.chunks]
    alphabet = sorted({word for words in dictionaries for word in words})
    ranks = [np.array([alphabet.index(word) for word in words] + [len(alphabet)], np.int64) for words in dictionaries]
    chunks = [arrays.to_numpy(chunk.indices, fill=-1) for chunk in column.chunks]
    return np.concatenate([own[indices] for own, indices in zip(ranks, chunks, strict=True)])


def _same_as_previous(rows: pa.Table, columns: tuple[str, ...]) -> npt.NDArray[np.bool_]:
    same = np.ones(rows.num_rows, bool)
    same[:1] = False
    for column in columns:
        if not same.any():
            break
        values = _comparable(rows[column])
        same[1:] &= values[1:] == values[:-1]
    return same


def _options(schema: pa.Schema) -> dict[str, Any]:
    """Parquet options: dictionaries where values repeat; light compression; checksums against bit rot."""
    words = [column.name for column in schema if pa.types.is_dictionary(column.type)]
    return {"compression": "lz4", "use_dictionary": words, "write_page_checksum": True}
