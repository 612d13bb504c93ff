"""The steps of docs/how-to/grow-to-postgresql.md: everything moves, and the trail stays whole."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.crash.installation import ROOT, Installation
from tests.crash.test_worker_crash import database_address

LEFT_BEHIND = ("contenttypes", "auth.permission", "sessions", "usersessions")
EVERYTHING = (
    "from bolwerk.accounts.models import Grant, Person\n"
    "from bolwerk.deadlines.models import Message, Step, Task\n"
    "answer = [kind.objects.count() for kind in (Person, Grant, Task, Step, Message)]"
)


def django(installation: Installation, *words: str) -> None:
    """Run a command of Django on an installation."""
    subprocess.run([sys.executable, "-m", "django", *words], env=installation.environment, cwd=ROOT, check=True)


def guard(installation: Installation, verb: str) -> None:
    """Put the guard of the trail aside, or back."""
    with psycopg.connect(installation.environment["BOLWERK_DATABASE_URL"], autocommit=True) as connection:
        for table in ("audit_line", "audit_head"):
            connection.execute(f"ALTER TABLE {table} {verb} TRIGGER USER")


@pytest.fixture
def old_and_new(tmp_path: Path) -> Iterator[tuple[Installation, Installation]]:
    """An installation with something in it, and an empty one on PostgreSQL."""
    old = Installation(tmp_path / "old")
    old.signed_in("sanne@zilverdam.example")
    old.ask(
        "from tests.crash.slow_tasks import start_slowly\n"
        "start_slowly.call('urn:bolwerk:test:thing:1', 'sanne@zilverdam.example', 0)\n"
        "answer = 1"
    )
    new = Installation(tmp_path / "new", **database_address("postgres"))
    yield old, new
    old.close()
    new.close()


@pytest.mark.drill  # two whole installations
@pytest.mark.slow
def test_everything_moves_to_postgresql_and_the_trail_stays_whole(
    old_and_new: tuple[Installation, Installation], tmp_path: Path
) -> None:
    old, new = old_and_new
    kept = str(tmp_path / "all.xml")
    without = [word for app in LEFT_BEHIND for word in ("-e", app)]
    django(old, "dumpdata", "--format", "xml", "--natural-foreign", *without, "-o", kept)
    shutil.copy(tmp_path / "old" / "keys" / "ring.json", tmp_path / "new" / "keys" / "ring.json")
    guard(new, "DISABLE")
    django(new, "loaddata", kept)
    guard(new, "ENABLE")
    assert new.ask(EVERYTHING) == old.ask(EVERYTHING)
    before, after = (one.bolwerk("audit", "verify").split("whole:")[1] for one in (old, new))
    assert before == after
    new.signed_in("mo@zilverdam.example")  # it grows on from there
    new.bolwerk("audit", "verify")
