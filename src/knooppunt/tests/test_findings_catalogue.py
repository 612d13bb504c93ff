"""What holds for every rule: what it may see, what it says of itself, and what it does without its registers."""

import ast
import inspect
import json
import string
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from knooppunt.cli import main
from knooppunt.findings import RULES, MissingRegisterError, Rule, Text, catalogue, run_findings
from knooppunt.findings.inputs import ESTABLISHMENTS, PREMISES, RESIDENTS
from knooppunt.findings.seen import FORBIDDEN, SEEN
from knooppunt.ingest import ingest
from knooppunt.registers.catalogue import SCHEMA_VERSIONS, TABLES
from knooppunt.synthetic import synthesise
from knooppunt.tests.deliveries import NOON
from knooppunt.vault import open_vault

ON = date(2026, 11, 1)
FOLDER = Path(inspect.getfile(catalogue)).parent
CLOSED_DOORS = {"register_table", "vault_table", "connect", "table_path"}


def rule_files() -> list[Path]:
    """The files that hold a rule."""
    return sorted(file for file in FOLDER.glob("*.py") if "RULE = Rule(" in file.read_text(encoding="utf-8"))


def texts_of(rule: Rule) -> Iterator[Text]:
    """Everything a rule says of itself."""
    yield from (rule.title, rule.why, rule.computes, *rule.false_positives, *rule.not_done)
    for parameter in rule.parameters:
        yield from (parameter.unit, parameter.source)


def test_there_are_at_least_twenty_four_rules_each_in_a_file_of_its_own() -> None:
    assert len(RULES) == len(rule_files()) >= 24
    assert {rule.partition("-")[0] for rule in RULES} == {
        *("WON", "BED", "HOR", "VAS", "BUI", "ZRG", "BAG", "MLD", "GEB"),
    }


def test_nothing_a_rule_may_see_is_about_who_somebody_is() -> None:
    seen = {**SEEN, "premises": PREMISES, "establishments": ESTABLISHMENTS, "residents": RESIDENTS}
    for table, schema in seen.items():
        assert not FORBIDDEN & set(schema.names), table


@pytest.mark.parametrize("file", rule_files(), ids=lambda file: file.stem)
def test_a_rule_looks_only_at_what_it_may_see(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    used = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    named = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    assert not (FORBIDDEN | CLOSED_DOORS) & used, "a rule asks Inputs, never a register"
    assert not FORBIDDEN & named
    imported = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not [module for module in imported if module.startswith("knooppunt.registers") and "schemas" in module]


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_a_rule_explains_itself_in_both_languages(rule: Rule) -> None:
    assert rule.false_positives and rule.parameters
    assert set(rule.registers) <= set(TABLES) and "bag" in rule.registers
    for text in texts_of(rule):
        assert text.nl and text.en
        assert not {"{", "}"} & set(text.nl + text.en)
    for language in ("nl", "en"):
        assert all(getattr(text, language)[-1] not in string.whitespace for text in texts_of(rule))
    assert rule.title.nl != rule.title.en and rule.why.nl != rule.why.en
    assert rule.level in ("address", "street", "building", "area")


def test_no_rule_adds_up_a_score() -> None:
    for file in rule_files():
        assert "score" not in file.read_text(encoding="utf-8").lower(), file.stem


def test_a_rule_without_a_register_gives_no_answer_instead_of_zero(tmp_path: Path) -> None:
    synthesise(residents=3_000, seed=3, out=tmp_path)
    ingest("bag", tmp_path / "bag.zip", vault=tmp_path / "vault", at=NOON)
    vault = open_vault(tmp_path / "vault")
    for rule in RULES.values():
        with pytest.raises(MissingRegisterError, match=rule.registers[-1].upper()):
            run_findings(vault, as_of=ON, rules=[rule.id])
    with pytest.raises(MissingRegisterError):
        run_findings(vault, as_of=ON)
    told = json.loads(CliRunner().invoke(main, ["doctor", "--vault", str(vault.path), "--json"]).stdout)
    assert told["rules_without_register"]["WON-08"] == ["brp", "permits"]
    assert told["rules_without_register"].keys() == RULES.keys()
    shown = CliRunner().invoke(main, ["doctor", "--vault", str(vault.path)]).stdout
    assert f"0 of {len(RULES)} rules can give an answer" in shown and "woz is needed by VAS-02" in shown


def test_a_register_that_an_earlier_version_read_is_asked_for_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synthesise(residents=3_000, seed=3, out=tmp_path)
    for register, file in (("bag", "bag.zip"), ("brp", "brp.csv")):
        ingest(register, tmp_path / file, vault=tmp_path / "vault", at=NOON, as_of=ON)
    monkeypatch.setitem(SCHEMA_VERSIONS, "brp", 99)
    with pytest.raises(MissingRegisterError, match="knooppunt ingest brp"):
        run_findings(open_vault(tmp_path / "vault"), as_of=ON, rules=["WON-06"])
