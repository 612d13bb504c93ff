"""Persons from the command line: a basis or nothing, line numbers and no names."""

import csv
import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from knooppunt.cli import main
from knooppunt.ingest import ingest
from knooppunt.synthetic import synthesise
from knooppunt.tests.deliveries import NOON

HEAD = "bsn;given;prefix;surname;birth;postcode;number"
REGISTER = [
    "111222333;Johanna;van den;Berg;1980-03-14;6982CZ;12",
    ";Pieter;;Zonneveld;1975-11-02;6982CA;4",
    ";Fatima;el;Amrani;1991-06-30;6982CB;8",
]
RECORDS = [
    "111222333;J;van den;Berg;1980-03-14;6982CZ;12",
    ";Pieter;;Zonneveld;1975-11-02;6982CA;4",
    ";Karel;;Onbekend;1950-01-01;1011AA;1",
]
BASIS = ["--basis", "Wet Bibob art. 7a", "--purpose", "vergunning 12", "--by", "C. Vos"]


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    synthesise(residents=3_000, seed=3, out=tmp_path / "town")
    where = tmp_path / "vault"
    ingest("areas", tmp_path / "town" / "areas.csv", vault=where, at=NOON, as_of=date(2026, 11, 1))
    return where


def asked(vault: Path, records: list[str], *more: str) -> list[str]:
    for name, lines in (("register.csv", REGISTER), ("records.csv", records)):
        (vault.parent / name).write_text("\n".join([HEAD, *lines]) + "\n", encoding="utf-8")
    files = [str(vault.parent / name) for name in ("records.csv", "register.csv")]
    return ["link", "persons", *files, "--vault", str(vault), "--out", str(vault.parent / "links.csv"), *more]


def test_lines_are_linked_with_their_stage_and_the_basis_is_in_the_log(vault: Path) -> None:
    told = CliRunner().invoke(main, asked(vault, RECORDS, *BASIS))
    assert told.exit_code == 0, told.output
    text = (vault.parent / "links.csv").read_text()
    rows = list(csv.DictReader(text.splitlines(), delimiter=";"))
    assert [(row["line"], row["register_line"], row["stage"]) for row in rows] == [
        ("2", "2", "bsn"),
        ("3", "3", "unique_and_equal"),
        ("4", "", "not_found"),
    ]
    lines = [json.loads(line) for line in (vault / "vault.log.jsonl").read_text().splitlines()]
    (line,) = [line for line in lines if line["event"] == "link_persons"]
    assert (line["legal_ground"], line["purpose"], line["by"], line["records"]) == (
        "Wet Bibob art. 7a",
        "vergunning 12",
        "C. Vos",
        3,
    )
    for secret in ("Zonneveld", "111222333", "1980-03-14"):
        assert secret not in text and secret not in (vault / "vault.log.jsonl").read_text()


@pytest.mark.parametrize("left_out", [0, 2, 4])
def test_without_basis_purpose_or_name_nothing_is_compared(vault: Path, left_out: int) -> None:
    told = CliRunner().invoke(main, asked(vault, RECORDS, *BASIS[:left_out], *BASIS[left_out + 2 :]))
    assert told.exit_code == 2 and "Missing option" in told.output
    empty = [*BASIS[: left_out + 1], " ", *BASIS[left_out + 2 :]]
    told = CliRunner().invoke(main, asked(vault, RECORDS, *empty))
    assert told.exit_code == 1 and "only with a stated basis" in told.output
    assert not (vault.parent / "links.csv").exists()
    assert "link_persons" not in (vault / "vault.log.jsonl").read_text()


@pytest.mark.parametrize(
    ("line", "reason"),
    [(";A;;B;14-03-1980;;", "birth that is not"), (";A;;B;;;twaalf", "house number that is no number")],
)
def test_a_line_that_cannot_be_read_is_refused_with_its_number(vault: Path, line: str, reason: str) -> None:
    told = CliRunner().invoke(main, asked(vault, [*RECORDS, line], *BASIS))
    assert told.exit_code == 1 and "records.csv, line 5" in told.output and reason in told.output
