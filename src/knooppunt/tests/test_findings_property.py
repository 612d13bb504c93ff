"""VAS, BUI, BAG, MLD and GEB on drawn tables."""

from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ibis.expr.types import Table

from knooppunt.findings import (
    area_empty_homes,
    area_reports,
    bag_irregularities,
    bought_without_mortgage,
    empty_farm,
    garage_boxes,
    grid,
    growing_property,
    owner_of_closed_premises,
    price_against_value,
    quick_resale,
    repeated_reports,
    unknown_owner,
)
from knooppunt.findings.inputs import ESTABLISHMENTS, PREMISES, RESIDENTS
from knooppunt.findings.seen import (
    AREA_OF,
    BUILDINGS,
    DEEDS,
    INVESTIGATIONS,
    MEASURES,
    NEIGHBOURHOODS,
    REPORTS,
    RIGHTS,
    VALUATIONS,
)
from knooppunt.tests.drawn import living, rows, table

ON = date(2026, 11, 1)


def objects(expression: Table) -> list[int]:
    return [row["object_id"] for row in rows(expression, "object_id")]


def deeds(*lines: str) -> Table:
    head = "object_id | deed | delivered_on | price | several | buyer_kind | mortgaged"
    return table("\n".join([head, *lines]), DEEDS)


FIRST = "1 | a | 2026-01-10 | 200000 | no | legal | yes"


@pytest.mark.parametrize(
    ("second", "found"),
    [
        ("1 | b | 2026-07-10 | 250000 | no | legal | yes", [1]),
        ("1 | b | 2026-07-11 | 250000 | no | legal | yes", []),
        ("1 | b | 2026-05-10 | 249000 | no | legal | yes", []),
        ("1 | b | 2026-05-10 | 150000 | no | legal | yes", [1]),
        ("1 | b | 2026-05-10 | 900000 | yes | legal | yes", []),
        ("2 | b | 2026-05-10 | 900000 | no | legal | yes", []),
    ],
)
def test_a_quick_resale_at_another_price_is_found(second: str, found: list[int]) -> None:
    assert objects(quick_resale.find(deeds(FIRST, second), on=ON)) == found


def test_a_quick_resale_of_long_ago_is_not() -> None:
    old = deeds("1 | a | 2020-01-10 | 1000 | no | |", "1 | b | 2020-02-10 | 9000 | no | |")
    assert objects(quick_resale.find(old, on=ON)) == []


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("1 | 1 | 2025-01-01 | 117000", [1]),
        ("1 | 1 | 2025-01-01 | 118000", []),
        ("1 | 1 | 2025-01-01 | 334000", [1]),
        ("1 | 1 | 2025-01-01 | 333000", []),
        ("1 | 2 | 2025-01-01 | 50000", []),
        ("1 | 1 | 2026-02-01 | 50000", []),
    ],
)
def test_a_price_far_from_the_taxed_value_is_found(value: str, found: list[int]) -> None:
    values = table(f"object_id | objects | valued_on | value\n{value}", VALUATIONS)
    assert objects(price_against_value.find(deeds(FIRST), values, on=ON)) == found


@pytest.mark.parametrize(
    ("deed", "found"),
    [
        ("1 | a | 2026-01-10 | 200000 | no | legal | no", [1]),
        ("1 | a | 2026-01-10 | 200000 | no | legal | yes", []),
        ("1 | a | 2026-01-10 | 200000 | no | natural | no", []),
        ("1 | a | 2026-10-10 | 200000 | no | legal | no", []),
        ("1 | a | 2026-01-10 | 99000 | no | legal | no", []),
    ],
)
def test_a_company_that_bought_without_a_mortgage_is_found(deed: str, found: list[int]) -> None:
    assert objects(bought_without_mortgage.find(deeds(deed), on=ON)) == found


@pytest.mark.parametrize(
    ("right", "found"),
    [
        ("1 | legal | no | no |", [1]),
        ("1 | legal | yes | yes |", [1]),
        ("1 | legal | yes | no |", []),
        ("1 | natural | no | no |", []),
        ("1 | legal | no | no | 2026-11-01", []),
        ("1 | unknown | no | no |", [1]),
    ],
)
def test_an_owner_out_of_reach_is_found_and_people_are_not_looked_at(right: str, found: list[int]) -> None:
    rights = table(f"object_id | owner_kind | owner_known | seat_abroad | ended_on\n{right}", RIGHTS)
    assert objects(unknown_owner.find(rights, on=ON)) == found


def rights(*lines: str) -> Table:
    return table("\n".join(["object_id | owner_kvk | started_on | ended_on", *lines]), RIGHTS)


