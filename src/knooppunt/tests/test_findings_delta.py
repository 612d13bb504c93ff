"""A day's changes worked into the last run give the findings of a full run, to the letter.

All rules take a dozen seconds a run, so `make test` has some of each kind (`SOME`), and `make drills` every rule.
"""

import io
import json
import random
import re
import shutil
import zipfile
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from knooppunt.cli import main
from knooppunt.findings import RULES, FindingsRun, active, changes, load_findings, run_findings
from knooppunt.findings.delta import LINKING
from knooppunt.findings.inputs import ESTABLISHMENTS, PREMISES, TABLES, Inputs
from knooppunt.findings.making import MORTGAGE_DAYS
from knooppunt.findings.standing import ALL, Spread, Usual
from knooppunt.findings.state import NAME
from knooppunt.findings.sums import Said
from knooppunt.ingest import ingest
from knooppunt.linkage import link
from knooppunt.synthetic import synthesise
from knooppunt.synthetic.records import FILES
from knooppunt.tests.deliveries import NOON
from knooppunt.vault import Vault, VaultError, open_vault
from knooppunt.vault.derived import read_derived

ALL_FILES = {"bag": "bag.zip", "brp": "brp.csv", "kvk": "kvk.jsonl", **FILES}
TODAY = date(2026, 11, 1)
DROPPED = 40
"""Of so many lines one is left out of the other delivery, and at least one."""


def some_of_each_kind() -> tuple[str, ...]:
    """Rules that between them have every reach, level and way to compare."""
    seen: set[object] = set()
    chosen = []
    for rule in RULES.values():
        kinds = {(rule.reach, rule.level, rule.by_class), rule.read_usual}
        if kinds - seen:
            chosen.append(rule.id)
            seen |= kinds
    return tuple(chosen)


SOME = some_of_each_kind()


