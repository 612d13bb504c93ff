"""Deliveries come and go: links are worked out again only where something changed, and companies keep their numbers."""

import csv
import io
import json
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from knooppunt.cli import main
from knooppunt.ingest import ingest
from knooppunt.linkage import current_links, link
from knooppunt.linkage.companies import companies, events, keep_companies
from knooppunt.linkage.companies.keep import questions
from knooppunt.linkage.decisions import decide_company, place_decision, place_establishments
from knooppunt.linkage.report_back import report_back
from knooppunt.linkage.worklist import count_uncertain, objects_in, read_decisions, to_csv, uncertain
from knooppunt.registers.refusal import RefusedError
from knooppunt.synthetic import synthesise
from knooppunt.tests.deliveries import NOON
from knooppunt.vault import VaultError, open_vault

DAY = date(2026, 11, 1)
Line = dict[str, Any]


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("companies")
    synthesise(residents=3_000, seed=5, out=folder)
    return folder


@pytest.fixture(scope="module")
def linked(town: Path) -> Path:
    folder = town / "vault"
    ingest("bag", town / "bag.zip", vault=folder, at=NOON)
    deliver(folder, lines_of(town), NOON.date())
    link(open_vault(folder), at=NOON)
    return folder


@pytest.fixture
def vault(linked: Path, tmp_path: Path) -> Path:
    shutil.copytree(linked, tmp_path / "vault")
    shutil.copy(linked.with_name(f"kvk-{NOON.date()}.jsonl"), tmp_path)
    return tmp_path / "vault"


def lines_of(town: Path) -> list[Line]:
    return [json.loads(line) for line in (town / "kvk.jsonl").read_text(encoding="utf-8").splitlines()]


def deliver(vault: Path, lines: list[Line], on: date) -> None:
    file = vault.parent / f"kvk-{on}.jsonl"
    file.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    ingest("kvk", file, vault=vault, at=NOON, as_of=on)


def running(lines: list[Line]) -> Line:
    """An establishment that is there, linked by its address."""
    return next(
        line
        for line in lines
        if "datumEinde" not in line["materieleRegistratie"] and line["adressen"][0].get("geoData")
        and line["adressen"][0]["indAfgeschermd"] == "Nee"
    )  # fmt: skip


def follower(line: Line, kvk: int, started: str) -> Line:
    """The same business under another number."""
    copy: Line = json.loads(json.dumps(line))
    copy["kvkNummer"], copy["vestigingsnummer"] = f"{kvk:08}", f"{kvk:012}"
    copy["materieleRegistratie"] = {"datumAanvang": started}
    return copy


def links_of(vault: Path) -> list[tuple[Any, ...]]:
    made = current_links(open_vault(vault))
    rows = pq.read_table(made.table_path("establishment_links")).to_pylist()
    return sorted((r["kvk"], r["establishment"] or 0, r["object_id"], r["errors"], r["step"]) for r in rows)


def test_only_what_changed_is_worked_out_again_and_the_answer_is_the_same(vault: Path, town: Path) -> None:
    lines = lines_of(town)
    asked = link(open_vault(vault), at=NOON)
    assert asked.unchanged and asked.worked_out == 0
    address = next(line["adressen"][0] for line in lines if not line["adressen"][0].get("geoData"))
    address["straatnaam"] += "x"
    deliver(vault, lines, NOON.date() + timedelta(days=1))
    again = link(open_vault(vault), at=NOON)
    assert again.worked_out == 1
    fresh = vault.parent / "fresh"
    ingest("bag", town / "bag.zip", vault=fresh, at=NOON)
    ingest("kvk", vault.parent / f"kvk-{NOON.date() + timedelta(days=1)}.jsonl", vault=fresh, at=NOON)
    whole = link(open_vault(fresh), at=NOON)
    assert whole.worked_out > 1
    assert links_of(vault) == links_of(fresh)


