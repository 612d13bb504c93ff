"""What the embedded database does not do by itself; PostgreSQL does."""

from django.db import connection

# Rows of an index that are looked at; enough to tell a table of ten from one of a million (SQLite, `analysis_limit`).
ROWS_LOOKED_AT = 1000


def count_rows() -> None:
    """Let the embedded database learn how much lies in which table, so that it goes on choosing the right index."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA analysis_limit = {ROWS_LOOKED_AT}")
        cursor.execute("ANALYZE")
