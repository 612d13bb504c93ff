"""Planted truth in a whole fictional municipality: `python -m tests.bench.bench_planted [residents]`.

Every register is written in its exchange format, taken in, linked, and every rule runs. Precision and recall are per
rule against what was planted: of what a rule found, how much was planted for it, and of what was planted, how much it
found. Each step runs in a process of its own, whose peak memory is kept; the same is done for a tenth of the residents,
to see whether memory grows with the municipality. `make planted` runs it at 1,000,000.
"""

import json
import subprocess
import sys
import tempfile
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from time import perf_counter

import pyarrow.parquet as pq

from knooppunt.findings import run_findings
from knooppunt.ingest import ingest
from knooppunt.linkage import link
from knooppunt.synthetic import synthesise
from knooppunt.synthetic.records import FILES
from knooppunt.vault import open_vault
from tests.bench.bench_findings_national import peak_mib
from tests.bench.result import Figure, write

RESIDENTS = 100_000
ON = date(2026, 11, 1)
REGISTERS = {"bag": "bag.zip", "brp": "brp.csv", "kvk": "kvk.jsonl", **FILES}
STEPS = ("synth", *REGISTERS, "link", "findings")
SMALLER = 10


def step(name: str, folder: Path, residents: int) -> None:
    """One step of the way from nothing to findings."""
    vault, at = folder / "vault", datetime.now(UTC)
    if name == "synth":
        synthesise(residents=residents, seed=3, out=folder)
    elif name == "link":
        link(open_vault(vault), at=at)
    elif name == "findings":
        run_findings(open_vault(vault), as_of=ON)
    else:
        ingest(name, folder / REGISTERS[name], vault=vault, at=at, as_of=ON)


def measured(name: str, folder: Path, residents: int) -> dict[str, float]:
    """Seconds and peak memory of one step, in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.bench_planted", name, str(folder), str(residents)]
    told: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return told


def against_truth(folder: Path) -> dict[str, Figure]:
    """Precision and recall of every rule whose truth is known."""
    latest = sorted((folder / "vault" / "findings" / ON.isoformat()).glob("*.parquet"))[-1]
    rows = pq.read_table(latest, columns=["rule", "object_id"]).to_pylist()
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))["findings"]
    figures: dict[str, Figure] = {}
    for rule, planted in truth.items():
        found = [row["object_id"] for row in rows if row["rule"] == rule]
        there = [row["object_id"] for row in planted]
        right = (Counter(found) & Counter(there)).total()
        figures[f"{rule}: planted"] = len(there)
        figures[f"{rule}: precision"] = right / len(found) if found else 1.0
        figures[f"{rule}: recall"] = right / len(there) if there else 1.0
    return figures


def run(residents: int) -> dict[str, Figure]:
    """Everything at one size."""
    figures: dict[str, Figure] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for one in STEPS:
            told = measured(one, folder, residents)
            figures[f"peak MiB, {one}"] = told["peak"]
            figures[f"seconds, {one}"] = told["seconds"]
        figures |= against_truth(folder)
    return figures


def main(residents: int) -> None:
    """Measure, keep and print."""
    large, small = run(residents), run(max(residents // SMALLER, 3_000))
    figures: dict[str, Figure] = {"residents": residents, **large}
    for one in STEPS:
        ratio = float(large[f"peak MiB, {one}"]) / float(small[f"peak MiB, {one}"])
        figures[f"peak memory, times that of a tenth, {one}"] = ratio
    print(write("planted", figures).read_text(encoding="utf-8"))


if __name__ == "__main__":
    if len(sys.argv) > 2:
        start = perf_counter()
        step(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
        print(json.dumps({"seconds": perf_counter() - start, "peak": peak_mib()}))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else RESIDENTS)
