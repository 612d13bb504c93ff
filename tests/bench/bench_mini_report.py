"""Submitting a mini-report, durable and logged: `python -m tests.bench.bench_mini_report [reports]`.

GlobaLeaks, the peer that quality.md names first, is not at hand here: its source cannot be fetched on this machine. So
the peer is bare durable inserts of the same size: every row that one report leaves (incident, care, tasks, steps,
mail, lines of both logs), inserted one by one through the same ORM, in one transaction each, into tables with the same
columns and indexes, without rules, clocks, chain or triggers. A second, harder peer is one row with the same bytes.
The page is weighed on the wire, from the production server, as a phone fetches it for the first time.
"""

import gzip
import json
import os
import re
import subprocess
import sys
from http.client import HTTPConnection
from time import perf_counter
from typing import Any

from tests.bench.bench_pages import folder, server
from tests.bench.load import HOST
from tests.bench.result import Figure, middle, write

REPORTS = 120
ROUNDS = 5
HEAVIEST = 60_000  # bytes: the bar in quality.md and ui.md
WORDS = "Hij sloeg op de balie en riep dat hij me wist te vinden. De bewaker heeft hem naar buiten gebracht."
LINKED = re.compile(r'<(?:link rel="stylesheet" href|script defer src)="([^"]+)"')


def people() -> tuple[Any, Any]:
    """An employee of a department with a manager, and what the employee's session is called."""
    from django.utils import timezone

    from bolwerk.accounts.actions import add_example_departments, add_person, give_role, name_installation
    from bolwerk.accounts.models import Department
    from bolwerk.accounts.rules import Role
    from bolwerk.audit.actions import SYSTEM
    from tests.bench.pages_visitors import cookie

    at = timezone.now()
    name_installation(name="Zilverdam", by=SYSTEM, at=at)
    add_example_departments(by=SYSTEM, at=at)
    desk = Department.objects.get(code="burgerzaken")
    found = []
    for number, role in enumerate((Role.EMPLOYEE, Role.MANAGER, Role.AGGRESSION_COORDINATOR)):
        email = f"p{number}@zilverdam.example"
        person = add_person(email=email, name=f"Persoon {number}", department=desk, by=SYSTEM, at=at)
        give_role(person=person, role=role, by=SYSTEM, at=at, department=desk if number == 1 else None)
        found.append(person)
    return found[0], cookie(found[0])


def send(person: Any, reports: int) -> float:
    """Send reports one after the other; return the seconds they took."""
    from uuid import uuid4

    from django.utils import timezone

    from bolwerk.incidents.actions import report
    from bolwerk.incidents.rules import Channel, Facts, Kind, Safety

    begun = perf_counter()
    for _number in range(reports):
        at = timezone.now()
        facts = Facts(Kind.AGGRESSION, Channel.DESK, at, Safety.YES, "Balie 4", WORDS)
        report(facts=facts, happened_to=person, by=person, at=at, submission_key=uuid4())
    return perf_counter() - begun


def rows_of_one_report(person: Any) -> list[Any]:
    """Every row that one report leaves, in whichever table."""
    before = {model: set(model._default_manager.values_list("pk", flat=True)) for model in kept_tables()}
    send(person, 1)
    return [row for model, had in before.items() for row in model._default_manager.exclude(pk__in=had)]


def kept_tables() -> list[Any]:
    """The tables of Bolwerk."""
    from django.apps import apps

    return [model for model in apps.get_models() if model.__module__.startswith("bolwerk.")]


def lay_twins(rows: list[Any]) -> None:
    """Tables with the same columns and indexes, without triggers and without references; and one for whole reports."""
    from django.db import connection

    with connection.cursor() as cursor:
        for table in {row._meta.db_table for row in rows}:
            if connection.vendor == "sqlite":
                cursor.execute(
                    "SELECT sql FROM sqlite_master WHERE tbl_name = %s AND type IN ('table', 'index')", [table]
                )
                for (statement,) in cursor.fetchall():
                    if statement:
                        bare = re.sub(r' REFERENCES "\w+" \("\w+"\)( DEFERRABLE INITIALLY DEFERRED)?', "", statement)
                        name = re.compile(rf'"{table}"')
                        bare = name.sub(f'"plain_{table}"', bare)
                        cursor.execute(re.sub(r'INDEX "', 'INDEX "plain_', bare))
            else:
                cursor.execute(f'CREATE TABLE "plain_{table}" (LIKE "{table}" INCLUDING ALL)')
        cursor.execute("CREATE TABLE plain_whole (id integer PRIMARY KEY, body text NOT NULL)")


def insert_rows(rows: list[Any], reports: int, start: int) -> float:
    """Insert the rows of one report again and again, a transaction each, into the twins; return the seconds."""
    from uuid import uuid4

    from django.db import transaction

    originals = {type(row): type(row)._meta.db_table for row in rows}
    for model, table in originals.items():
        model._meta.db_table = f"plain_{table}"
    begun = perf_counter()
    for number in range(reports):
        with transaction.atomic():
            for place, row in enumerate(rows):
                _fresh(row, number=(start + number) * len(rows) + place, uuid=uuid4)
                row.save(force_insert=True)
    seconds = perf_counter() - begun
    for model, table in originals.items():
        model._meta.db_table = table
    return seconds


