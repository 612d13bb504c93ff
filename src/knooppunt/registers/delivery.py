"""What a register reader is given, what it hands over, and what it tells about a delivery."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa

from knooppunt.registers.refusal import Rejection

Progress = Callable[[int, int, str], None]  # bytes read so far, bytes in all (0: unknown), file


@dataclass(frozen=True)
class Order:
    """How a table is sorted, and which columns together may occur only once (none: doubles are fine)."""

    by: tuple[str, ...]
    unique: tuple[str, ...] = ()


@dataclass(frozen=True)
class Before:
    """The delivery of the same register that is in the vault already."""

    delivery: str
    as_of: date | None
    tables: dict[str, Path]
    counts: dict[str, int] = field(default_factory=dict)  # rows by table

    @property
    def rows(self) -> int:
        """In all tables together."""
        return sum(self.counts.values())


@dataclass(frozen=True)
class Request:
    """One delivery to read."""

    path: Path
    scratch: Path  # a folder for temporary files, on the disk of the vault
    municipality: str | None = None  # the only one that is welcome: four digits, 9999 for the whole country
    as_of: date | None = None  # the peildatum, where the user gives it
    mapping: Path | None = None  # column mapping of a CSV
    person_key: bytes = b""  # key of the BRP hash
    before: Before | None = None


@dataclass
class Counts:
    """How much there is, by type."""

    occurrences: dict[str, int] = field(default_factory=dict)
    objects: dict[str, int] = field(default_factory=dict)
    current: dict[str, int] = field(default_factory=dict)
    beside: dict[str, dict[str, int]] = field(default_factory=dict)  # counted apart: niet_bag, inactief
    quality: dict[str, Any] = field(default_factory=dict)  # what the counting brought to light


@dataclass
class Facts:
    """What is known about a delivery once it has been read."""

    files: int = 0
    whole: int = 0  # files that could be read to their end
    left_out: list[Rejection] = field(default_factory=list)  # why files were refused as a whole
    as_of: date | None = None
    municipality: str | None = None
    quality: dict[str, Any] = field(default_factory=dict)
    helpers_kib: int = 0  # the most memory that other processes had while reading


class Tally(Protocol):
    """Counts the rows that stay, in the order in which they lie in the vault."""

    def add(self, table: str, rows: pa.Table) -> None:
        """Count rows of a table."""
        ...

    def forget(self, table: str) -> None:
        """Count a table anew: its rows were not in order after all, and come again."""
        ...

    def counts(self) -> Counts:
        """Return what has been counted."""
        ...


class Sink(Protocol):
    """Where a reader puts what it reads."""

    def add(self, table: str, rows: pa.Table) -> None:
        """Take over rows of a canonical table, in any order."""
        ...

    def reject(self, rejection: Rejection) -> None:
        """Note what is not taken over. Raises RefusedError unless the user asked to keep going."""
        ...

    def progress(self, done: int, file: str) -> None:
        """Tell how many bytes of the delivery have been read."""
        ...


def _own_line(_request: Request, row: dict[str, Any]) -> int | None:
    line: int | None = row.get("source_line")
    return line


@dataclass(frozen=True)
class Register:
    """A base register: how it is read, what its tables are, and how it is counted."""

    name: str
    title: str
    schema_version: int
    tables: dict[str, pa.Schema]
    orders: dict[str, Order]
    read: Callable[[Request, Sink], Facts]
    tally: Callable[[], Tally]
    line_of: Callable[[Request, dict[str, Any]], int | None] = _own_line
    """On which line of the delivery a row stood, as far as that can be found."""
