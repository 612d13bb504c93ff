"""In which area a point lies: by shape where no table says it, with holes, borders and the sea, and of which year."""

from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from knooppunt.ingest import ingest
from knooppunt.linkage.areas import AreaMap
from knooppunt.linkage.within import NOWHERE, Shapes, located, shapes_of
from knooppunt.registers.boundaries.schemas import BOUNDARIES
from knooppunt.tests.geopackages import square, write_geopackage
from knooppunt.tests.test_registers_boundaries import X, Y, area, municipality, package
from knooppunt.vault import Vault, open_vault

NOWHERE_NEAR = (40_000.0, 500_000.0)  # the North Sea


def drawn(folder: Path, *shapes: Any) -> Shapes:
    """Neighbourhoods 1, 2, … of these shapes."""
    rows = [
        {"level": "neighbourhood", "code": f"BU0221000{number}", "water": 0, "name": None} | {
            "geometry": shapely.to_wkb(shape), "source_file": "drawn", "source_line": number,
        }
        for number, shape in enumerate(shapes, start=1)
    ]  # fmt: skip
    pq.write_table(pa.Table.from_pylist(rows, BOUNDARIES), folder / "boundaries.parquet")
    made = shapes_of(folder / "boundaries.parquet", "neighbourhood")
    assert made is not None
    return made


def places(shapes: Shapes, *points: tuple[float, float]) -> list[int]:
    """Where points lie."""
    x, y = np.array(points, np.float64).T
    return [int(place) for place in shapes.of(x, y)]


def test_holes_islands_and_the_sea(tmp_path: Path) -> None:
    hole = square(X + 40, Y + 40, 20)
    ring = square(X, Y, 100).difference(hole)
    shapes = drawn(tmp_path, shapely.multipolygons([ring, square(X + 500, Y, 10)]), hole)
    inside, in_hole, island = (X + 10, Y + 10), (X + 50, Y + 50), (X + 505, Y + 5)
    assert places(shapes, inside, in_hole, island, NOWHERE_NEAR) == [0, 1, 0, NOWHERE]
    assert places(shapes, (np.nan, Y), (np.inf, Y)) == [NOWHERE, NOWHERE]
    assert shapes_of(tmp_path / "boundaries.parquet", "district") is None


def test_a_border_is_decided_the_same_way_every_time(tmp_path: Path) -> None:
    west, east, north = square(X, Y, 100), square(X + 100, Y, 100), square(X, Y + 100, 100)
    shapes = drawn(tmp_path, east, north, west)
    border, corner = (X + 100, Y + 50), (X + 100, Y + 100)
    assert places(shapes, border, corner, (X + 50, Y + 100), (X, Y)) == [0, 0, 1, 2]


@given(st.lists(st.tuples(st.integers(-5, 35), st.integers(-5, 25)), min_size=1, max_size=60), st.data())
def test_it_agrees_with_what_shapely_says_of_each_pair(points: list[tuple[int, int]], data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(1, 29), min_size=1, max_size=4)))
    sides = [0, *cuts, 30]
    slanted = [
        shapely.Polygon([(a, 0), (b, 0), (min(b + 3, 30) if b < 30 else 30, 20), (min(a + 3, 30) if a else 0, 20)])
        for a, b in pairwise(sides)
    ]
    polygons = np.array(slanted)
    shapes = Shapes([f"{n}" for n in range(len(slanted))], [""] * len(slanted), polygons, shapely.STRtree(polygons))
    for (x, y), place in zip(points, places(shapes, *points), strict=True):
        covering = [n for n, one in enumerate(slanted) if one.covers(shapely.Point(x, y))]
        containing = [n for n, one in enumerate(slanted) if one.contains(shapely.Point(x, y))]
        assert place == (covering[0] if covering else NOWHERE)
        assert not containing or place in containing or place < containing[0]


def test_points_are_located_in_batches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("knooppunt.linkage.within.BATCH", 2)
    rows = {"object_id": [1, 2, 3, 4, 5], "x": [X + 1, None, X + 2, 0.0, X + 3], "y": [Y + 1, None, Y + 2, 0.0, Y + 3]}
    pq.write_table(pa.table(rows), tmp_path / "points.parquet")
    found = list(located(tmp_path / "points.parquet", drawn(tmp_path, square(X, Y, 100))))
    assert [len(objects) for objects, _places in found] == [2, 2, 1]
    assert [int(one) for _objects, of in found for one in of] == [0, NOWHERE, 0, NOWHERE, 0]


