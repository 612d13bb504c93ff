"""A worker of a Spark cluster dies half-way; the answer is the same: `python -m tests.tools.spark_worker_dies`.

A master and two workers are started on this machine. A rule (BED-01, over two million establishments in 64 files) is
asked of DuckDB and of the cluster. While the cluster has done some of its tasks and has others to do, one worker and
its executor get SIGKILL. The rows must be those of DuckDB, all of them, once. Needs Java and pyspark.
"""

import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from knooppunt.findings.inputs import ESTABLISHMENTS
from knooppunt.findings.many_companies_one_address import find
from tests.tools.spark_cluster import Cluster, cluster

ROWS, FILES, OBJECTS = 2_000_000, 64, 400_000
DAY = date(2026, 11, 1)
PATIENCE = 300.0


def write_establishments(folder: Path) -> None:
    """Establishments in many files: most addresses have a few, some have many. The same bytes every time."""
    random = np.random.default_rng(6)
    busy = random.integers(0, OBJECTS // 500, ROWS)
    objects = np.where(random.random(ROWS) < 0.05, busy, random.integers(0, OBJECTS, ROWS))
    counted = np.bincount(objects, minlength=OBJECTS)
    columns: dict[str, Any] = {
        "kvk": np.arange(ROWS) % (ROWS - ROWS // 20) + 10_000_000,
        "establishment": np.arange(ROWS) + 1,
        "object_id": objects,
        "errors": random.integers(0, 3, ROWS).astype(np.int8),
        "at_object": counted[objects],
        "shielded": np.zeros(ROWS, bool),
    }
    whole = pa.table(
        {name: pa.array(columns[name]) if name in columns else pa.nulls(ROWS) for name in ESTABLISHMENTS.names}
    )
    whole = whole.cast(ESTABLISHMENTS)
    for number in range(FILES):
        start = number * ROWS // FILES
        pq.write_table(whole.slice(start, ROWS // FILES), folder / f"part-{number:03}.parquet")


def rows_of(found: pa.Table) -> list[tuple[Any, ...]]:
    """The rows of an answer, in an order that does not depend on the engine."""
    names = sorted(found.column_names)
    return sorted(zip(*(found[name].to_pylist() for name in names), strict=True))


@contextmanager
def session(address: str) -> Iterator[Any]:
    """A Spark session on a cluster, with tasks enough to be half-way at some moment."""
    sql: Any = import_module("pyspark.sql")  # no part of what Bolwerk installs
    builder = sql.SparkSession.builder.master(address).config("spark.ui.enabled", "false")
    builder = builder.config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.host", "127.0.0.1")
    builder = builder.config("spark.executor.memory", "512m").config("spark.sql.shuffle.partitions", "16")
    builder = builder.config("spark.sql.files.maxPartitionBytes", "1m").config("spark.sql.adaptive.enabled", "false")
    made = builder.getOrCreate()
    made.sparkContext.setLogLevel("OFF")
    try:
        yield made
    finally:
        made.stop()


def executors(spark: Any) -> int:
    """How many executors the driver knows, without itself."""
    return int(spark.sparkContext._jsc.sc().getExecutorMemoryStatus().size()) - 1


def wait_half_way(spark: Any, asking: threading.Thread) -> tuple[int, int]:
    """Wait until a stage has done some of its tasks and not all; returns both numbers."""
    until = time.monotonic() + PATIENCE
    tracker = spark.sparkContext.statusTracker()
    while time.monotonic() < until and asking.is_alive():
        for stage in tracker.getActiveStageIds():
            info = tracker.getStageInfo(stage)
            if info and 2 <= info.numCompletedTasks < info.numTasks - 2:
                return info.numCompletedTasks, info.numTasks
        time.sleep(0.01)
    raise TimeoutError("the query was never seen half-way")


def kill_a_worker(made: Cluster) -> None:
    """SIGKILL to one worker and the executor it started: they are one group."""
    os.killpg(os.getpgid(made.workers[0].pid), signal.SIGKILL)


def main() -> int:
    """Ask both, kill one worker meanwhile, compare."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_establishments(folder)
        duckdb = ibis.duckdb.connect()
        expected = rows_of(duckdb.to_pyarrow(find(duckdb.read_parquet(f"{folder}/*.parquet"), on=DAY)))
        with cluster() as made, session(made.address) as spark:
            engine = ibis.pyspark.connect(spark)
            asked = find(engine.read_parquet(str(folder), table_name="establishments"), on=DAY)
            until = time.monotonic() + PATIENCE
            while executors(spark) < len(made.workers) and time.monotonic() < until:
                time.sleep(0.2)
            there = executors(spark)
            answer: list[pa.Table] = []
            asking = threading.Thread(target=lambda: answer.append(engine.to_pyarrow(asked)), daemon=True)
            asking.start()
            done, tasks = wait_half_way(spark, asking)
            kill_a_worker(made)
            asking.join(PATIENCE)
            left = executors(spark)
    if not answer:
        sys.stderr.write("The cluster gave no answer after a worker died.\n")
        return 1
    same = rows_of(answer[0]) == expected
    sys.stderr.write(
        f"A worker was killed with {done} of {tasks} tasks of a stage done; executors {there}, then {left}. "
        f"{len(expected):,} rows expected, {answer[0].num_rows:,} came: {'the same' if same else 'NOT the same'}.\n"
    )
    return 0 if same and expected and left < there else 1


if __name__ == "__main__":
    sys.exit(main())
