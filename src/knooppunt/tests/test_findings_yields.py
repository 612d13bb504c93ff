"""How often a rule was right: the interval against SciPy's, blind lists, and what follows."""

import json
import math
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from scipy import stats

from knooppunt.cli import main
from knooppunt.findings import run_findings
from knooppunt.findings.yields import CONTROL_SHARE, Outcome, WorkItem, wilson, work_list, yields
from knooppunt.ingest import ingest
from knooppunt.linkage import link
from knooppunt.synthetic import synthesise
from knooppunt.tests.deliveries import NOON
from knooppunt.vault import open_vault


@pytest.mark.parametrize(("right", "of"), [(0, 10), (1, 3), (8, 10), (50, 100), (100, 100)])
def test_the_interval_is_wilsons(right: int, of: int) -> None:
    known = stats.binomtest(right, of).proportion_ci(confidence_level=0.8, method="wilson")
    assert wilson(right, of) == pytest.approx((known.low, known.high), abs=1e-4)


def test_nobody_looked_says_nothing() -> None:
    assert wilson(0, 0) == (0.0, 1.0)


def test_a_work_list_mixes_controls_in_and_can_be_drawn_again() -> None:
    found, everybody = [f"f{n}" for n in range(11)], [f"p{n}" for n in range(100)]
    items = work_list(found, [*everybody, *found], seed=7)
    assert items == work_list(found, [*everybody, *found], seed=7) != work_list(found, [*everybody, *found], seed=8)
    assert sum(item.is_control for item in items) == 3 > 11 * CONTROL_SHARE
    assert {item.object_id for item in items if not item.is_control} == set(found)
    assert [item.is_control for item in items] != sorted(item.is_control for item in items)


def test_there_are_no_more_controls_than_objects() -> None:
    assert work_list(["a"], ["a"], seed=1) == [WorkItem("a", is_control=False)]
    assert work_list([], ["a"], seed=1) == []


def outcomes(right: int, of: int, controls_right: int, controls: int) -> list[Outcome]:
    found = [Outcome("BED-01", f"f{n}", is_control=False, confirmed=n < right) for n in range(of)]
    return found + [Outcome("BED-01", f"c{n}", is_control=True, confirmed=n < controls_right) for n in range(controls)]


@pytest.mark.parametrize(
    ("right", "of", "controls_right", "controls", "verdict"),
    [
        (10, 19, 0, 5, "too_early"),
        (15, 20, 0, 0, "too_early"),
        (15, 20, 1, 5, "beats_chance"),
        (10, 20, 2, 5, "unclear"),
        (2, 20, 2, 5, "suspended"),
        (0, 20, 0, 5, "suspended"),
    ],
)
def test_a_rule_that_does_not_beat_chance_is_suspended(
    right: int, of: int, controls_right: int, controls: int, verdict: str
) -> None:
    assert yields(outcomes(right, of, controls_right, controls))["BED-01"].verdict == verdict


def test_the_last_outcome_about_an_object_counts_once() -> None:
    first = Outcome("BED-01", "f1", is_control=False, confirmed=True)
    told = yields([first, Outcome("BED-01", "f1", is_control=False, confirmed=False)])["BED-01"]
    assert (told.looked_at, told.confirmed, told.interval[0]) == (1, 0, 0.0)


def test_a_work_list_is_written_blind_and_read_back_with_its_key(tmp_path: Path) -> None:
    town, vault = tmp_path / "town", str(tmp_path / "vault")
    synthesise(residents=3_000, seed=3, out=town)
    for register, file in (("bag", "bag.zip"), ("kvk", "kvk.jsonl")):
        ingest(register, town / file, vault=vault, at=NOON, as_of=date(2026, 11, 1))
    link(open_vault(vault), at=NOON)
    run_findings(open_vault(vault), as_of=date(2026, 11, 1), rules=["BED-01"])
    listed, key = tmp_path / "list.csv", tmp_path / "key.json"
    asked = ["worklist", "--vault", vault, "--rule", "BED-01", "--seed", "7", "--out", str(listed), "--key", str(key)]
    assert CliRunner().invoke(main, asked).exit_code == 0
    lines = listed.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "object_id;place;outcome" and "control" not in listed.read_text()
    controls = json.loads(key.read_text())["controls"]
    assert len(controls) == math.ceil((len(lines) - 1 - len(controls)) * CONTROL_SHARE) > 0
    filled = [line + ("refuted" if line[:16] in controls else "confirmed") for line in lines[1:]]
    listed.write_text("\n".join([lines[0], *filled]), encoding="utf-8")
    told = CliRunner().invoke(main, ["outcomes", str(listed), "--key", str(key), "--json"])
    (found,) = json.loads(told.stdout)
    assert (found["rule"], found["confirmed"], found["controls_confirmed"]) == (
        "BED-01",
        len(filled) - len(controls),
        0,
    )
    assert found["verdict"] == "too_early"
    assert "BED-01" in CliRunner().invoke(main, ["outcomes", str(listed), "--key", str(key)]).stdout


@pytest.mark.parametrize("text", ["object_id;place;outcome\n1;a;maybe", "object_id;place\n1;a", ""])
def test_a_list_that_is_wrong_is_refused_with_its_line(text: str, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(text)
    (tmp_path / "key.json").write_text('{"rule": "BED-01", "seed": 1, "controls": []}')
    told = CliRunner().invoke(main, ["outcomes", str(tmp_path / "list.csv"), "--key", str(tmp_path / "key.json")])
    assert told.exit_code == 1 and "list.csv, line" in told.stderr
