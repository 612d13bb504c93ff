"""Codes of SBI 2008 and SBI 2025 in one delivery: which version, which branch, and what is said when nobody knows."""

import json
from pathlib import Path

import ibis
import pyarrow as pa
import pytest
from click.testing import CliRunner

from knooppunt.cli import main
from knooppunt.findings import run_findings
from knooppunt.findings.branches import branch_name
from knooppunt.findings.inputs import Inputs
from knooppunt.findings.sbi import in_one_version
from knooppunt.ingest import ingest
from knooppunt.linkage import link
from knooppunt.synthetic import synthesise
from knooppunt.tests.deliveries import NOON
from knooppunt.tests.drawn import rows
from knooppunt.tests.test_findings_end_to_end import TODAY
from knooppunt.vault import open_vault

PAIRS = [
    ("62.01", "62.10.0"),  # programming: another number, one class
    ("62.02", "62.20.0"),
    ("63.11", "62.20.0"),  # two classes of 2008 became one
    ("56.10.1", "56.11.0"),
    ("45.11.2", "47.81.1"),
    ("96.02.1", "96.21.0"),
    ("58.29", "58.29.0"),  # the same number in both
]
CONVERSION = ibis.memtable(pa.table({"sbi_2008": [one for one, _ in PAIRS], "sbi_2025": [other for _, other in PAIRS]}))


@pytest.mark.parametrize(
    ("sbi", "version", "meant", "branch"),
    [
        ("62010", "2025", "2008", "sbi-6201"),  # only 2008 has it, whatever the delivery said
        ("62100", "2025", "2025", "sbi-6201"),
        ("62100", "2008", "2025", "sbi-6201"),
        ("62200", "2025", "2025", "sbi25-6220"),  # no one class of 2008 stands for it
        ("47811", "2008", "2025", "car-trade"),
        ("45112", "2025", "2008", "car-trade"),
        ("58290", "2025", "2025", "sbi-5829"),
        ("58290", "2008", "2008", "sbi-5829"),
        ("99999", "2025", "2025", "sbi25-9999"),  # the table does not know it
        ("01110", "2008", "2008", "sbi-0111"),
    ],
)
def test_a_code_tells_its_version_and_is_compared_under_one(sbi: str, version: str, meant: str, branch: str) -> None:
    company = ibis.memtable(pa.table({"kvk": [1], "sbi": [sbi], "sbi_version": [version]}))
    assert rows(in_one_version(company, CONVERSION)) == [
        {"kvk": 1, "sbi": sbi, "sbi_version": meant, "branch": branch},
    ]


def test_a_company_without_a_code_stays_one() -> None:
    company = ibis.memtable(pa.table({"kvk": [1], "sbi": pa.array([None], pa.string()), "sbi_version": ["2008"]}))
    assert rows(in_one_version(company, CONVERSION), "kvk", "branch") == [{"kvk": 1, "branch": "sbi-"}]


def test_a_class_of_2025_is_named_as_one() -> None:
    assert branch_name("sbi25-6220", "nl") == "SBI 2025 6220"


def test_mixed_versions_are_said_until_the_table_is_there(tmp_path: Path) -> None:
    synthesise(residents=3_000, seed=3, out=tmp_path)
    profiles = tmp_path / "kvk.jsonl"
    lines = profiles.read_text(encoding="utf-8").splitlines()
    code = json.loads(lines[5])["sbiActiviteiten"][0]["sbiCode"]
    lines[5] = lines[5].replace(f'"sbiCode":"{code}"', '"sbiCode":"62100"')
    profiles.write_text("\n".join(lines) + "\n", encoding="utf-8")
    vault = tmp_path / "vault"
    for register, file in (("bag", "bag.zip"), ("kvk", "kvk.jsonl")):
        ingest(register, tmp_path / file, vault=vault, at=NOON, as_of=TODAY)
    link(open_vault(vault), at=NOON)
    some = ["BED-01", "BED-02", "BED-06"]
    told = {one.rule: one.message for one in run_findings(open_vault(vault), as_of=TODAY, rules=some).outcomes}
    assert told["BED-01"] == "" and "SBI 2008 and of SBI 2025" in told["BED-02"] == told["BED-06"]
    shown = CliRunner().invoke(main, ["findings", "--vault", str(vault), "--as-of", "2026-11-01", "--rule", "BED-02"])
    assert "knooppunt ingest sbi FILE" in " ".join(shown.stdout.split())
    table = tmp_path / "sbi.csv"
    table.write_text("SBI 2008;SBI 2025\n" + "".join(f"{old};{new}\n" for old, new in PAIRS), encoding="utf-8")
    ingest("sbi", table, vault=vault, at=NOON)
    again = run_findings(open_vault(vault), as_of=TODAY, rules=some)
    assert {one.message for one in again.outcomes} == {""}
    with Inputs(open_vault(vault), TODAY) as inputs:
        companies = inputs.establishments
        found = companies.filter(companies.sbi == "62100").select("branch").to_pyarrow().to_pylist()
    assert found == [{"branch": "sbi-6201"}]
