"""A town whose neighbourhoods come as shapes: how each object was found, which lie in none, and what people read."""

import csv
import json
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
import shapely
from click.testing import CliRunner

from knooppunt.cli import main
from knooppunt.findings import MissingRegisterError, run_findings
from knooppunt.findings.area_coverage import area_coverage
from knooppunt.findings.inputs import Inputs
from knooppunt.ingest import ingest
from knooppunt.linkage import link
from knooppunt.linkage.run import current_links
from knooppunt.synthetic import synthesise
from knooppunt.tests.deliveries import NOON
from knooppunt.tests.geopackages import write_geopackage
from knooppunt.tests.test_registers_boundaries import area
from knooppunt.vault import open_vault

DAY, EARLIER = date(2026, 11, 1), date(2026, 9, 1)
STRIP = 0.1  # of the objects lie east of every neighbourhood


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault of a small town with two neighbourhoods as shapes, that leave its east out."""
    home = tmp_path_factory.mktemp("shapes")
    synthesise(residents=3_000, seed=6, out=home)
    vault = home / "vault"
    for register, file in (("bag", "bag.zip"), ("brp", "brp.csv")):
        ingest(register, home / file, vault=vault, at=NOON, as_of=None if register == "bag" else DAY)
    link(open_vault(vault), at=NOON)
    with pytest.raises(MissingRegisterError, match="AREAMAP/BOUNDARIES"):
        area_coverage(open_vault(vault), DAY)
    x, y = (np.array([row[axis] for row in objects(vault)]) for axis in ("x", "y"))
    east, middle = np.quantile(x, 1 - STRIP) + 0.5, np.quantile(x, 0.4) + 0.5
    south, north, west = y.min() - 1, y.max() + 1, x.min() - 1
    shapes = [shapely.box(west, south, middle, north), shapely.box(middle, south, east, north)]
    made = [area(number, shape) for number, shape in enumerate(shapes, start=1)]
    ingest("boundaries", write_geopackage(home / "wb.gpkg", {"buurten": made}), vault=vault, at=NOON, as_of=EARLIER)
    run_findings(open_vault(vault), as_of=DAY, rules=["WON-03"])
    return vault


def objects(vault: Path) -> list[dict[str, float]]:
    """Every object of the town with a position."""
    rows = pq.read_table(current_links(open_vault(vault)).table_path("addressable")).to_pylist()
    return [row for row in rows if row["x"] is not None]


def test_what_no_table_says_the_shapes_say_and_the_rest_is_on_a_list(town: Path) -> None:
    told = area_coverage(open_vault(town), DAY)
    assert (told.by_table, told.by_shape + len(told.unplaced)) == (0, told.objects)
    assert 0 < len(told.unplaced) < 2 * STRIP * told.objects and told.areas_since == {"boundaries": str(EARLIER)}
    with Inputs(open_vault(town), DAY) as inputs:
        found = {row["object_id"]: row["area_id"] for row in inputs.see("area_of").to_pyarrow().to_pylist()}
        where = {row["object_id"]: row["x"] for row in inputs.premises.to_pyarrow().to_pylist()}
    border = max(where[one] for one, number in found.items() if number == 2210001)
    assert all(where[one] > border for one, number in found.items() if number == 2210002)
    assert {one.object_id for one in told.unplaced} == {f"{one:016}" for one in where if one not in found}


def test_the_command_line_says_so_and_writes_the_list(town: Path, tmp_path: Path) -> None:
    told, path = area_coverage(open_vault(town), DAY), tmp_path / "nowhere.csv"
    asked = ["areas", "--vault", str(town), "--as-of", str(DAY)]
    said = CliRunner().invoke(main, [*asked, "--unplaced", str(path)])
    assert said.exit_code == 0 and f"neighbourhood by shape: {told.by_shape:,}" in said.stdout
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines(), delimiter=";"))
    assert [row["object_id"] for row in rows] == [one.object_id for one in told.unplaced]
    assert {row["why"] for row in rows} == {"in no area"}
    plain = json.loads(CliRunner().invoke(main, [*asked, "--json"]).stdout)
    assert (plain["by_shape"], len(plain["unplaced"])) == (told.by_shape, len(told.unplaced))
    early = CliRunner().invoke(main, [*asked, "--known-on", "2026-04-01"])
    assert early.exit_code == 1 and "BOUNDARIES" in early.stderr


def test_an_object_tells_its_areas_of_today_and_that_a_shape_says_so(town: Path) -> None:
    unplaced = {one.object_id for one in area_coverage(open_vault(town), DAY).unplaced}
    one = next(row for row in objects(town) if f"{row['object_id']:016}" not in unplaced)
    told = CliRunner().invoke(main, ["object", f"{one['object_id']:016}", "--vault", str(town), "--json"])
    areas = json.loads(told.stdout)["areas"]
    assert [(each["kind"], each["by"], each["since"]) for each in areas] == [
        (kind, "shape", str(EARLIER)) for kind in ("neighbourhood", "district", "municipality")
    ]
    said = CliRunner().invoke(main, ["object", f"{one['postcode']} {one['number']}", "--vault", str(town)])
    assert f"({areas[0]['code']}), by its shape" in said.stdout
    at_sea = CliRunner().invoke(main, ["object", sorted(unplaced)[0], "--vault", str(town), "--json"])
    assert "areas" not in json.loads(at_sea.stdout)
