"""Playing the owner of the database, who can switch off what refuses changes to the trail."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

TRIGGERS = import_module("bolwerk.audit.migrations.0002_refuse_changes")


@contextmanager
def without_refusals(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Take the triggers of the trail away, and lay them again afterwards."""
    _run(connection, TRIGGERS.removals(connection.vendor))
    try:
        yield
    finally:
        _run(connection, TRIGGERS.refusals(connection.vendor))


def emptying(connection: BaseDatabaseWrapper, tables: Iterable[str]) -> list[str]:
    """What empties the tables of a server of PostgreSQL in which there is something.

    Django's way gives each of two hundred tables a new file, with one for every index, also those in which nothing is.
    """
    named = {table: connection.ops.quote_name(table) for table in tables}
    asked = " UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT FROM {name})" for table, name in named.items())
    with connection.cursor() as cursor:
        cursor.execute(asked)
        filled = [named[table] for (table,) in cursor.fetchall()]
    # As a replica the server asks no foreign key: rows that need each other go one table after the other.
    return ["SET LOCAL session_replication_role = replica", *(f"DELETE FROM {name}" for name in filled)]


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
