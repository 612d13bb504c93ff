"""When the house itself fails: what is wrong with disk or database, so that the page can say it in a sentence.

Transactions see to it that nothing is half-written; here it is only told. What is none of these is a fault of ours.
"""

import errno
import sqlite3
import sys
from collections.abc import Iterator

import psycopg
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from bolwerk.ui.errors import page_for

FULL, AWAY, OURS = 507, 503, 500
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}
SQLITE_NO_ROOM = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY}
PRIMARY = 0xFF  # the low byte of a result code of SQLite; the rest says more exactly where
POSTGRES_NO_ROOM = (psycopg.errors.DiskFull, psycopg.errors.ReadOnlySqlTransaction)


def status_of(error: BaseException | None) -> int:
    """FULL when nothing more can be written, AWAY when the database does not answer, OURS otherwise."""
    chain = list(_chain(error))
    if any(_no_room(one) for one in chain):
        return FULL
    return AWAY if any(isinstance(one, OperationalError | InterfaceError) for one in chain) else OURS


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """This error and what it came from."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _no_room(error: BaseException) -> bool:
    if isinstance(error, sqlite3.DatabaseError):
        return getattr(error, "sqlite_errorcode", 0) & PRIMARY in SQLITE_NO_ROOM
    if isinstance(error, POSTGRES_NO_ROOM):
        return True
    return isinstance(error, OSError) and not isinstance(error, DatabaseError) and error.errno in NO_ROOM


def server_error(_request: HttpRequest) -> HttpResponse:
    """Django's handler500: the page that fits what went wrong. It asks nothing of the request or the database."""
    status = status_of(sys.exc_info()[1])
    if status == OURS:
        return HttpResponse(render_to_string("500.html"), status=OURS)
    return page_for(status)
