"""The tables as the migrations leave them, laid once and kept: laying them anew takes half a minute each time.

Kept per state of the migrations and of the packages, in `var/tests`, of each of the two databases. What a test changes
is a copy of its own. Of processes that begin together one lays them, and the others wait for it.
"""

import fcntl
import hashlib
import os
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "var" / "tests"
KINDS = {"sqlite": "sqlite3", "postgresql": "sql"}  # and what their files are called
_turn: list[IO[str]] = []


@cache
def kept(vendor: str = "sqlite") -> Path:
    """Where the tables of this very state lie, or would lie."""
    digest = hashlib.sha256((ROOT / "requirements.lock").read_bytes())
    for migration in sorted((ROOT / "src").glob("bolwerk/*/migrations/*.py")):
        digest.update(str(migration.relative_to(ROOT)).encode() + b"\0" + migration.read_bytes())
    return FOLDER / f"tables-{digest.hexdigest()[:20]}.{KINDS[vendor]}"


def await_turn(vendor: str) -> None:
    """Wait until another process has laid and kept the tables; where none is at it, they are ours to lay and keep."""
    if kept(vendor).exists() or _turn:
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    turn = (FOLDER / f"turn-{vendor}").open("w")
    fcntl.flock(turn, fcntl.LOCK_EX)
    if kept(vendor).exists():
        turn.close()
    else:
        _turn.append(turn)


def end_turn() -> None:
    """Let others go on."""
    while _turn:
        _turn.pop().close()


def lay(database: Path) -> bool:
    """Lay the kept tables as an embedded database that does not exist yet; False when none are kept."""
    if not kept().exists():
        return False
    database.parent.mkdir(parents=True, exist_ok=True)
    _copy(kept(), database)
    return True


def lay_on_server(address: str) -> bool:
    """Lay the kept tables in an empty database of PostgreSQL; False when none are kept."""
    if not kept("postgresql").exists():
        return False
    words = ("--quiet", "--no-psqlrc", "--single-transaction", "--set", "ON_ERROR_STOP=1")
    _run("psql", *words, "--output", os.devnull, "--file", str(kept("postgresql")), address)
    return True


def keep(database: Path) -> None:
    """Keep the tables of a database in which nothing was done yet, in place of those of an earlier state."""
    _keep("sqlite", lambda part: _copy(database, part))


def keep_from_server(address: str) -> None:
    """The same of a database of PostgreSQL."""
    _keep("postgresql", lambda part: _run("pg_dump", "--file", str(part), address))


def _keep(vendor: str, write: Callable[[Path], None]) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    part = FOLDER / f"part-{os.getpid()}.{KINDS[vendor]}"
    part.unlink(missing_ok=True)
    write(part)
    part.replace(kept(vendor))  # whoever comes second puts the same there
    for earlier in set(FOLDER.glob(f"tables-*.{KINDS[vendor]}")) - {kept(vendor)}:
        earlier.unlink(missing_ok=True)


def _run(program: str, *words: str) -> None:
    from tests.postgres import PROGRAMS  # noqa: PLC0415  where no test asks for PostgreSQL, its wheel is not read

    subprocess.run([PROGRAMS / program, *words], check=True, capture_output=True)


def _copy(source: Path, target: Path) -> None:
    """A whole copy, with what still lies in the write-ahead log. A source that is gone is an error, never empty."""
    with (
        closing(sqlite3.connect(f"{source.as_uri()}?mode=rw", uri=True)) as read,
        closing(sqlite3.connect(target)) as written,
    ):
        read.backup(written)
