"""Playing the owner of the database, who can switch off what refuses changes to the trail."""

from collections.abc import Iterator
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


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
