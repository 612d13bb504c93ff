"""The drill: a backup while people work, an empty machine, and everything is back as it was. On both databases."""

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from bolwerk.crypto.keyfile import make_key_file
from tests.crash.installation import ROOT, Installation
from tests.postgres import empty_database

WRITER = """
import django, time
django.setup()
from django.utils import timezone
from bolwerk.incidents.tests.makers import make_incident
from bolwerk.accounts.models import Person
person = Person.objects.get(email="a@zilverdam.example")
while True:
    make_incident(person, at=timezone.now())
    print("one", flush=True)
"""
PEOPLE = """
from django.utils import timezone
from bolwerk.accounts.actions import add_person
add_person(email="a@zilverdam.example", name="A", department=None, by="urn:bolwerk:system", at=timezone.now())
answer = True
"""
NAMES = """
from pathlib import Path
from bolwerk.config.backups.archive import unpack
from bolwerk.config.backups.making import PLACE
from bolwerk.vault.queries import read_protected_file
answer = []
def note(name, pieces):
    answer.append(name)
    list(pieces)
"""
DIGEST = """
import hashlib
from django.db import connection
answer = {}
with connection.cursor() as cursor:
    for table, key in (("audit_line", "sequence"), ("accounts_person", "id"), ("incidents_incident", "id")):
        cursor.execute(f"SELECT * FROM {table} ORDER BY {key}")
        rows = [repr(row) for row in cursor.fetchall()][: LINES if table == "audit_line" else None]
        answer[table] = [len(rows), hashlib.sha256("".join(rows).encode()).hexdigest()]
    cursor.execute("SELECT COUNT(*) FROM audit_line WHERE event = 'incidents.incident.reported'")
    answer["reported"] = cursor.fetchone()[0]
"""
THERE = "from bolwerk.incidents.models import Incident"
CLOSE_LONG_AGO = f"""
{THERE}
from datetime import UTC, datetime
first = Incident.objects.order_by("reported_at").first()
Incident.objects.filter(pk=first.pk).update(status="closed", closed_at=datetime(2001, 1, 1, tzinfo=UTC))
answer = str(first.pk)
"""


class EmptyMachine(Installation):
    """A machine on which nothing was begun."""

    prepared = False


@dataclass(frozen=True)
class Drill:
    """An installation at work, the kind of its database, and the archive that was made of it meanwhile."""

    kind: str
    house: Installation
    archive: Path

    def machine(self, folder: Path) -> Installation:
        """An empty machine: a folder with the keys only, and a database without a table."""
        shutil.copytree(self.house.folder / "keys", folder / "keys")
        return EmptyMachine(folder, **database(self.kind))


