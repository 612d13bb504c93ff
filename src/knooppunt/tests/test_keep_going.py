"""With `--keep-going` the rest goes on, and a delivery of which nothing is whole replaces nothing: every register."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from knooppunt.cli import main
from knooppunt.ingest import ingest
from knooppunt.registers.catalogue import FIXED
from knooppunt.registers.refusal import NOTHING_REMAINS
from knooppunt.synthetic import synthesise
from knooppunt.tests.deliveries import NOON, state_of
from knooppunt.tests.geopackages import square, write_geopackage
from knooppunt.tests.test_registers_boundaries import X, Y, area, municipality
from knooppunt.vault import open_vault

FILES = {"brp": "brp.csv", "kvk": "kvk.jsonl", "hr": "hr.jsonl", "brk": "brk.jsonl", "woz": "woz.jsonl"}
ROWS = 40
NO_TEXT = b'\xff"\n'
WRONG = {"brp": b"0;W\n", "kvk": b'{"kvkNummer":"zo"}\n', "hr": b'{"kvkNummer":"zo"}\n', "brk": b"{}\n", "woz": b"{}\n"}
"""A row that says nothing: what stands beside it is whole."""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("going")
    synthesise(residents=3_000, seed=3, out=folder)
    return folder


def lines(town: Path, register: str) -> list[bytes]:
    """The first rows of a delivery; a person of the BRP begins with its own row."""
    told = (town / FILES[register]).read_bytes().splitlines(keepends=True)[: ROWS + 1]
    while register == "brp" and told[-1].startswith(b";"):
        told.pop()
    return told[:-1]


def rows_in(vault: Path, register: str) -> dict[str, int]:
    return open_vault(vault).delivery(register).counts


def taken(register: str, path: Path, vault: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["ingest", register, str(path), "--vault", str(vault), *options])


def refused(register: str, path: Path, vault: Path) -> str:
    """What is said of a delivery of which nothing remains; the vault and its day stay as they were."""
    before = state_of(vault)
    told = taken(register, path, vault, "--keep-going")
    assert (told.exit_code, told.stdout, state_of(vault)) == (1, "", before), told.output
    assert told.stderr.strip().endswith(NOTHING_REMAINS)
    return told.stderr


def test_every_register_of_files_is_here() -> None:
    assert {*FILES, "boundaries", "bag", "table"} == FIXED  # bag: test_bad_input_bag; tables: test_bad_input_registers


@pytest.mark.parametrize("register", FILES)
@pytest.mark.parametrize("damage", ["not text at the end", "cut short", "another file"])
def test_a_delivery_of_which_no_file_is_whole_replaces_nothing(
    town: Path, tmp_path: Path, register: str, damage: str
) -> None:
    vault, good = tmp_path / "vault", b"".join(lines(town, register))
    path = put(tmp_path / "good", register, good)
    ingest(register, path, vault=vault, at=NOON)
    bad = {"not text at the end": good + NO_TEXT, "cut short": b"{" + good[:200], "another file": b"PK\3\4" + good}
    said = refused(register, put(tmp_path / "one", register, bad[damage]), vault)
    assert f"{FILES[register]}, line " in said
    for name in ("a", "b"):
        put(tmp_path / "two", register, bad[damage], name=f"{name}-{FILES[register]}")
    assert f"a-{FILES[register]}, line " in refused(register, tmp_path / "two", vault)


def put(folder: Path, register: str, content: bytes, *, name: str = "") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / (name or FILES[register])
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("register", FILES)
def test_what_is_whole_goes_on_beside_what_is_not(town: Path, tmp_path: Path, register: str) -> None:
    own = lines(town, register)
    ingest(register, put(tmp_path / "good", register, b"".join(own)), vault=tmp_path / "only", at=NOON)
    both = tmp_path / "both"
    put(both, register, NO_TEXT, name=f"a-{FILES[register]}")
    put(both, register, b"".join([*own[:9], WRONG[register], *own[9:]]), name=f"b-{FILES[register]}")
    vault = tmp_path / "vault"
    stopped = taken(register, both, vault)
    assert stopped.exit_code == 1 and not (vault / "vault.json").exists()
    told = taken(register, both, vault, "--keep-going", "--json")
    assert told.exit_code == 0, told.output
    said: dict[str, Any] = json.loads(told.stdout)
    assert [one["file"][:2] for one in said["rejected"]] == ["a-", "b-"] and said["rejected"][1]["line"] == len(
        own[:9]
    ) + 1
    assert rows_in(vault, register) == rows_in(tmp_path / "only", register)


@pytest.mark.parametrize("register", FILES)
def test_a_delivery_of_which_no_row_is_right_replaces_nothing(town: Path, tmp_path: Path, register: str) -> None:
    own = lines(town, register)
    vault = tmp_path / "vault"
    ingest(register, put(tmp_path / "good", register, b"".join(own)), vault=vault, at=NOON)
    head = own[:1] if register == "brp" else []
    refused(register, put(tmp_path / "bad", register, b"".join([*head, *[WRONG[register]] * 3])), vault)


def nameless(shape: Any) -> dict[str, Any]:
    return {"naam": "Kade", "geometry": shape}


def test_of_boundaries_a_layer_that_is_wrong_is_left_out_and_the_others_go_on(tmp_path: Path) -> None:
    vault, whole = tmp_path / "vault", [municipality(square(X, Y, 900))]
    path = write_geopackage(tmp_path / "good" / "a.gpkg", {"buurten": [area(), area(2)], "gemeenten": whole})
    ingest("boundaries", path, vault=vault, at=NOON)
    wrong = write_geopackage(tmp_path / "wrong" / "a.gpkg", {"buurten": [nameless(square(X, Y, 9))]})
    assert "a.gpkg/buurten" in refused("boundaries", wrong, vault)
    lone = write_geopackage(tmp_path / "lone" / "a.gpkg", {"buurten": [area(1, buurtcode="x")]})
    assert "a.gpkg/buurten, line 1" in refused("boundaries", lone, vault)
    cut = tmp_path / "cut" / "a.gpkg"
    cut.parent.mkdir()
    shutil.copy(path, cut)
    cut.write_bytes(path.read_bytes()[:5_000])
    before = state_of(vault)
    assert taken("boundaries", cut, vault, "--keep-going").exit_code == 1 and state_of(vault) == before
    both = {"buurten": [nameless(square(X, Y, 9))], "gemeenten": whole}
    told = taken("boundaries", write_geopackage(tmp_path / "both" / "a.gpkg", both), vault, "--keep-going")
    assert told.exit_code == 0 and "a.gpkg/buurten" in told.output
    assert rows_in(vault, "boundaries") == {"boundaries": 1}
