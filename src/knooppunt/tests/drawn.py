"""Tables drawn in a test: a heading, then rows, with `|` between; an empty place is no value.

With KNOOPPUNT_SPARK set and pyspark installed, every drawn test is a differential test: what is asked of DuckDB is
asked of Spark too, and the rows must be the same (`KNOOPPUNT_SPARK=1 pytest -n 0 src/knooppunt/tests`). On a real
cluster of two workers: `python -m tests.tools.spark_cluster`.
"""

import math
import os
from datetime import date, datetime
from functools import cache
from typing import Any

import ibis
import pyarrow as pa
import pytest
from ibis.expr.types import Table

from knooppunt.findings.homes import lived_in
from knooppunt.findings.inputs import ESTABLISHMENTS, PREMISES, RESIDENTS
from knooppunt.findings.seen import HOUSING


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


def living(premises: str, *, residents: str = "object_id", housing: str = "object_id") -> Table:
    """Objects with their counts, as the rules about living see them, of three drawn tables."""
    return lived_in(table(premises, PREMISES), table(residents, RESIDENTS), table(housing, HOUSING))


def establishments(drawing: str) -> Table:
    """Drawn establishments, with how many rows lead to the object of each."""
    drawn = table(drawing, ESTABLISHMENTS)
    return drawn.mutate(at_object=drawn.count().over(group_by=drawn.object_id))


def rows(expression: Table, *columns: str) -> list[dict[str, Any]]:
    """The rows of a table as dictionaries, in order; with `columns` only those."""
    chosen = expression.select(*columns) if columns else expression
    found = in_order(chosen.to_pyarrow().to_pylist())
    if os.environ.get("KNOOPPUNT_SPARK"):
        on_spark = in_order(spark().to_pyarrow(chosen).to_pylist())
        assert len(on_spark) == len(found), f"DuckDB: {found}; Spark: {on_spark}"
        for here, there in zip(found, on_spark, strict=True):
            assert same(here, there), f"DuckDB: {here}; Spark: {there}"
    return found


def in_order(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows in an order that does not depend on the engine."""
    return sorted(found, key=lambda row: [str(value) for value in row.values()])


def same(here: dict[str, Any], there: dict[str, Any]) -> bool:
    """Whether two rows say the same; decimals may differ in the last digits."""
    if here.keys() != there.keys():
        return False
    pairs = ((one, there[name]) for name, one in here.items())
    return all(
        math.isclose(one, other, rel_tol=1e-9) if isinstance(one, float) and other is not None else one == other
        for one, other in pairs
    )


@cache
def spark() -> Any:
    """The Spark that KNOOPPUNT_SPARK names (`spark://…`), else one inside this process; skips where pyspark is not."""
    sql = pytest.importorskip("pyspark.sql")
    named = os.environ.get("KNOOPPUNT_SPARK", "")
    master = named if named.startswith("spark://") else "local[2]"
    builder = sql.SparkSession.builder.master(master).config("spark.ui.enabled", "false")
    builder = builder.config("spark.sql.shuffle.partitions", "2").config("spark.driver.bindAddress", "127.0.0.1")
    session = builder.config("spark.driver.host", "127.0.0.1").getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    return ibis.pyspark.connect(session)
