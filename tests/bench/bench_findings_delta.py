"""A day's changes (0.1%) beside the run in full: `python -m tests.bench.bench_findings_delta`.

The tables are those of `bench_findings_national`, and so are the twelve rules; each is evaluated to its findings,
compared and explained. Making the tables is preparation in both cases and told apart, as is finding out which objects
changed: the tables of the day are read once, and those of the day before too where what they said was not kept, as
after a run in full. In turns, in processes of their own, on two threads. What they find is compared finding by finding.
"""

import json
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path
from time import perf_counter, process_time
from types import SimpleNamespace
from typing import Any

import duckdb
import ibis
import pyarrow as pa
from ibis.expr.types import Table

from knooppunt.engine import DuckDBEngine
from knooppunt.findings import RULES
from knooppunt.findings.changes import differing, said_in
from knooppunt.findings.delta import Last, worked_in
from knooppunt.findings.part import sides
from knooppunt.findings.sums import keep_sums
from knooppunt.findings.told import found_of, keep_seen, not_looked_up, read_seen
from tests.bench.bench_findings_national import (
    KIND,
    MEMORY_MIB,
    ON,
    PREPARED,
    THREADS,
    carry,
    opened,
    peak_mib,
    prepare,
    scan,
)
from tests.bench.result import Figure, middle, write

ADDRESSES = 10_000_000
ROUNDS = 3
DAYS = ("before", "after")
TWELVE = (
    *("BED-01", "BED-02", "BED-03", "BED-06", "BED-08", "BED-09"),
    *("WON-01", "WON-03", "WON-04", "WON-05", "WON-06", "WON-07"),
)
"""The rules that these tables are enough for."""
FINDING, AFTER_FULL = "finding what changed", "finding what changed, after a run in full"
CHANGED = 1_000
"""One in so many rows is another one the next day."""

_NEXT_DAY = {
    "living": f"""SELECT * REPLACE (residents + (object_id % {CHANGED} = 7)::INT AS residents,
                  adults + 3 * (object_id % {CHANGED} = 7)::INT AS adults,
                  moved_in + 5 * (object_id % {CHANGED} = 7)::INT AS moved_in) FROM '{{file}}'""",
    "establishments": f"""SELECT * REPLACE (
                  CASE WHEN kvk % {CHANGED} = 7 THEN 'branch-300' ELSE branch END AS branch,
                  CASE WHEN kvk % {CHANGED} = 7 THEN 0 ELSE workers END AS workers) FROM '{{file}}'""",
}
_ABSENT = {"establishment": "int64", "sbi": "string", "source_file": "string", "step": "string"}


class Tables:
    """The national tables as rules are given theirs."""

    def __init__(self, folder: Path) -> None:
        self.engine = opened(folder, PREPARED)
        self.on = ON
        self.vault: Any = SimpleNamespace(delivery=lambda _: SimpleNamespace(source_name="brp.csv"))

    @property
    def whole(self) -> "Tables":
        """All of it."""
        return self

    @cached_property
    def premises(self) -> Table:
        """As `Inputs.premises`."""
        absent = dict.fromkeys(("street", "town", "source_file"), ibis.literal(""))
        return self.engine.table("premises").mutate(**absent)

    @cached_property
    def establishments(self) -> Table:
        """As `Inputs.establishments`."""
        absent = {name: ibis.null(kind) for name, kind in _ABSENT.items()}
        known = self.engine.table("establishments")
        return known.mutate(**absent, source_line=known.kvk, shielded=ibis.literal(False))

    def see(self, name: str) -> Table:
        """As `Inputs.see`."""
        return self.engine.table(name)


def in_full(folder: Path, day: str) -> dict[str, float]:
    """Seconds for all rules on all objects; what they found and compared with is kept for the next day."""
    tables: Any = Tables(folder / day)
    tables.engine.table("premises").limit(1).count().to_pyarrow()
    start, used, told, kept = perf_counter(), process_time(), {}, {}
    for rule in TWELVE:
        answer = RULES[rule].evaluate(tables)
        told[rule], kept[rule] = answer.told, answer.usual
        if day == "before":
            keep_seen(answer.seen, folder / f"seen_{rule}.parquet")
    seconds, used = perf_counter() - start, process_time() - used
    (folder / f"{day}.found").write_bytes(pickle.dumps(told))
    (folder / f"{day}.kept").write_bytes(pickle.dumps(kept))
    return {"seconds": seconds, "processor": used, "found": sum(len(one) for one in told.values())}


def what_changed(folder: Path, kept: Path) -> dict[str, float]:
    """Seconds to read what is said today, that of the day before where it is not `kept`, and see where they differ."""
    engine = DuckDBEngine(memory_mib=MEMORY_MIB, threads=THREADS)
    start, used, found = perf_counter(), process_time(), set()
    (folder / "today").mkdir(exist_ok=True)
    for name in ("living", "establishments"):
        for day in DAYS:
            columns = list(engine.parquet(f"{day}_{name}", folder / day / f"{name}.parquet").columns)
        then, today = (partial(said_in, engine, f"{day}_{name}", "object_id", columns) for day in DAYS)
        file = f"said_{name}.arrow"
        found |= set(differing(kept / file, then, today, folder / "today" / file, columns).to_pylist())
    seconds, used = perf_counter() - start, process_time() - used
    (folder / "changed").write_bytes(pickle.dumps(sorted(found)))
    return {"seconds": seconds, "processor": used, "objects": len(found)}


