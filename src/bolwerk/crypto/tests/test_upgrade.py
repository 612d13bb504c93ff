"""An installation from before the key ring: what lay open is closed by the upgrade, and nothing is lost."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bolwerk.crypto.keyfile import make_key_file
from tests.postgres import empty_database

BEFORE = """
import django, json, sys
from datetime import UTC, datetime
django.setup()
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

def old(target):
    executor = MigrationExecutor(connection)
    executor.migrate(target)
    return executor.loader.project_state(target).apps

at = datetime(2026, 3, 2, 9, tzinfo=UTC)
apps = old([("accounts", "0004_people_file"), ("ui", "0001_initial"), ("incidents", "0001_initial")])
person = apps.get_model("accounts", "Person").objects.create(email="a@zilverdam.example", name="Anna")
apps.get_model("accounts", "Grant").objects.create(person=person, role="manager", reason="kanarie-rol")
apps.get_model("accounts", "PeopleFile").objects.create(content=b"kanarie-bestand", kind="people", by=person, at=at)
apps.get_model("ui", "Draft").objects.create(owner="urn:a", form="f", values={"w": ["kanarie-concept"]}, saved_at=at)
apps.get_model("ui", "SavedView").objects.create(owner="urn:a", list="l", name="n", query="q=kanarie-lijst")
model = lambda name: apps.get_model("incidents", name).objects
incident = model("Incident").create(
    reference="BCDF-GHJK", submission_key="7f3aa4b2-0000-4000-8000-000000000000", reporter=person, happened_to=person,
    kind="threat", channel="desk", place="kanarie-plaats", occurred_at=at, safety="yes", words="kanarie-é-woorden",
    reported_at=at)
row = {"incident": incident, "by": person, "at": at}
model("StatusChange").create(from_status="new", to_status="closed", reason="kanarie-reden", **row)
model("Assignment").create(to=person, **row)
model("CareMoment").create(duty="contact", held_on="2026-03-02", outcome="held", **row)
model("Feedback").create(text="kanarie-antwoord", **row)
model("Addition").create(text="kanarie-later", **row)
"""
AFTER = """
import django, json
django.setup()
from bolwerk.accounts.models import Grant, PeopleFile
from bolwerk.incidents.models import Addition, Assignment, CareMoment, Feedback, Incident, StatusChange
from bolwerk.ui.models import Draft, SavedView
incident = Incident.objects.get()
print(json.dumps([
    incident.place, incident.words, incident.reference, StatusChange.objects.get().reason, Feedback.objects.get().text,
    incident.addition_rows.get().text, Assignment.objects.get().to.name, CareMoment.objects.get().outcome,
    Grant.objects.get().reason, PeopleFile.objects.get().content.decode(), Draft.objects.get().values,
    SavedView.objects.get().query]))
"""


def run(folder: Path, *words: str) -> str:
    """Run Python on an installation in `folder`."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("BOLWERK_")}
    environment |= {"BOLWERK_DIR": str(folder), "BOLWERK_MODE": "test"}
    environment["DJANGO_SETTINGS_MODULE"] = "bolwerk.config.settings"
    if (folder / "postgres").exists():
        environment["BOLWERK_DATABASE_URL"] = (folder / "postgres").read_text()
    done = subprocess.run([sys.executable, *words], env=environment, capture_output=True, text=True, timeout=200)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.drill  # every migration since the first, on two databases
@pytest.mark.slow
def test_what_lay_open_is_closed_and_nothing_is_lost(tmp_path: Path) -> None:
    make_key_file(tmp_path / "keys" / "ring.json", mode="test", at=datetime(2026, 3, 2, tzinfo=UTC))
    if os.environ.get("BOLWERK_TEST_DB") == "postgres":
        (tmp_path / "postgres").write_text(empty_database(f"upgrade_{os.getpid()}"))
    run(tmp_path, "-c", BEFORE)
    run(tmp_path, "-m", "django", "migrate", "--verbosity", "0")
    assert json.loads(run(tmp_path, "-c", AFTER)) == [
        "kanarie-plaats", "kanarie-é-woorden", "BCDF-GHJK", "kanarie-reden", "kanarie-antwoord", "kanarie-later",
        "Anna", "held", "kanarie-rol", "kanarie-bestand", {"w": ["kanarie-concept"]}, "q=kanarie-lijst",
    ]  # fmt: skip
    leftovers = [file.name for file in tmp_path.glob("bolwerk.sqlite3*") if b"kanarie" in file.read_bytes()]
    assert leftovers == []
