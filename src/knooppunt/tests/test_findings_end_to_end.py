"""From deliveries to findings on a fictional municipality: all that was planted, and nothing else."""

import csv
import json
import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from knooppunt.cli import main
from knooppunt.findings import (
    RULES,
    Exclusion,
    FindingsRun,
    MissingRegisterError,
    UnknownFindingError,
    UnknownRuleError,
    load_findings,
    read_exclusions,
    run_findings,
)
from knooppunt.findings.explain import explain
from knooppunt.findings.inputs import ESTABLISHMENTS, PREMISES, RESIDENTS, Inputs
from knooppunt.ingest import ingest
from knooppunt.linkage import link, objects_at, unlinked
from knooppunt.synthetic import synthesise
from knooppunt.synthetic.records import FILES
from knooppunt.synthetic.truth import RULES as TOLD
from knooppunt.tests.deliveries import NOON
from knooppunt.vault import Vault, VaultError, open_vault

ALL = {"bag": "bag.zip", "brp": "brp.csv", "kvk": "kvk.jsonl", **FILES}
TODAY = date(2026, 11, 1)


def build(folder: Path, residents: int, registers: tuple[str, ...] = tuple(ALL)) -> Vault:
    """A vault with a fictional municipality in `folder`, linked."""
    synthesise(residents=residents, seed=3, out=folder)
    for register in registers:
        ingest(register, folder / ALL[register], vault=folder / "vault", at=NOON, as_of=TODAY)
    vault = open_vault(folder / "vault")
    link(vault, at=NOON)
    return vault


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("municipality")


@pytest.fixture(scope="module")
def vault(folder: Path) -> Vault:
    return build(folder, 5_000)


@pytest.fixture
def copy(vault: Vault, run: FindingsRun, tmp_path: Path) -> Vault:
    """A copy of the vault, for a test after which another run is the current one."""
    assert run.findings
    shutil.copytree(vault.path, tmp_path / "copy")
    return open_vault(tmp_path / "copy")


@pytest.fixture(scope="module")
def run(vault: Vault) -> FindingsRun:
    return run_findings(vault, as_of=TODAY)


@pytest.fixture(scope="module")
def truth(folder: Path, vault: Vault) -> dict[str, Any]:
    assert vault.path.is_dir()
    loaded: dict[str, Any] = json.loads((folder / "truth.json").read_text())
    return loaded


def establishments_in(folder: Path) -> list[dict[str, Any]]:
    """The Vestigingsprofielen of the delivery; some companies have a Basisprofiel before them."""
    lines = [json.loads(line) for line in (folder / "kvk.jsonl").read_text().splitlines()]
    return [line for line in lines if "vestigingsnummer" in line]


def objects(run: FindingsRun, rule: str) -> list[str]:
    return sorted(finding.object_id for finding in run.findings if finding.rule == rule)


def planted(truth: dict[str, Any], rule: str, *, innocent: bool = True) -> list[str]:
    rows = truth["findings"][rule]
    return sorted(row["object_id"] for row in rows if innocent or not row["innocent"])


def test_the_municipality_knows_the_truth_of_all_rules_but_those_about_neighbourhoods() -> None:
    assert RULES.keys() - set(TOLD) == {"GEB-01", "GEB-02"}


@pytest.mark.parametrize("rule", TOLD)
def test_everything_planted_is_found_and_nothing_else(run: FindingsRun, truth: dict[str, Any], rule: str) -> None:
    assert objects(run, rule) == planted(truth, rule)


@pytest.mark.drill  # a city; a town of 5,000 is in `make test`
@pytest.mark.slow
def test_everything_planted_among_fifty_thousand_is_found_and_nothing_else(tmp_path: Path) -> None:
    big = run_findings(build(tmp_path, 50_000), as_of=TODAY)
    known = json.loads((tmp_path / "truth.json").read_text())
    for rule in TOLD:
        assert objects(big, rule) == planted(known, rule), rule


def test_exclusions_leave_only_what_is_not_innocent(copy: Vault, folder: Path, truth: dict[str, Any]) -> None:
    some = ("BED-01", "BED-02", "WON-01", "WON-03")
    kept = run_findings(copy, as_of=TODAY, rules=some, exclusions=read_exclusions(folder / "exclusions.csv"))
    for outcome in kept.outcomes:
        assert objects(kept, outcome.rule) == planted(truth, outcome.rule, innocent=False)
        assert outcome.excluded == len(planted(truth, outcome.rule)) - (outcome.findings or 0)


def test_a_day_in_the_past_has_its_own_findings(vault: Vault, truth: dict[str, Any]) -> None:
    past = truth["history"]
    then = run_findings(vault, as_of=date.fromisoformat(past["as_of"]), rules=list(past["findings"]))
    for rule in truth["history"]["findings"]:
        assert objects(then, rule) == sorted(truth["history"]["findings"][rule]), rule


