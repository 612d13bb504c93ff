"""BED-01 on drawn tables: what counts as a company at an address, and what does not."""

from datetime import date

import pytest

from knooppunt.findings.inputs import PREMISES
from knooppunt.findings.many_companies_one_address import busy_addresses, find, standing
from knooppunt.findings.standing import Usual
from knooppunt.tests.drawn import establishments, rows, table

MAY_FIRST = date(2026, 5, 1)


def test_counts_only_companies_active_on_the_day() -> None:
    companies = establishments(
        """
        kvk | object_id | errors | started_on | ended_on
        1   | 7         | 0      | 2020-01-01 |
        2   | 7         | 0      | 2020-01-01 | 2026-05-02
        3   | 7         | 0      | 2020-01-01 | 2026-05-01
        4   | 7         | 0      | 2026-05-02 |
        5   | 7         | 0      |            |
        """
    )
    found = rows(find(companies, on=MAY_FIRST, minimum=2), "object_id", "companies")
    assert found == [{"object_id": 7, "companies": 3}]


def test_two_establishments_of_one_company_are_one() -> None:
    companies = establishments(
        """
        kvk | establishment | object_id | errors | started_on
        1   | 11            | 7         | 0      | 2020-01-01
        1   | 12            | 7         | 0      | 2020-01-01
        2   | 21            | 7         | 0      | 2020-01-01
        """
    )
    found = rows(find(companies, on=MAY_FIRST, minimum=1), "companies", "establishments")
    assert found == [{"companies": 2, "establishments": 3}]


def test_a_concern_counts_once() -> None:
    companies = establishments(
        """
        kvk | concern | object_id | errors | started_on
        1   | 90      | 7         | 0      | 2020-01-01
        2   | 90      | 7         | 0      | 2020-01-01
        3   |         | 7         | 0      | 2020-01-01
        """
    )
    assert rows(find(companies, on=MAY_FIRST, minimum=3)) == []
    assert rows(find(companies, on=MAY_FIRST, minimum=2), "companies", "concerns") == [{"companies": 3, "concerns": 2}]


def test_uncertain_and_missing_links_do_not_count() -> None:
    companies = establishments(
        """
        kvk | object_id | errors | started_on
        1   | 7         | 0      | 2020-01-01
        2   | 7         | 1      | 2020-01-01
        3   | 7         | 2      | 2020-01-01
        4   | 7         | 3      | 2020-01-01
        5   |           |        | 2020-01-01
        """
    )
    found = rows(find(companies, on=MAY_FIRST, minimum=1), "companies", "match_quality")
    assert found == [{"companies": 2, "match_quality": 1}]


def test_compares_with_addresses_of_the_same_use_when_there_are_enough() -> None:
    offices = "".join(f"\n{number} | {number} | 0 | 2020-01-01" for number in range(10, 20))
    drawing = "kvk | object_id | errors | started_on\n1 | 10 | 0 | 2020-01-01\n2 | 10 | 0 | 2020-01-01\n5 | 9 | 0 |"
    companies = establishments(drawing + offices)
    uses = "".join(f"\n{number} | kantoorfunctie" for number in range(10, 20))
    premises = table(f"object_id | use\n9 | woonfunctie{uses}", PREMISES)
    busy = busy_addresses(companies, premises, on=MAY_FIRST)
    usual = Usual.of(busy, "concerns", "use")
    told = {row["object_id"]: standing(row, usual) for row in rows(busy)}
    assert told[10] == {
        "use": "kantoorfunctie",
        "compared": 10,
        "median": 1.0,
        "p99": pytest.approx(2.82),
        "percentile": 1.0,
    }
    assert told[9] == {"use": None, "compared": 11, "median": 1.0, "p99": pytest.approx(2.8), "percentile": 0.0}
