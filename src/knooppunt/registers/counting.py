"""Counting rows per table, and those that have not ended."""

import pyarrow as pa

from knooppunt.registers.delivery import Counts


class RowTally:
    """Rows per table; a table with a column `ended_on` also has rows that are current."""

    def __init__(self) -> None:
        self.rows: dict[str, int] = {}
        self.current: dict[str, int] = {}

    def forget(self, table: str) -> None:
        """Count a table anew."""
        self.rows[table] = self.current[table] = 0

    def add(self, table: str, rows: pa.Table) -> None:
        """Count rows."""
        current = rows["ended_on"].null_count if "ended_on" in rows.column_names else rows.num_rows
        self.rows[table] = self.rows.get(table, 0) + rows.num_rows
        self.current[table] = self.current.get(table, 0) + current

    def counts(self) -> Counts:
        """Return the counts."""
        return Counts(dict(self.rows), {}, dict(self.current))
