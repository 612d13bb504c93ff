"""BED-03 to BED-09, HOR and ZRG on drawn tables."""

from datetime import date
from typing import Any

import pytest
from ibis.expr.types import Table

from knooppunt.findings import (
    care_network,
    care_without_care,
    cars_unrecognised,
    changing_directors,
    horeca_without_permit,
    letterbox_companies,
    misfit_business,
    no_customers,
    permit_of_another,
    recent_bvs_at_home,
    recognition_without_company,
    successive_companies,
)
from knooppunt.findings.inputs import PREMISES
from knooppunt.findings.seen import CONTRACTS, LEADERSHIP, NETWORKS, OBSERVATIONS, PERMITS, RECOGNITIONS
from knooppunt.registers.hr.networks import changes_before, shared_leaders
from knooppunt.registers.hr.schemas import FUNCTIONS
from knooppunt.tests.drawn import establishments, rows, table

ON = date(2026, 11, 1)


def objects(expression: Table) -> list[int]:
    return [row["object_id"] for row in rows(expression, "object_id")]


def companies(*lines: str, columns: str = "kvk | object_id | branch | sbi | workers | started_on | ended_on") -> Table:
    """Linked establishments."""
    drawn = [f"{columns} | errors", *(f"{line} | 0" for line in lines)]
    return establishments("\n".join(drawn))


def premises(*lines: str) -> Table:
    """Objects in use: number, use, area."""
    head = "object_id | uses | use | status | floor_area"
    body = [f"{n} | {use} | {use} | Verblijfsobject in gebruik | {area}" for n, use, area in map(str.split, lines)]
    return table("\n".join([head, *body]), PREMISES)


@pytest.mark.parametrize(
    ("branch", "place", "found"),
    [
        ("car-trade", "1 woonfunctie 90", [1]),
        ("storage", "1 industriefunctie 29", [1]),
        ("storage", "1 industriefunctie 30", []),
        ("travel", "1 woonfunctie 90", []),
        ("road-haulage", "1 industriefunctie 400", []),
    ],
)
def test_a_business_that_takes_room_does_not_fit_everywhere(branch: str, place: str, found: list[int]) -> None:
    there = companies(f"1 | 1 | {branch} | 1 | 1 | 2020-01-01 |")
    assert objects(misfit_business.find(there, premises(place), on=ON)) == found


@pytest.mark.parametrize(
    ("recognition", "found"),
    [
        ("9 | | 0 | |", [1]),
        ("1 | | 0 | |", []),
        ("1 | | 2 | |", [1]),
        ("9 | 1 | 0 | |", []),
        ("1 | | 0 | 2020-01-01 | 2026-10-31", [1]),
    ],
)
def test_a_car_business_has_a_recognition_of_its_own_or_at_its_address(recognition: str, found: list[int]) -> None:
    there = companies("1 | 1 | car-trade | 4511 | 1 | 2020-01-01 |", "2 | 2 | travel | 7911 | 1 | 2020-01-01 |")
    known = table(f"object_id | kvk | errors | started_on | ended_on\n{recognition}", RECOGNITIONS)
    assert objects(cars_unrecognised.find(there, known, on=ON)) == found


def test_a_recognition_without_any_company_is_found() -> None:
    known = table("number | object_id | errors\nR1 | 1 | 0\nR2 | 2 | 0\nR3 | 3 | 2", RECOGNITIONS)
    there = companies("1 | 1 | car-trade | 4511 | 1 | 2020-01-01 |", "2 | 2 | travel | 1 | 1 | 2020-01-01 | 2025-01-01")
    assert objects(recognition_without_company.find(known, there, on=ON)) == [2]


@pytest.mark.parametrize(
    ("third", "found"),
    [
        ("3 | 1 | cafe | 5630 | 1 | 2026-01-01 |", [1]),
        ("3 | 1 | travel | 7911 | 1 | 2026-01-01 |", []),
        ("3 | 1 | cafe | 5630 | 1 | 2023-10-31 |", []),
        ("2 | 1 | cafe | 5630 | 1 | 2026-01-01 |", []),
    ],
)
def test_three_of_one_branch_in_turn_are_found(third: str, found: list[int]) -> None:
    there = companies(
        "1 | 1 | cafe | 5630 | 1 | 2024-01-01 | 2025-01-01", "2 | 1 | cafe | 5630 | 1 | 2025-01-01 | 2026-01-01", third
    )
    assert objects(successive_companies.find(there, on=ON)) == found


def test_three_that_are_all_still_there_are_not_in_turn() -> None:
    there = companies(*(f"{n} | 1 | cafe | 5630 | 1 | 2025-01-01 |" for n in range(3)))
    assert objects(successive_companies.find(there, on=ON)) == []


def test_three_changes_of_directors_are_found_and_two_are_not() -> None:
    there = companies("1 | 1 | cafe | 1 | 1 | 2020-01-01 |", "2 | 2 | cafe | 1 | 1 | 2020-01-01 |")
    changes = table("kvk | changes\n1 | 3\n2 | 2", LEADERSHIP)
    assert objects(changing_directors.find(there, changes, on=ON)) == [1]


def test_only_days_of_change_at_the_top_count_and_the_first_director_is_none() -> None:
    functions = table(
        """
        kvk | holder | kind       | started_on | ended_on
        1   | a      | director   | 2025-01-01 | 2025-06-01
        1   | b      | director   | 2025-06-01 | 2026-01-01
        1   | c      | director   | 2026-01-01 |
        1   | d      | authorised | 2026-02-01 |
        2   | a      | director   | 2020-01-01 |
        """,
        FUNCTIONS,
    )
    assert rows(changes_before(functions, ON)) == [{"kvk": 1, "changes": 2}]


