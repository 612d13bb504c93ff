"""Rows about one thing out of a sorted file, without reading the rest of it.

A Parquet file says of each of its row groups between which values a column lies. In a file sorted by that column one
value is in one of them, or in a few; asking an engine takes longer than reading those.
"""

from bisect import bisect_left, bisect_right
from pathlib import Path
from types import TracebackType
from typing import Self

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

SMALL_ROWS = 16_384
"""Rows in a row group of a file that single things are looked up in."""


class SortedFile:
    """A Parquet file sorted by its first column, opened once to look things up in. Use as a context manager."""

    def __init__(self, path: Path) -> None:
        self._file = pq.ParquetFile(path, memory_map=True)
        self._column = self._file.schema_arrow.names[0]
        groups = [self._file.metadata.row_group(one).column(0).statistics for one in range(self._file.num_row_groups)]
        known = [(one, group) for one, group in enumerate(groups) if group is not None and group.has_min_max]
        self._groups = [one for one, _ in known]  # one without is empty of values
        self._first, self._last = [group.min for _, group in known], [group.max for _, group in known]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    @property
    def number_of_rows(self) -> int:
        """How many rows there are in all."""
        return int(self._file.metadata.num_rows)

    def rows(self, value: int) -> pa.Table:
        """The rows whose first column is `value`."""
        there = self._groups[bisect_left(self._last, value) : bisect_right(self._first, value)]
        found = self._file.read_row_groups(there, use_threads=False)
        return found.filter(pc.equal(found[self._column], value))
