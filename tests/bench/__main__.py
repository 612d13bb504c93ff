"""`make bench`: run every benchmark, one after the other, and show one table.

`python -m tests.bench NAME …` runs some of them; `ingest-bag`, `ingest_bag` and `bench_ingest_bag` name the same one.
"""

import json
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.bench.result import FOLDER

BENCHMARKS = sorted(file.stem for file in Path(__file__).parent.glob("bench_*.py"))
WRONG_USE = 2


def show() -> None:
    """Everything that was measured, in one table."""
    table = Table("benchmark", "figure", "value", title="Benchmarks")
    for file in sorted(FOLDER.glob("*.json")):
        for figure, value in json.loads(file.read_text(encoding="utf-8"))["figures"].items():
            table.add_row(file.stem, figure, f"{value:,.3g}" if isinstance(value, float) else str(value))
    Console().print(table)


def module(name: str) -> str:
    """The module of a benchmark, with or without `bench_` before it."""
    return f"bench_{name.replace('-', '_').removeprefix('bench_')}"


def main(names: list[str]) -> int:
    """Run the named benchmarks, or all; a process each, so that none warms up another. Nothing runs on a wrong name."""
    unknown = [name for name in names if module(name) not in BENCHMARKS]
    if unknown:
        known = ", ".join(one.removeprefix("bench_").replace("_", "-") for one in BENCHMARKS)
        sys.stderr.write(f"There is no benchmark “{unknown[0]}”. There are: {known}.\n")
        return WRONG_USE
    failed = 0
    for name in map(module, names) if names else BENCHMARKS:
        failed += subprocess.run([sys.executable, "-m", f"tests.bench.{name}"], check=False).returncode != 0
    show()
    return min(failed, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