def _fresh(row: Any, *, number: int, uuid: Any) -> None:
    """Give a row keys that no other row has; its size stays."""
    row.pk = uuid() if row._meta.pk.get_internal_type() in ("UUIDField", "OneToOneField") else 10_000_000 + number
    fresh: dict[str, object] = {
        "reference": f"{number:09d}",
        "submission_key": uuid(),
        "key": f"{number}",
        "cause": f"{number:0200d}"[-len(getattr(row, "cause", "")) :],
        "hash": f"{number:064d}",
    }
    for field, value in fresh.items():
        if hasattr(row, field):
            setattr(row, field, value)
    for field in ("task_id", "incident_id"):
        if getattr(row, field, None) and row._meta.pk.attname != field:
            setattr(row, field, uuid())


def insert_whole(body: str, reports: int, start: int) -> float:
    """Insert one row with the same bytes again and again, a transaction each; return the seconds."""
    from django.db import connection, transaction

    begun = perf_counter()
    for number in range(reports):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("INSERT INTO plain_whole (id, body) VALUES (%s, %s)", [start + number, body])
    return perf_counter() - begun


def rounds(reports: int) -> dict[str, object]:
    """Take turns between reports and both peers; return the medians, in a process with a database of its own."""
    import django

    django.setup()
    from django.core import serializers
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    person, session = people()
    send(person, 10)
    rows = rows_of_one_report(person)
    body = serializers.serialize("json", rows)
    lay_twins(rows)
    taken: dict[str, list[float]] = {"report": [], "rows": [], "whole": []}
    for turn in range(ROUNDS):
        taken["report"].append(send(person, reports))
        taken["rows"].append(insert_rows(rows, reports, turn * reports))
        taken["whole"].append(insert_whole(body, reports, turn * reports))
    return {name: reports / middle(seconds) for name, seconds in taken.items()} | {
        "rows of a report": len(rows),
        "bytes of a report": len(body),
        "cookie": session,
    }


def fetch(port: int, path: str, cookie: str) -> tuple[bytes, int]:
    """Ask the server for a file as a browser does; return what it says and how many bytes came over the wire."""
    connection = HTTPConnection(HOST, port, timeout=30)
    connection.request("GET", path, headers={"Cookie": cookie, "Accept-Encoding": "gzip, br", "Host": f"{HOST}:{port}"})
    answer = connection.getresponse()
    body = answer.read()
    headers = sum(len(name) + len(value) + 4 for name, value in answer.getheaders())
    if answer.status != 200:
        raise LookupError(f"{path} answers {answer.status}")
    plain = gzip.decompress(body) if answer.getheader("Content-Encoding") == "gzip" else body
    return plain, len(body) + headers


def weigh(environment: dict[str, str], cookie: str) -> dict[str, Figure]:
    """The report page with everything that it loads at first, in bytes on the wire."""
    with server(environment) as port:
        page, total = fetch(port, "/meldingen/nieuw/", cookie)
        files = [*LINKED.findall(page.decode()), "/static/ui/icons.svg", "/static/ui/mark.svg"]
        weights = {path.split("?")[0]: fetch(port, path, cookie)[1] for path in dict.fromkeys(files)}
    figures: dict[str, Figure] = {f"wire {path}": weight for path, weight in weights.items()}
    return {"wire page": total, **figures, "wire first load (bytes)": total + sum(weights.values()), "bar": HEAVIEST}


def measure(kind: str, reports: int) -> dict[str, Figure]:
    """One database: submissions beside both peers; and on SQLite what the page weighs."""
    with folder(kind) as environment:
        once = [sys.executable, "-m", "tests.bench.bench_mini_report", "--once", str(reports)]
        found = json.loads(subprocess.run(once, env=environment, check=True, capture_output=True, text=True).stdout)
        figures: dict[str, Figure] = {
            f"{kind} reports per second": found["report"],
            f"{kind} bare rows, reports per second": found["rows"],
            f"{kind} reports ÷ bare inserts of the same rows": found["report"] / found["rows"],
            f"{kind} reports ÷ one row of the same bytes": found["report"] / found["whole"],
            "rows of a report": found["rows of a report"],
            "bytes of a report": found["bytes of a report"],
        }
        return figures | (weigh(environment, found["cookie"]) if kind == "sqlite" else {})


def main() -> None:
    """Measure both databases."""
    if sys.argv[1:2] == ["--once"]:
        print(json.dumps(rounds(int(sys.argv[2]))))
        return
    reports = int(sys.argv[1]) if len(sys.argv) > 1 else REPORTS
    figures: dict[str, Figure] = {"peer GlobaLeaks": "not at hand on this machine", "reports per round": reports}
    for kind in ("sqlite", "postgres"):
        figures |= measure(kind, reports)
    print(write("mini-report", figures).read_text(encoding="utf-8"))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bolwerk.config.settings")
    main()
