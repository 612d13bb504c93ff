"""The fictional municipality: real formats, the same bytes for a seed, and a truth that holds."""

import csv
import json
import random
import shutil
import subprocess
import zipfile
from collections import Counter
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pyogrio
import pytest
import shapely
from click.testing import CliRunner
from lxml import etree
from stdnum.nl import bsn

from knooppunt.cli import main
from knooppunt.findings.area_coverage import area_coverage
from knooppunt.findings.inputs import Inputs
from knooppunt.ingest import ingest
from knooppunt.linkage import link
from knooppunt.linkage.borders import MOST
from knooppunt.synthetic import SizeError, Synthesis, synthesise
from knooppunt.synthetic.boundaries import shapes_of
from knooppunt.synthetic.brp_csv import HEADINGS
from knooppunt.synthetic.division import Division
from knooppunt.synthetic.households import resident
from knooppunt.synthetic.kvk_json import ERRORS, Form
from knooppunt.synthetic.plants.housing import ROOMS_LET_ON
from knooppunt.synthetic.records import FILES
from knooppunt.tests.deliveries import NOON
from knooppunt.vault import open_vault

RESIDENTS = 5_000


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Synthesis:
    return synthesise(residents=RESIDENTS, seed=7, out=tmp_path_factory.mktemp("town"))


@pytest.fixture(scope="module")
def truth(town: Synthesis) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((town.out / "truth.json").read_text())
    return loaded


def parts(delivery: Path, code: str) -> list[bytes]:
    """The XML files of one object type."""
    with zipfile.ZipFile(delivery) as outer:
        name = next(name for name in outer.namelist() if name.startswith(f"9900{code}"))
        inner = zipfile.ZipFile(BytesIO(outer.read(name)))
        return [inner.read(part) for part in sorted(inner.namelist())]


def test_same_seed_gives_the_same_bytes(town: Synthesis, tmp_path: Path) -> None:
    again = synthesise(residents=RESIDENTS, seed=7, out=tmp_path)
    for name in ("bag.zip", "brp.csv", "kvk.jsonl", *FILES.values(), "boundaries.gpkg", "truth.json", "exclusions.csv"):
        assert (again.out / name).read_bytes() == (town.out / name).read_bytes(), name


def test_another_seed_gives_another_municipality(town: Synthesis, tmp_path: Path) -> None:
    other = synthesise(residents=RESIDENTS, seed=8, out=tmp_path)
    assert (other.out / "brp.csv").read_bytes() != (town.out / "brp.csv").read_bytes()


@pytest.mark.parametrize("residents", [0, 2_999, 1_000_001])
def test_a_size_that_cannot_be_made_is_refused(residents: int, tmp_path: Path) -> None:
    with pytest.raises(SizeError, match="choose between"):
        synthesise(residents=residents, seed=1, out=tmp_path)


def test_every_type_holds_what_the_truth_counts(town: Synthesis, truth: dict[str, Any]) -> None:
    for code, expected in truth["counts"]["bag_occurrences"].items():
        found = sum(part.count(b"<sl:stand>") for part in parts(town.out / "bag.zip", code))
        assert found == expected, code


def test_every_file_is_well_formed_and_no_longer_than_ten_thousand(tmp_path: Path) -> None:
    big = synthesise(residents=30_000, seed=1, out=tmp_path)
    premises = parts(big.out / "bag.zip", "VBO")
    assert len(premises) > 1
    for part in premises:
        assert etree.fromstring(part).tag.endswith("bagStand")
        assert part.count(b"<sl:stand>") <= 10_000


def test_every_reference_leads_to_an_object(town: Synthesis) -> None:
    premises = b"".join(parts(town.out / "bag.zip", "VBO"))
    addresses = b"".join(parts(town.out / "bag.zip", "NUM"))
    known = set(_between(addresses, b'Objecten:identificatie domein="NL.IMBAG.Nummeraanduiding">'))
    assert set(_between(premises, b'NummeraanduidingRef domein="NL.IMBAG.Nummeraanduiding">')) <= known
    buildings = set(_between(b"".join(parts(town.out / "bag.zip", "PND")), b'domein="NL.IMBAG.Pand">'))
    assert set(_between(premises, b'PandRef domein="NL.IMBAG.Pand">')) <= buildings


