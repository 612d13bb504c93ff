"""The database: an embedded SQLite file, or PostgreSQL by address."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

# WAL lets people read while one writes; IMMEDIATE takes the write lock at the start of a transaction, so that two
# writers wait for each other instead of failing half-way; FULL means that what was acknowledged survives a power cut;
# secure_delete overwrites what is erased with zeros.
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY; "
    "PRAGMA secure_delete=ON;"
)
BUSY_SECONDS = 20


def embedded(file: Path) -> dict[str, Any]:
    """Settings for the embedded database in `file`."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
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
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def database(*, url: str, folder: Path) -> dict[str, Any]:
    """The one database of this installation."""
    return from_url(url) if url else embedded(folder / "bolwerk.sqlite3")
