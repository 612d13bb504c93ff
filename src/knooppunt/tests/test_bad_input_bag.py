"""Bad BAG deliveries: a sentence with file, line and reason, exit code 1, and the vault as it was."""

import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from knooppunt.cli import main
from knooppunt.ingest import ingest
from knooppunt.tests.deliveries import HEAD, NOON, RING, building, extract, state_of, write_extract, write_zip

GOOD = building(1)
OPEN_RING = RING.replace(b"206289.94 447355.96 0.0 2", b"206280 447355 0.0 2", 1)
SHORT_RING = b"206289.94 447355.96 0.0 206292.3 447361.12 0.0"
BAD_OBJECTS = {
    "unknown status": (GOOD.replace(b"Pand in gebruik", b"Pand in de war"), "unknown status"),
    "a polygon with two points": (building(1, ring=SHORT_RING), "2 points"),
    "a ring that is not closed": (building(1, ring=OPEN_RING), "not closed"),
    "a position in Paris": (building(1, ring=RING.replace(b"206", b"906")), "outside the Netherlands"),
    "another date order": (GOOD.replace(b"2010-04-20", b"20-04-2010"), "not a date"),
    "the 30th of February": (GOOD.replace(b"2010-04-20", b"2024-02-30"), "not a date"),
    "a date of zeroes": (GOOD.replace(b"2010-04-20", b"0000-00-00"), "not a date"),
    "an identification of an address": (GOOD.replace(b"022110", b"022120"), "identification of a Pand"),
    "a missing field": (GOOD.replace(b"<Objecten:geconstateerd>N</Objecten:geconstateerd>", b""), "missing"),
    "an unknown element": (
        GOOD.replace(b"<Objecten:status>", b"<Objecten:kleur>x</Objecten:kleur><Objecten:status>"),
        "unknown",
    ),
    "broken markup": (GOOD.replace(b"</Objecten:status>", b"</Objecten:staat>"), "not well-formed"),
    "another coordinate system": (GOOD.replace(b"EPSG::28992", b"EPSG::4326"), "EPSG::4326"),
}
BAD_FILES = {
    "entities": (b'<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY b "c">]>\n<a>&b;</a>', "entities"),
    "another encoding": (extract(GOOD).replace(b'"UTF-8"', b'"ISO-8859-1"'), "UTF-8"),
    "bytes that are no UTF-8": (extract(GOOD.replace(b"BRA/", b"BR\xff/")), "UTF-8"),
    "UTF-16": ("<a/>".encode("utf-16"), "UTF-8"),
    "a file cut short": (extract(GOOD, building(2))[:-60], "cut short"),
    "an empty file": (b"", "empty"),
    "no XML": (b"id;name\n1;x\n", "not well-formed"),
    "a prefix without a namespace": (extract(GOOD).replace(b"xmlns:Objecten=", b"xmlns:Dingen="), "prefix"),
    "another document": (b"<?xml version='1.0'?><html/>", "not a BAG extract"),
}


def run(path: Path, vault: Path, *options: str) -> Result:
    """Run the ingest as the command line does."""
    return CliRunner().invoke(main, ["ingest", "bag", str(path), "--vault", str(vault), *options])


def assert_refused(result: Result, reason: str) -> None:
    """The command said no in one sentence."""
    assert result.exit_code == 1
    assert reason in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """A vault that holds a good delivery."""
    folder = tmp_path / "vault"
    ingest("bag", write_extract(tmp_path / "before", building(7)), vault=folder, at=NOON)
    return folder


@pytest.mark.parametrize("case", BAD_OBJECTS)
def test_refuses_a_bad_object_with_its_line(case: str, tmp_path: Path, vault: Path) -> None:
    bad, reason = BAD_OBJECTS[case]
    before = state_of(vault)
    result = run(write_extract(tmp_path / "new", building(3), bad, building(9)), vault)
    assert_refused(result, reason)
    line = HEAD.count(b"\n") + 2
    assert f"0221PND15092020-000001.xml, line {line}: " in result.stderr
    assert state_of(vault) == before


@pytest.mark.parametrize("case", BAD_FILES)
def test_refuses_a_bad_file(case: str, tmp_path: Path, vault: Path) -> None:
    data, reason = BAD_FILES[case]
    before = state_of(vault)
    path = tmp_path / "0221PND15092020-000001.xml"
    path.write_bytes(data)
    assert_refused(run(path, vault), reason)
    assert state_of(vault) == before


def test_keeps_going_with_the_rest_when_asked(tmp_path: Path, vault: Path) -> None:
    bad = BAD_OBJECTS["unknown status"][0]
    path = write_extract(tmp_path / "new", building(3), bad, building(9))
    result = run(path, vault, "--keep-going", "--json")
    assert result.exit_code == 0
    summary = json.loads(result.stdout)
    assert summary["occurrences"]["PND"] == 2
    assert [(own["file"], own["line"]) for own in summary["rejected"]] == [(path.name, HEAD.count(b"\n") + 2)]