def test_another_bag_asks_again_only_where_addresses_changed(vault: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    synthesise(residents=3_000, seed=6, out=other)
    ingest("bag", other / "bag.zip", vault=vault, at=NOON)
    link(open_vault(vault), at=NOON)
    fresh = tmp_path / "fresh"
    ingest("bag", other / "bag.zip", vault=fresh, at=NOON)
    ingest("kvk", tmp_path / f"kvk-{NOON.date()}.jsonl", vault=fresh, at=NOON)
    link(open_vault(fresh), at=NOON)
    assert links_of(vault) == links_of(fresh)


def test_what_is_to_look_at_is_counted_as_it_is_listed(vault: Path) -> None:
    opened = open_vault(vault)
    assert count_uncertain(opened) == len(uncertain(opened)) > 0
    first = uncertain(opened)[0]
    decided = place_decision(first.kvk, first.establishment, "", by="C. Vos", at=NOON, reason="seen")
    place_establishments(opened, [decided])
    link(opened, at=NOON)
    assert count_uncertain(opened) == len(uncertain(opened))


def test_a_company_that_goes_on_keeps_its_number_and_the_log_says_so(vault: Path, town: Path) -> None:
    first = keep_companies(open_vault(vault), at=NOON)
    assert first.companies == first.registrations == first.events["created"]
    lines = lines_of(town)
    one = running(lines)
    one["materieleRegistratie"]["datumEinde"] = "20260901"
    lines.append(follower(one, 98000001, "20260902"))
    deliver(vault, lines, DAY)
    with pytest.raises(VaultError, match="knooppunt link"):
        keep_companies(open_vault(vault), at=NOON)
    link(open_vault(vault), at=NOON)
    then = keep_companies(open_vault(vault), at=NOON)
    assert then.events == {"absorbed": 1} and then.linked == 1
    (whole,) = [company for company in companies(open_vault(vault)) if len(company.kvk) > 1]
    assert whole.kvk == tuple(sorted((int(one["kvkNummer"]), 98000001)))
    at, last = events(open_vault(vault))[-1]
    assert (at, last.members, last.company) == (NOON, (98000001,), whole.number)
    assert keep_companies(open_vault(vault), at=NOON).unchanged
    decide_company(open_vault(vault), (one["kvkNummer"], "98000001"), same=False, by="C. Vos", reason="ander", at=NOON)
    assert keep_companies(open_vault(vault), at=NOON).events == {"split": 1}


def test_two_side_by_side_are_a_question_until_somebody_decides(vault: Path, town: Path) -> None:
    lines = lines_of(town)
    one = running(lines)
    lines.append(follower(one, 98000001, "20200101"))
    deliver(vault, lines, DAY)
    link(open_vault(vault), at=NOON)
    keep_companies(open_vault(vault), at=NOON)
    (question,) = questions(open_vault(vault))
    assert question.next_kvk == 98000001 or question.kvk == 98000001
    runner = CliRunner()
    told = runner.invoke(main, ["companies", "questions", "--vault", str(vault), "--json"])
    assert len(json.loads(told.stdout)) == 1
    said = [
        "companies",
        "decide",
        one["kvkNummer"],
        "98000001",
        "same",
        "--vault",
        str(vault),
        "--by",
        "V",
        "--reason",
        "z",
    ]
    assert runner.invoke(main, said).exit_code == 0
    kept = json.loads(runner.invoke(main, ["companies", "keep", "--vault", str(vault), "--json"]).stdout)
    assert kept["events"] == {"merged": 1} and kept["uncertain"] == 0
    history = ["companies", "events", "--vault", str(vault), "--json"]
    now = datetime.now(UTC).date()
    then = runner.invoke(main, [*history, "--known-on", (now - timedelta(2)).isoformat()])
    assert then.exit_code == 0 and "merged" not in then.stdout
    assert runner.invoke(main, [*history, "--known-on", now.isoformat()]).stdout == runner.invoke(main, history).stdout
    listed = runner.invoke(main, ["companies", "list", "--vault", str(vault)]).stdout
    assert "98000001" in listed
    assert (
        "merged"
        in runner.invoke(main, ["companies", "events", "--vault", str(vault), "--kvk", one["kvkNummer"]]).stdout
    )


def test_a_work_list_comes_back_as_decisions_and_goes_out_as_documents(vault: Path, tmp_path: Path) -> None:
    rows = uncertain(open_vault(vault))
    assert rows and all(row.errors is None or row.errors > 1 for row in rows)
    table = list(csv.DictReader(io.StringIO(to_csv(rows)), delimiter=";"))
    meant = next(row for row in table if row["linked_to"] and row["address"] != "(shielded)")
    nowhere = next(row for row in table if not row["linked_to"])
    meant |= {"decision": "yes", "reason": "gezien"}
    nowhere |= {"decision": "none", "reason": "bestaat niet"}
    out = io.StringIO()
    writer = csv.DictWriter(out, table[0].keys(), delimiter=";")
    writer.writeheader()
    writer.writerows(table)
    file = tmp_path / "done.csv"
    file.write_text(out.getvalue(), encoding="utf-8")
    runner = CliRunner()
    said = runner.invoke(main, ["corrections", "read", str(file), "--vault", str(vault), "--by", "C. Vos"])
    assert "2 decisions" in said.stdout
    link(open_vault(vault), at=NOON)
    linked = {(kvk, own): (object_id, errors, step) for kvk, own, object_id, errors, step in links_of(vault)}
    key = int(meant["kvk"]), int(meant["establishment"] or 0)
    assert linked[key] == (int(meant["linked_to"]), 0, "decided")
    assert linked[int(nowhere["kvk"]), int(nowhere["establishment"] or 0)] == (None, None, "decided")
    assert len(uncertain(open_vault(vault))) == len(rows) - 2
    listed = ["corrections", "list", "--vault", str(vault), "--known-on"]
    now = datetime.now(UTC).date()
    told_on = {day: runner.invoke(main, [*listed, day.isoformat()]) for day in (now - timedelta(2), now)}
    assert [(one.exit_code, len(one.stdout.splitlines())) for one in told_on.values()] == [(0, 0), (0, 2)]
    assert (
        runner.invoke(main, ["corrections", "report", "--vault", str(vault), "--out", str(tmp_path / "uit")]).exit_code
        == 0
    )
    texts = [path.read_text(encoding="utf-8") for path in sorted((tmp_path / "uit").glob("*.txt"))]
    assert len(texts) == 2 and any("gezien" in text and meant["kvk"] in text for text in texts)
    told = json.loads(next((tmp_path / "uit").glob(f"KVK-{meant['kvk']}*.json")).read_text(encoding="utf-8"))
    assert told["adresseerbaarObject"] == meant["linked_to"] and told["waardeInRegister"] == meant["address"]
    assert report_back(open_vault(vault), tmp_path / "uit", at=NOON) == []


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"decision": "yes", "reason": "x"}, "nothing was linked"),
        ({"decision": "none"}, "without a reason"),
    ],
)
def test_a_decision_that_cannot_be_used_is_refused_with_its_line(cells: dict[str, str], message: str) -> None:
    row = {
        "kvk": "12345678",
        "establishment": "",
        "linked_to": "",
        "suggested": "",
        "decision": "",
        "reason": "",
    } | cells
    text = ";".join(row) + "\n" + ";".join(row.values()) + "\n"
    with pytest.raises(RefusedError, match=message) as refused:
        read_decisions(text, "list.csv", by="C. Vos", at=NOON)
    assert refused.value.rejection.line == 2


