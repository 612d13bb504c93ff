"""WON-01 on drawn tables: what is too many people on too little room."""

import pytest

from knooppunt.findings.over_occupation import find, lived_in_homes, standing
from knooppunt.findings.standing import Usual
from knooppunt.tests.drawn import living, rows

HOME = "object_id | use | status | floor_area\n1 | woonfunctie | Verblijfsobject in gebruik | 40"


def found(home: str, residents: int, adults: int) -> int:
    counts = f"object_id | residents | adults | possible_residents\n1 | {residents} | {adults} | 0"
    return len(rows(find(living(home, residents=counts)), "object_id"))


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
        ("| 40", "| 9"),
        ("| 40", "| 9999"),
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
    homes = HOME + "\n2 | woonfunctie | Verblijfsobject in gebruik | 90"
    counts = "object_id | residents | adults | possible_residents\n1 | 6 | 6 | 0\n2 | 1 | 1 | 0"
    spread = Usual.of(lived_in_homes(living(homes, residents=counts)), "room").kind()
    crowded, roomy = (standing({"m2_per_person": room}, spread) for room in (40 / 6, 90.0))
    assert (crowded["compared"], crowded["percentile"], roomy["percentile"]) == (2, 1.0, 0.0)
    assert crowded["median"] == pytest.approx((40 / 6 + 90) / 2)
