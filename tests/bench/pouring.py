"""Very many rows at once: what bulk_create does, without building a statement for each few hundred of them."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models, transaction


def pour(rows: Iterable[models.Model]) -> None:
    """Insert objects of any tables, in one transaction, in the order in which their tables first appear."""
    by_table: dict[type[models.Model], list[models.Model]] = {}
    for row in rows:
        by_table.setdefault(type(row), []).append(row)
    with transaction.atomic():
        for table, those in by_table.items():
            fields = [field for field in table._meta.concrete_fields if not isinstance(field, models.AutoField)]
            values = ([field.pre_save(row, add=True) for field in fields] for row in those)
            pour_values(table, [field.name for field in fields], values)


def pour_values(table: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Insert values of these fields, as an object would have them."""
    known = {field.name: field for field in table._meta.concrete_fields}
    fields = [known[name] for name in names]
    prepared = [
        [field.get_db_prep_save(value, connection) for field, value in zip(fields, row, strict=True)] for row in rows
    ]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            _copy(cursor, f'COPY "{table._meta.db_table}" ({columns}) FROM STDIN', prepared)
        else:
            marks = ", ".join(["%s"] * len(fields))
            cursor.executemany(f'INSERT INTO "{table._meta.db_table}" ({columns}) VALUES ({marks})', prepared)


def _copy(cursor: Any, statement: str, rows: Iterable[Sequence[object]]) -> None:
    with cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
