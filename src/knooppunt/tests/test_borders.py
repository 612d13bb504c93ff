"""Shapes of areas to be drawn: side by side, light, of the day that is asked about; and named in a series."""

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from click.testing import CliRunner

from knooppunt.cli import main
from knooppunt.ingest import ingest
from knooppunt.linkage import link
from knooppunt.linkage.areas import AreaMap
from knooppunt.linkage.borders import TOLERANCE, borders_of, features_of
from knooppunt.outlook import report_series
from knooppunt.synthetic import synthesise
from knooppunt.tests.deliveries import NOON
from knooppunt.tests.geopackages import square, write_geopackage
from knooppunt.tests.test_areas_within import merged
from knooppunt.tests.test_registers_boundaries import X, Y, area, municipality
from knooppunt.vault import Vault, VaultError, open_vault

DAY = date(2026, 11, 1)


def vault_of(folder: Path, *buurten: dict[str, Any]) -> Vault:
    """A vault with these neighbourhoods and the municipality they lie in."""
    layers = {"gemeenten": [municipality(square(X, Y, 5_000))], "buurten": list(buurten)}
    ingest("boundaries", write_geopackage(folder / "w.gpkg", layers), vault=folder / "vault", at=NOON, as_of=DAY)
    return open_vault(folder / "vault")


def wavy(west: float, east: float, *, waves: int = 400) -> Any:
    """A neighbourhood of a kilometre whose sides wave a few metres, as a ditch does."""
    y = np.linspace(Y, Y + 1_000, waves)
    bend = 3 * np.sin(y)
    sides = [np.column_stack([at + bend, y]) for at in (west, east)]
    return shapely.Polygon(np.concatenate([sides[0], sides[1][::-1]]))


def test_neighbours_keep_one_border_and_a_page_stays_light(tmp_path: Path) -> None:
    west, east = wavy(X, X + 1_000), wavy(X + 1_000, X + 2_000)
    drawn = borders_of(vault_of(tmp_path, area(1, west), area(2, east)))
    assert [one.code for one in drawn] == ["BU02210001", "BU02210002"]
    assert sum(len(shapely.get_coordinates(one.shape)) for one in drawn) < 0.1 * 4 * 400
    both = [one.shape for one in drawn]
    assert shapely.coverage_is_valid(both)
    assert shapely.length(shapely.intersection(both[0], both[1])) == pytest.approx(1_000, rel=0.01)
    assert all(shapely.hausdorff_distance(old, new) < TOLERANCE for old, new in zip((west, east), both, strict=True))


def test_they_are_geojson_in_degrees_with_land_where_there_is_water_too(tmp_path: Path) -> None:
    water = area(1, square(X + 300, Y, 50)) | {"water": "JA"}
    drawn = borders_of(vault_of(tmp_path, area(1), water, area(2)))
    told = json.loads(json.dumps(features_of(drawn)))
    assert [one["properties"] for one in told] == [
        {"code": "BU02210001", "name": "Buurt 1"},
        {"code": "BU02210002", "name": "Buurt 2"},
    ]
    longitude, latitude = shapely.get_coordinates(shapely.from_geojson(json.dumps(told[0]["geometry"])))[0]
    assert 5 < longitude < 7 and 51 < latitude < 53
    assert shapely.area(drawn[0].shape) == pytest.approx(10_000)


def test_of_an_earlier_day_the_shapes_of_then_are_drawn_also_before_a_merger(tmp_path: Path) -> None:
    vault = open_vault(merged(tmp_path))
    assert [one.code for one in borders_of(vault)] == ["BU02210001", "BU02220002"]
    assert [one.code for one in borders_of(vault.about(date(2024, 5, 1)))] == ["BU02210001", "BU02210002"]
    vault.state = type(vault.state)("0222", vault.state.current)  # the vault of the new municipality
    assert [one.code for one in borders_of(vault)] == ["BU02220002"]
    assert [one.code for one in borders_of(vault.about(date(2024, 5, 1)))] == ["BU02210002"]  # it had the other code
    known = open_vault(tmp_path / "vault", known_on=date(2024, 5, 1))
    assert [one.code for one in borders_of(known)] == ["BU02210001", "BU02210002"]


