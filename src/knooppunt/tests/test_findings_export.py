"""Findings that leave the vault: never a formula, always a reason."""

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from knooppunt.cli import main
from knooppunt.findings import RULES, Rule
from knooppunt.findings.algorithm_register import Municipality, RecordError, record, schema
from knooppunt.findings.exclusions import read_exclusions
from knooppunt.findings.export import Format, NoReasonError, Purpose, export_findings, to_csv, to_ftm, to_geojson
from knooppunt.findings.finding import Finding
from knooppunt.findings.riec import KINDS_NL, Decision, NotDecidedError, riec_signal
from knooppunt.findings.rule import Ref
from knooppunt.findings.store import FindingsRun
from knooppunt.registers.catalogue import REGISTER_OF_TABLE
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


def test_an_export_says_who_took_it(tmp_path: Path) -> None:
    told = export_findings(Vault(tmp_path), a_run(), "csv", Purpose("street check in May", NOON, "nl", "C. Vos"))
    assert "# by: C. Vos" in told.decode()
    assert json.loads((tmp_path / "vault.log.jsonl").read_text())["by"] == "C. Vos"


def test_parquet_has_the_reason_and_no_records(tmp_path: Path) -> None:
    content = export_findings(Vault(tmp_path), a_run(), "parquet", Purpose("street check in May", NOON))
    table = pq.read_table(io.BytesIO(content))
    assert table.schema.metadata[b"knooppunt.reason"] == b"street check in May"
    assert table["object_id"].to_pylist() == ["9900010000000001"] and "refs" not in table.column_names


def entities(run: FindingsRun) -> list[dict[str, Any]]:
    return [json.loads(line) for line in to_ftm(run, Purpose("street check in May", NOON)).splitlines()]


def test_follow_the_money_has_objects_and_no_companies_or_people() -> None:
    run = a_run()
    street = replace(finding(), id="f2", level="street", object_id="9900300000000001", x=None, y=None)
    told = entities(replace(run, findings=(*run.findings, street, finding())))
    assert [one["schema"] for one in told] == ["Note", "Address", "RealEstate", "Note", "Address", "Note"]
    assert len({one["id"] for one in told}) == len(told)
    why, address, estate, note, *_ = told
    assert "street check in May" in why["properties"]["description"][0]
    assert estate["properties"]["addressEntity"] == [address["id"]] and note["properties"]["entity"] == [estate["id"]]
    assert "latitude" not in told[4]["properties"]


def test_follow_the_money_accepts_every_entity() -> None:
    package = pytest.importorskip(
        "followthemoney",
        reason="followthemoney needs PyICU, which has no wheels; `pip install followthemoney` to run it",
    )
    for one in entities(a_run()):
        proxy = package.model.get_proxy(one)
        package.model.get(one["schema"]).validate(one)
        assert {name: proxy.get(name) for name in one["properties"]} == one["properties"]


