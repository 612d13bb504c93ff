"""Linking an address: how many errors are forgiven, and when nothing may be guessed."""

import ibis
import pyarrow as pa
import pytest

from knooppunt.linkage.addresses import link_addresses
from knooppunt.linkage.normal import canonical_addition, street_key, town_key
from knooppunt.tests.drawn import rows, table

BOOK = pa.schema(
    [
        ("object_id", pa.int64()),
        ("address_id", pa.int64()),
        ("postcode", pa.string()),
        ("number", pa.int32()),
        ("letter", pa.string()),
        ("addition", pa.string()),
        ("street", pa.string()),
        ("town", pa.string()),
    ]
)
ASKED = pa.schema([BOOK.field(name) for name in ("postcode", "number", "letter", "addition", "street", "town")])

STREET = """
    object_id | address_id | postcode | number | letter | addition | street         | town
    1         | 11         | 1234AB   | 1      |        |          | Lange Kade     | Meerwoude
    2         | 12         | 1234AB   | 3      |        |          | Lange Kade     | Meerwoude
    3         | 13         | 1234AB   | 3      | A      |          | Lange Kade     | Meerwoude
    4         | 14         | 1234AB   | 3      | B      |          | Lange Kade     | Meerwoude
    5         | 15         | 1234AB   | 5      |        | bis      | Lange Kade     | Meerwoude
    6         | 16         | 1234AB   | 5      |        | 2        | Lange Kade     | Meerwoude
    7         | 17         | 1234AB   | 7      | A      | 1        | Lange Kade     | Meerwoude
    8         | 18         | 5678CD   | 1      |        |          | Lange Kade     | Grootelst
    9         | 19         | 5678CE   | 9      |        |          | Pres. Janplein | Grootelst
    10        | 20         | 5678CE   | 9      |        |          | Pres. Janplein | Grootelst
    """


FOUND = """
    postcode | number | letter | addition | street     | town      | object_id | errors
    1234AB   | 1      |        |          | Lange Kade | Meerwoude | 1         | 0
    1234ab   | 3      | a      |          |            |           | 3         | 0
    1234 AB  | 5      |        | BIS      |            |           | 5         | 0
    1234AB   | 5      |        | -bis     |            |           | 5         | 1
    1234AB   | 5      |        | II       |            |           | 6         | 1
    1234AB   | 5      |        | /2       |            |           | 6         | 1
    1234AB   | 7      | A      | -I       |            |           | 7         | 1
    1234AB   | 3      |        | A        |            |           | 3         | 2
    1234AB   | 7      |        | A-1      |            |           | 7         | 2
    1234AB   | 7      |        |          |            |           | 7         | 2
    1234AB   | 1      |        | Z        |            |           | 1         | 2
             | 1      |        |          | lange kade | MEERWOUDE | 1         | 3
    9999ZZ   | 1      |        |          | Lange Kade | Grootelst | 8         | 3
             | 5      |        | Bis.     | Lange Kade | Meerwoude | 5         | 3
    """
NOT_FOUND = """
    postcode | number | letter | addition | street     | town      | step
    1234AB   | 3      |        | C        |            |           | ambiguous
    1234AB   | 5      |        |          |            |           | ambiguous
    5678CE   | 9      |        |          |            |           | ambiguous
    1234AB   | 2      |        |          | Lange Kade | Meerwoude | not_found
    1234AB   |        |        |          | Postbus    | Meerwoude | no_address
             | 1      |        |          | Lange Kade |           | not_found
             | 1      |        |          |            | Meerwoude | not_found
    """


def _linked(drawing: str, *told: pa.Field) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """What was drawn as the answer, and the answer."""
    expected = table(drawing, pa.schema([*ASKED, *told]))
    answer = link_addresses(expected.select(ASKED.names), table(STREET, BOOK))
    columns = [*ASKED.names, *(field.name for field in told)]
    return rows(expected), rows(answer, *columns)


def test_each_step_costs_its_errors() -> None:
    expected, answer = _linked(FOUND, pa.field("object_id", pa.int64()), pa.field("errors", pa.int8()))
    assert answer == expected


def test_nothing_is_guessed() -> None:
    """Not between A, B and none; not between two objects with one address; not between two towns."""
    expected, answer = _linked(NOT_FOUND, pa.field("step", pa.string()))
    assert answer == expected


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("-bis", "BIS"),
        ("/II", "2"),
        ("iv", "4"),
        (" 2 ", "2"),
        ("H", "H"),
        ("X", "10"),
        ("XI", "XI"),
        (None, ""),
        ("", ""),
    ],
)
def test_additions_in_one_spelling(written: str | None, key: str) -> None:
    assert ibis.memtable(pa.table({"a": pa.array([written], pa.string())})).select(
        key=lambda t: canonical_addition(t.a)
    ).to_pyarrow()["key"].to_pylist() == [key]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dorpsstraat", "DORPSSTR."),
        ("President Kennedylaan", "Pres. Kennedyln"),
        ("Sint Janssingel", "St. Janssgl"),
        ("Laan van België", "laan v belgie"),
        ("Burgemeester de Vrieskade", "Burg. d Vrieskd"),
    ],
)
def test_streets_in_one_spelling(one: str, other: str) -> None:
    assert street_key(one) == street_key(other)


def test_a_street_that_ends_in_a_whole_word_stays_itself() -> None:
    assert street_key("Dorpsstraat") == "dorpsstraat"
    assert street_key("Kerkweg") == "kerkweg"
    assert street_key("Dokter") == "dokter"


def test_towns_that_go_by_two_names() -> None:
    assert town_key("'s-Gravenhage") == town_key("Den Haag")
    assert town_key("'s-Hertogenbosch") == town_key("Den Bosch")