def test_five_objects_in_two_years_are_fast_growth_told_at_the_last() -> None:
    held = [f"{n} | 7 | 2026-01-0{n} |" for n in range(1, 6)] + [f"{n} | 8 | 2026-01-01 |" for n in range(11, 15)]
    found = rows(growing_property.find(rights(*held, "6 | 7 | 2024-01-01 |"), on=ON), "object_id", "part", "objects")
    assert found == [{"object_id": 5, "part": "00000007", "objects": 5}]


def test_the_owner_at_the_time_of_three_closures_is_found() -> None:
    owned = rights(
        *(f"{n} | 7 | 2020-01-01 |" for n in (1, 2)), "3 | 7 | 2020-01-01 | 2024-01-01", "3 | 8 | 2024-01-01 |"
    )
    head = "number | kind | object_id | errors | started_on\n"
    before = table(head + "a | closure | 1 | 0 | 2023-01-01\nb | closure | 2 | 0 | 2023-02-01\n"
                   "c | withdrawal | 3 | 0 | 2023-03-01", MEASURES)  # fmt: skip
    after = table(head + "a | closure | 1 | 0 | 2023-01-01\nb | closure | 2 | 0 | 2023-02-01\n"
                  "c | closure | 3 | 0 | 2024-03-01", MEASURES)  # fmt: skip
    assert objects(owner_of_closed_premises.find(before, owned, on=ON)) == [3]
    assert objects(owner_of_closed_premises.find(after, owned, on=ON)) == []


@pytest.mark.parametrize(
    ("boxes", "area", "reports", "found"), [(10, 18, 2, [5]), (9, 18, 2, []), (10, 18, 1, []), (10, 31, 2, [])]
)
def test_two_reports_about_ten_garage_boxes_are_found(boxes: int, area: int, reports: int, found: list[int]) -> None:
    lines = [f"{n} | overige gebruiksfunctie | {area} | 5" for n in range(1, boxes + 1)]
    places = table("\n".join(["object_id | use | floor_area | street_id", *lines]), PREMISES)
    told = [f"{n} | 1 | 0 | 2026-09-0{n + 1}" for n in range(reports)]
    about = table("\n".join(["number | object_id | errors | reported_on", *told]), REPORTS)
    assert objects(garage_boxes.find(places, about, on=ON)) == found


@pytest.mark.parametrize(
    ("farm", "building", "found"),
    [
        ("2024-01-01", "10 | Pand in gebruik | 201.0", [10]),
        ("2024-01-01", "10 | Pand in gebruik | 200.0", []),
        ("2024-01-01", "10 | Pand gesloopt | 900.0", []),
        ("", "10 | Pand in gebruik | 900.0", []),
    ],
)
def test_a_large_building_where_a_farm_ended_is_found(farm: str, building: str, found: list[int]) -> None:
    there = table(f"kvk | sbi | object_id | errors | ended_on\n1 | 01110 | 1 | 0 | {farm}", ESTABLISHMENTS)
    places = table("object_id | building_id\n1 | 10", PREMISES)
    buildings = table(f"building_id | status | footprint\n{building}", BUILDINGS)
    assert objects(empty_farm.find(there, places, buildings, on=ON)) == found


def test_a_farm_building_with_another_company_in_it_is_not_empty() -> None:
    there = table("kvk | sbi | object_id | errors | ended_on\n1 | 01110 | 1 | 0 | 2024-01-01\n2 | 52101 | 1 | 0 |",
                  ESTABLISHMENTS)  # fmt: skip
    places = table("object_id | building_id\n1 | 10", PREMISES)
    buildings = table("building_id | status | footprint\n10 | Pand in gebruik | 900.0", BUILDINGS)
    assert objects(empty_farm.find(there, places, buildings, on=ON)) == []


def test_each_irregularity_in_the_bag_is_a_finding_of_its_own() -> None:
    places = table(
        """
        object_id | status                         | building_id | established
        1         | Verblijfsobject buiten gebruik | 10          | no
        2         | Verblijfsobject in gebruik     | 11          | no
        3         | Verblijfsobject in gebruik     | 10          | yes
        4         | Verblijfsobject buiten gebruik | 10          | no
        """,
        PREMISES,
    )
    buildings = table("building_id | built_year\n10 | 1990\n11 | 9999", BUILDINGS)
    doubts = table("object_id | attribute\n3 | gebruiksdoel\n3 | oppervlakte", INVESTIGATIONS)
    lived = table("object_id | residents | adults | possible_residents\n1 | 2 | 2 | 0\n4 | 0 | 0 | 1", RESIDENTS)
    found = rows(bag_irregularities.find(places, buildings, doubts, lived), "object_id", "part")
    assert [(row["object_id"], row["part"]) for row in found] == [
        (1, "out_of_use"),
        (2, "no_year"),
        (3, "investigated"),
        (3, "seen_only"),
    ]


