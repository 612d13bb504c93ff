"""What the embedded database does not do by itself; PostgreSQL does."""

from django.db import connection
from django.db.backends.utils import CursorWrapper

# Every row is looked at: with a limit SQLite guesses how long an index is, three times too long for one and half for
# another of the same table, and then reads and sorts a hundred thousand rows where an index has their order. Half a
# second for a hundred thousand incidents.
NO_LIMIT = 0


def count_rows() -> None:
    """Let the embedded database learn how much lies in which table, so that it goes on choosing the right index."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA analysis_limit = {NO_LIMIT}")
        cursor.execute("ANALYZE")
        _forget_lone_values(cursor)


def _forget_lone_values(cursor: CursorWrapper) -> None:
    """Forget what was learnt of an index with one and the same value in every row, such as a column that is empty.

    SQLite would think that any value finds all rows, and read the whole table; whoever asks for another value finds
    none. Without what was learnt it takes the index.
    """
    cursor.execute("SELECT tbl, idx, stat FROM sqlite_stat1 WHERE idx IS NOT NULL")
    for table, index, told in cursor.fetchall():
        rows, *in_one = told.split()
        if in_one == [rows]:
            cursor.execute("DELETE FROM sqlite_stat1 WHERE tbl = %s AND idx = %s", [table, index])
    cursor.execute("ANALYZE sqlite_schema")  # every connection reads it again
