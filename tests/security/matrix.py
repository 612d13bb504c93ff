"""The access matrix: what everybody gets on every route, asked of the application itself.

`tests/security/matrix.json` is the table that people read and agree with; the test compares the application with it.
After a change of routes or access: `python -m tests.security.matrix` writes it anew. Read the difference before you
commit it: every line of it is a door that opened or closed.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

TABLE = Path(__file__).with_name("matrix.json")
WRITE = "BOLWERK_WRITE_MATRIX"  # set while the table is written anew
EVERYBODY_ELSE = "everybody else"
TO_THE_DOOR = "302 to the door"
Row = dict[str, dict[str, list[str]]]  # method → result → who gets it
Results = dict[str, dict[str, str]]  # method → who → result


def table() -> dict[str, Row]:
    """The table that was agreed with: route → method → result → who."""
    return dict(json.loads(TABLE.read_text(encoding="utf-8"))) if TABLE.exists() else {}


def row(results: Results) -> Row:
    """What everybody gets on a route, by method. The largest group is written as "everybody else"."""
    found: Row = {}
    for method, by_person in results.items():
        groups: dict[str, list[str]] = {}
        for who, result in by_person.items():
            groups.setdefault(result, []).append(who)
        largest = max(groups, key=lambda status: len(groups[status]))
        groups[largest] = [EVERYBODY_ELSE]
        found[method] = dict(sorted(groups.items()))
    return found


def status_of(somebody: str, groups: dict[str, list[str]]) -> str:
    """What the table says that somebody gets."""
    mine = [status for status, who in groups.items() if somebody in who]
    return mine[0] if mine else next(status for status, who in groups.items() if EVERYBODY_ELSE in who)


def write(rows: dict[str, Row]) -> None:
    """Write the table, one route after another, one result on a line."""
    parts = []
    for route, methods in sorted(rows.items()):
        lines = [f'  "{method}": {json.dumps(groups)}' for method, groups in methods.items()]
        parts.append(f' "{route}": {{\n' + ",\n".join(lines) + "\n }")
    TABLE.write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")


def main() -> int:
    """Ask the application, in a test run of its own, and write what it answers."""
    test = str(Path(__file__).with_name("test_access_matrix.py"))
    chosen = ["-k", "everybody_gets_what_the_table_says", "-q", "-n0", "-p", "no:randomly"]
    command = [sys.executable, "-m", "pytest", test, *chosen]
    return subprocess.run(command, env=os.environ | {WRITE: "1"}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
