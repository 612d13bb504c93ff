"""Tables drawn in a test: a heading, then rows, with `|` between; an empty place is no value."""

from datetime import date, datetime
from typing import Any

import ibis
import pyarrow as pa
from ibis.expr.types import Table


def _value(text: str, kind: pa.DataType) -> Any:
    if text == "":
        return None
    if pa.types.is_integer(kind):
        return int(text)
    if pa.types.is_floating(kind):
        return float(text)
    if pa.types.is_boolean(kind):
        return text == "yes"
    if pa.types.is_date(kind):
        return date.fromisoformat(text)
    if pa.types.is_timestamp(kind):
        return datetime.fromisoformat(text)
    if pa.types.is_list(kind):
        return [_value(part.strip(), kind.value_type) for part in text.split(",")]
    return text


def table(drawing: str, schema: pa.Schema) -> Table:
    """A drawn table with all columns of `schema`; columns that are not drawn are empty."""
    heading, *lines = [line.split("|") for line in drawing.strip().splitlines()]
    names = [name.strip() for name in heading]
    drawn = {
        name: [_value(line[place].strip(), schema.field(name).type) for line in lines]
        for place, name in enumerate(names)
    }
    columns = {name: drawn.get(name, [None] * len(lines)) for name in schema.names}
    plain = [pa.field(f.name, f.type.value_type if pa.types.is_dictionary(f.type) else f.type) for f in schema]
    return ibis.memtable(pa.table(columns, schema=pa.schema(plain)))


def rows(expression: Table, *columns: str) -> list[dict[str, Any]]:
    """The rows of a table as dictionaries, in order; with `columns` only those."""
    chosen = expression.select(*columns) if columns else expression
    found: list[dict[str, Any]] = chosen.to_pyarrow().to_pylist()
    return sorted(found, key=lambda row: [str(value) for value in row.values()])
