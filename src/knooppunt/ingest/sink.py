"""Where a register reader's rows go: sorted files in a folder, and a list of what was refused."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

from knooppunt.registers.delivery import Register, Request
from knooppunt.registers.refusal import Rejection, StoppedError
from knooppunt.vault.writing import TableWriter

MAXIMUM_REJECTED = 100_000  # beyond this, what was given is not a delivery of this register
_DOUBLES_LOOKED_UP = 20  # each means that a file is read again
_LAST_TOWN = 9_999


@dataclass
class VaultSink:
    """Writes canonical rows to a folder and keeps the list of what was refused."""

    register: Register
    folder: Path
    keep_going: bool
    request: Request
    on_progress: Callable[[int, str], None]
    rejected: list[Rejection] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.tally, self._doubles = self.register.tally(), 0
        self.writers = {name: self._writer(name, schema) for name, schema in self.register.tables.items()}

    def _writer(self, name: str, schema: pa.Schema) -> TableWriter:
        return TableWriter(
            self.folder / f"{name}.parquet",
            schema,
            self.register.orders[name],
            lambda row: self._double(name, row),
            lambda rows: self.tally.add(name, rows),
            lambda: self.tally.forget(name),
        )

    def add(self, table: str, rows: pa.Table) -> None:
        self.writers[table].add(rows)

    def reject(self, rejection: Rejection) -> None:
        if not self.keep_going:
            raise StoppedError(rejection.file, rejection.line, rejection.reason)
        if len(self.rejected) >= MAXIMUM_REJECTED:
            reason = f"and {MAXIMUM_REJECTED:,} before it were refused: this is no delivery of {self.register.title}"
            raise StoppedError(rejection.file, rejection.line, reason)
        self.rejected.append(rejection)

    def progress(self, done: int, file: str) -> None:
        self.on_progress(done, file)

    def finish(self) -> dict[str, int]:
        """Make every file whole; those without rows beside the others, as encoding needs no lock of Python's."""
        with ThreadPoolExecutor(1) as beside:
            empty = [beside.submit(writer.finish) for writer in self.writers.values() if writer.is_empty]
            for writer in self.writers.values():
                if not writer.is_empty:
                    writer.finish()
        for written in empty:
            written.result()
        return {name: writer.rows for name, writer in self.writers.items()}

    def _double(self, table: str, row: dict[str, Any]) -> None:
        key = ", ".join(f"{column} {_shown(column, row[column])}" for column in self.register.orders[table].unique)
        self._doubles += 1
        line = self.register.line_of(self.request, row) if self._doubles <= _DOUBLES_LOOKED_UP else None
        self.reject(Rejection(row["source_file"], line, f"the same in {table} twice: {key}"))


def _shown(column: str, value: object) -> str:
    """A value of a key as people know it: identifications of the BAG have 16 digits, those of towns four."""
    if column == "id" and isinstance(value, int):
        return f"{value:016}" if value > _LAST_TOWN else f"{value:04}"
    return str(value)