def test_refuses_the_same_occurrence_twice(tmp_path: Path, vault: Path) -> None:
    path = write_extract(tmp_path / "new", building(3), building(4), building(3))
    before = state_of(vault)
    line = HEAD.count(b"\n") + 3
    assert_refused(
        run(path, vault), f"{path.name}, line {line}: the same in buildings twice: part stand, id 0221100000000003"
    )
    assert state_of(vault) == before
    zipped = write_zip(tmp_path / "a.zip", a__xml=path.read_bytes())
    told = json.loads(run(zipped, vault, "--keep-going", "--json").stdout)
    assert told["occurrences"]["PND"] == 2
    assert [(one["file"], one["line"]) for one in told["rejected"]] == [("a.zip/a.xml", line)]


def test_refuses_another_municipality_unless_it_is_named(tmp_path: Path, vault: Path) -> None:
    path = write_extract(tmp_path / "new", building(3))
    path.write_bytes(path.read_bytes().replace(b">0221<", b">0344<"))
    assert_refused(run(path, vault), "municipality 0344, not of 0221")
    assert run(path, vault, "--municipality", "0344").exit_code == 0


def test_what_is_in_the_vault_already_is_not_taken_for_another_municipality(tmp_path: Path, vault: Path) -> None:
    before = state_of(vault)
    given = tmp_path / "before" / "0221PND15092020-000001.xml"
    assert_refused(run(given, vault, "--municipality", "0344"), "municipality 0221, not of 0344")
    assert state_of(vault) == before
    assert json.loads(run(given, vault, "--municipality", "0221", "--json").stdout)["unchanged"] is True


def test_refuses_a_truncated_zip(tmp_path: Path, vault: Path) -> None:
    path = write_zip(tmp_path / "a.zip", a__xml=extract(*(building(number) for number in range(1, 200))))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert_refused(run(path, vault), "damaged or cut short")


def test_refuses_a_zip_with_a_flipped_bit(tmp_path: Path, vault: Path) -> None:
    path = write_zip(tmp_path / "a.zip", a__xml=extract(*(building(number) for number in range(1, 200))))
    data = bytearray(path.read_bytes())
    data[len(data) // 3] ^= 4
    path.write_bytes(bytes(data))
    before = state_of(vault)
    assert run(path, vault).exit_code == 1
    assert state_of(vault) == before


def test_refuses_a_zip_bomb_without_unpacking_it(tmp_path: Path, vault: Path) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("a.xml", "w") as entry:
        for _ in range(160):
            entry.write(b"\0" * 1024 * 1024)
    assert_refused(run(path, vault), "zip bomb")


def test_refuses_zips_nested_too_deep(tmp_path: Path, vault: Path) -> None:
    inner = write_zip(tmp_path / "0.zip", a__xml=extract(GOOD)).read_bytes()
    for depth in range(1, 5):
        inner = write_zip(tmp_path / f"{depth}.zip", inner__zip=inner).read_bytes()
    assert_refused(run(tmp_path / "4.zip", vault), "deep")


def test_refuses_a_zip_of_zips_wherever_it_was_cut(tmp_path: Path, vault: Path) -> None:
    inner = write_zip(tmp_path / "inner.zip", a__xml=extract(GOOD)).read_bytes()
    with zipfile.ZipFile(tmp_path / "whole.zip", "w", zipfile.ZIP_STORED) as archive:
        for number in range(3):
            archive.writestr(f"{number}.zip", inner)
    whole = (tmp_path / "whole.zip").read_bytes()
    for cut in range(1, len(whole), len(whole) // 40):
        (tmp_path / "cut.zip").write_bytes(whole[:cut])
        assert_refused(run(tmp_path / "cut.zip", vault), "cut short")


def test_passes_over_what_macos_leaves_behind(tmp_path: Path, vault: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("0221PND15092020-000001.xml", extract(GOOD))
        archive.writestr("__MACOSX/._0221PND15092020-000001.xml", b"\0\1")
        archive.writestr(".DS_Store", b"\0\1")
    assert run(path, vault).exit_code == 0


def test_refuses_a_folder_without_anything_and_a_path_that_is_not_there(tmp_path: Path, vault: Path) -> None:
    (tmp_path / "nothing").mkdir()
    assert_refused(run(tmp_path / "nothing", vault), "holds no file of a BAG extract")
    assert_refused(run(tmp_path / "gone", vault), "does not exist")


def test_a_comment_hides_what_is_in_it(tmp_path: Path, vault: Path) -> None:
    path = write_extract(tmp_path / "new", building(3), b"<!-- " + building(4) + b" -->", building(5))
    result = run(path, vault, "--json")
    assert json.loads(result.stdout)["occurrences"]["PND"] == 2


def test_wrong_use_is_exit_code_two(tmp_path: Path) -> None:
    assert CliRunner().invoke(main, ["ingest", "nope", "x", "--vault", str(tmp_path)]).exit_code == 2
