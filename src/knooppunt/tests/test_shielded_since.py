"""An establishment that was shielded since stays shielded, whatever day is asked for and whichever way."""

import csv
import json
import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

import knooppunt
from knooppunt.cli import main
from knooppunt.findings import FindingsRun, load_findings, run_findings
from knooppunt.findings.explain import explain
from knooppunt.findings.export import Purpose, to_csv, to_ftm, to_geojson, to_parquet
from knooppunt.findings.inputs import Inputs
from knooppunt.findings.looking_up import object_on
from knooppunt.findings.state import about_object
from knooppunt.ingest import ingest
from knooppunt.linkage import link
from knooppunt.linkage.companies import keep_companies, questions
from knooppunt.linkage.companies.keep import PAIRS
from knooppunt.linkage.decisions import place_decision, place_establishments
from knooppunt.linkage.report_back import waiting
from knooppunt.linkage.worklist import SHIELDED, uncertain
from knooppunt.synthetic import synthesise
from knooppunt.tests.deliveries import NOON
from knooppunt.vault import Vault, VaultError, open_vault
from knooppunt.vault.derived import KEPT, read_derived

THEN, NOW = date(2026, 10, 1), date(2026, 11, 1)
RULES = ["BED-01", "BED-02"]
STATED = ["--on", "2026-11-01", "--basis", "Wet Bibob art. 7a", "--purpose", "permit 12", "--by", "C. Vos"]
Key = tuple[int, int]


