"""`knooppunt bench`: what is measured beside a scan, and that it leaves the vault as it was."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from knooppunt.cli import main
from knooppunt.ingest import ingest
from knooppunt.synthetic import synthesise
from knooppunt.tests.deliveries import NOON, state_of
from knooppunt.tests.test_findings_end_to_end import build
from knooppunt.vault import Vault


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Vault:
    return build(tmp_path_factory.mktemp("bench"), 3_000, ("bag", "kvk"))


def test_each_is_measured_beside_a_scan_and_the_vault_stays_as_it_was(vault: Vault) -> None:
    before = state_of(vault.path)
    asked = ["bench", "--vault", str(vault.path), "--rounds", "1", "--json"]
    told = CliRunner().invoke(main, [*asked, "--delivery", "bag", str(vault.path.parent / "bag.zip")])
    assert told.exit_code == 0, told.output
    answer = json.loads(told.stdout)
    assert [one["what"] for one in answer["measured"]] == ["reading", "linking", "findings"]
    rows = {register.register: sum(register.counts.values()) for register in vault.registers()}
    assert [one["rows"] for one in answer["measured"]] == [rows["bag"], sum(rows.values()), sum(rows.values())]
    for one in answer["measured"]:
        assert one["least"] == one["times_a_scan"] == one["most"]
        assert one["times_a_scan"] == pytest.approx(one["seconds"] / one["scan_seconds"], rel=0.05)
    assert state_of(vault.path) == before


def test_without_a_delivery_reading_is_not_measured_and_the_table_is_dutch_too(tmp_path: Path) -> None:
    vault = build(tmp_path, 3_000, ("bag",))  # few rules have an answer there, and one is enough for a table
    runner = CliRunner(env={"BOLWERK_LANGUAGE": "nl"})
    told = runner.invoke(main, ["bench", "--vault", str(vault.path), "--rounds", "1"])
    assert "koppelen" in told.stdout and "keer een scan" in told.stdout and "inlezen" not in told.stdout


def test_a_vault_that_was_not_linked_says_what_to_do(tmp_path: Path) -> None:
    synthesise(residents=3_000, seed=3, out=tmp_path)
    ingest("bag", tmp_path / "bag.zip", vault=tmp_path / "vault", at=NOON)
    told = CliRunner().invoke(main, ["bench", "--vault", str(tmp_path / "vault")])
    assert told.exit_code == 1 and "knooppunt link" in told.stderr
