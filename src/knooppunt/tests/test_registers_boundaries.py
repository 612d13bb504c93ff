"""Boundaries with their shapes out of a GeoPackage: what is taken over, what is refused and how that is told."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import shapely
from click.testing import CliRunner

from knooppunt.cli import main
from knooppunt.ingest import IngestSummary, ingest
from knooppunt.registers.refusal import RefusedError
from knooppunt.tests.deliveries import NOON, state_of
from knooppunt.tests.geopackages import square, write_geopackage
from knooppunt.vault import open_vault

X, Y = 206_000.0, 447_000.0
BOW_TIE = shapely.Polygon([(X, Y), (X + 100, Y + 100), (X + 100, Y), (X, Y + 100)])


def area(number: int = 1, shape: Any = None, **changed: Any) -> dict[str, Any]:
    """A neighbourhood of a hundred metres, each east of the one before."""
    own = {"buurtcode": f"BU02210{number:03}", "buurtnaam": f"Buurt {number}", "water": "NEE"}
    return own | {"geometry": square(X + 100 * (number - 1), Y, 100) if shape is None else shape} | changed


def municipality(shape: Any, code: str = "GM0221", name: str = "Doesburg") -> dict[str, Any]:
    """A municipality."""
    whole = shape if isinstance(shape, shapely.MultiPolygon) else shapely.multipolygons([shape])
    return {"gemeentecode": code, "gemeentenaam": name, "geometry": whole}


def take(path: Path, vault: Path, **options: Any) -> IngestSummary:
    """Read it as boundaries."""
    return ingest("boundaries", path, vault=vault, at=NOON, **options)


def package(folder: Path, *buurten: dict[str, Any], **options: Any) -> Path:
    """A GeoPackage with these neighbourhoods."""
    return write_geopackage(folder / "wijkenbuurten.gpkg", {"buurten": list(buurten)}, **options)


def test_shapes_are_kept_by_level_with_where_they_stood(tmp_path: Path) -> None:
    whole = shapely.multipolygons([square(X, Y, 200), square(X + 1_000, Y, 50)])
    ring = square(X, Y, 100).difference(square(X + 40, Y + 40, 20))
    made = {"gemeenten": [municipality(whole)], "buurten": [area(1, ring), area(2, jaarstatcode="2025BU")]}
    made["buurten"][0]["jaarstatcode"] = "2025BU"
    summary = take(write_geopackage(tmp_path / "wijkenbuurten.gpkg", made), tmp_path / "vault")
    assert summary.as_of == date(2025, 1, 1)
    rows = open_vault(tmp_path / "vault").table("boundaries").to_pyarrow().to_pylist()
    assert [(row["level"], row["code"], row["name"]) for row in rows] == [
        ("municipality", "GM0221", "Doesburg"),
        ("neighbourhood", "BU02210001", "Buurt 1"),
        ("neighbourhood", "BU02210002", "Buurt 2"),
    ]
    assert [shapely.area(shapely.from_wkb(row["geometry"])) for row in rows] == [42_500.0, 9_600.0, 10_000.0]
    assert (rows[2]["source_file"], rows[2]["source_line"]) == ("wijkenbuurten.gpkg/buurten", 2)


def test_water_of_an_area_stands_beside_it_and_abroad_stays_out(tmp_path: Path) -> None:
    far = area(1, square(X + 5_000, Y, 10))
    path = package(tmp_path, area(), far | {"water": "JA"}, area(3, water="B"))
    take(path, tmp_path / "vault")
    rows = open_vault(tmp_path / "vault").table("boundaries").to_pyarrow().to_pylist()
    assert [(row["code"], row["water"]) for row in rows] == [("BU02210001", 0), ("BU02210001", 1)]


@pytest.mark.parametrize(
    ("second", "sentence"),
    [
        (area(2, BOW_TIE), r"line 2: BU02210002 has a boundary that crosses itself at 206050 447050"),
        (area(2, shapely.Polygon()), "line 2: BU02210002 has no shape"),
        (area(2, square(5.9, 52.0, 0.1)), r"line 2: BU02210002 has coordinates in degrees \(WGS84\)"),
        (area(2, square(900_000, Y, 10)), "line 2: BU02210002 reaches to 900000 447000"),
        (area(2, square(X + 50, Y, 100)), r"line 2: BU02210002 lies over BU02210001 \(line 1\)"),
        (area(2, buurtcode=None), "line 2: buurtcode is empty or cannot be read"),
        (area(2, buurtcode="WK022100"), "line 2: buurtcode “WK022100” is not BU and eight digits"),
        (area(2, buurtcode="BU02210001"), "line 2: the same in boundaries twice: level neighbourhood, code BU02210001"),
    ],
)
def test_a_wrong_feature_refuses_all_or_is_left_out(tmp_path: Path, second: dict[str, Any], sentence: str) -> None:
    vault = tmp_path / "vault"
    take(package(tmp_path / "before", area(9)), vault)
    before = state_of(vault)
    path = package(tmp_path, area(), second)
    with pytest.raises(RefusedError, match=r"wijkenbuurten\.gpkg/buurten, " + sentence):
        take(path, vault)
    assert state_of(vault) == before
    assert len(take(path, vault, keep_going=True).rejected) == 1
    assert open_vault(vault).table("boundaries").count().to_pyarrow().as_py() == 1


def test_rounding_between_neighbours_is_no_overlap(tmp_path: Path) -> None:
    path = package(tmp_path, area(), area(2, square(X + 99.995, Y, 100)))
    assert take(path, tmp_path / "vault").rejected == []


def test_another_projection_and_another_package_are_refused_in_a_sentence(tmp_path: Path) -> None:
    degrees = package(tmp_path, area(1, square(5.9, 52.0, 0.1)), crs="EPSG:4326")
    with pytest.raises(RefusedError, match="the coordinates are in EPSG:4326, not in EPSG:28992"):
        take(degrees, tmp_path / "vault")
    other = write_geopackage(tmp_path / "other.gpkg", {"postcodes": [area()]})
    with pytest.raises(RefusedError, match="has none of the layers buurten, wijken, gemeenten"):
        take(other, tmp_path / "vault")
    nameless = write_geopackage(tmp_path / "more.gpkg", {"buurten": [{"naam": "Kade", "geometry": square(X, Y)}]})
    with pytest.raises(RefusedError, match="has no column buurtcode"):
        take(nameless, tmp_path / "vault")


@pytest.mark.parametrize("content", [b"", b"buurtcode;buurtnaam\n", b"SQLite format 3\0" + bytes(2_000)])
def test_a_damaged_file_is_refused_on_the_command_line_in_dutch_too(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "buurten.gpkg"
    path.write_bytes(content)
    asked = ["ingest", "boundaries", str(path), "--vault", str(tmp_path / "vault"), "--json"]
    told = CliRunner().invoke(main, asked)
    assert (told.exit_code, told.stdout) == (1, "")
    assert "buurten.gpkg" in told.stderr and "Traceback" not in told.stderr
