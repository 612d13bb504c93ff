"""A delivery of a table register: CSV files or a layer of a GeoPackage, read by a mapping."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from knooppunt.registers.archives import members
from knooppunt.registers.delivery import Facts, Register, Request, Sink
from knooppunt.registers.kvk.values import FactRefusedError
from knooppunt.registers.lines import Rows
from knooppunt.registers.refusal import EmptyRefusedError, RefusedError, Rejection
from knooppunt.registers.tables.degrees import in_metres
from knooppunt.registers.tables.mapping import Mapping, read_mapping, shipped_mapping
from knooppunt.registers.tables.tally import TableTally
from knooppunt.registers.tables.values import Reader, reader_of

if TYPE_CHECKING:
    from knooppunt.registers.tables.layers import LayerRows

_ROWS = 50_000  # in one table
_GEOPACKAGE = ".gpkg"  # how PDOK gives neighbourhoods: see `layers`
_MAGIC = b"SQLite format 3\0"
Row = dict[str, Any]


def table_register(mapping: Mapping) -> Register:
    """The register that a mapping is for, read by that mapping."""
    layout = mapping.layout

    def read(request: Request, sink: Sink) -> Facts:
        return read_table(request, sink, mapping)

    return Register(
        name=layout.register,
        title=layout.title,
        schema_version=layout.version,
        tables={layout.table: layout.schema},
        orders={layout.table: layout.order},
        read=read,
        tally=lambda: TableTally(layout),
    )


def register_by_shipped_mapping(register: str) -> Register:
    """A table register with the mapping that comes along."""
    return table_register(read_mapping(shipped_mapping(register)))


def read_table(request: Request, sink: Sink, mapping: Mapping) -> Facts:
    """Read rows into `sink`. Raises RefusedError for what has no rows or not the columns the mapping names."""
    reading = _Reading(sink, mapping)
    facts, done = reading.facts, 0
    if _is_geopackage(request.path):
        from knooppunt.registers.tables.layers import LayerRows  # noqa: PLC0415  GDAL comes along, a moment

        reading.take(partial(LayerRows, request.path, mapping.layer))
        reading.flush()
        facts.files = 1
        return facts
    for member in members(request.path, request.scratch, (".csv", ".txt", ".tsv")):
        facts.files += 1
        reading.take(partial(Rows, member.stream, member.name, mapping.delimiter, mapping.encoding))
        done += member.weight
        sink.progress(done, member.name)
    if not facts.files:
        raise EmptyRefusedError(request.path.name, None, "holds no CSV")
    reading.flush()
    return facts


def _is_geopackage(path: Path) -> bool:
    """Whether a file calls itself a GeoPackage. Raises RefusedError when it does and is none."""
    if path.suffix.lower() != _GEOPACKAGE or not path.is_file():
        return False
    with path.open("rb") as stream:
        if stream.read(len(_MAGIC)) != _MAGIC:
            raise RefusedError(path.name, None, "is not a GeoPackage")
    return True


@dataclass
class _Reading:
    sink: Sink
    mapping: Mapping
    facts: Facts = field(default_factory=Facts)
    rows: list[Row] = field(default_factory=list)

    def take(self, open_rows: Callable[[], "Rows | LayerRows"]) -> None:
        """Read the rows of one file; what is wrong with it as a whole is refused like a row."""
        try:
            rows = open_rows()
            for line, row in read_rows(rows, self.mapping):
                if isinstance(row, FactRefusedError):
                    self.sink.reject(Rejection(rows.file, line, str(row)))
                else:
                    self.add(row | {"source_file": rows.file, "source_line": line})
        except RefusedError as error:
            self.facts.left_out.append(error.rejection)
            self.sink.reject(error.rejection)
        else:
            self.facts.whole += 1

    def add(self, row: Row) -> None:
        self.rows.append(row)
        if len(self.rows) >= _ROWS:
            self.flush()

    def flush(self) -> None:
        if self.rows:
            layout = self.mapping.layout
            self.sink.add(layout.table, pa.Table.from_pylist(self.rows, layout.schema))
            self.rows = []


def read_rows(rows: "Rows | LayerRows", mapping: Mapping) -> Iterator[tuple[int, Row | FactRefusedError]]:
    """Yield line number and canonical row, or why there is none. Raises RefusedError for the whole file."""
    wanted = list(dict.fromkeys(heading for headings in mapping.columns.values() for heading in headings))
    places = dict(zip(wanted, rows.places(wanted), strict=True))
    columns = [_Column(mapping, name, places) for name in mapping.columns]
    fixed = {name: mapping.fixed[name] for name in mapping.fixed}
    readers = {name: _reader(mapping, name) for name in fixed}
    same = {name: readers[name](value, name) for name, value in fixed.items()}
    for line, cells in rows:
        try:
            if len(cells) != len(rows.headings):
                raise FactRefusedError(f"has {len(cells)} columns, the heading has {len(rows.headings)}")
            row = same | {column.name: column.read(cells) for column in columns}
            yield line, in_metres(row) if mapping.degrees else row
        except FactRefusedError as error:
            yield line, error


def _reader(mapping: Mapping, name: str) -> Reader:
    own = mapping.layout.field(name)
    if own is None:
        raise KeyError(name)
    return reader_of(mapping.kind_of(own), mapping.date_format)


class _Column:
    """One column of the table: where its cells stand, how they are read, and what is allowed in them."""

    def __init__(self, mapping: Mapping, name: str, places: dict[str, int]) -> None:
        own = mapping.layout.field(name)
        assert own is not None
        self.name, self.own = name, own
        self.heading = " + ".join(mapping.columns[name])
        self.places = [places[heading] for heading in mapping.columns[name]]
        self.reader: Callable[[str, str], Any] = _reader(mapping, name)
        self.between = ": " if name == "category" else ""  # of a main category and the one under it
        self.words = mapping.words.get(name, {})
        self.least, self.most = mapping.bounds.get(name, (None, None))

    def read(self, cells: list[str]) -> Any:
        """The value of this column in a row. Raises FactRefusedError."""
        cell = self.between.join(filter(None, (cells[place].strip() for place in self.places)))
        value = self.reader(self.words.get(cell.lower(), cell), self.heading)
        if value is None:
            if self.own.required:
                raise FactRefusedError(f"{self.heading} is empty or cannot be read")
            return None
        if self.own.words and value not in self.own.words:
            raise FactRefusedError(f"{self.heading} “{value[:40]}” has no meaning here; give it one under [values]")
        if (self.least is not None and value < self.least) or (self.most is not None and value > self.most):
            raise FactRefusedError(f"{self.heading} lies outside what the mapping allows")
        return value


def sniff_delimiter(heading: str) -> str:
    """The delimiter a heading line is most likely written with."""
    try:
        return csv.Sniffer().sniff(heading, ";,\t|").delimiter
    except csv.Error:
        return ";"