def other_delivery(source: Path, target: Path) -> None:
    """The same municipality without some lines of every register, and with other areas in the BAG."""
    target.mkdir()
    for file in ALL_FILES.values():
        if file.endswith(".zip"):
            (target / file).write_bytes(other_areas((source / file).read_bytes()))
            continue
        head, *lines = (source / file).read_text(encoding="utf-8").splitlines(keepends=True)
        chance = random.Random(file)
        gone = set(chance.sample(range(len(lines)), max(1, len(lines) // DROPPED))) if len(lines) > 1 else set()
        kept = "".join(line for number, line in enumerate(lines) if number not in gone)
        (target / file).write_text(head + kept, encoding="utf-8")


def other_areas(archive: bytes) -> bytes:
    """A BAG delivery in which every area that ends in a 5 is another one."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith(".zip"):
                content = other_areas(content)
            elif b"oppervlakte>" in content:
                content = re.sub(rb"oppervlakte>(\d*)5<", rb"oppervlakte>\g<1>9<", content)
            new.writestr(name, content)
    return made.getvalue()


def take_in(folder: Path, vault: Path, registers: tuple[str, ...] = tuple(ALL_FILES)) -> Vault:
    for register in registers:
        ingest(register, folder / ALL_FILES[register], vault=vault, at=NOON, as_of=TODAY)
    opened = open_vault(vault)
    link(opened, at=NOON)
    return opened


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two deliveries of one municipality, and a vault that took in the first, with a full run."""
    folder = tmp_path_factory.mktemp("town")
    synthesise(residents=3_000, seed=3, out=folder / "one")
    other_delivery(folder / "one", folder / "two")
    run_findings(take_in(folder / "one", folder / "vault"), as_of=TODAY, rules=SOME)
    return folder


@pytest.fixture
def everything(town: Path, tmp_path: Path) -> Path:
    """A vault with the first delivery, with a full run of every rule."""
    shutil.copytree(town / "vault", tmp_path / "vault")
    run_findings(open_vault(tmp_path / "vault"), as_of=TODAY)
    return tmp_path / "vault"


def told(run: FindingsRun) -> tuple[object, ...]:
    """All of a run but how long it took and how it was come by."""
    return (run.run, run.as_of, run.findings, tuple(replace(outcome, seconds=0.0) for outcome in run.outcomes))


def same_as_in_full(vault: Vault, on: date, rules: tuple[str, ...] | None = None) -> FindingsRun:
    """Work the changes in, run in full, and hold them against each other, also for what is kept for the next time."""
    run = run_findings(vault, as_of=on, rules=rules, since="last")
    kept = kept_of(vault)
    full = run_findings(vault, as_of=on, rules=rules)
    assert full.again is None and run.since
    for mine, theirs in zip(run.findings, full.findings, strict=False):
        assert mine == theirs
    assert told(run) == told(full)
    assert kept == kept_of(vault)
    return run


def kept_of(vault: Vault) -> dict[str, object]:
    made = read_derived(vault.path, NAME)
    assert made
    return {"tables": made.counts, "facts": made.facts}


def deliveries_worked_in(town: Path, vault: Path, rules: tuple[str, ...] | None) -> None:
    """Take every other delivery in, work it in and run in full: the same, and not the same as before."""
    before = load_findings(open_vault(vault))
    first = same_as_in_full(take_in(town / "two", vault), TODAY, rules)
    assert first.again and {outcome.status for outcome in first.outcomes} == {"done"}
    assert first.findings != before.findings


@pytest.mark.timeout(900)
def test_every_delivery_anew(town: Path, tmp_path: Path) -> None:
    shutil.copytree(town / "vault", tmp_path / "vault")
    deliveries_worked_in(town, tmp_path / "vault", SOME)


@pytest.mark.drill  # every rule; some of each kind are in `make test`
@pytest.mark.timeout(900)
def test_every_delivery_anew_for_every_rule(town: Path, everything: Path) -> None:
    deliveries_worked_in(town, everything, None)


@pytest.mark.drill  # all rules once more; other deliveries on the same day are in `make test`
@pytest.mark.timeout(900)
def test_another_day_counts_other_dates(everything: Path) -> None:
    assert same_as_in_full(open_vault(everything), TODAY + timedelta(days=45)).again


CLUSTER = ("BED-01", "BED-02")


def of_another_branch(source: Path, target: Path, lines: list[int]) -> None:
    """The same companies, but those on these lines (from one) are in a branch that is everywhere."""
    records = source.read_text(encoding="utf-8").splitlines(keepends=True)
    for line in lines:
        record = json.loads(records[line - 1])
        record["sbiActiviteiten"] = [{"sbiCode": "7022", "indHoofdactiviteit": "Ja"}]
        records[line - 1] = json.dumps(record) + "\n"
    target.write_text("".join(records), encoding="utf-8")


@pytest.mark.timeout(900)
def test_one_changed_record_takes_a_street_over_the_threshold_and_back(town: Path, tmp_path: Path) -> None:
    shutil.copytree(town / "vault", tmp_path / "vault")
    vault = open_vault(tmp_path / "vault")
    full = run_findings(vault, as_of=TODAY, rules=CLUSTER)
    clusters = [one for one in full.findings if one.rule == "BED-02" and one.values["branch"] != "sbi-7022"]
    chosen = max(clusters, key=lambda one: one.values["probability"])  # the nearest to the threshold
    members = [ref.source_line for ref in chosen.refs if ref.source_line is not None]

    def found_with_changed(number: int) -> bool:
        """Whether the street is found once so many of its records changed; worked in as in full."""
        of_another_branch(town / "one" / "kvk.jsonl", tmp_path / "kvk.jsonl", members[:number])
        ingest("kvk", tmp_path / "kvk.jsonl", vault=vault.path, at=NOON, as_of=TODAY)
        link(open_vault(vault.path), at=NOON)
        run = same_as_in_full(open_vault(vault.path), TODAY, rules=CLUSTER)
        assert run.again is not None
        same = [one for one in run.findings if one.rule == "BED-02" and one.object_id == chosen.object_id]
        return any(one.values["branch"] == chosen.values["branch"] for one in same)

    gone = next(number for number in range(1, len(members) + 1) if not found_with_changed(number))
    assert found_with_changed(gone - 1), "one record back brings it over the threshold"
    assert not found_with_changed(gone), "and the same record takes it down again"


def test_the_command_line_works_changes_in_and_says_how_many(town: Path, tmp_path: Path) -> None:
    shutil.copytree(town / "vault", tmp_path / "vault")
    vault = take_in(town / "two", tmp_path / "vault", ("kvk",))
    command = ["findings", "--vault", str(vault.path), "--as-of", TODAY.isoformat()]
    command += [word for rule in SOME for word in ("--rule", rule)] + ["--since-run"]
    wrong = CliRunner().invoke(main, [*command, "0000"])
    assert wrong.exit_code == 1 and "Run the findings in full once" in wrong.stderr
    shown = CliRunner().invoke(main, [*command, "last", "--lang", "en"])
    assert shown.exit_code == 0
    assert 0 < int(re.findall(r"(\d+) objects were looked at again", shown.stdout)[0]) < 200
    again = json.loads(CliRunner().invoke(main, [*command, "last", "--json"]).stdout)
    assert again["again"] == 0 and again["since"] == again["run"]


def test_other_rules_than_last_time_are_run_in_full(town: Path, tmp_path: Path) -> None:
    shutil.copytree(town / "vault", tmp_path / "vault")
    vault = take_in(town / "two", tmp_path / "vault", ("reports",))
    asked = [
        "findings",
        "--vault",
        str(vault.path),
        "--as-of",
        TODAY.isoformat(),
        "--since-run",
        "last",
        "--lang",
        "en",
    ]
    shown = CliRunner().invoke(main, [*asked, "--rule", "BED-01"])
    assert "other rules were asked than in that run" in shown.stdout
    assert "objects were looked at again" not in shown.stdout
    with pytest.raises(VaultError, match="it keeps those of"):
        run_findings(vault, as_of=TODAY, since="something else")


def test_rules_look_back_no_further_than_changes_are_looked_for(town: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: set[int] = set()
    real = active.months_before

    def noted(on: date, months: int) -> date:
        asked.add(months)
        return real(on, months)

    for module in {rule.evaluate.__module__ for rule in RULES.values()}:
        monkeypatch.setattr(f"{module}.months_before", noted, raising=False)
    with Inputs(open_vault(town / "vault"), TODAY) as inputs:
        for rule in RULES.values():
            if rule.reach != "all":
                assert rule.evaluate(inputs).sql()
    assert asked and asked <= set(changes.MONTHS_BACK)
    assert MORTGAGE_DAYS in changes.DAYS_BACK


def test_a_rule_names_the_registers_of_every_table_it_is_given(town: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By them a run knows whether records it took over may stand elsewhere now."""
    asked: set[str] = set()
    real = Inputs.see

    def noted(inputs: Inputs, name: str) -> ibis.expr.types.Table:
        asked.add(name)
        return real(inputs, name)

    monkeypatch.setattr(Inputs, "see", noted)
    with Inputs(open_vault(town / "vault"), TODAY) as inputs:
        for rule in RULES.values():
            if rule.reach != "all":
                asked.clear()
                rule.evaluate(inputs)
                assert all({*TABLES[name].registers} - LINKING <= {*rule.registers} for name in asked), rule.id


def test_one_object_is_looked_up_in_what_rules_saw(town: Path) -> None:
    vault = open_vault(town / "vault")
    finding = next(one for one in load_findings(vault).findings if one.rule == "BED-01")
    command = ["object", finding.object_id, "--vault", str(vault.path)]
    seen = json.loads(CliRunner().invoke(main, [*command, "--json"]).stdout)
    shown = [row for row in seen["establishments"] if not row["shielded"]]
    assert len({row["kvk"] for row in shown}) >= finding.values["concerns"] - 1
    assert all(
        row.keys() == {"shielded", "source_file", "source_line"} for row in seen["establishments"] if row["shielded"]
    )
    assert seen["premises"][0]["object_id"] == int(finding.object_id)
    assert "establishments:" in CliRunner().invoke(main, command).stdout
    unknown = CliRunner().invoke(main, ["object", "9" * 16, "--vault", str(vault.path)])
    assert unknown.exit_code == 1 and "saw no object" in unknown.stderr


def test_no_kept_table_has_more_than_rules_may_see(town: Path) -> None:
    made = read_derived(town / "vault", NAME)
    assert made
    for name, schema in (("premises_on_day", PREMISES), ("establishments_located", ESTABLISHMENTS)):
        assert pq.read_schema(made.table_path(name)).names == schema.names


NUMBERS = st.lists(st.integers(0, 9), min_size=1, max_size=60)


@settings(deadline=None)
@given(NUMBERS)
def test_a_spread_says_what_sorting_says(values: list[int]) -> None:
    spread = Spread(Counter(map(float, values)))
    assert spread.compared == len(values)
    for part in (0.01, 0.5, 0.99):
        assert spread.quantile(part) == pytest.approx(np.quantile(values, part))
    rank = ibis.memtable(pa.table({"v": values}))
    for down in (False, True):
        place = ibis.percent_rank().over(ibis.window(order_by=rank.v.desc() if down else rank.v))
        for row in rank.mutate(p=place).to_pyarrow().to_pylist():
            assert spread.below(row["v"], down=down) == pytest.approx(row["p"])


@settings(deadline=None)
@given(NUMBERS, NUMBERS, NUMBERS)
def test_what_changed_is_taken_out_and_put_in_exactly(kept: list[int], gone: list[int], come: list[int]) -> None:
    def usual(*lists: list[int]) -> Usual:
        return Usual({ALL: Spread(Counter(float(value) for one in lists for value in one))})

    assert usual(kept, gone).changed(gone=usual(gone), come=usual(come)) == usual(kept, come)
    assert Usual.read(usual(kept, come).rows()) == usual(kept, come)


def test_nothing_measured_compares_with_nothing() -> None:
    empty = Usual({}).kind()
    assert (empty.compared, empty.below(3.0)) == (0, 0.0) and np.isnan(empty.quantile(0.5))


ROWS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 3)), max_size=80)


@pytest.mark.parametrize("stretch", [3, 1_000])
@settings(deadline=None)
@given(before=ROWS, after=ROWS)
def test_objects_that_are_not_said_the_same_of_are_found(
    before: list[tuple[int, int]], after: list[tuple[int, int]], stretch: int
) -> None:
    def all_said(rows: list[tuple[int, int]]) -> Said:
        numbers = np.array(rows, np.int64).reshape(-1, 2)
        return changes.added_up(numbers[:, 0], (1000 ** numbers[:, 1]).astype(np.uint64))

    def plainly(rows: list[tuple[int, int]], key: int) -> list[int]:
        return sorted(said for one, said in rows if one == key)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(changes, "STRETCH", stretch)
        found = changes.unlike(all_said(before), all_said(after)).tolist()
    assert found == [key for key in range(31) if plainly(before, key) != plainly(after, key)]
