"""The embedded database learns what it holds."""

import pytest
from django.conf import settings
from django.db import connection

from bolwerk.accounts.tests.makers import make_department
from bolwerk.config.upkeep import count_rows

COUNT_ROWS = "bolwerk.config.upkeep.count_rows"
A_DAY = 24 * 60 * 60


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL counts its rows by itself")
def test_the_embedded_database_knows_how_much_lies_in_a_table() -> None:
    for number in range(20):
        make_department(f"Team {number}")
    count_rows()
    with connection.cursor() as cursor:
        cursor.execute("SELECT stat FROM sqlite_stat1 WHERE tbl = 'accounts_department'")
        counts = {row[0].split()[0] for row in cursor.fetchall()}
    assert counts == {"20"}


def test_it_counts_every_day() -> None:
    assert settings.PERIODIC_JOBS[COUNT_ROWS] == A_DAY


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL counts its rows by itself")
def test_an_index_with_one_value_in_every_row_is_not_taken_for_one_that_finds_all_rows() -> None:
    for number in range(20):
        make_department(f"Team {number}")  # none of them has a parent
    count_rows()
    with connection.cursor() as cursor:
        cursor.execute("SELECT idx FROM sqlite_stat1 WHERE tbl = 'accounts_department' AND idx LIKE '%parent%'")
        assert cursor.fetchall() == []
        cursor.execute("EXPLAIN QUERY PLAN SELECT * FROM accounts_department WHERE parent_id = 'x'")
        assert "USING INDEX" in cursor.fetchall()[0][3]
