"""Appending to and verifying the trail, beside plain rows: `python -m tests.bench.bench_audit [lines]`.

The peer of appending is one single-row INSERT per transaction, by the same ORM, into a table with the same columns
and indexes, without chain and triggers. The peer of verifying is reading every column of every line once.
Each runs in processes and databases of its own; rounds take turns, and what is kept are medians and ratios.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from tests.bench.result import Figure, middle, write

WRITERS = 8
ROUNDS = 3
EACH = {"sqlite": 60, "postgresql": 60}  # rows per writer per round
LINES = 100_000


def start(database: str) -> None:
    """Point this process at a database of its own and start Django."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "bolwerk.config.settings"
    if database.startswith("postgresql"):
        os.environ["BOLWERK_DATABASE_URL"] = database
    else:
        os.environ["BOLWERK_DIR"] = database
    import django

    django.setup()


def prepare() -> None:
    """Lay the tables, and the plain twin of the trail."""
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", "audit", verbosity=0)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sql FROM sqlite_master WHERE tbl_name = 'audit_line' AND type IN ('table', 'index')")
            for (statement,) in cursor.fetchall():
                if statement:
                    cursor.execute(statement.replace("audit_line", "plain_line"))
        else:
            cursor.execute("CREATE TABLE plain_line (LIKE audit_line INCLUDING ALL)")


def append(kind: str, rows: int, writer: int) -> None:
    """Wait for the start, then add `rows` rows, one transaction each."""
    from datetime import UTC, datetime

    from bolwerk.audit.actions import record
    from bolwerk.audit.models import Line

    at = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    subject, actor = f"urn:bolwerk:incidents:incident:{writer}", "urn:bolwerk:system"
    base = (int(perf_counter() * 1e6) * WRITERS + writer) * 10_000
    if kind == "plain":
        Line._meta.db_table = "plain_line"
    Line.objects.exists()
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(rows):
        if kind == "plain":
            Line(
                sequence=base + number,
                at=at,
                event="a.b",
                subject=subject,
                actor=actor,
                previous_hash="0" * 64,
                hash="0" * 64,
            ).save(force_insert=True)
        else:
            record("a.b", subject=subject, actor=actor, at=at)


def timed_append(kind: str, database: str, rows: int) -> float:
    """Seconds for all writers together."""
    command = [sys.executable, "-m", "tests.bench.bench_audit", "--append", kind, database, str(rows)]
    writers = [
        subprocess.Popen([*command, str(number)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for number in range(WRITERS)
    ]
    for writer in writers:
        assert writer.stdout
        assert writer.stdout.readline() == "ready\n"
    begun = perf_counter()
    for writer in writers:
        assert writer.stdin
        writer.stdin.write("go\n")
        writer.stdin.flush()
    assert all(writer.wait() == 0 for writer in writers)
    return perf_counter() - begun


def fill(lines: int) -> None:
    """A long trail, in a few transactions."""
    from datetime import UTC, datetime, timedelta

    from django.db import transaction

    from bolwerk.audit.actions import record

    at = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    for first in range(0, lines, 2_000):
        with transaction.atomic():
            for number in range(first, first + 2_000):
                record(
                    "incidents.incident.read",
                    subject=f"urn:bolwerk:incidents:incident:{number % 5000}",
                    actor=f"urn:bolwerk:accounts:person:{number % 200}",
                    at=at + timedelta(seconds=number),
                    shown=number,
                )


def scan() -> int:
    """Read every column of every line once."""
    from django.db import connection

    rows = 0
    with connection.chunked_cursor() as cursor:
        cursor.execute("SELECT * FROM audit_line")
        while part := cursor.fetchmany(5_000):
            rows += len(part)
    return rows


def verifying(lines: int) -> dict[str, float]:
    """Seconds of scanning and verifying, and how much memory verifying adds."""
    import resource

    from bolwerk.audit.queries.verification import verify

    fill(lines)
    seconds: dict[str, list[float]] = {"scan": [], "verify": []}
    for _ in range(ROUNDS):
        for name, work in (("scan", scan), ("verify", verify)):
            begun = perf_counter()
            work()
            seconds[name].append(perf_counter() - begun)
    found = {name: middle(times) for name, times in seconds.items()}
    return found | {"peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def child(*arguments: str) -> str:
    """Run one step in a process of its own and return what it printed."""
    command = [sys.executable, "-m", "tests.bench.bench_audit", *arguments]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def measure(name: str, database: str, lines: int) -> dict[str, Figure]:
    """All figures of one database."""
    child("--prepare", database)
    rows = EACH[name]
    seconds: dict[str, list[float]] = {"plain": [], "chained": []}
    for _ in range(ROUNDS):
        for kind, times in seconds.items():
            times.append(timed_append(kind, database, rows))
    each = {kind: WRITERS * rows / middle(times) for kind, times in seconds.items()}
    reading = json.loads(child("--verify", database, str(lines)))
    return {
        f"{name}_plain_rows_per_second": each["plain"],
        f"{name}_chained_lines_per_second": each["chained"],
        f"{name}_append_ratio": each["chained"] / each["plain"],
        f"{name}_verified_lines_per_second": lines / reading["verify"],
        f"{name}_verify_over_scan": reading["verify"] / reading["scan"],
        f"{name}_verify_peak_mib": reading["peak_mib"],
    }


def main(lines: int) -> None:
    """Both databases, one after the other."""
    from tests.postgres import server_url

    figures: dict[str, Figure] = {"lines": lines, "writers": WRITERS}
    with tempfile.TemporaryDirectory(prefix="bolwerk-bench-") as folder:
        figures |= measure("sqlite", str(Path(folder)), lines)
    figures |= measure("postgresql", server_url(), lines)
    print(json.dumps(figures, indent=2))
    write("audit", figures)


def step(verb: str, database: str, *more: str) -> None:
    """What a child process does."""
    start(database)
    if verb == "--prepare":
        prepare()
    elif verb == "--append":
        append(database, int(more[0]), int(more[1]))
    else:
        print(json.dumps(verifying(int(more[0]))))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--append"]:
        start(sys.argv[3])
        append(sys.argv[2], int(sys.argv[4]), int(sys.argv[5]))
    elif sys.argv[1:2] and sys.argv[1].startswith("--"):
        step(*sys.argv[1:])
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else LINES)
