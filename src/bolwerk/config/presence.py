"""Is there an installation in the folder? Looking makes nothing."""

from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder


def has_tables() -> bool:
    """Whether the database has tables of ours. One that does not answer counts: whoever asks it says what ails it."""
    if connection.vendor == "sqlite" and connection.connection is None and not _has_content():
        return False  # to connect would make the file
    try:
        there = MigrationRecorder(connection).has_table()
    except DatabaseError:
        return True
    if not there:
        connection.close()
    return there


def is_prepared() -> bool:
    """Whether there is something to lay tables for: the keys, or tables already."""
    return Path(settings.BOLWERK_KEY_RING_FILE).is_file() or has_tables()


def _has_content() -> bool:
    file = Path(str(connection.settings_dict["NAME"]))
    return file.is_file() and file.stat().st_size > 0