def shielded_line(line: str) -> str:
    return line.replace('"indAfgeschermd":"Nee"', '"indAfgeschermd":"Ja"')


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Companies of October, and those of November: the same, but every second one was shielded since.

    Of both days findings were asked while those of October were the newest, and of now as it was known then.
    """
    home = tmp_path_factory.mktemp("shielded")
    synthesise(residents=3_000, seed=3, out=home)
    lines = (home / "kvk.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    later = [shielded_line(line) if number % 2 else line for number, line in enumerate(lines)]
    assert sum(one != line for one, line in zip(later, lines, strict=True)) > len(lines) / 3
    (home / "later.jsonl").write_text("".join(later), encoding="utf-8")
    vault = home / "vault"
    for register, file in {"bag": "bag.zip", "hr": "hr.jsonl", "brk": "brk.jsonl", "kvk": "kvk.jsonl"}.items():
        ingest(register, home / file, vault=vault, at=NOON, as_of=THEN)
    link(open_vault(vault), at=NOON)
    run_findings(open_vault(vault, known_on=THEN), as_of=NOW, rules=RULES)
    run_findings(open_vault(vault), as_of=THEN, rules=RULES)
    keep_companies(open_vault(vault), at=NOON)
    ingest("kvk", home / "later.jsonl", vault=vault, at=NOON, as_of=NOW)
    return home


@pytest.fixture
def vault(town: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(town / "vault", tmp_path / "vault"))


@pytest.fixture(scope="module")
def since(town: Path) -> set[Key]:
    """The establishments that were open in October and are shielded now."""
    then, now = (flagged(town / name) for name in ("kvk.jsonl", "later.jsonl"))
    return now - then


def flagged(path: Path) -> set[Key]:
    profiles = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return {
        (int(one["kvkNummer"]), int(one["vestigingsnummer"]))
        for one in profiles
        if any(address["indAfgeschermd"] == "Ja" for address in one.get("adressen", ()))
    }


def rested_on(run: FindingsRun) -> list[Key]:
    """The establishments that are named among the records of a run."""
    refs = [ref for one in run.findings for ref in one.refs if ref.table == "establishments"]
    assert any(ref.facts == {"shielded": True} for ref in refs)
    return [(int(ref.keys["kvk"]), int(ref.keys["establishment"])) for ref in refs if ref.keys]


def check(named: list[Key], since: set[Key]) -> None:
    """Nothing that was shielded since, and what is still open is still said."""
    assert named and not since.intersection(named)


def object_with(vault: Path, since: set[Key]) -> int:
    """An object at which one establishment was shielded since and one is open."""
    with Inputs(open_vault(vault, known_on=THEN), NOW) as inputs:
        rows = inputs.establishments.select("object_id", "kvk", "establishment").to_pyarrow().to_pylist()
    there: dict[int, set[bool]] = {}
    for row in rows:
        there.setdefault(row["object_id"], set()).add((row["kvk"], row["establishment"]) in since)
    return next(one for one, kinds in sorted((k, v) for k, v in there.items() if k) if kinds == {True, False})


def numbers(rows: list[dict[str, Any]]) -> list[Key]:
    return [(row["kvk"], row["establishment"]) for row in rows if "kvk" in row]


def test_an_address_as_it_was_known_then(vault: Path, since: set[Key]) -> None:
    one = object_with(vault, since)
    seen = object_on(open_vault(vault, known_on=THEN), one, NOW)["establishments"]
    check(numbers(seen), since)
    assert any(row.keys() == {"shielded", "source_file", "source_line"} and row["shielded"] is True for row in seen)
    asked = ["object", f"{one:016}", "--vault", str(vault), "--as-of", "2026-11-01", "--known-on", "2026-10-01"]
    told = json.loads(CliRunner().invoke(main, [*asked, "--json"]).stdout)
    assert numbers(told["establishments"]) == numbers(seen) and len(told["establishments"]) == len(seen)


def test_what_the_last_run_saw_of_an_address(vault: Path, since: set[Key]) -> None:
    check(numbers(about_object(open_vault(vault), object_with(vault, since))["establishments"]), since)


def test_findings_asked_now_as_it_was_known_then(vault: Path, since: set[Key]) -> None:
    check(rested_on(run_findings(open_vault(vault, known_on=THEN), as_of=NOW, rules=RULES)), since)
    asked = ["findings", "--vault", str(vault), "--as-of", "2026-11-01", "--known-on", "2026-10-01", "--json"]
    told = json.loads(CliRunner().invoke(main, [*asked, "--rule", "BED-01"]).stdout)
    refs = [ref for one in told["findings"] for ref in one["refs"] if ref["table"] == "establishments"]
    check([(int(ref["keys"]["kvk"]), int(ref["keys"]["establishment"])) for ref in refs if ref["keys"]], since)


def test_findings_that_were_asked_before(vault: Path, since: set[Key]) -> None:
    check(rested_on(load_findings(open_vault(vault), THEN)), since)
    check(rested_on(load_findings(open_vault(vault, known_on=THEN))), since)


def test_a_days_changes_worked_into_findings_of_before(vault: Path, since: set[Key]) -> None:
    link(open_vault(vault), at=NOON)
    worked_in = run_findings(open_vault(vault), as_of=THEN, rules=RULES, since="last")
    check(rested_on(worked_in), since)
    whole = run_findings(open_vault(vault), as_of=THEN, rules=RULES)
    assert [one.to_json() for one in worked_in.findings] == [one.to_json() for one in whole.findings]


@pytest.mark.parametrize("known_on", [None, THEN])
def test_one_finding_explained(vault: Path, since: set[Key], known_on: date | None) -> None:
    opened = open_vault(vault, known_on=known_on)
    run = load_findings(opened)
    told = [explain(opened, one.id) for one in run.findings]
    check(rested_on(FindingsRun("", THEN, {}, (), [one.finding for one in told])), since)
    asked = ["explain", "--vault", str(vault), "--json", *(["--known-on", "2026-10-01"] if known_on else [])]
    text = CliRunner().invoke(main, [*asked, run.findings[0].id]).stdout
    assert not [one for one in since if f"{one[1]:012}" in text] and '"shielded": true' in text


@pytest.mark.parametrize("known_on", [None, THEN])
def test_nothing_of_a_company_is_taken_out(vault: Path, since: set[Key], known_on: date | None, tmp_path: Path) -> None:
    run, why = load_findings(open_vault(vault, known_on=known_on)), Purpose("A walk with the fire service", NOON)
    told = to_csv(run, why) + to_geojson(run, why) + to_ftm(run, why) + to_parquet(run, why).decode("latin-1")
    asked = ["worklist", "--vault", str(vault), "--rule", "BED-01", "--seed", "7"]
    asked += ["--out", str(tmp_path / "list"), "--key", str(tmp_path / "key")]
    asked += ["--known-on", "2026-10-01"] if known_on else []
    assert CliRunner().invoke(main, asked).exit_code == 0
    told += (tmp_path / "list").read_text(encoding="utf-8") + (tmp_path / "key").read_text(encoding="utf-8")
    assert run.findings and not {f"{one[0]:08}" for one in since} & set(re.findall(r"\b\d{8}\b", told))
    assert not {f"{one[1]:012}" for one in since} & set(re.findall(r"\b\d{12}\b", told))


def company_of(since: set[Key], vault: Path) -> int:
    with Inputs(open_vault(vault, known_on=THEN), NOW) as inputs:
        there = inputs.establishments
        rows = there.filter(there.object_id.notnull() & there.ended_on.isnull()).to_pyarrow().to_pylist()
    return next(int(row["kvk"]) for row in rows if (row["kvk"], row["establishment"]) in since)


def test_where_a_company_was(vault: Path, since: set[Key]) -> None:
    link(open_vault(vault), at=NOON)
    company = company_of(since, vault)
    asked = ["companies", "owners", f"{company:08}", "--vault", str(vault), *STATED, "--known-on", "2026-10-01"]
    told = json.loads(CliRunner().invoke(main, [*asked, "--json"]).stdout)
    at = [one for one in told["ties"] if one["tie"] == "address"]
    assert at and {(one["object_id"], one["errors"], one["role"]) for one in at} == {(None, None, "shielded")}
    assert told["known_on"] == "2026-10-01" and not [one for one in told["ties"] if one["tie"] == "owner"]
    noted = json.loads((vault / "vault.log.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    assert (noted["event"], noted["known_on"]) == ("company_ties", "2026-10-01")


def test_what_happened_to_companies_says_no_address(vault: Path, since: set[Key]) -> None:
    objects = open_vault(vault).table("premises").select("id").distinct().to_pyarrow()["id"].to_pylist()
    for asked in (["events", "--json"], ["events", "--known-on", "2026-10-01"], ["list"]):
        said = CliRunner().invoke(main, ["companies", *asked, "--vault", str(vault)])
        assert said.exit_code == 0 and not [one for one in objects if f"{one:016}" in said.stdout]


def test_two_companies_that_may_be_one_say_no_address_of_a_shielded_one(vault: Path, since: set[Key]) -> None:
    one, other = sorted(since)[0][0], sorted({kvk for kvk, _ in flagged_not(vault)} - {kvk for kvk, _ in since})[:2]
    made = read_derived(vault, "companies", home=KEPT)
    assert made is not None
    pairs = [(one, other[0], 7, "several_came_after", 0.9), (other[0], other[1], 8, "several_came_after", 0.9)]
    rows = [dict(zip(PAIRS.names, pair, strict=True)) for pair in pairs]
    pq.write_table(pa.Table.from_pylist(rows, PAIRS), made.table_path("pairs"))
    asked = ["companies", "questions", "--vault", str(vault)]
    told = json.loads(CliRunner().invoke(main, [*asked, "--json"]).stdout)
    assert [one["object_id"] for one in told] == [None, f"{8:016}"]
    assert [pair.object_id for pair in questions(open_vault(vault))] == [0, 8]
    said = CliRunner().invoke(main, asked)
    assert said.exit_code == 0 and f"{8:016}" in said.stdout and f"{7:016}" not in said.stdout


def test_a_delivery_that_is_taken_in_again_brings_nothing_back(vault: Path, town: Path, since: set[Key]) -> None:
    ingest("kvk", town / "kvk.jsonl", vault=vault, at=NOON, as_of=THEN)  # the one of October is the current one again
    link(open_vault(vault), at=NOON)
    check(rested_on(run_findings(open_vault(vault), as_of=THEN, rules=RULES)), since)
    seen = uncertain(open_vault(vault))
    assert seen and {one.address for one in seen if (int(one.kvk), int(one.establishment)) in since} == {SHIELDED}
    assert all(one.address != SHIELDED or not (one.linked_to or one.suggested) for one in seen)
    one = min(since)
    object_id = f"{object_with(vault, since):016}"
    moved = place_decision(f"{one[0]:08}", f"{one[1]:012}", object_id, by="C. Vos", reason="Seen there", at=NOON)
    place_establishments(open_vault(vault), [moved])
    link(open_vault(vault), at=NOON)
    (document,) = waiting(open_vault(vault))
    assert (document.object_id, document.registered) == ("", "(niet getoond: afgeschermd)")


def profile(kvk: int, establishment: int | None, *, shielded: bool, **changes: Any) -> dict[str, Any]:
    """What KVK says of an establishment, or of a company without one."""
    said = {
        "kvkNummer": f"{kvk:08}",
        "eersteHandelsnaam": "Voorbeeld",
        "materieleRegistratie": {"datumAanvang": "20200101"},
        "sbiActiviteiten": [{"sbiCode": "56101", "indHoofdactiviteit": "Ja"}],
        "adressen": [{"type": "bezoekadres", "indAfgeschermd": "Ja" if shielded else "Nee", "huisnummer": 1}],
    }
    return said | ({"vestigingsnummer": f"{establishment:012}"} if establishment else {}) | changes


def taken(folder: Path, name: str, day: date, *profiles: dict[str, Any]) -> None:
    path = folder / f"{name}.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in profiles), encoding="utf-8")
    ingest("kvk", path, vault=folder / "vault", at=NOON, as_of=day)


def hidden_in(vault: Vault) -> set[tuple[int, int | None]]:
    rows = vault.table("establishments").filter(lambda t: t.shielded).to_pyarrow().to_pylist()
    assert all(row["shielded"] is not None for row in vault.table("establishments").to_pyarrow().to_pylist())
    return {(row["kvk"], row["establishment"]) for row in rows}


def test_open_now_and_shielded_then_is_shielded_for_who_looks_back(tmp_path: Path) -> None:
    taken(tmp_path, "then", THEN, profile(1, 11, shielded=True), profile(2, 21, shielded=False))
    taken(tmp_path, "now", NOW, profile(1, 11, shielded=False), profile(2, 21, shielded=True))
    assert hidden_in(open_vault(tmp_path / "vault")) == {(2, 21)}
    assert hidden_in(open_vault(tmp_path / "vault", known_on=THEN)) == {(1, 11), (2, 21)}
    assert hidden_in(open_vault(tmp_path / "vault", known_on=NOW)) == {(2, 21)}


def test_another_number_is_no_way_around_it(tmp_path: Path) -> None:
    """An establishment that went on under another company, or got a number since, or is there no longer."""
    taken(
        tmp_path, "then", THEN,
        profile(1, 11, shielded=False), profile(3, 31, shielded=False), profile(3, 32, shielded=False),
        profile(4, 41, shielded=False), profile(5, 51, shielded=False),
        {"kvkNummer": "00000006", "_embedded": {"hoofdvestiging": {"adressen": [{"type": "bezoekadres"}]}}},
    )  # fmt: skip
    taken(
        tmp_path, "now", NOW,
        profile(2, 11, shielded=True),  # the same establishment of another company
        profile(3, 31, shielded=True), profile(3, 32, shielded=False),  # one of two: the other is open as it was
        profile(4, 42, shielded=True),  # moved under another number, and shielded: where it was is not told
        profile(6, 61, shielded=True),  # a company without an establishment that has one now
    )  # fmt: skip
    then = hidden_in(open_vault(tmp_path / "vault", known_on=THEN))
    assert then == {(1, 11), (3, 31), (4, 41), (6, None)}


def test_a_few_changes_that_came_as_a_delivery_shield_what_the_one_before_has(tmp_path: Path) -> None:
    taken(tmp_path, "then", THEN, *(profile(number, number * 10, shielded=False) for number in range(1, 9)))
    taken(tmp_path, "changes", NOW, profile(3, 30, shielded=True))
    assert hidden_in(open_vault(tmp_path / "vault", known_on=THEN)) == {(3, 30)}


def test_an_owner_who_is_shielded_shields_the_company(tmp_path: Path) -> None:
    """A Basisprofiel says it of the company itself; what it says is not lost where its establishment comes too."""
    owner = {"eigenaar": {"adressen": [{"type": "bezoekadres", "indAfgeschermd": "Ja"}]}}
    taken(
        tmp_path, "then", THEN, profile(1, 11, shielded=False), profile(2, 21, shielded=False),
        profile(2, 22, shielded=False),
    )  # fmt: skip
    own = {"vestigingsnummer": f"{21:012}", "adressen": [{"type": "bezoekadres", "indAfgeschermd": "Nee"}]}
    taken(
        tmp_path, "now", NOW,
        {"kvkNummer": "00000001", "_embedded": owner},
        {"kvkNummer": "00000002", "_embedded": owner | {"hoofdvestiging": own}},
        profile(2, 21, shielded=False), profile(2, 22, shielded=False),
    )  # fmt: skip
    assert hidden_in(open_vault(tmp_path / "vault")) == {(1, None), (2, 21)}
    assert hidden_in(open_vault(tmp_path / "vault", known_on=THEN)) == {(1, 11), (2, 21)}


def test_a_vault_without_the_trade_register_or_its_permission_still_hides(vault: Path, since: set[Key]) -> None:
    without = open_vault(vault, without=frozenset({"kvk"}))
    check(rested_on(load_findings(without, THEN)), since)
    with pytest.raises(VaultError):
        without.table("establishments")


def test_the_address_of_a_decision_goes_with_it(vault: Path, since: set[Key]) -> None:
    one, open_one = min(since), next(key for key in sorted(flagged_not(vault)) if key not in since)
    place_establishments(
        open_vault(vault),
        [
            place_decision(f"{kvk:08}", f"{number:012}", "9900010000000001", by="C. Vos", reason="Seen", at=NOON)
            for kvk, number in (one, open_one)
        ],
    )
    for asked in ([], ["--known-on", "2026-11-27"]):
        said = CliRunner().invoke(main, ["corrections", "list", "--vault", str(vault), *asked])
        rows = [line for line in said.stdout.splitlines() if json.loads(line)["establishment"] == one[1]]
        assert said.exit_code == 0 and rows and "9900010000000001" not in " ".join(rows)
        assert "9900010000000001" in said.stdout


def flagged_not(vault: Path) -> set[Key]:
    rows = open_vault(vault).table("establishments").filter(lambda t: ~t.shielded).to_pyarrow().to_pylist()
    return {(row["kvk"], row["establishment"]) for row in rows}


def test_the_csv_of_ties_has_no_address_either(vault: Path, since: set[Key], tmp_path: Path) -> None:
    link(open_vault(vault), at=NOON)
    asked = ["companies", "owners", f"{company_of(since, vault):08}", "--vault", str(vault), *STATED]
    asked += ["--known-on", "2026-10-01", "--out", str(tmp_path / "ties.csv")]
    assert CliRunner().invoke(main, asked).exit_code == 0
    rows = list(csv.DictReader((tmp_path / "ties.csv").read_text(encoding="utf-8").splitlines(), delimiter=";"))
    assert [one for one in rows if one["tie"] == "address"]
    assert not [one for one in rows if one["tie"] == "address" and one["object_id"]]


def test_nobody_opens_the_file_of_establishments_past_the_vault() -> None:
    """`Vault.connect` says what is shielded since; the file does not."""
    home = Path(knooppunt.__file__).parent
    past = re.compile(r"table_path\(\s*[\"']establishments[\"']|establishments\.parquet")
    opened = [path for path in home.rglob("*.py") if past.search(path.read_text(encoding="utf-8"))]
    assert [path.name for path in opened if "tests" not in path.parts] == []