ABOUT = Municipality("Gemeente Zilverdam", "privacy@zilverdam.example", date(2026, 11, 1), "DPIA van 3 maart 2026",
                     "Toezicht op de APV (Gemeentewet artikel 172)")  # fmt: skip


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_every_rule_is_a_record_that_the_register_accepts(rule: Rule) -> None:
    made = record(rule, ABOUT)
    jsonschema.Draft7Validator(schema()).validate(made)
    assert made["start_date"] == "2026-11" and rule.title.nl in made["name"]
    assert not [name for name in rule.registers if made["data"].split("; ").count(name)], "a register in words"


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"organization": "x" * 100}, "organization"),
        ({"legal_basis": " "}, "legal_basis"),
        ({"assessments": ""}, "imp"),
    ],
)
def test_what_the_register_refuses_is_said(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(RecordError, match=message):
        record(RULES["BED-01"], replace(ABOUT, **changed))


def test_records_are_written_for_chosen_rules(tmp_path: Path) -> None:
    arguments = ["publish", "--rule", "BED-01", "--organization", "Gemeente Zilverdam", "--contact", "a@b.example",
                 "--since", "2026-11", "--assessments", "DPIA", "--legal-basis", "APV",
                 "--out", str(tmp_path)]  # fmt: skip
    assert CliRunner().invoke(main, arguments).exit_code == 0
    assert [file.name for file in tmp_path.iterdir()] == ["BED-01.json"]


DECISION = Decision("RIEC Midden", "WGS", "verhuur aan derden", "burgemeester", date(2026, 11, 1))


def test_a_signal_for_the_riec_has_no_records_and_is_noted(tmp_path: Path) -> None:
    behind = (Ref("establishments", {"kvk": "99000001"}, "kvk.jsonl", 3, {"sbi": "4711"}),)
    signal = riec_signal(Vault(tmp_path), replace(finding(), refs=behind), DECISION, at=NOON, by="C. Vos")
    assert "Kade 1, Meerwoude" in signal.text and "1 x vestiging" in signal.text
    assert "Gemaakt op: 01-11-2026, door C. Vos" in signal.text and signal.data["made_by"] == "C. Vos"
    assert "99000001" not in signal.text + json.dumps(signal.data) and signal.data["persons"] == []
    noted = json.loads((tmp_path / "vault.log.jsonl").read_text())
    assert (noted["number"], noted["sha256"]) == (signal.number, signal.sha256)
    assert (noted["by"], noted["reason"]) == ("C. Vos", DECISION.necessity)


def test_every_kind_of_record_has_a_dutch_word_in_the_signal() -> None:
    assert set(REGISTER_OF_TABLE) <= set(KINDS_NL)


@pytest.mark.parametrize(
    "changed",
    [{"legal_basis": " "}, {"decided_by": ""}, {"necessity": ""}, {"decided_on": date(2026, 11, 2)}],
)
def test_without_a_decision_there_is_no_signal(tmp_path: Path, changed: dict[str, Any]) -> None:
    with pytest.raises(NotDecidedError):
        riec_signal(Vault(tmp_path), finding(), replace(DECISION, **changed), at=NOON)
    late = datetime(2027, 2, 1, tzinfo=UTC)
    with pytest.raises(NotDecidedError, match="expired"):
        riec_signal(Vault(tmp_path), finding(), DECISION, at=late)
    assert not (tmp_path / "vault.log.jsonl").exists()


def test_a_finding_becomes_a_signal_on_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("knooppunt.cli.riec.open_vault", Vault)
    known = replace(finding(), expires_on=date(2999, 1, 1))
    monkeypatch.setattr("knooppunt.cli.riec.load_findings", lambda vault, on: replace(a_run(), findings=(known,)))
    arguments = ["riec", "f1", "--vault", str(tmp_path), "--to", "RIEC", "--legal-basis", "WGS", "--necessity", "x",
                 "--decided-by", "B", "--decided-on", "2026-11-01", "--out", str(tmp_path / "uit")]  # fmt: skip
    assert CliRunner().invoke(main, arguments).exit_code == 0
    assert sorted(file.suffix for file in (tmp_path / "uit").iterdir()) == [".json", ".txt"]
    assert CliRunner().invoke(main, [*arguments[:1], "nope", *arguments[2:]]).exit_code == 1


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


@pytest.mark.parametrize("format_", ["csv", "geojson", "parquet", "ftm"])
def test_an_export_tells_how_far_it_is(format_: Format, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("knooppunt.findings.export.TELL_EVERY", 2)
    run = replace(a_run(), findings=(a_run().findings[0],) * 5)
    told: list[tuple[int, int]] = []
    purpose = Purpose("street check in May", NOON)
    export_findings(Vault(tmp_path), run, format_, purpose, progress=lambda done, of, _what: told.append((done, of)))
    assert told == [(0, 5), (2, 5), (4, 5)]
