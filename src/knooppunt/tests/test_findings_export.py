"""Findings that leave the vault: never a formula, always a reason."""

import csv
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from knooppunt.findings.exclusions import read_exclusions
from knooppunt.findings.export import NoReasonError, Purpose, export_findings, to_csv, to_geojson
from knooppunt.findings.finding import Finding
from knooppunt.findings.store import FindingsRun
from knooppunt.registers.cells import safe_cell
from knooppunt.registers.refusal import RefusedError
from knooppunt.vault import Vault

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


def finding(place: str = "Kade 1, Meerwoude") -> Finding:
    return Finding(
        id="f1", rule="BED-01", rule_version=1, level="address", object_id="9900010000000001", part="",
        as_of=date(2026, 11, 1), expires_on=date(2027, 1, 30), place=place,
        street="Kade", area="6100", town="Zilverdam", x=155000.0, y=463000.0, match_quality=1,
        headline_nl="10 bedrijven", headline_en="10 companies",
        explanation_nl="Tien bedrijven", explanation_en="Ten companies", values={"companies": 10},
        peers={"percentile": 1.0}, false_positives_nl=(), false_positives_en=(), refs=(),
    )  # fmt: skip


def a_run(place: str = "Kade 1, Meerwoude") -> FindingsRun:
    return FindingsRun("r1", date(2026, 11, 1), {"bag": "d1"}, (), (finding(place),))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "\uff1d", "\uff0b", "\uff0d", "\uff20"])
def test_no_cell_is_a_formula(start: str) -> None:
    assert safe_cell(f"{start}HYPERLINK(1)").startswith("'")


def test_numbers_and_words_stay_as_they_are() -> None:
    assert [safe_cell(value) for value in (-3, 1.5, None, "Kade 1")] == ["-3", "1.5", "", "Kade 1"]


def test_csv_says_why_and_neutralises_what_it_holds() -> None:
    purpose = Purpose("street check; =1+1", NOON, "en")
    rows = list(csv.reader(to_csv(a_run("=cmd()"), purpose).splitlines(), delimiter=";"))
    assert rows[0] == ["# reason: street check; =1+1"]
    assert rows[4][:2] == ["id", "rule"]
    assert dict(zip(rows[4], rows[5], strict=True))["place"] == "'=cmd()"
    assert dict(zip(rows[4], rows[5], strict=True))["explanation"] == "Ten companies"


def test_geojson_is_in_degrees_and_carries_the_reason() -> None:
    told = json.loads(to_geojson(a_run(), Purpose("street check in May", NOON)))
    assert told["export"]["reason"] == "street check in May"
    longitude, latitude = told["features"][0]["geometry"]["coordinates"]
    assert (longitude, latitude) == (pytest.approx(5.3872, abs=1e-3), pytest.approx(52.1552, abs=1e-3))  # Amersfoort


def test_an_export_is_noted_with_its_reason(tmp_path: Path) -> None:
    export_findings(Vault(tmp_path), a_run(), "csv", Purpose("street check in May", NOON))
    noted = json.loads((tmp_path / "vault.log.jsonl").read_text())
    assert noted["event"] == "export"
    assert noted["reason"] == "street check in May"


def test_without_a_reason_nothing_leaves(tmp_path: Path) -> None:
    with pytest.raises(NoReasonError, match="nothing was exported"):
        export_findings(Vault(tmp_path), a_run(), "csv", Purpose("  why  ", NOON))
    assert not (tmp_path / "vault.log.jsonl").exists()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("object_id;rule\n", "reason is missing"),
        ("object_id;rule;reason\n123;BED-01;care\n", "line 2: object_id must have 16 digits"),
        ("object_id;rule;reason\n9900010000000001;BED-01;\n", "line 2: a rule and a reason"),
    ],
)
def test_a_list_of_exclusions_that_is_wrong_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "exclusions.csv"
    path.write_text(text)
    with pytest.raises(RefusedError, match=reason):
        read_exclusions(path)
