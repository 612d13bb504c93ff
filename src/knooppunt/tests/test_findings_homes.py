"""WON-03 to WON-08 on drawn tables, and what is counted of residents over time."""

from datetime import date

import pytest
from ibis.expr.types import Table

from knooppunt.findings import (
    left_to_nowhere,
    living_in_lodging,
    long_empty,
    postal_addresses,
    room_letting,
    transit_address,
)
from knooppunt.findings.seen import PERMITS
from knooppunt.registers.brp.housing import housing_at
from knooppunt.registers.brp.schemas import STAYS
from knooppunt.tests.drawn import living, rows, table

ON = date(2026, 11, 1)
HOMES = """
object_id | uses         | use          | kind     | status                           | floor_area
1         | woonfunctie  | woonfunctie  | premises | Verblijfsobject in gebruik       | 80
2         | woonfunctie  | woonfunctie  | premises | Verblijfsobject in gebruik       | 90
3         | woonfunctie  | woonfunctie  | premises | Verblijfsobject buiten gebruik   | 90
4         | winkelfunctie | winkelfunctie | premises | Verblijfsobject in gebruik     | 90
5         | logiesfunctie | logiesfunctie | premises | Verblijfsobject in gebruik     | 40
6         |              | pitch        | pitch    | Plaats aangewezen                |
""".strip()


def objects(expression: Table) -> list[int]:
    return [row["object_id"] for row in rows(expression, "object_id")]


def test_a_home_without_anybody_in_half_a_year_is_long_empty() -> None:
    housing = "object_id | recent\n1 | 0\n2 | 1\n3 | 0\n4 | 0"
    assert objects(long_empty.find(living(HOMES, housing=housing))) == [1]


def test_a_home_the_register_never_heard_of_is_long_empty_too() -> None:
    housing = "object_id | recent\n2 | 1"
    assert objects(long_empty.find(living(HOMES, housing=housing))) == [1]


@pytest.mark.parametrize(
    ("moved", "out", "usual", "found"),
    [(5, 3, 1, [1]), (4, 3, 1, []), (8, 0, 1, [1]), (5, 4, 4, [])],
)
def test_people_who_come_and_go_make_a_transit_address(moved: int, out: int, usual: int, found: list[int]) -> None:
    others = "".join(f"\n{n} | {usual} | 0" for n in range(10, 14))
    homes = HOMES + "".join(
        f"\n{n} | woonfunctie | woonfunctie | premises | Verblijfsobject in gebruik | 80" for n in range(10, 14)
    )
    housing = f"object_id | moved_in | moved_out\n1 | {moved} | {out}{others}"
    assert objects(transit_address.find(living(homes, housing=housing))) == found


def test_two_who_left_to_nowhere_are_found_and_one_is_not() -> None:
    housing = "object_id | moved_out | left_unknown\n1 | 1 | 2\n2 | 1 | 1"
    assert objects(left_to_nowhere.find(living(HOMES, housing=housing))) == [1]


def test_four_postal_addresses_are_found_and_three_are_not() -> None:
    housing = "object_id | postal\n1 | 4\n2 | 3\n99 | 9"
    assert objects(postal_addresses.find(living(HOMES, housing=housing))) == [1]


def test_residents_of_lodgings_and_pitches_are_found() -> None:
    counts = "object_id | residents | adults | possible_residents\n1 | 4 | 2 | 0\n5 | 1 | 1 | 0\n6 | 0 | 0 | 3"
    found = living_in_lodging.find(living(HOMES, residents=counts))
    assert objects(found) == [5]


@pytest.mark.parametrize(
    ("permit", "found"),
    [
        ("", [1]),
        ("1 | room_letting | valid | 2020-01-01 | | 0", []),
        ("1 | room_letting | valid | 2020-01-01 | 2026-11-01 | 0", [1]),
        ("1 | room_letting | requested | 2020-01-01 | | 0", [1]),
        ("1 | horeca | valid | 2020-01-01 | | 0", [1]),
        ("1 | room_letting | valid | 2020-01-01 | | 2", [1]),
        ("2 | room_letting | valid | 2020-01-01 | | 0", [1]),
    ],
)
def test_three_households_need_a_permit_that_holds(permit: str, found: list[int]) -> None:
    housing = "object_id | arrivals\n1 | 3\n2 | 2"
    permits = table(f"object_id | kind | status | started_on | ended_on | errors\n{permit}".strip(), PERMITS)
    assert objects(room_letting.find(living(HOMES, housing=housing), permits, on=ON)) == found


STAY = (
    "person | object_id | function | start_earliest | start_latest | end_earliest | end_latest | start_uncertain"
    " | adult_from_earliest | adult_from_latest | left_to | suspension\n"
)


def counted(*stays: str) -> dict[str, int]:
    """The counts of object 1."""
    (row,) = rows(housing_at(table(STAY + "\n".join(stays), STAYS), ON))
    return row


def test_a_family_that_moves_together_is_one_move_and_one_arrival() -> None:
    stay = "{} | 1 | W | 2026-01-10 | 2026-01-10 | | | no | 2000-01-01 | 2000-01-01 | |"
    row = counted(stay.format("a"), stay.format("b"))
    assert (row["moved_in"], row["moved_out"], row["arrivals"], row["recent"]) == (1, 0, 1, 2)


def test_moves_count_for_two_years_and_uncertain_ones_never() -> None:
    row = counted(
        "a | 1 | W | 2020-01-10 | 2020-01-10 | 2026-03-01 | 2026-03-01 | no | 2000-01-01 | 2000-01-01 | unknown |",
        "b | 1 | W | 2020-01-10 | 2020-01-10 | 2024-10-01 | 2024-10-01 | no | 2000-01-01 | 2000-01-01 | unknown |",
        "c | 1 | W | 2026-01-01 | 2026-01-31 | | | yes | 2000-01-01 | 2000-01-01 | |",
    )
    assert (row["moved_in"], row["moved_out"], row["left_unknown"], row["arrivals"]) == (0, 1, 1, 0)
    assert row["recent"] == 1, "only the one who may live there now"


def test_who_grew_up_there_is_no_household_apart() -> None:
    row = counted(
        "a | 1 | W | 1995-01-10 | 1995-01-10 | | | no | 1980-01-01 | 1980-01-01 | |",
        "b | 1 | W | 2001-05-01 | 2001-05-01 | | | no | 2019-05-01 | 2019-05-01 | |",
    )
    assert row["arrivals"] == 1


def test_postal_addresses_and_lists_made_in_error_are_kept_apart() -> None:
    row = counted(
        "a | 1 | B | 2020-01-10 | 2020-01-10 | | | no | 2000-01-01 | 2000-01-01 | |",
        "b | 1 | B | 2020-01-10 | 2020-01-10 | 2026-10-01 | 2026-10-01 | no | 2000-01-01 | 2000-01-01 | |",
        "c | 1 | B | 2020-01-10 | 2020-01-10 | | | no | 2000-01-01 | 2000-01-01 | | F",
    )
    assert (row["postal"], row["recent"], row["moved_out"]) == (1, 0, 0)
