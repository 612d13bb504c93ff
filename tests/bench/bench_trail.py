"""Pages of the log at a million lines, beside those at a thousand: `python -m tests.bench.bench_trail [lines]`.

What is measured is the reading of one page of fifty lines (`audit.queries.lines.part_of`), for every kind of question
that the filter can ask, on both databases, each in a process of its own. Figures are medians, and the ratio of the
long trail to the short one: a page must cost what it holds, and not what lies behind it.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from tests.bench.bench_audit import start
from tests.bench.result import Figure, middle, write

if TYPE_CHECKING:
    from bolwerk.audit.queries.lines import Wanted

SHORT, LONG = 1_000, 1_000_000
ROUNDS = 9
PART = 100_000  # lines poured at a time
AT = datetime(2026, 1, 1, tzinfo=UTC)
# What a year of a municipality looks like: mostly reading, a little of everything, and few denials.
EVENTS = {
    "incidents.incident.read": 60,
    "incidents.worklist.read": 15,
    "deadlines.mail.sent": 9,
    "deadlines.task.done": 8,
    "accounts.signin.signed_in": 8,
    "denied": 0.05,
    "incidents.worklist.exported": 0.01,
}
WORKLIST = "urn:bolwerk:incidents:worklist"
COLUMNS = ("sequence", "at", "event", "subject", "actor", "reason", "trace_id", "facts_json", "previous_hash", "hash")


def lines(count: int) -> Iterator[tuple[object, ...]]:
    """`count` lines of 200 people and a clock, about a tenth as many things. Nobody verifies them: hashes are empty."""
    dice = random.Random(1)
    events, weights = list(EVENTS), list(EVENTS.values())
    for sequence in range(1, count + 1):
        event = dice.choices(events, weights)[0]
        person = f"urn:bolwerk:accounts:person:{dice.randrange(200):032d}"
        thing = f"urn:bolwerk:incidents:incident:{dice.randrange(max(1, count // 10)):032d}"
        subject = WORKLIST if event.startswith("incidents.worklist") else thing
        actor = "urn:bolwerk:system" if event == "deadlines.mail.sent" else person
        yield (sequence, AT + timedelta(seconds=31 * sequence), event, subject, actor, "", "", "{}", "", "")


def fill(count: int) -> None:
    """Lay the tables, pour the lines, and let the database count what it holds."""
    from itertools import islice

    from django.core.management import call_command
    from django.db import connection

    from bolwerk.audit.models import Head, Line
    from tests.bench.pouring import pour_values
    from tests.owner import without_refusals

    call_command("migrate", "audit", verbosity=0)
    coming = lines(count)
    Head.objects.get_or_create(pk=1)
    with without_refusals(connection):
        while part := list(islice(coming, PART)):
            pour_values(Line, COLUMNS, part)
        Head.objects.filter(pk=1).update(sequence=count)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def questions(count: int) -> "dict[str, Wanted]":
    """Every kind of question that the filter can ask."""
    from bolwerk.audit.queries.lines import Wanted

    person = f"urn:bolwerk:accounts:person:{7:032d}"
    middle_of_it = AT + timedelta(seconds=31 * count // 2)
    return {
        "everything": Wanted(),
        "a week": Wanted(since=middle_of_it, until=middle_of_it + timedelta(days=7)),
        "a person": Wanted(actor=person),
        "a thing": Wanted(subject=f"urn:bolwerk:incidents:incident:{5:032d}"),
        "denials": Wanted(events=("denied",)),
        "a group of events": Wanted(events=tuple(EVENTS)),
        "denials of a person": Wanted(actor=person, events=("denied",)),
        "denials of the clock": Wanted(actor="urn:bolwerk:system", events=("denied",)),
        "a person in a busy list": Wanted(actor=person, subject=WORKLIST),
    }


def measure(count: int) -> dict[str, float]:
    """The median of reading the first page, and one in the middle of the trail, for every question."""
    from bolwerk.audit.queries.lines import part_of

    found = {}
    for name, wanted in questions(count).items():
        for place in (0, count // 2):
            seconds = []
            for _round in range(ROUNDS):
                begun = perf_counter()
                part_of(wanted, before=place)
                seconds.append(perf_counter() - begun)
            found[f"{name}, {'half-way' if place else 'newest'}"] = middle(seconds)
    return found


def in_a_process(database: str, count: int) -> dict[str, float]:
    """Fill and measure one database in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.bench_trail", "--one", database, str(count)]
    return dict(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))


def main(long: int) -> None:
    """Measure both databases at both lengths."""
    from tests.postgres import empty_database

    figures: dict[str, Figure] = {"lines": long}
    with tempfile.TemporaryDirectory() as folder:
        for kind in ("sqlite", "postgresql"):
            seconds = {}
            for count in (SHORT, long):
                here = Path(folder) / f"{kind}-{count}"
                here.mkdir()
                seconds[count] = in_a_process(str(here) if kind == "sqlite" else empty_database(here.name), count)
            worst = max(seconds[long], key=lambda name: seconds[long][name])
            figures |= {f"{kind}, {name} (ms)": value * 1_000 for name, value in seconds[long].items()}
            figures[f"{kind}, slowest: {worst} (ms)"] = seconds[long][worst] * 1_000
            plain = "everything, newest"
            figures[f"{kind}, {plain}: long ÷ short"] = seconds[long][plain] / seconds[SHORT][plain]
    print(write("trail", figures).read_text(encoding="utf-8"))


if __name__ == "__main__":
    os.environ.setdefault("BOLWERK_MODE", "test")
    if sys.argv[1:2] == ["--one"]:
        start(sys.argv[2])
        fill(int(sys.argv[3]))
        sys.stdout.write(json.dumps(measure(int(sys.argv[3]))))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else LONG)
