"""A layer of a GeoPackage read by a mapping, as CBS and PDOK give neighbourhoods: what is taken over, what refused."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyogrio
import pytest
import shapely
from click.testing import CliRunner

from knooppunt.cli import main
from knooppunt.ingest import IngestSummary, ingest
from knooppunt.registers.refusal import RefusedError
from knooppunt.tests.deliveries import NOON, state_of
from knooppunt.vault import open_vault

Rows = list[dict[str, Any]]


def area(number: int = 1, **changed: Any) -> dict[str, Any]:
    """A neighbourhood as CBS tells it; what is kept secret is a large negative number there."""
    own = {
        "buurtcode": f"BU02210{number:03}", "buurtnaam": f"Buurt {number}", "stedelijkheid_adressen_per_km2": 3,
        "aantal_inwoners": 1_250.0, "aantal_huishoudens": -99_997.0,
    }  # fmt: skip
    return own | changed


def package(folder: Path, **layers: Rows) -> Path:
    """A GeoPackage with these layers."""
    path = folder / "wijkenbuurten.gpkg"
    for layer, rows in layers.items():
        shapes = [shapely.to_wkb(shapely.box(n, 0, n + 1, 1)) for n in range(len(rows))]
        table = pa.Table.from_pylist(rows).append_column("geometry", pa.array(shapes))
        form = {"geometry_name": "geometry", "geometry_type": "Polygon", "crs": "EPSG:28992"}
        pyogrio.write_arrow(table, path, layer=layer, driver="GPKG", append=path.exists(), **form)
    return path


def take(path: Path, vault: Path, **options: Any) -> IngestSummary:
    """Read it as the register of neighbourhoods."""
    return ingest("areas", path, vault=vault, at=NOON, **options)


def test_neighbourhoods_come_out_of_the_package_as_it_is(tmp_path: Path) -> None:
    path = package(tmp_path, gemeenten=[{"gemeentecode": "GM0221"}], buurten=[area(), area(2, aantal_inwoners=None)])
    summary = take(path, tmp_path / "vault")
    rows = open_vault(tmp_path / "vault").table("neighbourhoods").to_pyarrow().to_pylist()
    assert [(row["code"], row["name"], row["urbanity"]) for row in rows] == [
        ("BU02210001", "Buurt 1", 3), ("BU02210002", "Buurt 2", 3),
    ]  # fmt: skip
    assert [(row["inhabitants"], row["households"]) for row in rows] == [(1_250, None), (None, None)]
    assert [(row["source_file"], row["source_line"]) for row in rows] == [
        ("wijkenbuurten.gpkg/buurten", 1), ("wijkenbuurten.gpkg/buurten", 2),
    ]  # fmt: skip
    assert (summary.files, summary.rejected) == (1, [])
    assert take(path, tmp_path / "vault").unchanged


def test_what_is_wrong_is_told_with_layer_and_place_and_the_vault_stays(tmp_path: Path) -> None:
    take(package(tmp_path, buurten=[area()]), vault := tmp_path / "vault")
    (tmp_path / "wijkenbuurten.gpkg").unlink()
    before = state_of(vault)
    path = package(tmp_path, buurten=[area(), area(2, buurtcode=None)])
    with pytest.raises(RefusedError, match=r"wijkenbuurten\.gpkg/buurten, line 2: .*buurtcode is empty"):
        take(path, vault)
    assert state_of(vault) == before
    assert len(take(path, vault, keep_going=True).rejected) == 1


@pytest.mark.parametrize(
    ("layers", "sentence"),
    [
        ({"wijken": [area()]}, "has no layer buurten; it has wijken"),
        ({"buurten": [{"naam": "Kade"}]}, "has no column buurtcode, buurtnaam"),
    ],
)
def test_another_package_is_refused_in_a_sentence(tmp_path: Path, layers: dict[str, Rows], sentence: str) -> None:
    with pytest.raises(RefusedError, match=sentence):
        take(package(tmp_path, **layers), tmp_path / "vault")
    assert list((tmp_path / "vault" / "registers" / "areas").glob("[!.]*")) == []


@pytest.mark.parametrize("content", [b"", b"buurtcode;buurtnaam\n", b"SQLite format 3\0" + bytes(2_000)])
def test_a_damaged_file_is_refused_on_the_command_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "buurten.gpkg"
    path.write_bytes(content)
    told = CliRunner().invoke(main, ["ingest", "areas", str(path), "--vault", str(tmp_path / "vault"), "--json"])
    assert (told.exit_code, told.stdout) == (1, "")
    assert "buurten.gpkg" in told.stderr
    assert "Traceback" not in told.stderr


def test_of_one_layer_the_name_need_not_be_said_of_more_it_must(tmp_path: Path) -> None:
    mapping = tmp_path / "own.toml"
    mapping.write_text('register = "areas"\n[columns]\ncode = "buurtcode"\n', encoding="utf-8")
    one = package(tmp_path, whatever=[area()])
    assert take(one, tmp_path / "vault", mapping=mapping).files == 1
    more = package(tmp_path, another=[area()])
    with pytest.raises(RefusedError, match="has the layers whatever, another; say in the mapping which"):
        take(more, tmp_path / "vault", mapping=mapping)