def test_companies_that_share_a_leader_are_one_network() -> None:
    functions = table(
        "kvk | holder | kind | started_on | ended_on\n1 | a | director | |\n2 | a | director | |\n"
        "2 | b | owner | |\n3 | b | owner | | 2020-01-01\n4 | c | authorised | |",
        FUNCTIONS,
    )
    assert rows(shared_leaders(functions, ON)) == [
        {"kvk": 1, "network": 1, "companies": 2},
        {"kvk": 2, "network": 1, "companies": 2},
    ]


def test_three_young_limited_companies_in_a_home_are_found() -> None:
    columns = "kvk | object_id | legal_form | started_on"
    young = [f"{n} | 1 | BeslotenVennootschap | 2026-02-01" for n in range(3)]
    other = ["4 | 2 | BeslotenVennootschap | 2026-02-01", "5 | 2 | Stichting | 2026-02-01"]
    office = [f"{n} | 3 | BV | 2026-02-01" for n in range(6, 9)]
    old = [f"{n} | 4 | BV | 2025-11-01" for n in range(9, 12)]
    there = companies(*young, *other, *office, *old, columns=columns)
    places = premises("1 woonfunctie 90", "2 woonfunctie 90", "3 kantoorfunctie 90", "4 woonfunctie 90")
    assert objects(recent_bvs_at_home.find(there, places, on=ON)) == [1]


@pytest.mark.parametrize(
    ("number", "workers", "area", "found"),
    [(10, 0, 90, [1]), (9, 0, 80, []), (10, 1, 90, []), (10, 0, 100, [])],
)
def test_ten_companies_without_workers_and_room_are_letterboxes(
    number: int, workers: int, area: int, found: list[int]
) -> None:
    there = companies(*(f"{n} | 1 | holding | 6420 | {workers} | 2020-01-01 |" for n in range(number)))
    assert objects(letterbox_companies.find(there, premises(f"1 kantoorfunctie {area}"), on=ON)) == found


PERMIT = "object_id | kind | status | holder_kvk | errors | ended_on\n"


@pytest.mark.parametrize(
    ("permit", "found"),
    [
        ("", [1]),
        ("1 | horeca | valid | 1 | 0 |", []),
        ("1 | alcohol | valid | 1 | 1 |", []),
        ("1 | horeca | refused | 1 | 0 |", [1]),
        ("1 | horeca | valid | 1 | 0 | 2026-11-01", [1]),
        ("1 | room_letting | valid | 1 | 0 |", [1]),
    ],
)
def test_a_place_for_guests_needs_a_valid_permit(permit: str, found: list[int]) -> None:
    there = companies("1 | 1 | cafe | 5630 | 1 | 2020-01-01 |", "2 | 2 | catering | 5621 | 1 | 2020-01-01 |")
    permits = table((PERMIT + permit).strip(), PERMITS)
    assert objects(horeca_without_permit.find(there, permits, on=ON)) == found


@pytest.mark.parametrize(("holder", "found"), [("1", []), ("2", []), ("3", [1]), ("", [])])
def test_a_permit_belongs_to_a_company_that_is_there(holder: str, found: list[int]) -> None:
    there = companies("1 | 1 | cafe | 5630 | 1 | 2020-01-01 |", "2 | 1 | holding | 6420 | 1 | 2020-01-01 |")
    permits = table(f"{PERMIT}1 | horeca | valid | {holder} | 0 |", PERMITS)
    assert objects(permit_of_another.find(there, permits, on=ON)) == found


def observation(*days: str, kind: str = "no_customers", fact: str = "yes") -> Table:
    lines = [f"{kind} | {fact} | {day} | 1 | 0" for day in days]
    return table("\n".join(["kind | fact | seen_on | object_id | errors", *lines]), OBSERVATIONS)


@pytest.mark.parametrize(
    ("seen", "found"),
    [
        (observation("2026-10-01", "2026-10-02", "2026-10-03"), [1]),
        (observation("2026-10-01", "2026-10-01", "2026-10-03"), []),
        (observation("2025-11-01", "2026-10-02", "2026-10-03"), []),
        (observation("2026-10-01", "2026-10-02", "2026-10-03", fact="no"), []),
        (observation("2026-10-01", "2026-10-02", "2026-10-03", kind="smell"), []),
    ],
)
def test_no_customers_on_three_days_in_a_year_is_found(seen: Table, found: list[int]) -> None:
    there = companies("1 | 1 | travel | 7911 | 1 | 2020-01-01 |")
    assert objects(no_customers.find(seen, there, on=ON)) == found


@pytest.mark.parametrize(("sbi", "found"), [("88101", []), ("86919", []), ("70221", [1])])
def test_a_paid_provider_is_registered_for_care(sbi: str, found: list[int]) -> None:
    there = companies(f"1 | 1 | x | {sbi} | 1 | 2020-01-01 |", "2 | 2 | x | 70221 | 1 | 2020-01-01 |")
    contracts = table("provider_kvk | started_on | ended_on\n1 | 2020-01-01 |\n2 | 2020-01-01 | 2021-01-01", CONTRACTS)
    assert objects(care_without_care.find(contracts, there, on=ON)) == found


@pytest.mark.parametrize(("addresses", "sbi", "found"), [(5, "88101", [1]), (4, "88101", []), (5, "70221", [])])
def test_one_leadership_at_five_addresses_with_care_is_found(addresses: int, sbi: str, found: list[Any]) -> None:
    there = companies(*(f"{n} | {n} | x | {sbi} | 1 | 2020-01-01 |" for n in range(1, addresses + 1)))
    lines = "".join(f"\n{n} | 1 | 5" for n in range(1, addresses + 1))
    networks = table(f"kvk | network | companies{lines}", NETWORKS)
    assert objects(care_network.find(there, networks, on=ON)) == found
