"""The database: an embedded SQLite file, or PostgreSQL by address."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

# WAL lets people read while one writes; IMMEDIATE takes the write lock at the start of a transaction, so that two
# writers wait for each other instead of failing half-way; FULL means that what was acknowledged survives a power cut;
# secure_delete overwrites what is erased with zeros. A cache of 16 MB for each connection holds what is open in a large
# house; with the 2 MB that SQLite takes by itself, pages read the same leaves from the file over and over.
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY; "
    "PRAGMA secure_delete=ON; PRAGMA cache_size=-16000;"
)
BUSY_SECONDS = 20
# A connection that is made anew for every page reads all definitions of tables again, and every row from the file.
KEPT_SECONDS = 60
# Our joins lead from a row to what it names, so their order is right already. To weigh all orders of the twelve joins
# of one incident took PostgreSQL 7 ms, thirty times what it takes to find it. Nor does compiling a question ever pay
# off for the rows of one page, or starting helpers for it. What a page asks for lies in memory or on a disk without
# arms; PostgreSQL by itself takes a row elsewhere for four times as dear as the next one, and so reads the steps of all
# tasks of all years (25 to 87 ms) for the few of which somebody asks (1 ms).
POSTGRES_OPTIONS = "-c join_collapse_limit=4 -c jit=off -c max_parallel_workers_per_gather=0 -c random_page_cost=1.1"


def embedded(file: Path) -> dict[str, Any]:
    """Settings for the embedded database in `file`."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "CONN_MAX_AGE": KEPT_SECONDS,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": BUSY_SECONDS, "init_command": SQLITE_PRAGMAS},
    }


def from_url(url: str) -> dict[str, Any]:
    """Settings for a PostgreSQL address; the host may be a socket folder given as ?host=/folder."""
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parse_qs(parts.query).get("host", [parts.hostname or ""])[0],
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": KEPT_SECONDS,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"options": POSTGRES_OPTIONS},
    }


def database(*, url: str, folder: Path) -> dict[str, Any]:
    """The one database of this installation."""
    return from_url(url) if url else embedded(folder / "bolwerk.sqlite3")