def _between(xml: bytes, mark: bytes) -> list[bytes]:
    return [piece.split(b"<", 1)[0] for piece in xml.split(mark)[1:]]


@pytest.mark.skipif(shutil.which("ogrinfo") is None, reason="GDAL (ogrinfo) is not installed")
def test_gdal_reads_the_extract(town: Synthesis, truth: dict[str, Any], tmp_path: Path) -> None:
    with zipfile.ZipFile(town.out / "bag.zip") as outer:
        outer.extractall(tmp_path)
    for code, expected in truth["counts"]["bag_occurrences"].items():
        archive = next(tmp_path.glob(f"9900{code}*.zip"))
        command = ["ogrinfo", "-ro", "-so", "-al", f"/vsizip/{archive}"]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        assert f"Feature Count: {expected}" in told, code


def test_people_have_the_test_sets_headings_and_numbers_that_pass_the_eleven_test(town: Synthesis) -> None:
    with (town.out / "brp.csv").open(encoding="utf-8-sig", newline="") as stream:
        headings, *rows = csv.reader(stream, delimiter=";")
    assert headings == HEADINGS
    assert {len(row) for row in rows} == {len(headings)}
    numbers = [row[headings.index("01.01.20")] for row in rows if row[headings.index("01.01.20")]]
    assert len(numbers) == len(set(numbers))
    assert all(bsn.is_valid(number) and number.startswith("9") for number in numbers)


def test_exactly_so_many_people_live_there(town: Synthesis, truth: dict[str, Any]) -> None:
    assert truth["counts"]["brp"]["residents"] == RESIDENTS
    assert truth["counts"]["brp"]["people"] > RESIDENTS  # some died, some only get their mail there


def test_every_establishment_has_a_link_in_the_truth(town: Synthesis, truth: dict[str, Any]) -> None:
    every = [json.loads(line) for line in (town.out / "kvk.jsonl").read_text().splitlines()]
    lines = [line for line in every if "vestigingsnummer" in line]
    told = {link["establishment"]: link for link in truth["links"]}
    assert [line["vestigingsnummer"] for line in lines] == list(told)
    for line in lines:
        given = line["adressen"][0].get("geoData", {}).get("addresseerbaarObjectId")
        assert given in (None, told[line["vestigingsnummer"]]["object_id"])
    assert {link["form"] for link in truth["links"]} == {form.value for form in Form}
    assert Counter(link["errors"] for link in truth["links"])[None] == truth["counts"]["links"]["unlinked"]


def test_every_rule_has_findings_near_misses_and_an_innocent_one(truth: dict[str, Any]) -> None:
    for rule in ("BED-01", "BED-02", "WON-01"):
        assert any(row["innocent"] is None for row in truth["findings"][rule]), rule
        assert any(row["innocent"] for row in truth["findings"][rule]), rule
        found = {row["object_id"] for row in truth["findings"][rule]}
        assert truth["near_misses"][rule]
        assert not found & {row["object_id"] for row in truth["near_misses"][rule]}, rule


def test_planted_clusters_are_far_from_chance(truth: dict[str, Any]) -> None:
    for row in truth["findings"]["BED-02"]:
        values = row["values"]
        assert values["location_quotient"] >= 3
        assert values["probability"] < 0.01 / values["tests"]


def test_quality_of_a_link_follows_from_how_the_address_is_written() -> None:
    assert ERRORS[Form.BAG_ID] == ERRORS[Form.EXACT] == 0
    assert set(ERRORS) == set(Form)


def test_command_prints_one_json_object(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["synth", "--residents", "3000", "--seed", "2", "--out", str(tmp_path), "--json"])
    told = json.loads(result.stdout)
    assert result.exit_code == 0
    assert told["counts"]["brp"]["residents"] == 3000
    assert all(Path(file).is_file() for file in told["files"])