def merged(folder: Path) -> Path:
    """A vault with two years: Doesburg as it was in 2024, and in 2025 with its second neighbourhood gone to another."""
    for year, second in ((2024, "GM0221"), (2025, "GM0222")):
        home = folder / str(year)
        made = {
            "gemeenten": [municipality(square(X, Y, 100)), municipality(square(X + 100, Y, 100), second, "Nieuwstad")],
            "buurten": [area(), area(2, buurtcode=f"BU{second[2:]}0002")],
        }
        if year == 2024:
            made["gemeenten"] = [municipality(shapely.box(X, Y, X + 200, Y + 100))]
        path = write_geopackage(home / "wijkenbuurten.gpkg", made)
        came = datetime(year, 3, 1, 12, tzinfo=UTC)
        ingest("boundaries", path, vault=folder / "vault", at=came, as_of=date(year, 1, 1))
    return folder / "vault"


def codes(vault: Vault, x: float = X + 150) -> list[str]:
    """The areas of a point."""
    return [one.code for one in AreaMap(vault).at(None, None, (x, Y + 50))]


def test_after_a_merger_an_address_lies_elsewhere_and_before_it_does_not(tmp_path: Path) -> None:
    vault = merged(tmp_path)
    old, new = ["BU02210002", "WK022100", "GM0221"], ["BU02220002", "WK022200", "GM0222"]
    assert codes(open_vault(vault).about(date(2024, 12, 31))) == old
    assert codes(open_vault(vault).about(date(2025, 1, 1))) == new
    assert codes(open_vault(vault)) == new
    assert codes(open_vault(vault).about(date(2019, 1, 1))) == old  # nothing older is there
    assert codes(open_vault(vault), X + 50)[-1] == codes(open_vault(vault).about(date(2024, 5, 1)), X + 50)[-1]


def test_as_we_knew_it_is_by_what_had_been_delivered(tmp_path: Path) -> None:
    vault, about = merged(tmp_path), date(2025, 6, 1)
    assert codes(open_vault(vault, known_on=date(2025, 2, 1)).about(about))[-1] == "GM0221"
    assert codes(open_vault(vault, known_on=date(2025, 3, 1)).about(about))[-1] == "GM0222"
    assert codes(open_vault(vault, known_on=date(2020, 1, 1)).about(about)) == []


def test_every_year_is_kept_also_when_an_older_one_comes_later(tmp_path: Path) -> None:
    vault = merged(tmp_path)
    early = package(tmp_path / "early", area(1, square(X + 100, Y, 100), buurtcode="BU09990001"))
    ingest("boundaries", early, vault=vault, at=datetime(2026, 1, 1, tzinfo=UTC), as_of=date(2020, 1, 1))
    assert codes(open_vault(vault))[-1] == "GM0222"
    assert codes(open_vault(vault).about(date(2023, 1, 1))) == ["BU09990001", "WK099900", "GM0999"]
    assert codes(open_vault(vault).about(date(2024, 1, 1)))[-1] == "GM0221"


def test_a_table_goes_before_a_shape_and_both_are_said(tmp_path: Path) -> None:
    vault = merged(tmp_path)
    (tmp_path / "map.csv").write_text("PC6;Huisnummer;Buurt\n6981CE;7;BU99000102\n", encoding="utf-8")
    ingest("areamap", tmp_path / "map.csv", vault=vault, at=datetime(2025, 4, 1, tzinfo=UTC), as_of=date(2025, 1, 1))
    areas, point = AreaMap(open_vault(vault)), (X + 50, Y + 50)
    assert {(one.by, one.since) for one in areas.at("6981CE", 7, point)} == {("table", "2025-01-01")}
    assert [(one.code, one.name, one.by) for one in areas.at("6981CE", 8, point)] == [
        ("BU02210001", "Buurt 1", "shape"), ("WK022100", "", "shape"), ("GM0221", "Doesburg", "shape"),
    ]  # fmt: skip
    assert areas.at("6981CE", 8, NOWHERE_NEAR) == areas.at("6981CE", 8) == ()