def test_every_establishment_is_linked_as_its_address_deserves(vault: Vault, truth: dict[str, Any]) -> None:
    path = next((vault.path / "derived" / "links").glob("*/establishment_links.parquet"))
    linked = {f"{row['establishment']:012}": row for row in pq.read_table(path).to_pylist()}
    for told in truth["links"]:
        row = linked[told["establishment"]]
        expected = None if told["errors"] is None else int(told["object_id"])
        assert (row["object_id"], row["errors"]) == (expected, told["errors"]), told
    assert len(unlinked(vault)) == truth["counts"]["links"]["unlinked"]


def test_linking_again_changes_nothing(vault: Vault) -> None:
    before = sorted((path, path.stat().st_mtime_ns) for path in (vault.path / "derived").rglob("*"))
    assert link(vault, at=NOON).unchanged
    assert sorted((path, path.stat().st_mtime_ns) for path in (vault.path / "derived").rglob("*")) == before


def test_values_of_a_cluster_are_the_planted_ones(run: FindingsRun, truth: dict[str, Any]) -> None:
    found = {finding.object_id: finding.values for finding in run.findings if finding.rule == "BED-02"}
    for row in truth["findings"]["BED-02"]:
        for name in ("establishments", "in_street", "tests"):
            assert found[row["object_id"]][name] == row["values"][name]
        assert found[row["object_id"]]["probability"] == pytest.approx(
            row["values"]["probability"], rel=1e-3, abs=1e-14
        )


def test_rules_receive_no_column_about_people(vault: Vault) -> None:
    with Inputs(vault, TODAY) as inputs:
        assert set(inputs.premises.columns) == set(PREMISES.names)
        assert set(inputs.establishments.columns) == set(ESTABLISHMENTS.names)
        assert set(inputs.residents.columns) == set(RESIDENTS.names)
    for columns in (PREMISES.names, ESTABLISHMENTS.names, RESIDENTS.names):
        assert not {"person", "bsn", "name", "birth", "gender", "nationality"} & set(columns)


def test_no_person_and_no_company_name_reaches_a_finding(run: FindingsRun, folder: Path) -> None:
    written = json.dumps(run.to_json(), ensure_ascii=False)
    with (folder / "brp.csv").open(encoding="utf-8-sig", newline="") as stream:
        people = list(csv.DictReader(stream, delimiter=";"))
    numbers = set(re.findall(r"(?<![\d.])\d{9}(?!\d)", written))  # whole numbers, not the digits of a percentile
    assert not numbers & {row["01.01.20"] for row in people}
    assert not any(row["01.02.40"] in written for row in people if row["01.02.40"])
    names = [line["eersteHandelsnaam"] for line in establishments_in(folder)]
    assert not any(name in written for name in names)


def test_a_shielded_establishment_counts_and_is_not_shown(run: FindingsRun, folder: Path) -> None:
    shielded = {
        line["kvkNummer"] for line in establishments_in(folder) if line["adressen"][0]["indAfgeschermd"] == "Ja"
    }
    refs = [ref for finding in run.findings for ref in finding.refs if ref.table == "establishments"]
    assert any(ref.facts.get("shielded") for ref in refs)
    assert not any(ref.keys.get("kvk") in shielded for ref in refs)


def test_a_finding_explains_itself_in_both_languages(vault: Vault, run: FindingsRun) -> None:
    first = {finding.rule: finding for finding in reversed(run.findings)}
    assert first.keys() == set(TOLD)
    for finding in first.values():
        told = explain(vault, finding.id, TODAY)
        assert told.finding == finding
        assert told.still_current
        assert "SELECT" in told.sql
        assert finding.refs
        assert (finding.expires_on - finding.as_of).days == 90
        assert 0 <= finding.peers["percentile"] <= 1
        assert not {"{", "}"} & set(finding.explanation("nl") + finding.explanation("en"))
        assert finding.explanation("nl") != finding.explanation("en")


def test_a_finding_says_in_short_what_and_where_it_is(run: FindingsRun) -> None:
    for finding in run.findings:
        assert finding.headline("nl") != finding.headline("en")
        assert finding.place.startswith(finding.street) and finding.place.endswith(finding.town)
        assert len(finding.area) == 4


def test_an_older_run_of_a_day_can_still_be_asked(copy: Vault, run: FindingsRun) -> None:
    first = run.findings[0]
    left_out = [Exclusion(first.object_id, first.rule, "bedrijfsverzamelgebouw")]
    later = run_findings(copy, as_of=TODAY, rules=[first.rule], exclusions=left_out)
    assert explain(copy, first.id, TODAY, run.run).finding == first
    with pytest.raises(UnknownFindingError):
        explain(copy, first.id, TODAY, later.run)


