"""The Handelsregister: KVK's profiles and a mapped CSV become establishments."""

import json
from pathlib import Path
from typing import Any

import pytest

from knooppunt.ingest import ingest
from knooppunt.registers.refusal import RefusedError
from knooppunt.tests.deliveries import NOON
from knooppunt.vault import open_vault

MAPPING = '[columns]\nkvk = "KVK"\nestablishment = "Vestiging"\npostcode = "Postcode"\nhouse_number = "Nr"\n'


def establishment(number: int = 1, **changes: Any) -> dict[str, Any]:
    """A Vestigingsprofiel."""
    address = {"type": "bezoekadres", "indAfgeschermd": "Nee", "straatnaam": "Dorpsstraat", "huisnummer": 12}
    address |= {"huisletter": "b", "postcode": "6981 ea", "plaats": "Doesburg"}
    letters = {"type": "correspondentieadres", "indAfgeschermd": "Nee", "straatnaam": "Postbus", "postcode": "6980AA"}
    return {
        "vestigingsnummer": f"{number:012}",
        "kvkNummer": "01234567",
        "eersteHandelsnaam": "Bakker Bart",
        "indHoofdvestiging": "Ja",
        "totaalWerkzamePersonen": 3,
        "materieleRegistratie": {"datumAanvang": "20150101"},
        "adressen": [letters, address],
        "sbiActiviteiten": [{"sbiCode": "1071", "indHoofdactiviteit": "Ja"}],
    } | changes


def stored(tmp_path: Path, text: str, name: str = "kvk.jsonl", **options: Any) -> list[dict[str, Any]]:
    """Ingest a file with this text and return the establishments."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    ingest("kvk", path, vault=tmp_path / "vault", at=NOON, **options)
    rows: list[dict[str, Any]] = open_vault(tmp_path / "vault").table("establishments").to_pyarrow().to_pylist()
    return rows


def test_only_the_visiting_address_says_where_it_is(tmp_path: Path) -> None:
    (row,) = stored(tmp_path, json.dumps(establishment()))
    assert (row["kvk"], row["establishment"], row["main"], row["workers"]) == (1234567, 1, True, 3)
    assert (row["street"], row["house_number"], row["house_letter"]) == ("Dorpsstraat", 12, "b")
    assert (row["postcode"], row["town"], row["shielded"]) == ("6981EA", "Doesburg", False)
    assert (row["sbi"], row["sbi_version"], str(row["started_on"])) == ("10710", "2008", "2015-01-01")


def test_a_shielded_address_is_flagged(tmp_path: Path) -> None:
    shielded = {"type": "bezoekadres", "indAfgeschermd": "Ja", "huisnummer": 1, "postcode": "6981EA"}
    (row,) = stored(tmp_path, json.dumps(establishment(adressen=[shielded])))
    assert row["shielded"] is True


@pytest.mark.parametrize("layout", ["lines", "list", "pretty list"])
def test_one_a_list_and_lines_are_all_read(layout: str, tmp_path: Path) -> None:
    profiles = [establishment(1), establishment(2)]
    text = "\n".join(map(json.dumps, profiles)) if layout == "lines" else json.dumps(profiles)
    if layout == "pretty list":
        text = json.dumps(profiles, indent=2)
    assert [row["establishment"] for row in stored(tmp_path, text)] == [1, 2]


def test_a_company_gives_its_legal_form_to_its_main_establishment(tmp_path: Path) -> None:
    base = {
        "kvkNummer": "01234567",
        "naam": "Bakker Bart",
        "materieleRegistratie": {"datumAanvang": "20150000"},
        "_embedded": {"eigenaar": {"rechtsvorm": "Eenmanszaak"}, "hoofdvestiging": establishment()},
    }
    (row,) = stored(tmp_path, json.dumps(base) + "\n" + json.dumps(establishment()))
    assert (row["legal_form"], row["source_line"]) == ("Eenmanszaak", 2)


def test_a_csv_is_read_with_a_mapping(tmp_path: Path) -> None:
    (tmp_path / "mapping.toml").write_text(MAPPING)
    text = "KVK;Vestiging;Postcode;Nr\n01234567;000000000001;6981EA;12\n"
    (row,) = stored(tmp_path, text, "kvk.csv", mapping=tmp_path / "mapping.toml")
    assert (row["kvk"], row["establishment"], row["postcode"], row["house_number"]) == (1234567, 1, "6981EA", 12)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("[", "line 1: is not JSON"),
        ("{}", "has no kvkNummer"),
        ("[1]", "not a profile"),
        ("[" * 100_000, "is not JSON"),
        (json.dumps([establishment()])[:-1], "cut short"),
        (json.dumps(establishment(adressen="straat")), "adressen is not a list"),
        (json.dumps(establishment(materieleRegistratie={"datumAanvang": "20240230"})), "is not a date"),
        (json.dumps(establishment()) + "\n" + json.dumps(establishment()), "twice"),
        ("a\0b", "NUL"),
    ],
)
def test_bad_json_is_refused_with_a_reason(text: str, reason: str, tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match=reason):
        stored(tmp_path, text)
    assert not (tmp_path / "vault" / "vault.json").exists()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("KVK;Vestiging;Nr\n1;1;1\n", "line 1: has no column Postcode"),
        (";".join(f"c{number}" for number in range(5_000)), "5,000 columns"),
        (";" * 1_000_000, "is empty"),
        ("KVK;Vestiging;Postcode;Nr\n1;1\n", "line 2: has 2 columns"),
        ('KVK;Vestiging;Postcode;Nr\n"1;1\n', "is not a CSV"),
        ("KVK;Vestiging;Postcode;Nr\n1;1;6981EA;twaalf\n", "line 2: Nr is not a number"),
        ("x" * 5_000_000, "longer than"),
    ],
)
def test_a_bad_csv_is_refused_with_a_reason(text: str, reason: str, tmp_path: Path) -> None:
    (tmp_path / "mapping.toml").write_text(MAPPING)
    with pytest.raises(RefusedError, match=reason):
        stored(tmp_path, text, "kvk.csv", mapping=tmp_path / "mapping.toml")


def test_a_csv_without_a_mapping_says_what_is_needed(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="--mapping"):
        stored(tmp_path, "KVK\n1\n", "kvk.csv")


def test_of_a_company_that_comes_twice_the_one_that_is_shielded_counts(tmp_path: Path) -> None:
    owner = {"adressen": [{"type": "bezoekadres", "indAfgeschermd": "Ja"}]}
    lines = [json.dumps({"kvkNummer": "00000001", "_embedded": said}) for said in ({}, {"eigenaar": owner})]
    path = tmp_path / "twice.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    assert len(ingest("kvk", path, vault=tmp_path / "vault", at=NOON, keep_going=True).rejected) == 1
    (row,) = open_vault(tmp_path / "vault").table("establishments").to_pyarrow().to_pylist()
    assert row["shielded"] is True
