"""One thing out of a sorted file: all of its rows, and only those."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knooppunt.vault.lookup import SortedFile


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 12) | st.none(), max_size=40), st.integers(1, 7))
def test_every_row_of_a_thing_is_found_wherever_row_groups_end(
    tmp_path: Path, values: list[int | None], size: int
) -> None:
    ordered = sorted(values, key=lambda value: (value is None, value or 0))
    table = pa.table({"id": pa.array(ordered, pa.int64()), "place": range(len(ordered))})
    pq.write_table(table, tmp_path / "sorted.parquet", row_group_size=size)
    with SortedFile(tmp_path / "sorted.parquet") as file:
        for value in range(-1, 14):
            expected = [place for place, one in enumerate(ordered) if one == value]
            assert file.rows(value)["place"].to_pylist() == expected
