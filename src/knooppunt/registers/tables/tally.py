"""Counting the rows of a table register."""

import pyarrow as pa

from knooppunt.registers.delivery import Counts
from knooppunt.registers.tables.layout import Layout

_PLACED = ("object_id", "house_number", "x", "postcode")


class TableTally:
    """Rows, those that have not ended, and those that say where they are."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.forget(layout.table)

    def forget(self, table: str) -> None:  # noqa: ARG002  there is one table
        """Count anew."""
        self.rows = self.current = self.placed = 0

    def add(self, table: str, rows: pa.Table) -> None:  # noqa: ARG002  there is one table
        """Count rows."""
        self.rows += rows.num_rows
        self.current += rows["ended_on"].null_count if "ended_on" in rows.column_names else rows.num_rows
        there = [rows[name].is_valid() for name in _PLACED if name in rows.column_names]
        if there:
            self.placed += sum(any(row) for row in zip(*(column.to_pylist() for column in there), strict=True))

    def counts(self) -> Counts:
        """Return the counts."""
        name = self.layout.table
        quality = {"without_place": self.rows - self.placed} if self.layout.field("house_number") else {}
        return Counts({name: self.rows}, {}, {name: self.current}, quality=quality)
