"""Counting what a page asks the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext

WAIT_FOR_DISK = "SELECT pg_logical_emit_message"  # what COMMIT does by itself elsewhere: see audit.actions.recording
BRACKETS = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK", WAIT_FOR_DISK)


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that ask or change rows within the block; the brackets of a transaction ask nothing."""
    statements: list[str] = []
    with CaptureQueriesContext(connection) as captured:
        yield statements
    asked = [query["sql"] for query in captured.captured_queries]
    statements += [sql for sql in asked if not sql.startswith(BRACKETS)]