def test_an_address_is_looked_up_by_postcode_and_number(vault: Vault, run: FindingsRun) -> None:
    place = next(finding for finding in run.findings if finding.level == "address")
    _street, number, postcode = re.fullmatch(r"(.+?) (\d+).*, (\d{4}[A-Z]{2}) .*", place.place).groups()  # type: ignore[union-attr]  # there is one
    there = objects_at(vault, postcode=postcode, number=int(number))
    assert place.object_id in [one.object_id for one in there]
    assert objects_at(vault, postcode="9999ZZ", number=1) == []


def test_a_rule_without_its_register_says_so(tmp_path: Path) -> None:
    alone = build(tmp_path, 3_000, ("bag", "brp"))
    told = {outcome.rule: outcome for outcome in run_findings(alone, as_of=TODAY).outcomes}
    assert told["BED-01"].status == "not_possible"
    assert told["BED-01"].findings is None
    assert "KVK" in told["BED-01"].message
    assert told["WON-01"].status == "done"
    with pytest.raises(MissingRegisterError, match="KVK"):
        run_findings(alone, as_of=TODAY, rules=["BED-01"])
    asked = ["findings", "--vault", str(alone.path), "--as-of", TODAY.isoformat(), "--lang", "en"]
    listed = CliRunner().invoke(main, asked)
    assert listed.exit_code == 0
    assert all(rule in listed.stdout for rule in RULES), "all that were run are told, also without an answer"


def test_unknown_rules_and_unlinked_vaults_are_refused(vault: Vault, tmp_path: Path) -> None:
    with pytest.raises(UnknownRuleError, match="BED-99"):
        run_findings(vault, as_of=TODAY, rules=["BED-99"])
    synthesise(residents=3_000, seed=3, out=tmp_path)
    for register, file in (("bag", "bag.zip"), ("kvk", "kvk.jsonl")):
        ingest(register, tmp_path / file, vault=tmp_path / "vault", at=NOON, as_of=TODAY)
    with pytest.raises(VaultError, match="knooppunt link"):
        run_findings(open_vault(tmp_path / "vault"), as_of=TODAY)


def test_commands_print_one_json_object(vault: Vault, copy: Vault, run: FindingsRun) -> None:
    asked = ["findings", "--vault", str(copy.path), "--as-of", "2026-11-01", "--rule", "BED-01", "--json"]
    told = CliRunner().invoke(main, asked)
    expected = {finding.id for finding in run.findings if finding.rule == "BED-01"}
    assert {row["id"] for row in json.loads(told.stdout)["findings"]} == expected
    one = run.findings[0].id
    told = CliRunner().invoke(main, ["explain", one, "--vault", str(vault.path), "--json"])
    assert json.loads(told.stdout)["finding"]["id"] == one
    told = CliRunner().invoke(main, ["link", "--vault", str(vault.path), "--unlinked", "--json"])
    assert len(json.loads(told.stdout)["unlinked"]) == json.loads(told.stdout)["errors"]["unlinked"]


def test_commands_show_findings_to_people(copy: Vault, run: FindingsRun) -> None:
    given = ["--vault", str(copy.path), "--lang"]
    some = ("BED-01", "BED-02", "MLD-01")  # each takes a while; all are asked of a vault without companies, above
    asked = [word for rule in some for word in ("--rule", rule)]
    listed = CliRunner().invoke(main, ["findings", "--as-of", "2026-11-01", *asked, *given, "en"])
    assert listed.exit_code == 0
    assert all(rule in listed.stdout for rule in some)
    same = tuple(finding for finding in run.findings if finding.rule in some)
    assert tuple(load_findings(copy, TODAY).findings) == same, "kept, and the same again"
    for language in ("nl", "en"):
        for finding in (same[0], same[-1]):
            shown = CliRunner().invoke(main, ["explain", finding.id, *given, language])
            assert shown.exit_code == 0
            assert finding.object_id in shown.stdout
            assert "premises id" not in shown.stdout and "│ percentile" not in shown.stdout, "words, no columns"
            assert ("verblijfsobject:" in shown.stdout) == (language == "nl" and finding.refs[0].table == "premises")
    listed = CliRunner().invoke(main, ["findings", "--as-of", "2026-11-01", "--rule", "BED-01", *given, "nl"])
    assert listed.exit_code == 0 and "BED-01" in listed.stdout and "BED-02" not in listed.stdout


def test_an_unknown_finding_is_exit_code_one(vault: Vault) -> None:
    told = CliRunner().invoke(main, ["explain", "nothing", "--vault", str(vault.path)])
    assert told.exit_code == 1
    assert "holds no finding nothing" in told.stderr