def keep_day(folder: Path) -> dict[str, float]:
    """Keep what was said the day before, as working in that day does."""
    engine = DuckDBEngine(memory_mib=MEMORY_MIB, threads=THREADS)
    (folder / "kept").mkdir()
    for name in ("living", "establishments"):
        columns = list(engine.parquet(name, folder / "before" / f"{name}.parquet").columns)
        keep_sums(said_in(engine, name, "object_id", columns), folder / "kept" / f"said_{name}.arrow", columns)
    return {"MiB": sum(file.stat().st_size for file in (folder / "kept").iterdir()) / 2**20}


def worked(folder: Path) -> dict[str, float]:
    """Seconds to work the changed objects into what was kept of the day before."""
    kept = pickle.loads((folder / "before.kept").read_bytes())
    changed = pickle.loads((folder / "changed").read_bytes())
    before, after = Tables(folder / "before"), Tables(folder / "after")
    for tables in (before, after):
        tables.engine.table("premises").limit(1).count().to_pyarrow()
    start, used, told = perf_counter(), process_time(), {}
    seen = {rule: folder / f"seen_{rule}.parquet" for rule in TWELVE}
    again = map(not_looked_up, seen.values())
    objects = pa.array(sorted(set(changed).union(*again)), pa.int64())
    days: Any = (before, after)
    then, now = sides(days, objects, ("premises",))
    for rule in TWELVE:
        told[rule] = worked_in(RULES[rule], Last(kept[rule], read_seen(seen[rule])), then, now, str).told
    seconds, used = perf_counter() - start, process_time() - used
    (folder / "worked.found").write_bytes(pickle.dumps(told))
    return {"seconds": seconds, "processor": used, "objects": len(objects)}


def prepare_days(folder: Path, addresses: int) -> None:
    """Write the tables of two days; of the second only what differs from the first."""
    prepare(folder / "before", addresses)
    carry(folder / "before")
    (folder / "after").mkdir()
    with duckdb.connect() as db:
        db.execute(f"SET threads = {THREADS}")
        for name, query in _NEXT_DAY.items():
            sql = query.format(file=folder / "before" / f"{name}.parquet")
            path = folder / "after" / f"{name}.parquet"
            db.execute(f"COPY (SELECT * FROM ({sql}) ORDER BY object_id) TO '{path}' ({KIND})")
    for name in ("premises", "residents", "housing"):
        (folder / "after" / f"{name}.parquet").hardlink_to(folder / "before" / f"{name}.parquet")


CONTENDERS: dict[str, Callable[[Path], dict[str, float]]] = {
    "scan": lambda folder: scan(folder / "after"),
    "the day before": lambda folder: in_full(folder, "before"),
    "in full": lambda folder: in_full(folder, "after"),
    "keeping what was said": keep_day,
    AFTER_FULL: lambda folder: what_changed(folder, folder / "none"),
    FINDING: lambda folder: what_changed(folder, folder / "kept"),
    "worked in": worked,
}


def run(name: str, folder: Path) -> dict[str, float]:
    """One contender in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.bench_findings_delta", name, str(folder)]
    told: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return told


def main(addresses: int) -> None:
    """Measure, hold what was found against each other, keep and print."""
    figures: dict[str, Figure] = {"addresses": addresses, "companies": addresses * 37 // 100, "rules": len(TWELVE)}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepare_days(folder, addresses)
        run("the day before", folder)
        figures["MiB, what was said"] = run("keeping what was said", folder)["MiB"]
        turns = [
            {one: run(one, folder) for one in ("scan", "in full", AFTER_FULL, FINDING, "worked in")}
            for _ in range(ROUNDS)
        ]
        full, worked_in_too = (pickle.loads((folder / f"{one}.found").read_bytes()) for one in ("after", "worked"))
    if any(found_of(full[rule]) != found_of(worked_in_too[rule]) for rule in TWELVE):
        raise AssertionError("What was worked in is not what a full run finds.")
    seconds = {one: middle([turn[one]["seconds"] for turn in turns]) for one in turns[0]}
    figures |= {f"seconds, {one}": value for one, value in seconds.items()}
    figures |= {f"peak MiB, {one}": max(turn[one]["peak"] for turn in turns) for one in turns[0]}
    figures["objects that changed"] = turns[0][FINDING]["objects"]
    figures["findings, the same both ways"] = turns[0]["in full"]["found"]
    figures["worked in, part of in full"] = seconds["worked in"] / seconds["in full"]
    for finding in (FINDING, AFTER_FULL):
        figures[f"with {finding}, part of in full"] = (seconds["worked in"] + seconds[finding]) / seconds["in full"]
    used = {one: middle([turn[one]["processor"] for turn in turns]) for one in turns[0] if one != "scan"}
    figures |= {f"processor seconds, {one}": value for one, value in used.items()}
    figures["processor time, worked in, part of in full"] = used["worked in"] / used["in full"]
    for finding in (FINDING, AFTER_FULL):
        both = used["worked in"] + used[finding]
        figures[f"processor time, with {finding}, part of in full"] = both / used["in full"]
    figures["twelve rules to their findings, times a scan"] = seconds["in full"] / seconds["scan"]
    print(write("findings-delta", figures).read_text(encoding="utf-8"))


if __name__ == "__main__":
    if len(sys.argv) > 2:
        print(json.dumps(CONTENDERS[sys.argv[1]](Path(sys.argv[2])) | {"peak": peak_mib()}))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else ADDRESSES)
