"""WON-01 on drawn tables, and who counts as a resident."""

from datetime import date

import pytest

from knooppunt.findings.inputs import PREMISES, RESIDENTS
from knooppunt.findings.over_occupation import find, peers
from knooppunt.linkage.residents import residents_on
from knooppunt.registers.brp.schemas import STAYS
from knooppunt.tests.drawn import rows, table

MAY_FIRST = date(2026, 5, 1)
HOME = "object_id | uses | status | floor_area | use\n1 | woonfunctie | Verblijfsobject in gebruik | 40 | woonfunctie"


def found(home: str, residents: int, adults: int) -> int:
    counts = f"object_id | residents | adults | possible_residents\n1 | {residents} | {adults} | 0"
    return len(rows(find(table(home, PREMISES), table(counts, RESIDENTS)), "object_id"))


def test_six_adults_on_forty_square_metres_is_found() -> None:
    assert found(HOME, 6, 6) == 1


@pytest.mark.parametrize(
    ("residents", "adults", "why"),
    [(5, 5, "exactly 8 m² a person"), (7, 4, "four adults"), (0, 0, "nobody")],
)
def test_what_stays_within_the_bounds_is_not_found(residents: int, adults: int, why: str) -> None:
    assert found(HOME, residents, adults) == 0, why


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("| 40 |", "| 9 |"),
        ("| 40 |", "| 9999 |"),
        ("| woonfunctie | V", "| kantoorfunctie | V"),
        ("in gebruik |", "buiten gebruik |"),
    ],
)
def test_only_homes_in_use_with_a_believable_area(before: str, after: str) -> None:
    assert before in HOME
    assert found(HOME.replace(before, after, 1), 2000, 2000) == 0


def test_a_home_with_a_shop_is_a_home() -> None:
    assert found(HOME.replace("| woonfunctie | V", "| winkelfunctie, woonfunctie | V"), 6, 6) == 1


def test_compares_with_other_homes() -> None:
    homes = HOME + "\n2 | woonfunctie | Verblijfsobject in gebruik | 90 | woonfunctie"
    counts = "object_id | residents | adults | possible_residents\n1 | 6 | 6 | 0\n2 | 1 | 1 | 0"
    compared = rows(peers(table(homes, PREMISES), table(counts, RESIDENTS)), "object_id", "compared", "percentile")
    assert compared == [
        {"object_id": 1, "compared": 2, "percentile": 1.0},
        {"object_id": 2, "compared": 2, "percentile": 0.0},
    ]


STAY = (
    "person | object_id | function | start_earliest | start_latest"
    " | end_earliest | end_latest | adult_from_latest | suspension"
)


@pytest.mark.parametrize(
    ("line", "residents", "adults", "possible"),
    [
        ("a | 1 | W | 2020-01-01 | 2020-01-01 |            |            | 2000-01-01 |  ", 1, 1, 0),
        ("a | 1 | W | 2020-01-01 | 2020-01-01 |            |            | 2026-05-02 |  ", 1, 0, 0),
        ("a | 1 | W | 2020-01-01 | 2020-01-01 |            |            |            |  ", 1, 0, 0),
        ("a | 1 | W | 2020-01-01 | 2020-01-01 | 2026-05-02 | 2026-05-02 | 2000-01-01 |  ", 1, 1, 0),
        ("a | 1 | W | 2026-04-01 | 2026-05-31 |            |            | 2000-01-01 |  ", 0, 0, 1),
        ("a | 1 | W | 2020-01-01 | 2020-01-01 | 2026-01-01 | 2026-12-31 | 2000-01-01 |  ", 0, 0, 1),
    ],
)
def test_who_lives_there_surely_and_perhaps(line: str, residents: int, adults: int, possible: int) -> None:
    counted = rows(residents_on(table(f"{STAY}\n{line}", STAYS), MAY_FIRST))
    assert counted == [{"object_id": 1, "residents": residents, "adults": adults, "possible_residents": possible}]


@pytest.mark.parametrize(
    "line",
    [
        "a | 1 | B | 2020-01-01 | 2020-01-01 |            |            | 2000-01-01 |  ",
        "a | 1 | W | 2020-01-01 | 2020-01-01 | 2026-05-01 | 2026-05-01 | 2000-01-01 |  ",
        "a | 1 | W | 2026-05-02 | 2026-05-02 |            |            | 2000-01-01 |  ",
        "a | 1 | W | 2020-01-01 | 2020-01-01 |            |            | 2000-01-01 | F",
        "a | 1 | W | 2020-01-01 | 2020-01-01 |            |            | 2000-01-01 | O",
        "a |   | W | 2020-01-01 | 2020-01-01 |            |            | 2000-01-01 |  ",
    ],
)
def test_who_does_not_live_there(line: str) -> None:
    assert rows(residents_on(table(f"{STAY}\n{line}", STAYS), MAY_FIRST)) == []


def test_one_person_with_two_stays_is_one_resident() -> None:
    line = "a | 1 | W | 2020-01-01 | 2020-01-01 |            |            | 2000-01-01 |  "
    assert rows(residents_on(table(f"{STAY}\n{line}\n{line}", STAYS), MAY_FIRST), "residents") == [{"residents": 1}]
