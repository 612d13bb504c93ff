"""Counting establishments."""

import pyarrow as pa
import pyarrow.compute as pc

from knooppunt.registers.delivery import Counts


class EstablishmentTally:
    """Establishments, the companies they belong to, and the establishments that have not ended."""

    def __init__(self) -> None:
        self.forget("establishments")

    def forget(self, table: str) -> None:  # noqa: ARG002  there is one table
        """Count anew."""
        self.rows = self.current = self.companies = 0
        self._last: int | None = None

    def add(self, table: str, rows: pa.Table) -> None:  # noqa: ARG002  there is one table
        """Count rows, which come sorted by company."""
        self.rows += rows.num_rows
        self.current += rows["ended_on"].null_count
        for kvk in pc.unique(rows["kvk"]).to_pylist():
            self.companies += kvk != self._last
            self._last = kvk

    def counts(self) -> Counts:
        """Return the counts."""
        return Counts({"establishments": self.rows}, {"companies": self.companies}, {"establishments": self.current})
