"""Where expressions run: DuckDB inside the process now, a Spark cluster later.

Everything above this module writes ibis expressions and never asks which engine it is on.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import pyarrow as pa
    from ibis.expr.types import Table


class Engine(Protocol):
    """What a place to run expressions must offer."""

    name: str

    def parquet(self, name: str, path: Path) -> Table:
        """Make the Parquet file at `path` known under `name` and return it as a table."""
        ...

    def rows(self, name: str, rows: pa.Table) -> Table:
        """Make a few rows known under `name` and return them as a table."""
        ...

    def table(self, name: str) -> Table:
        """Return a table made known before."""
        ...

    def view(self, name: str, table: Table) -> None:
        """Make an expression over known tables known under `name`."""
        ...

    def sql(self, query: str, columns: dict[str, str]) -> Table:
        """Return the table a SELECT over the known tables describes, with these columns; nothing runs yet."""
        ...

    def close(self) -> None:
        """Let go of memory and files."""
        ...


class DuckDBEngine:
    """DuckDB in this process, in memory; Parquet files are read where they lie."""

    name = "duckdb"

    def __init__(self, *, memory_mib: int | None = None, threads: int | None = None) -> None:
        import ibis  # noqa: PLC0415  half a second that reading a delivery does not need

        self.backend = ibis.duckdb.connect()
        if memory_mib is not None:
            self.backend.raw_sql(f"SET memory_limit = '{int(memory_mib)}MiB'")
        if threads is not None:
            self.backend.raw_sql(f"SET threads = {int(threads)}")

    def parquet(self, name: str, path: Path) -> Table:
        return self.backend.read_parquet(str(path), table_name=name)

    def rows(self, name: str, rows: pa.Table) -> Table:
        self.backend.con.register(name, rows)
        return self.backend.table(name)

    def table(self, name: str) -> Table:
        return self.backend.table(name)

    def view(self, name: str, table: Table) -> None:
        self.backend.raw_sql(f'CREATE OR REPLACE TEMP VIEW "{name}" AS {self.backend.compile(table)}')

    def sql(self, query: str, columns: dict[str, str]) -> Table:
        return self.backend.sql(query, schema=columns)

    def close(self) -> None:
        self.backend.disconnect()


def open_engine(name: str = "duckdb", *, memory_mib: int | None = None, threads: int | None = None) -> Engine:
    """Open an engine by name. Raises ValueError for one that does not exist (yet)."""
    if name != "duckdb":
        raise ValueError(f"There is no engine “{name}”; this version knows: duckdb.")
    return DuckDBEngine(memory_mib=memory_mib, threads=threads)