def test_an_object_that_does_not_exist_is_no_place_to_be(vault: Path) -> None:
    text = "kvk;establishment;decision;reason\n12345678;;9999010000000036;x\n"
    known = objects_in(open_vault(vault))
    with pytest.raises(RefusedError, match="object 9999010000000036, which is not in the BAG of this vault") as refused:
        read_decisions(text, "list.csv", by="C. Vos", at=NOON, known=known)
    assert refused.value.rejection.line == 2
    there = open_vault(vault).table("premises").to_pyarrow()["id"][0].as_py()
    (made,) = read_decisions(text.replace("9999010000000036", f"{there:016}"), "l.csv", by="V", at=NOON, known=known)
    assert made.object_id == there


@pytest.mark.parametrize(
    ("kvk", "object_id", "reason"),
    [("1234", "123", "x"), ("abc", "", "x"), ("12345678", "", " "), ("123456789", "", "x")],
)
def test_numbers_that_are_none_and_decisions_without_a_reason_are_refused(
    kvk: str, object_id: str, reason: str
) -> None:
    with pytest.raises(VaultError):
        place_decision(kvk, "", object_id, by="C. Vos", reason=reason, at=NOON)


def test_a_damaged_list_of_decisions_is_said(vault: Path) -> None:
    place_establishments(open_vault(vault), [place_decision("12345678", "", "", by="V", reason="z", at=NOON)])
    file = vault / "corrections" / "establishments.jsonl"
    file.write_text(file.read_text(encoding="utf-8") + "{", encoding="utf-8")
    with pytest.raises(VaultError, match="line 2"):
        link(open_vault(vault), at=NOON)