def test_command_refuses_a_size_with_exit_code_two(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["synth", "--residents", "10", "--out", str(tmp_path)])
    assert result.exit_code == 2
    assert "3000" in result.stderr


def test_the_youngest_adult_is_of_age_when_rooms_are_let() -> None:
    class Last(random.Random):
        def random(self) -> float:
            return 1 - 1e-9

    born = resident(Last(), adult=True).born
    assert int(born[:4]) + 18 < int(ROOMS_LET_ON[0][:4])


@pytest.mark.parametrize(("residents", "least", "most"), [(3_000, 5, 9), (6_000, 8, 13), (100_000, 40, 90)])
@pytest.mark.parametrize("seed", [1, 7])
def test_neighbourhoods_share_their_borders_and_grow_with_the_municipality(
    residents: int, least: int, most: int, seed: int
) -> None:
    division = Division(residents, seed=seed)
    there = list(dict.fromkeys(division.of(street) for street in range(residents // 105)))
    assert least <= len(there) <= most
    assert len({one.code for one in there}) == len({one.name for one in there}) == len(there)
    assert {one.urbanity for one in there} >= {3, 5}
    shapes = shapes_of(there)
    assert shapely.coverage_is_valid(shapes) and shapely.is_valid(shapes).all()
    whole = shapely.union_all(shapes)
    assert isinstance(whole, shapely.Polygon) and not whole.interiors  # no gaps
    assert all(len(shapely.get_coordinates(one)) > 20 for one in shapes)  # borders wind


def test_a_division_is_the_same_for_a_seed_and_never_has_more_areas_than_can_be_drawn() -> None:
    assert Division(6_000, seed=3).all == Division(6_000, seed=3).all != Division(6_000, seed=4).all
    city = Division(1_000_000, seed=1)
    assert len({city.of(street) for street in range(1_000_000 // 105)}) <= MOST


def test_the_registers_of_neighbourhoods_and_of_boundaries_agree(town: Synthesis) -> None:
    with (town.out / "areas.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream, delimiter=";"))
    shapes = pyogrio.read_arrow(town.out / "boundaries.gpkg", layer="buurten")[1]
    named = dict(zip(shapes["buurtcode"].to_pylist(), shapes["buurtnaam"].to_pylist(), strict=True))
    assert {row["buurtcode"]: row["buurtnaam"] for row in rows} == named
    assert sum(int(row["aantal_inwoners"]) for row in rows) == RESIDENTS
    quiet = [row for row in rows if row["stedelijkheid_adressen_per_km2"] == "5"]
    assert any(row["buurtnaam"].startswith("Bedrijventerrein") for row in quiet) and len(quiet) == 2
    districts = pyogrio.read_arrow(town.out / "boundaries.gpkg", layer="wijken")[1]["wijkcode"].to_pylist()
    assert {f"WK{code[2:8]}" for code in named} == set(districts) and 2 <= len(districts) <= 3


def test_the_shapes_say_the_same_as_the_table_of_every_address(town: Synthesis, tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    ingest("bag", town.out / "bag.zip", vault=vault, at=NOON)
    ingest("boundaries", town.out / "boundaries.gpkg", vault=vault, at=NOON, as_of=date.fromisoformat(town.as_of))
    link(open_vault(vault), at=NOON)
    on = date.fromisoformat(town.as_of)
    with Inputs(open_vault(vault), on) as inputs:
        by_shape = {row["object_id"]: row["area_id"] for row in inputs.see("area_of").to_pyarrow().to_pylist()}
    ingest("areamap", town.out / "areamap.csv", vault=vault, at=NOON, as_of=on)
    told = area_coverage(open_vault(vault), on)
    assert told.by_table > 0 and told.unplaced == []
    with Inputs(open_vault(vault), on) as inputs:
        by_table = {row["object_id"]: row["area_id"] for row in inputs.see("area_of").to_pyarrow().to_pylist()}
    assert by_shape == by_table
