"""The key is replaced while people write; the plug is pulled half-way, the same command goes on, and nothing is lost.

Small here; BOLWERK_FULL_SIZE=1 (`make slow`) does it with the 100,000 rows of quality.md.
"""

import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.crash.installation import ROOT, Installation
from tests.crash.test_worker_crash import database_address

ROWS = 100_000 if os.environ.get("BOLWERK_FULL_SIZE") else 3_000
PATIENCE = 300
FILL = """
from datetime import UTC, datetime
from uuid import uuid4
from bolwerk.accounts.models import Person
from bolwerk.incidents.models import Incident
at, person = datetime(2026, 3, 2, tzinfo=UTC), Person.objects.get()
for first in range({first}, {last}, 1000):
    Incident.objects.bulk_create(
        Incident(reference=f"{{n:09d}}", submission_key=uuid4(), reporter=person, happened_to=person, kind="threat",
                 channel="desk", occurred_at=at, safety="yes", words=f"Melding {{n}}", reported_at=at)
        for n in range(first, first + 1000))
answer = Incident.objects.count()
"""
EDIT = """
import random, sys
import django
django.setup()
from bolwerk.incidents.models import Incident
keys = list(Incident.objects.values_list("pk", flat=True))
number = 0
while True:
    row = Incident.objects.get(pk=random.choice(keys))
    row.words = f"Wijziging {number} van {row.reference}"
    row.save(update_fields=["words"])
    print(row.reference, row.words, sep="\\t", flush=True)
    number += 1
"""
READ = """
from bolwerk.incidents.models import Incident
words = {one.reference: one.words for one in Incident.objects.iterator()}
answer = words
"""


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    """An installation full of reports, on the database of this run."""
    kind = "postgres" if os.environ.get("BOLWERK_TEST_DB") == "postgres" else "sqlite"
    one = Installation(tmp_path / "bolwerk", **database_address(kind))
    one.signed_in("sanne@zilverdam.example")
    for first in range(0, ROWS, 10_000):
        last = min(first + 10_000, ROWS)
        assert one.ask(FILL.format(first=first, last=last)) == last
    yield one
    one.close()


def current_key(installation: Installation) -> bytes:
    """The id of the key that closes now."""
    ring = json.loads((installation.folder / "keys" / "ring.json").read_text())
    return bytes.fromhex(ring["keys"][-1]["id"])


def renewed(installation: Installation, key: bytes) -> int:
    """How many reports are closed with this key, straight from the database."""
    count = "SELECT count(*) FROM incidents_incident WHERE substr(words, 2, 4) = "
    if address := installation.environment.get("BOLWERK_DATABASE_URL"):
        with psycopg.connect(address) as database:
            rows = database.execute(count + "%s", [key]).fetchall()
        return int(rows[0][0])
    embedded = sqlite3.connect(installation.folder / "bolwerk.sqlite3")
    found = int(embedded.execute(count + "?", [key]).fetchone()[0])
    embedded.close()
    return found


def pull_the_plug_half_way(installation: Installation) -> int:
    """Start a rotation and kill it when a third is done; returns how far it was."""
    old, begun = current_key(installation), time.monotonic()
    rotation = installation.start("keys", "rotate")
    while (key := current_key(installation)) == old or renewed(installation, key) < ROWS // 3:
        assert rotation.poll() is None
        assert time.monotonic() < begun + PATIENCE
    installation.kill(rotation)
    return renewed(installation, key)


@pytest.mark.drill  # a fault that is injected; rotations are in tests/security/test_key_rotation.py
@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_nothing_is_lost_when_a_rotation_is_killed_and_goes_on(installation: Installation) -> None:
    written = installation.folder / "written.tsv"
    with written.open("w") as out:
        command = [sys.executable, "-c", EDIT]
        editor = subprocess.Popen(command, env=installation.environment, cwd=ROOT, stdout=out)
    try:
        done = pull_the_plug_half_way(installation)
        assert ROWS // 3 <= done < ROWS
        assert json.loads(installation.bolwerk("keys", "status", "--json"))["rotating"]
        said = subprocess.run(
            installation.command("keys", "rotate"), env=installation.environment, capture_output=True, timeout=PATIENCE
        )
        assert said.returncode == 0, said.stderr
    finally:
        editor.kill()
        editor.wait()
    expected = {f"{number:09d}": f"Melding {number}" for number in range(ROWS)}
    edits = [line.split("\t") for line in written.read_text().splitlines() if "\t" in line]
    expected |= dict(edits)
    assert "opens" in installation.bolwerk("keys", "check")
    found = installation.ask(READ)
    assert isinstance(found, dict)
    differing = [reference for reference, words in expected.items() if found[reference] != words]
    assert len(differing) <= 1  # the editor may have died between writing a row and saying so
    status = json.loads(installation.bolwerk("keys", "status", "--json"))
    assert [key["uses"] > 0 for key in status["keys"]] == [False, True]
    assert len(edits) > 0