SPOTS = table("object_id | x | y\n1 | 0.0 | 0.0\n2 | 40.0 | 0.0\n3 | 500.0 | 0.0", PREMISES)


def reports(*lines: str) -> Table:
    return table("\n".join(["object_id | source | reported_on | errors", *(f"{one} | 0" for one in lines)]), REPORTS)


@pytest.mark.parametrize(
    ("third", "found"),
    [
        ("2 | anonymous | 2026-09-03", [1]),
        ("2 | resident | 2026-09-03", []),
        ("3 | anonymous | 2026-09-03", []),
        ("2 | anonymous | 2026-05-01", []),
        ("2 | anonymous | 2026-11-02", []),
    ],
)
def test_three_reports_of_two_kinds_within_fifty_metres_are_one_finding(third: str, found: list[int]) -> None:
    known = reports("1 | resident | 2026-09-01", "1 | resident | 2026-09-02", third)
    assert objects(repeated_reports.find(known, SPOTS, on=ON)) == found


def areas(*numbers: int) -> Table:
    lines = [f"{n} | 3 | 1000" for n in numbers]
    return table("\n".join(["area_id | urbanity | inhabitants", *lines]), NEIGHBOURHOODS)


def test_a_neighbourhood_far_above_its_like_is_found_and_small_numbers_are_not_told() -> None:
    there = table("object_id | area_id\n" + "\n".join(f"{n} | {n}" for n in range(1, 9)), AREA_OF)
    many = ["1 | resident | 2026-09-01"] * 60 + [f"{n} | resident | 2026-09-01" for n in range(2, 8)] * 10
    found = area_reports.find(reports(*many, *["8 | resident | 2026-09-01"] * 9), there, areas(*range(1, 9)), on=ON)
    assert objects(found) == [1]
    assert 8 not in objects(area_reports.measure(reports(*many, *["8 | resident | 2026-09-01"] * 9), there,
                                                 areas(*range(1, 9)), on=ON))  # fmt: skip


def test_four_neighbourhoods_alike_are_too_few_to_compare() -> None:
    there = table("object_id | area_id\n1 | 1", AREA_OF)
    assert objects(area_reports.measure(reports(), there, areas(1, 2, 3, 4), on=ON)) == []


def test_the_share_of_empty_homes_is_compared_among_those_alike() -> None:
    homes = ["object_id | use | status | floor_area"]
    homes += [f"{n} | woonfunctie | Verblijfsobject in gebruik | 80" for n in range(1, 161)]
    lived = [f"{n} | {0 if n <= 16 or n % 20 == 0 or n % 20 > 9 else 1}" for n in range(1, 161)]
    there = table("object_id | area_id\n" + "\n".join(f"{n} | {1 + (n - 1) // 20}" for n in range(1, 161)), AREA_OF)
    found = area_empty_homes.find(
        living("\n".join(homes), housing="\n".join(["object_id | recent", *lived])),
        there,
        areas(*range(1, 9)),
    )
    assert rows(found, "object_id", "counted", "total") == [{"object_id": 1, "counted": 20, "total": 20}]


PLACES = st.lists(st.tuples(st.integers(-400, 400), st.integers(-400, 400)), min_size=1, max_size=12)


def points(name: str, places: list[tuple[int, int]]) -> Table:
    lines = [f"{number} | {x / 2} | {y / 2}" for number, (x, y) in enumerate(places)]
    kinds = pa.schema([(name, pa.int64()), (f"{name}_x", pa.float64()), (f"{name}_y", pa.float64())])
    return table("\n".join([" | ".join(kinds.names), *lines]), kinds)


@settings(max_examples=25, deadline=None)
@given(here=PLACES, there=PLACES)
def test_what_lies_close_together_is_what_measuring_every_pair_finds(
    here: list[tuple[int, int]], there: list[tuple[int, int]]
) -> None:
    pairs = grid.close_together(points("a", here), points("b", there), ("a_x", "a_y"), ("b_x", "b_y"), metres=50)
    assert sorted((row["a"], row["b"]) for row in rows(pairs, "a", "b")) == [
        (a, b)
        for a, (x, y) in enumerate(here)
        for b, (to_x, to_y) in enumerate(there)
        if (x - to_x) ** 2 + (y - to_y) ** 2 <= 100**2
    ]


def test_a_distance_longer_than_a_square_is_refused() -> None:
    one, other = points("a", [(1, 1)]), points("b", [(1, 1)])
    with pytest.raises(ValueError, match="Squares of 64 metres"):
        grid.close_together(one, other, ("a_x", "a_y"), ("b_x", "b_y"), metres=65)
