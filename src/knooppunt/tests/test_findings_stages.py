"""The life of a rule: moved by people with a reason, off by itself when it is no better than chance."""

import json
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from knooppunt.cli import main
from knooppunt.findings import run_findings
from knooppunt.findings.lifecycle import (
    ALLOWED_MOVES,
    MoveNotAllowedError,
    NotEarnedError,
    Stage,
    figures_said,
    said_of,
)
from knooppunt.findings.run import RuleOffError
from knooppunt.findings.stages import keep_outcomes, kept_yields, last_moves, move_rule, stage_of
from knooppunt.findings.yields import Outcome, yields
from knooppunt.ingest import ingest
from knooppunt.linkage import link
from knooppunt.synthetic import synthesise
from knooppunt.tests.deliveries import NOON
from knooppunt.vault import Vault, VaultError, open_vault

DAY = date(2026, 11, 1)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault of a small town with companies, linked: made once, copied for each test."""
    home = tmp_path_factory.mktemp("stages")
    synthesise(residents=3_000, seed=3, out=home / "town")
    for register, file in (("bag", "bag.zip"), ("kvk", "kvk.jsonl")):
        ingest(register, home / "town" / file, vault=home / "vault", at=NOON, as_of=DAY)
    link(open_vault(home / "vault"), at=NOON)
    return home / "vault"


@pytest.fixture
def vault(town: Path, tmp_path: Path) -> Vault:
    """A vault of one's own."""
    shutil.copytree(town, tmp_path / "vault")
    return open_vault(tmp_path / "vault")


def outcomes(right: int, of: int, controls_right: int, controls: int) -> list[Outcome]:
    found = [Outcome("BED-01", f"f{n}", is_control=False, confirmed=n < right) for n in range(of)]
    return found + [Outcome("BED-01", f"c{n}", is_control=True, confirmed=n < controls_right) for n in range(controls)]


def test_a_rule_that_does_not_beat_chance_goes_off_by_itself_and_finds_nothing_more(vault: Vault) -> None:
    assert run_findings(vault, as_of=DAY).findings
    (went,) = keep_outcomes(vault, outcomes(2, 20, 2, 5), at=NOON)
    assert (went.rule, went.stage, went.by) == ("BED-01", Stage.OFF, "knooppunt")
    run = run_findings(vault, as_of=DAY)
    (told,) = [one for one in run.outcomes if one.rule == "BED-01"]
    assert told.status == "not_possible" and told.findings is None
    assert "no better than chance" in told.message
    assert not [one for one in run.findings if one.rule == "BED-01"]
    with pytest.raises(RuleOffError, match="is off since"):
        run_findings(vault, as_of=DAY, rules=["BED-01"])


def test_outcomes_add_up_over_lists_and_one_too_few_changes_nothing(vault: Vault) -> None:
    assert keep_outcomes(vault, outcomes(0, 19, 0, 4), at=NOON) == []
    assert stage_of(vault, "BED-01") is Stage.DEVELOPMENT
    last = [Outcome("BED-01", "another", is_control=False, confirmed=False)]
    assert [move.rule for move in keep_outcomes(vault, last, at=NOON)] == ["BED-01"]


def test_who_brings_a_rule_back_begins_to_count_anew(vault: Vault) -> None:
    keep_outcomes(vault, outcomes(0, 20, 0, 5), at=NOON)
    later = NOON + timedelta(days=1)
    move_rule(vault, "BED-01", Stage.PILOT, by="C. Vos", reason="Grens verhoogd", at=later)
    assert kept_yields(vault) == {}
    assert keep_outcomes(vault, outcomes(9, 10, 0, 2), at=later + timedelta(days=1)) == []
    assert kept_yields(vault)["BED-01"].looked_at == 10
    assert run_findings(vault, as_of=DAY, rules=["BED-01"]).findings


def test_yields_and_stages_are_told_as_they_were_known(vault: Vault) -> None:
    keep_outcomes(vault, outcomes(0, 20, 0, 5), at=NOON)
    later = NOON + timedelta(days=2)
    move_rule(vault, "BED-01", Stage.PILOT, by="C. Vos", reason="Grens verhoogd", at=later)
    keep_outcomes(vault, outcomes(9, 10, 0, 2), at=later + timedelta(days=2))
    days = [(NOON + timedelta(days=n)).date() for n in (-1, 1, 3, 5)]
    told = [kept_yields(open_vault(vault.path, known_on=day)).get("BED-01") for day in days]
    assert [one.looked_at if one else None for one in told] == [None, 20, None, 10]
    stages = []
    for day in days:
        asked = ["rules", "list", "--vault", str(vault.path), "--known-on", day.isoformat(), "--json"]
        rows = json.loads(CliRunner().invoke(main, asked).stdout)
        stages.append(next(row["stage"] for row in rows if row["rule"] == "BED-01"))
    assert stages == ["development", "off", "pilot", "pilot"]
    now = open_vault(vault.path, known_on=days[1])
    assert last_moves(now)["BED-01"].stage is Stage.PILOT  # what a run may do goes by the stage of now


