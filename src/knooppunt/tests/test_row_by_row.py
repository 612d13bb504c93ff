"""Rows as dictionaries are what Arrow makes of them, and the collector of Python is left as it was."""

import gc
from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knooppunt.findings.row_by_row import rows_of, uncollected

ROW = st.fixed_dictionaries(
    {
        "number": st.integers(-(2**62), 2**62),
        "perhaps": st.none() | st.integers(0, 3),
        "share": st.none() | st.floats(allow_nan=False),
        "true": st.booleans(),
        "told": st.none() | st.sampled_from(["é", "", "file.csv"]),
        "day": st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1)),
        "uses": st.none() | st.lists(st.sampled_from("ab"), max_size=2),
    }
)
SCHEMA = pa.schema(
    [
        *(("number", pa.int64()), ("perhaps", pa.int8()), ("share", pa.float64()), ("true", pa.bool_())),
        *(("told", pa.string()), ("day", pa.date32()), ("uses", pa.list_(pa.string()))),
    ]
)


@settings(deadline=None)
@given(st.lists(ROW, max_size=20), st.integers(1, 5))
def test_rows_are_told_as_arrow_tells_them(rows: list[dict[str, object]], chunk: int) -> None:
    table = pa.Table.from_pylist(rows, schema=SCHEMA)
    parts = [table.slice(start, chunk) for start in range(0, len(rows), chunk)]
    assert rows_of(table) == rows_of(pa.concat_tables(parts or [table])) == rows
    words = table.set_column(4, "told", table["told"].dictionary_encode())
    assert rows_of(words) == rows


def test_the_collector_waits_and_goes_on() -> None:
    with pytest.raises(ValueError, match="told"), uncollected():
        assert not gc.isenabled()
        raise ValueError("told")
    assert gc.isenabled()
    gc.disable()
    with uncollected():
        pass
    assert not gc.isenabled()
    gc.enable()