def test_nothing_is_drawn_without_boundaries_or_of_the_whole_country(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = vault_of(tmp_path, area(1), area(2))
    assert borders_of(open_vault(vault.path, without=frozenset({"boundaries"}))) == () == borders_of(vault, "district")
    assert features_of(()) == []
    monkeypatch.setattr("knooppunt.linkage.borders.MOST", 1)
    assert borders_of(vault) == ()
    vault.table_path("boundaries").write_bytes(b"broken")
    with pytest.raises(VaultError, match="Ingest them again"):
        borders_of(vault)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault of a small town with reports, boundaries and no table of neighbourhoods."""
    home = tmp_path_factory.mktemp("borders")
    synthesise(residents=3_000, seed=3, out=home)
    for register, file in (("bag", "bag.zip"), ("reports", "reports.csv"), ("boundaries", "boundaries.gpkg")):
        ingest(register, home / file, vault=home / "vault", at=NOON, as_of=None if register == "bag" else DAY)
    link(open_vault(home / "vault"), at=NOON)
    return home


def test_a_series_says_the_code_of_its_areas_also_with_boundaries_alone(
    town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("knooppunt.outlook.series.MINIMUM_CELL", 1)  # the town is small
    told = report_series(open_vault(town / "vault"), on=DAY, months=24)
    shapes = {one.code: one.name for one in borders_of(open_vault(town / "vault"))}
    named = [(code, name) for code, name in zip(told.codes, told.areas, strict=True) if code]
    assert named and all(shapes[code] == name for code, name in named)
    without = report_series(open_vault(town / "vault", without=frozenset({"boundaries"})), on=DAY, months=24)
    assert set(without.codes) == {""} and without.areas != told.areas  # postcodes


def test_the_command_line_writes_areas_with_a_reason_and_notes_it(town: Path, tmp_path: Path) -> None:
    asked = ["forecast", "--vault", str(town / "vault"), "--as-of", "2026-11-01"]
    asked += ["--geojson", str(tmp_path / "a.geojson")]
    assert CliRunner().invoke(main, asked).exit_code == 1
    assert not (tmp_path / "a.geojson").exists()
    told = CliRunner().invoke(main, [*asked, "--reason", "Overleg wijkteam", "--by", "Iris"])
    assert told.exit_code == 0, told.output
    made = json.loads((tmp_path / "a.geojson").read_text(encoding="utf-8"))
    assert made["export"]["by"] == "Iris" and made["export"]["tolerance"] == TOLERANCE
    assert [one["id"] for one in made["features"] if one["properties"]["kind"] == "area" and "id" in one]
    last = json.loads((town / "vault" / "vault.log.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    assert (last["event"], last["reason"], last["by"]) == ("export", "Overleg wijkteam", "Iris")


def test_where_the_table_says_it_a_district_has_its_name_from_the_boundaries(town: Path, tmp_path: Path) -> None:
    shutil.copytree(town / "vault", tmp_path / "vault")
    for register in ("areas", "areamap"):
        ingest(register, town / f"{register}.csv", vault=tmp_path / "vault", at=NOON, as_of=DAY)
    line = (town / "areamap.csv").read_text(encoding="utf-8").splitlines()[1].split(";")
    vault = open_vault(tmp_path / "vault")
    told = AreaMap(vault).at(line[0], int(line[1]))
    assert [one.by for one in told] == ["table"] * 3
    assert told[1].name.startswith(f"Wijk {told[1].code[6:]} ") and told[2].name == "Zilverdam"
    bare = AreaMap(open_vault(vault.path, without=frozenset({"boundaries"}))).at(line[0], int(line[1]))
    assert [bool(one.name) for one in bare] == [True, False, False]