def test_mature_is_earned(vault: Vault) -> None:
    move_rule(vault, "BED-01", Stage.PILOT, by="C. Vos", reason="Vijf gemeenten", at=NOON)
    with pytest.raises(NotEarnedError):
        move_rule(vault, "BED-01", Stage.MATURE, by="C. Vos", reason="Klaar", at=NOON)
    keep_outcomes(vault, outcomes(15, 20, 1, 5), at=NOON)
    moved = move_rule(vault, "BED-01", Stage.MATURE, by="C. Vos", reason="Klaar", at=NOON)
    assert (moved.was, last_moves(vault)["BED-01"]) == (Stage.PILOT, moved)


@pytest.mark.parametrize("now", list(Stage))
@pytest.mark.parametrize("to", list(Stage))
def test_only_moves_in_the_table_are_allowed(now: Stage, to: Stage, vault: Vault) -> None:
    way = {Stage.DEVELOPMENT: [], Stage.PILOT: [Stage.PILOT], Stage.OFF: [Stage.OFF]}
    way[Stage.MATURE] = [Stage.PILOT, Stage.MATURE]
    keep_outcomes(vault, outcomes(15, 20, 1, 5), at=NOON)
    for step in way[now]:
        move_rule(vault, "BED-01", step, by="C. Vos", reason="Op weg", at=NOON)
    if to in ALLOWED_MOVES[now]:
        assert move_rule(vault, "BED-01", to, by="C. Vos", reason="Zo is het", at=NOON).stage is to
    else:
        with pytest.raises(MoveNotAllowedError):
            move_rule(vault, "BED-01", to, by="C. Vos", reason="Zo is het", at=NOON)


def test_nobody_moves_a_rule_without_a_name_and_a_reason(vault: Vault) -> None:
    for by, reason in (("", "Zomaar"), ("C. Vos", " ")):
        with pytest.raises(MoveNotAllowedError):
            move_rule(vault, "BED-01", Stage.PILOT, by=by, reason=reason, at=NOON)
    with pytest.raises(VaultError, match="no rule X-1"):
        keep_outcomes(vault, [Outcome("X-1", "1", is_control=False, confirmed=True)], at=NOON)
    assert last_moves(vault) == {}


def test_the_command_line_remembers_outcomes_and_moves_rules(vault: Vault, tmp_path: Path) -> None:
    rows = [f"{n:016};plaats;refuted" for n in range(25)]
    (tmp_path / "list.csv").write_text("\n".join(["object_id;place;outcome", *rows]))
    controls = [f"{n:016}" for n in range(20, 25)]
    (tmp_path / "key.json").write_text(json.dumps({"rule": "BED-01", "seed": 1, "controls": controls}))
    where = ["--vault", str(vault.path)]
    told = CliRunner().invoke(
        main, ["outcomes", str(tmp_path / "list.csv"), "--key", str(tmp_path / "key.json"), *where]
    )
    assert "BED-01 went off" in told.stderr
    found = json.loads(CliRunner().invoke(main, ["rules", "list", "--json", *where]).stdout)
    (row,) = [one for one in found if one["rule"] == "BED-01"]
    assert (row["stage"], row["right"], row["chance"]) == ("off", "0/20", "0/5")
    moved = CliRunner().invoke(main, ["rules", "move", "BED-01", "pilot", "--reason", "Nieuwe grens", *where])
    assert "off → pilot" in moved.stderr
    refused = CliRunner().invoke(main, ["rules", "move", "BED-01", "mature", "--reason", "Nu al", *where])
    assert refused.exit_code == 1 and "does not clearly beat chance" in refused.stderr
    lines = (vault.path / "vault.log.jsonl").read_text().splitlines()
    assert next(json.loads(line)["by"] for line in lines if json.loads(line)["event"] == "stage") == "knooppunt"


def test_a_damaged_list_of_moves_is_said_with_its_line(vault: Vault) -> None:
    (vault.path / "rules").mkdir()
    (vault.path / "rules" / "stages.jsonl").write_text('{"rule": "BED-01"}\n')
    with pytest.raises(VaultError, match="line 1, is damaged"):
        last_moves(vault)


def test_what_a_rule_said_of_itself_can_be_told_again_in_another_language() -> None:
    (told,) = yields(outcomes(2, 20, 1, 4)).values()
    assert figures_said(said_of(told)) == (2, 20, 1, 4)
    assert figures_said("Grens verhoogd na overleg") is None


def test_the_command_line_says_why_a_rule_went_off_in_dutch(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOLWERK_LANGUAGE", "nl")
    monkeypatch.setenv("COLUMNS", "300")
    keep_outcomes(vault, outcomes(2, 20, 2, 4), at=NOON)
    shown = CliRunner().invoke(main, ["rules", "list", "--vault", str(vault.path)]).stdout
    assert "Gelijk: 2 van de 20 keer, toeval 2 van de 4: niet beter dan toeval." in shown
    asked = ["findings", "--vault", str(vault.path), "--as-of", DAY.isoformat(), "--rule", "BED-01"]
    refused = CliRunner().invoke(main, asked).stderr
    assert "BED-01 is uit sinds" in refused and "niet beter dan toeval. Terughalen:" in refused
