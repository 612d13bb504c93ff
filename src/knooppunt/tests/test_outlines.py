"""The ground of a map: standing buildings where they are, found by place, and the built-up area around them."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
import shapely

from knooppunt.ingest import ingest
from knooppunt.outlines import built_up_area, draw_outlines, outlines_within
from knooppunt.tests.deliveries import NOON, building, real, write_extract
from knooppunt.vault import Vault, VaultError, open_vault

WEST, SOUTH, EAST, NORTH = 6.13, 52.005, 6.15, 52.02  # around the building that the makers make
ELSEWHERE = b"207289.94 448355.96 0.0 207292.3 448361.12 0.0 207288.92 448362.66 0.0 207289.94 448355.96 0.0"


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    """Two standing buildings, 1.4 kilometres apart, and one that was pulled down."""
    gone = building(3).replace(b"Pand in gebruik", b"Pand gesloopt")
    delivery = write_extract(tmp_path, building(1), building(2, ring=ELSEWHERE), gone)
    ingest("bag", delivery, vault=tmp_path / "vault", at=NOON)
    return open_vault(tmp_path / "vault")


def test_outlines_are_made_once_for_a_delivery(vault: Vault) -> None:
    assert (outlines_within(vault, west=WEST, south=SOUTH, east=EAST, north=NORTH, most=9), built_up_area(vault)) == (
        None,
        None,
    )
    assert draw_outlines(vault, at=NOON)
    assert not draw_outlines(vault, at=NOON + timedelta(days=1))


def test_standing_buildings_in_a_rectangle_are_found_in_degrees(vault: Vault) -> None:
    draw_outlines(vault, at=NOON)
    (found,) = outlines_within(vault, west=WEST, south=SOUTH, east=EAST, north=52.0155, most=9) or []
    longitude, latitude = found["coordinates"][0][0]
    assert (round(longitude, 3), round(latitude, 3)) == (6.134, 52.012)
    assert len(outlines_within(vault, west=6.1, south=52.0, east=6.2, north=52.1, most=9) or []) == 2
    assert outlines_within(vault, west=4.0, south=52.0, east=4.1, north=52.1, most=9) == []


def test_too_many_buildings_are_not_drawn_half(vault: Vault) -> None:
    draw_outlines(vault, at=NOON)
    assert outlines_within(vault, west=6.1, south=52.0, east=6.2, north=52.1, most=1) is None


def test_the_built_up_area_lies_around_the_buildings(vault: Vault) -> None:
    draw_outlines(vault, at=NOON)
    area = shapely.from_geojson(json.dumps(built_up_area(vault)))
    assert area.geom_type == "MultiPolygon"
    assert area.contains(shapely.Point(6.1343, 52.0123))


def test_a_new_delivery_needs_new_outlines(vault: Vault, tmp_path: Path) -> None:
    draw_outlines(vault, at=NOON)
    ingest("bag", write_extract(tmp_path / "new", building(5)), vault=vault.path, at=NOON)
    assert built_up_area(open_vault(vault.path)) is None


def test_damaged_outlines_are_said(vault: Vault) -> None:
    draw_outlines(vault, at=NOON)
    for file in vault.path.glob("derived/outlines/*/*.parquet"):
        file.write_bytes(b"rot")
    with pytest.raises(VaultError, match="make it again"):
        outlines_within(vault, west=WEST, south=SOUTH, east=EAST, north=NORTH, most=9)


def test_the_buildings_of_doesburg_are_a_ground(tmp_path: Path) -> None:
    ingest("bag", real("bag/0221PND15092020.zip"), vault=tmp_path, at=NOON)
    vault = open_vault(tmp_path)
    draw_outlines(vault, at=NOON)
    centre = outlines_within(vault, west=6.135, south=52.012, east=6.139, north=52.015, most=2_000)
    assert centre is not None
    assert len(centre) > 300