def database(kind: str) -> dict[str, str]:
    """The environment for an empty database of this kind."""
    return {"BOLWERK_DATABASE_URL": empty_database(f"drill_{uuid4().hex}")} if kind == "postgres" else {}


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.drill)])
def drill(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Drill]:
    """An installation at work, and the archive that was made of it meanwhile."""
    house = Installation(tmp_path_factory.mktemp(f"house-{request.param}"), **database(request.param))
    (house.folder / "vault").mkdir()
    (house.folder / "vault" / "bag.parquet").write_bytes(b"register" + os.urandom(400_000))
    house.ask(PEOPLE)
    command = [sys.executable, "-c", WRITER]
    with subprocess.Popen(command, env=house.environment, cwd=ROOT, stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        for _ in range(5):
            writer.stdout.readline()
        said = house.bolwerk("backup")
        assert writer.poll() is None, "people went on working"
        writer.kill()
    yield Drill(request.param, house, Path(said.split(" (")[0]))
    house.close()


def test_everything_is_back_as_it_was_and_the_trail_is_whole(drill: Drill, tmp_path: Path) -> None:
    house, archive = drill.house, drill.archive
    machine = drill.machine(tmp_path / "new")
    assert "its trail is whole" in machine.bolwerk("restore", str(archive))
    assert "whole" in machine.bolwerk("audit", "verify")
    here = machine.ask("LINES = 10**9\n" + DIGEST)
    assert isinstance(here, dict)
    lines = here["audit_line"][0] - 1  # the last one tells of the restore
    assert here["reported"] == here["incidents_incident"][0] >= 5, "no line without its report"
    there = house.ask(f"LINES = {lines}\n{DIGEST}")
    again = machine.ask(f"LINES = {lines}\n{DIGEST}")
    assert isinstance(there, dict) and isinstance(again, dict)
    assert (again["audit_line"], again["accounts_person"]) == (there["audit_line"], there["accounts_person"])
    assert (machine.folder / "vault" / "bag.parquet").read_bytes() == (
        house.folder / "vault" / "bag.parquet"
    ).read_bytes()
    assert machine.ask(PEOPLE.replace("a@", "b@")), "and one can work on"


@pytest.mark.drill  # a whole installation; the first restore is in `make test`
def test_a_second_restore_never_overwrites_what_lives(drill: Drill) -> None:
    house, archive = drill.house, drill.archive
    before = (house.folder / "vault" / "bag.parquet").stat().st_mtime_ns
    assert "Nothing was put back" in house.refused("restore", str(archive))
    assert (house.folder / "vault" / "bag.parquet").stat().st_mtime_ns == before


def test_without_the_key_ring_or_with_another_nothing_comes_back(drill: Drill, tmp_path: Path) -> None:
    archive = drill.archive
    machine = drill.machine(tmp_path / "new")
    (machine.folder / "keys" / "ring.json").unlink()
    assert "There is no key ring" in machine.refused("restore", str(archive))
    other = EmptyMachine(tmp_path / "other")
    make_key_file(other.folder / "keys" / "ring.json", mode="demo", at=datetime.now(UTC))
    shutil.copy(other.folder / "keys" / "ring.json", machine.folder / "keys" / "ring.json")
    assert "key file older than the data" in machine.refused("restore", str(archive))
    assert [path.name for path in machine.folder.iterdir()] == ["keys"]


def test_a_changed_or_cut_archive_leaves_the_machine_empty(drill: Drill, tmp_path: Path) -> None:
    archive = drill.archive
    machine = drill.machine(tmp_path / "new")
    data = archive.read_bytes()
    for name, content in {"changed": data[:-40] + b"x" + data[-39:], "cut": data[: len(data) // 2]}.items():
        bad = tmp_path / name
        bad.write_bytes(content)
        assert "was changed or cut off" in machine.refused("restore", str(bad))
    assert [path.name for path in machine.folder.iterdir()] == ["keys"]


def test_an_archive_holds_no_key_and_nothing_that_can_be_read(drill: Drill) -> None:
    house, archive = drill.house, drill.archive
    assert b"register" not in archive.read_bytes()
    names = house.ask(f"{NAMES}unpack(read_protected_file(Path({str(archive)!r}), place=PLACE), note)")
    assert isinstance(names, list)
    assert "files/vault/bag.parquet" in names
    assert not [name for name in names if "keys" in name or "ring" in name]


@pytest.mark.drill  # a fault that is injected
def test_on_a_full_disk_no_archive_stays_and_the_earlier_one_does(drill: Drill) -> None:
    house, archive = drill.house, drill.archive
    before = sorted(archive.parent.iterdir())
    done = subprocess.run(
        house.command("backup"),
        env=house.environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000)),
    )
    assert (done.returncode, "No backup was made" in done.stderr) == (1, True), done.stderr
    assert sorted(archive.parent.iterdir()) == before


@pytest.mark.drill  # a whole installation, three archives
def test_only_so_many_archives_stay(drill: Drill, tmp_path: Path) -> None:
    house = drill.house
    for _ in range(2):
        house.bolwerk("backup", "--to", str(tmp_path), "--keep", "1")
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.drill  # a whole installation; within one process in tests/security/test_retention.py
def test_what_was_erased_since_the_backup_does_not_come_back(drill: Drill, tmp_path: Path) -> None:
    house, archive = drill.house, drill.archive
    gone = house.ask(CLOSE_LONG_AGO)
    assert "Reports of incidents: record erased 1" in house.bolwerk("erase-due")
    machine = drill.machine(tmp_path / "new")
    said = machine.bolwerk("restore", str(archive), "--erasures", str(house.folder / "erasures.jsonl"))
    assert "Erased again: 1" in said
    assert machine.ask(f"{THERE}\nanswer = Incident.objects.filter(pk={gone!r}).exists()") is False
    assert machine.ask(f"{THERE}\nanswer = Incident.objects.exists()") is True
    assert "Nothing was due" in machine.bolwerk("erase-due")
