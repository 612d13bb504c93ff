"""The GeoPackage of PDOK: the same objects and addresses as an extract gives, as they are now, without what was."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import shapely
from click.testing import CliRunner

from knooppunt.cli import main
from knooppunt.findings.inputs import Inputs
from knooppunt.ingest import IngestSummary, ingest
from knooppunt.linkage import link, objects_at
from knooppunt.registers.refusal import RefusedError
from knooppunt.tests import geopackages as made
from knooppunt.tests.deliveries import NOON, state_of
from knooppunt.vault import VaultError, open_vault

DAY = date(2026, 4, 8)


def taken(path: Path, vault: Path, *, keep_going: bool = False, municipality: str | None = None) -> IngestSummary:
    return ingest("bag", path, vault=vault, at=NOON, as_of=DAY, keep_going=keep_going, municipality=municipality)


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    taken(made.write_geopackage(tmp_path / "bag-light.gpkg", made.layers()), tmp_path / "vault")
    return tmp_path / "vault"


def test_every_layer_becomes_its_table_and_addresses_and_streets_too(tmp_path: Path) -> None:
    told = taken(made.write_geopackage(tmp_path / "a.gpkg", made.layers()), tmp_path / "vault")
    assert told.municipality == "0221" and told.as_of == DAY and not told.rejected
    assert told.current == {"LIG": 1, "NUM": 4, "OPR": 1, "PND": 2, "STA": 1, "VBO": 2, "WPL": 1}
    opened = open_vault(tmp_path / "vault")
    (home, _other) = opened.table("premises").order_by("id").to_pyarrow().to_pylist()
    assert home["uses"] == ["winkelfunctie", "woonfunctie"] and home["buildings"] == [221100000000001]
    assert (home["x"], home["y"], home["floor_area"], home["valid_from"]) == (206_100.0, 447_105.0, 80, DAY)
    assert opened.table("town_municipality").to_pyarrow().to_pylist()[0]["municipality"] == "0221"
    assert {row["source_file"] for row in opened.table("buildings").to_pyarrow().to_pylist()} == {"a.gpkg/pand"}


def test_addresses_are_linked_as_those_of_an_extract(vault: Path) -> None:
    assert link(open_vault(vault), at=NOON).addressable == 4
    (there,) = objects_at(open_vault(vault), postcode="6981CE", number=2)
    assert (there.object_id, there.place) == ("0221010000000002", "Kade 2, 6981CE Doesburg")


def test_what_has_no_history_says_so_and_answers_no_earlier_day(vault: Path) -> None:
    opened = open_vault(vault)
    quality = opened.delivery("bag").quality
    assert quality["without_history"] == "2026-04-08" and "geconstateerd" in quality["not_in_delivery"]
    with Inputs(opened, DAY) as inputs:
        assert inputs.premises.count().to_pyarrow().as_py() == 4
    with pytest.raises(VaultError, match="has no history"), Inputs(opened, date(2026, 4, 7)):
        pass
    assert (
        "came without history: known from 2026-04-08"
        in CliRunner().invoke(main, ["doctor", "--vault", str(vault)]).stdout
    )


def test_of_the_whole_country_only_the_municipality_is_taken(tmp_path: Path) -> None:
    elsewhere = {"bronhouder_identificatie": "0344", "woonplaats_identificatie": "3295"}
    whole = made.layers(
        woonplaats=[made.town(), made.town("3295", "Utrecht", "0344", 136_000)],
        verblijfsobject=[made.premises(1), made.premises(2, 136_100, **elsewhere)],
        pand=[made.building(1), made.building(2, 136_095)],
    )
    path = made.write_geopackage(tmp_path / "nl.gpkg", whole)
    here = taken(path, tmp_path / "one", municipality="0221")
    assert (here.current["VBO"], here.current["PND"], here.current["WPL"]) == (1, 1, 1) and here.municipality == "0221"
    country = taken(path, tmp_path / "all")
    assert (country.current["VBO"], country.current["PND"], country.municipality) == (2, 2, "9999")
    with pytest.raises(RefusedError, match="not 0518"):
        taken(path, tmp_path / "other", municipality="0518")


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "an unknown status": ({"status": "Verblijfsobject in de war"}, "unknown status"),
    "an identification of a building": ({"identificatie": "0221100000000001"}, "identification of a Verblijfsobject"),
    "a position in the sea": ({"geometry": shapely.Point(-90_000, 447_000)}, "outside the Netherlands"),
    "no street": ({"openbare_ruimte_naam": None}, "has no openbare_ruimte_naam"),
    "a house number of zero": ({"huisnummer": 0}, "not a number from 1"),
    "an unknown use": ({"gebruiksdoel": "woonfunctie,feestfunctie"}, "unknown gebruiksdoel"),
    "a postcode with a space": ({"postcode": "6981 CE"}, "not allowed as postcode"),
    "another building": ({"pand_identificatie": "17"}, "not the identification of a Pand"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_object_is_refused_with_layer_row_and_reason(case: str, tmp_path: Path, vault: Path) -> None:
    changed, reason = WRONG[case]
    rows = [made.premises(1), made.premises(2, 206_120) | changed, made.premises(3, 206_140)]
    path = made.write_geopackage(tmp_path / "new" / "bag.gpkg", made.layers(verblijfsobject=rows))
    before = state_of(vault)
    with pytest.raises(RefusedError, match=reason) as told:
        taken(path, vault)
    assert "bag.gpkg/verblijfsobject, line 2: " in str(told.value)
    assert state_of(vault) == before
    kept = taken(path, vault, keep_going=True)
    assert (kept.current["VBO"], kept.current["NUM"], len(kept.rejected)) == (2, 4, 1)


def test_what_is_no_geopackage_of_the_bag_is_refused(tmp_path: Path, vault: Path) -> None:
    before = state_of(vault)
    (tmp_path / "text.gpkg").write_bytes(b"identificatie;status\n")
    whole = made.write_geopackage(tmp_path / "whole.gpkg", made.layers())
    (tmp_path / "cut.gpkg").write_bytes(whole.read_bytes()[: whole.stat().st_size // 3])
    few = {name: rows for name, rows in made.layers().items() if name != "pand"}
    made.write_geopackage(tmp_path / "few.gpkg", few)
    less = [{k: v for k, v in made.building(1).items() if k != "bouwjaar"}]
    made.write_geopackage(tmp_path / "less.gpkg", made.layers(pand=less))
    made.write_geopackage(tmp_path / "degrees.gpkg", made.layers(), crs="EPSG:4326")
    for name, reason in (
        ("text", "is not a GeoPackage"),
        ("cut", "damaged or not a GeoPackage"),
        ("few", "not a GeoPackage of the BAG"),
        ("less", "has no column bouwjaar in its layer pand"),
        ("degrees", "not in EPSG:28992"),
    ):
        with pytest.raises(RefusedError, match=reason):
            taken(tmp_path / f"{name}.gpkg", vault)
        assert state_of(vault) == before


def test_the_day_is_that_of_the_contents_when_nobody_gives_one(tmp_path: Path) -> None:
    path = made.write_geopackage(tmp_path / "a.gpkg", made.layers())
    told = ingest("bag", path, vault=tmp_path / "vault", at=NOON)
    assert told.as_of is not None and told.as_of >= date(2026, 1, 1)
