"""`make bench`: run every benchmark, one after the other, and show one table."""

import json
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.bench.result import FOLDER

BENCHMARKS = sorted(file.stem for file in Path(__file__).parent.glob("bench_*.py"))


def show() -> None:
    """Everything that was measured, in one table."""
    table = Table("benchmark", "figure", "value", title="Benchmarks")
    for file in sorted(FOLDER.glob("*.json")):
        for figure, value in json.loads(file.read_text(encoding="utf-8"))["figures"].items():
            table.add_row(file.stem, figure, f"{value:,.3g}" if isinstance(value, float) else str(value))
    Console().print(table)


def main(names: list[str]) -> int:
    """Run the named benchmarks, or all; a process each, so that none warms up another."""
    failed = 0
    for name in names or BENCHMARKS:
        failed += subprocess.run([sys.executable, "-m", f"tests.bench.{name}"], check=False).returncode != 0
    show()
    return min(failed, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
