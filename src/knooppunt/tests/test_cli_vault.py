"""The commands `ingest` and `doctor` as a person at a terminal sees them."""

import json
from pathlib import Path

from click.testing import CliRunner

from knooppunt.cli import main
from knooppunt.tests.deliveries import building, write_extract


def run(*arguments: str) -> tuple[int, str]:
    """Exit code and what is on the screen."""
    result = CliRunner().invoke(main, list(arguments))
    return result.exit_code, result.output


def test_ingest_shows_counts_and_says_when_nothing_changed(tmp_path: Path) -> None:
    path, vault = write_extract(tmp_path / "new", building(1), building(1, 2)), tmp_path / "vault"
    code, first = run("ingest", "bag", str(path), "--vault", str(vault))
    assert (code, "PND" in first, "0221" in first) == (0, True, True)
    code, again = run("ingest", "bag", str(path), "--vault", str(vault))
    assert (code, "nothing was changed" in again) == (0, True)


def test_doctor_says_what_the_vault_holds(tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    run("ingest", "bag", str(write_extract(tmp_path / "new", building(1))), "--vault", str(vault))
    code, output = run("doctor", "--vault", str(vault), "--json")
    (bag,) = json.loads(output)["registers"]
    assert (code, bag["as_of"], bag["counts"]["buildings"]) == (0, "2020-09-15", 1)
    assert run("doctor", "--vault", str(vault))[0] == 0


def test_doctor_finds_a_damaged_file(tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    run("ingest", "bag", str(write_extract(tmp_path / "new", building(1))), "--vault", str(vault))
    (table,) = vault.rglob("buildings.parquet")
    table.write_bytes(table.read_bytes()[:100])
    code, output = run("doctor", "--vault", str(vault))
    assert (code, "Ingest bag again" in output) == (1, True)


def test_doctor_says_where_there_is_no_vault(tmp_path: Path) -> None:
    code, output = run("doctor", "--vault", str(tmp_path / "none"))
    assert (code, "There is no vault" in output) == (1, True)


def test_every_command_explains_itself() -> None:
    for name in ("ingest", "doctor"):
        code, output = run(name, "--help")
        assert (code, "--vault" in output) == (0, True)
