"""The real extracts: the numbers Kadaster's files hold must come out."""

import json
from pathlib import Path

from click.testing import CliRunner

from knooppunt.cli import main
from knooppunt.ingest import ingest
from knooppunt.tests.deliveries import NOON, real
from knooppunt.vault import open_vault


def test_reads_every_building_of_doesburg_with_its_history(tmp_path: Path) -> None:
    summary = ingest("bag", real("bag/0221PND15092020.zip"), vault=tmp_path, at=NOON)
    assert summary.occurrences["PND"] == 13_098
    assert summary.objects["PND"] == 7_797
    assert (summary.files, str(summary.as_of), summary.municipality) == (2, "2020-09-15", "0221")
    buildings = open_vault(tmp_path).table("buildings")
    in_use = buildings.filter(buildings.valid_to.isnull() & (buildings.status == "Pand in gebruik"))
    assert in_use.count().to_pyarrow().as_py() == 7_204


def test_reads_all_types_and_parts_of_a_zip_of_zips(tmp_path: Path) -> None:
    delivery = real("bag/BAGNLDL-15092020-small.zip")
    result = CliRunner().invoke(main, ["ingest", "bag", str(delivery), "--vault", str(tmp_path), "--json"])
    assert result.exit_code == 0, result.output
    summary = json.loads(result.stdout)
    expected = {"LIG": 2, "NUM": 14, "OPR": 201, "PND": 6, "STA": 2, "VBO": 5, "WPL": 1}
    assert summary["occurrences"] == expected
    assert summary["niet_bag"] == {"NUM": 1}
    assert summary["in_onderzoek"]["all"] == 31_534
    assert summary["rejected"] == []
    assert {"register", "files", "objects", "current", "seconds", "peak_mib"} <= summary.keys()


def test_side_addresses_uses_and_short_names_come_along(tmp_path: Path) -> None:
    ingest("bag", real("bag/BAGNLDL-15092020-small.zip"), vault=tmp_path, at=NOON)
    vault = open_vault(tmp_path)
    premises = {row["id"]: row for row in vault.table("premises").to_pyarrow().to_pylist()}
    assert premises[221010000330999]["side_addresses"] == [221200000330998, 221200000330999]
    assert premises[221010000330999]["uses"] == ["overige gebruiksfunctie"]
    assert (premises[221010000330999]["x"], premises[221010000330999]["y"]) == (206289.487, 447359.374)
    streets = vault.table("public_spaces").to_pyarrow().to_pylist()
    assert "Sbn Doormansingel" in {row["short_name"] for row in streets}


def test_files_lie_sorted_by_id(tmp_path: Path) -> None:
    ingest("bag", real("bag/0221PND15092020.zip"), vault=tmp_path, at=NOON)
    ids = open_vault(tmp_path).table("buildings").select("id", "occurrence").to_pyarrow().to_pylist()
    keys = [(row["id"], row["occurrence"]) for row in ids]
    assert keys == sorted(keys)
