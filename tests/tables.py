"""The tables as the migrations leave them, laid once and kept: laying them anew takes half a minute each time.

Kept per state of the migrations and of the packages, in `var/tests`. What a test changes is a copy of its own.
"""

import hashlib
import os
import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "var" / "tests"


@cache
def kept() -> Path:
    """Where the tables of this very state lie, or would lie."""
    digest = hashlib.sha256((ROOT / "requirements.lock").read_bytes())
    for migration in sorted((ROOT / "src").glob("bolwerk/*/migrations/*.py")):
        digest.update(str(migration.relative_to(ROOT)).encode() + b"\0" + migration.read_bytes())
    return FOLDER / f"tables-{digest.hexdigest()[:20]}.sqlite3"


def lay(database: Path) -> bool:
    """Lay the kept tables as an embedded database that does not exist yet; False when none are kept."""
    if not kept().exists():
        return False
    database.parent.mkdir(parents=True, exist_ok=True)
    _copy(kept(), database)
    return True


def keep(database: Path) -> None:
    """Keep the tables of a database in which nothing was done yet, in place of those of an earlier state."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    part = FOLDER / f"part-{os.getpid()}.sqlite3"
    part.unlink(missing_ok=True)
    _copy(database, part)
    part.replace(kept())  # whoever comes second puts the same there
    for earlier in set(FOLDER.glob("tables-*.sqlite3")) - {kept()}:
        earlier.unlink(missing_ok=True)


def _copy(source: Path, target: Path) -> None:
    """A whole copy, with what still lies in the write-ahead log. A source that is gone is an error, never empty."""
    with (
        closing(sqlite3.connect(f"{source.as_uri()}?mode=rw", uri=True)) as read,
        closing(sqlite3.connect(target)) as written,
    ):
        read.backup(written)
