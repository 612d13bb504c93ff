"""For migrations: closing what lay open, row by row, so that memory stays flat."""

from collections.abc import Callable
from typing import Any

from django.db import models

from bolwerk.crypto.keyfile import current_ring
from bolwerk.crypto.padding import padded
from bolwerk.crypto.ring import Place, seal

ROWS_AT_ONCE = 500


def closed_for(place: Place, content: bytes) -> bytes:
    """The token with which a protected field would close this content in this place."""
    return seal(current_ring(), padded(content), place)


def close_column(
    model: type[models.Model], *, source: str, target: str, column: str, to_bytes: Callable[[Any], bytes] = str.encode
) -> None:
    """Write into `target` (a plain field for bytes) what `source` holds, closed for the column that it will be.

    `model` is the one of the migration; its table must be the final one, and `column` the final name of `target`.
    """
    table = model._meta.db_table
    rows = model._base_manager.values_list("pk", source).order_by("pk")
    for pk, content in rows.iterator(chunk_size=ROWS_AT_ONCE):
        token = closed_for(Place(table, column, str(pk)), to_bytes(content))
        model._base_manager.filter(pk=pk).update(**{target: token})


def copy_rows(
    old: type[models.Model], new: type[models.Model], *, table: str, closed: dict[str, Callable[[Any], bytes]]
) -> None:
    """Copy every row to a table whose keys are known before a row is stored, and close some of its fields on the way.

    `table` is the name that the new table gets afterwards; `closed` has how the content of each field becomes bytes.
    """
    fields = [field.attname for field in old._meta.concrete_fields if not field.primary_key]
    for row in old._base_manager.order_by("pk").iterator(chunk_size=ROWS_AT_ONCE):
        fresh = new(**{name: getattr(row, name) for name in fields if name not in closed})
        for name, to_bytes in closed.items():
            token = closed_for(Place(table, name, str(fresh.pk)), to_bytes(getattr(row, name)))
            setattr(fresh, name, token)
        fresh.save(force_insert=True)
