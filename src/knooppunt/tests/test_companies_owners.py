"""Companies to addresses, leaders and owners: only with a basis, logged first; few at a time; no names."""

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from knooppunt.cli import main
from knooppunt.ingest import ingest
from knooppunt.linkage import link
from knooppunt.linkage.companies.owners import MOST, TIES, company_ties
from knooppunt.linkage.persons import Basis
from knooppunt.synthetic import synthesise
from knooppunt.tests.deliveries import NOON
from knooppunt.vault import Vault, VaultError, open_vault

DAY = date(2026, 11, 1)
BASIS = Basis("Wet Bibob art. 7a", "permit 12", "C. Vos")


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("owners")
    synthesise(residents=3_000, seed=3, out=folder)
    for register, file in {"bag": "bag.zip", "kvk": "kvk.jsonl", "hr": "hr.jsonl", "brk": "brk.jsonl"}.items():
        ingest(register, folder / file, vault=folder / "vault", at=NOON, as_of=DAY)
    link(open_vault(folder / "vault"), at=NOON)
    return folder


@pytest.fixture
def vault(town: Path) -> Vault:
    return open_vault(town / "vault")


def lines(town: Path, file: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (town / file).read_text(encoding="utf-8").splitlines()]


def group(town: Path) -> tuple[int, int]:
    """Two companies that one person leads now."""
    led: dict[str, int] = {}
    for company in lines(town, "hr.jsonl"):
        for one in company["functievervullingen"]:
            bsn, kvk = one["natuurlijkPersoon"]["bsn"], int(company["kvkNummer"])
            if "datumEinde" not in one and led.setdefault(bsn, kvk) != kvk:
                return led[bsn], kvk
    raise AssertionError("no two companies share a leader")


def ties(vault: Vault, *kvk: int, basis: Basis = BASIS) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = company_ties(vault, kvk, on=DAY, basis=basis, at=NOON).table.to_pylist()
    return found


def test_a_company_leads_to_its_address_its_leader_and_the_company_beside_it(vault: Vault, town: Path) -> None:
    first, second = group(town)
    found = ties(vault, first)
    (leader,) = {one["holder"] for one in found if one["tie"] == "led_by"}
    beside = [one for one in found if one["tie"] == "leads_too" and one["other_kvk"] == second]
    assert beside and {one["holder"] for one in beside} == {leader}
    assert any(one["tie"] == "address" and one["object_id"] for one in found)
    assert all(one["source_file"] and one["source_line"] for one in found)


def test_an_owner_is_a_company_by_its_number_and_a_person_by_a_code(vault: Vault, town: Path) -> None:
    owners = {
        int(one["persoon"]["kvkNummer"])
        for lot in lines(town, "brk.jsonl")
        for one in lot["zakelijkGerechtigden"]
        if one["persoon"].get("kvkNummer")
    }
    company = min(owners)
    owned = [one for one in ties(vault, company) if one["tie"] == "owns"]
    assert owned and {one["holder_kvk"] for one in owned} == {company} and {one["holder"] for one in owned} == {None}


def test_a_person_has_another_code_for_another_purpose(vault: Vault, town: Path) -> None:
    first, _second = group(town)
    codes = [
        {one["holder"] for one in ties(vault, first, basis=Basis(BASIS.legal_ground, purpose, BASIS.by))} - {None}
        for purpose in ("permit 12", "permit 12", "permit 13")
    ]
    assert codes[0] == codes[1] and codes[0] and not codes[0] & codes[2]


def test_no_number_and_no_stored_hash_of_a_person_comes_out(vault: Vault, town: Path) -> None:
    told = json.dumps(ties(vault, *group(town)), default=str)
    people = {
        one["natuurlijkPersoon"]["bsn"] for line in lines(town, "hr.jsonl") for one in line["functievervullingen"]
    }
    hashes = set(vault.table("functions").select("holder").to_pyarrow()["holder"].to_pylist())
    assert not any(one in told for one in people | hashes)
    assert not {"name", "bsn", "birth"} & set(TIES.names)


def test_without_a_basis_or_for_a_list_nothing_is_looked_up(vault: Vault, town: Path) -> None:
    before = (vault.path / "vault.log.jsonl").read_text(encoding="utf-8")
    with pytest.raises(VaultError, match="purpose"):
        ties(vault, 99000001, basis=Basis("art. 7a", " ", "C. Vos"))
    with pytest.raises(VaultError, match=f"one to {MOST} companies"):
        ties(vault, *range(99_000_001, 99_000_002 + MOST))
    assert (vault.path / "vault.log.jsonl").read_text(encoding="utf-8") == before
    ties(vault, *group(town))
    line = json.loads((vault.path / "vault.log.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    assert (line["event"], line["purpose"], line["companies"]) == ("company_ties", "permit 12", 2)


def test_of_a_shielded_establishment_no_address_comes_out(vault: Vault) -> None:
    shielded = vault.table("establishments").filter(lambda t: t.shielded).select("kvk").limit(1).to_pyarrow()
    found = [one for one in ties(vault, shielded["kvk"][0].as_py()) if one["tie"] == "address"]
    assert {(one["object_id"], one["role"]) for one in found if one["role"] == "shielded"} == {(None, "shielded")}


def test_the_command_says_what_it_cannot_know(vault: Vault, town: Path, tmp_path: Path) -> None:
    for register, file in {"bag": "bag.zip", "kvk": "kvk.jsonl"}.items():
        ingest(register, town / file, vault=tmp_path / "few", at=NOON, as_of=DAY)
    link(open_vault(tmp_path / "few"), at=NOON)
    first, _second = group(town)
    stated = ["--on", "2026-11-01", "--basis", "Wet Bibob art. 7a", "--purpose", "permit 12", "--by", "C. Vos"]
    asked = ["companies", "owners", f"{first:08}", *stated]
    told = CliRunner().invoke(main, [*asked, "--vault", str(tmp_path / "few"), "--json"])
    assert json.loads(told.stdout)["missing"] == ["hr", "brk"] and "no HR" not in told.stdout
    said = CliRunner().invoke(main, [*asked, "--vault", str(tmp_path / "few")])
    assert "The vault holds no HR" in said.stderr and "is at" in said.stdout
    out = tmp_path / "ties.csv"
    assert CliRunner().invoke(main, [*asked, "--vault", str(vault.path), "--out", str(out)]).exit_code == 0
    rows = list(csv.reader(out.read_text(encoding="utf-8").splitlines(), delimiter=";"))
    assert rows[0] == TIES.names and len(rows) > 2
    assert CliRunner().invoke(main, ["companies", "owners", "12", "--vault", str(vault.path), *stated]).exit_code == 2
