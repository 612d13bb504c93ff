"""What is said when disk or database fail."""

import errno
import sqlite3
from collections.abc import Callable

import psycopg
import pytest
from django.db import IntegrityError, OperationalError
from django.http import HttpRequest

from bolwerk.ui.out_of_order import AWAY, FULL, OURS, server_error, status_of


def sqlite_error(code: int) -> sqlite3.OperationalError:
    """As SQLite gives it."""
    error = sqlite3.OperationalError("said by SQLite")
    error.sqlite_errorcode = code
    return error


def wrapped(cause: BaseException, outer: type[BaseException] = OperationalError) -> BaseException:
    """As Django hands on what a database said."""
    error = outer(str(cause))
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (wrapped(sqlite_error(sqlite3.SQLITE_FULL)), FULL),
        (wrapped(sqlite_error(sqlite3.SQLITE_READONLY | 8 << 8)), FULL),
        (wrapped(psycopg.errors.DiskFull("no space left")), FULL),
        (wrapped(psycopg.errors.ReadOnlySqlTransaction("read-only")), FULL),
        (OSError(errno.ENOSPC, "no space left"), FULL),
        (OSError(errno.EROFS, "read-only"), FULL),
        (wrapped(sqlite_error(sqlite3.SQLITE_BUSY)), AWAY),
        (wrapped(psycopg.OperationalError("connection refused")), AWAY),
        (OSError(errno.ENOENT, "no such file"), OURS),
        (IntegrityError("twice"), OURS),
        (KeyError("x"), OURS),
        (None, OURS),
    ],
)
def test_a_failure_is_known_by_what_it_came_from(error: BaseException | None, status: int) -> None:
    assert status_of(error) == status


def test_a_chain_that_bites_its_tail_comes_to_an_end() -> None:
    first, second = KeyError("a"), KeyError("b")
    first.__cause__, second.__cause__ = second, first
    assert status_of(first) == OURS


def page(fail: Callable[[], object]) -> tuple[int, str]:
    """The page for what `fail` raises, as Django asks for it: while the error is being handled."""
    try:
        fail()
    except Exception:  # noqa: BLE001  whatever it is
        answer = server_error(HttpRequest())
        return answer.status_code, answer.content.decode()
    raise AssertionError("it did not fail")


def test_each_gets_a_page_that_says_what_to_do_and_nothing_of_the_error() -> None:
    def full() -> None:
        raise wrapped(psycopg.errors.DiskFull("/var/lib/geheim"))

    def away() -> None:
        raise OperationalError("no route to db.intern")

    def ours() -> None:
        raise KeyError("sanne@voorbeeld.example")

    found = [page(full), page(away), page(ours)]
    assert [status for status, _text in found] == [FULL, AWAY, OURS]
    assert all("112" in text for _status, text in found)
    assert "Er is geen ruimte meer" in found[0][1]
    assert not [text for _status, text in found if "geheim" in text or "intern" in text or "sanne" in text]
