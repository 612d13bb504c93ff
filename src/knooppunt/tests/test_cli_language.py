"""The command line speaks the language of the environment; what it prints for programs stays the same."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

import knooppunt
from knooppunt.cli import main
from knooppunt.cli._refusals import DUTCH, said
from knooppunt.tests.test_dutch_reasons import template
from knooppunt.words import SAID_BY, language, number

ROOT = Path(knooppunt.__file__).parent
RAISED_HERE = {"VaultError", "SizeError", "UsageError", "ClickException", "said"}


def run(*words: str, speak: str = "nl") -> Result:
    return CliRunner(env={"BOLWERK_LANGUAGE": speak}).invoke(main, words)


def sentences_in(file: Path) -> Iterator[str]:
    """What a module says when the vault does not allow something."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and node.args:
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in RAISED_HERE or name in of_the_vault():
                text = template(node.args[0])
                if text and " " in text:
                    yield text


def of_the_vault() -> set[str]:
    """The names of all errors of the vault."""
    found, waiting = set[str](), [knooppunt.vault.VaultError]
    while waiting:
        one = waiting.pop()
        found.add(one.__name__)
        waiting.extend(one.__subclasses__())
    return found


def test_every_refusal_has_its_dutch() -> None:
    files = [file for file in ROOT.rglob("*.py") if "tests" not in file.parts and file.name != "_refusals.py"]
    given = {sentence for file in files for sentence in sentences_in(file)}
    assert len(given) > 40
    assert given - DUTCH.keys() == set(), "Add its Dutch to knooppunt/cli/_refusals.py."


def test_the_dutch_keeps_every_hole() -> None:
    assert [text for text, dutch in DUTCH.items() if text.count("{}") != dutch.count("{}")] == []


@pytest.mark.parametrize(
    ("environment", "spoken"),
    [
        ({}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "nl_NL.UTF-8"}, "nl"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "nl_BE"}, "nl"),
        ({"LANG": "nl_NL.UTF-8", "BOLWERK_LANGUAGE": "en"}, "en"),
        ({"BOLWERK_LANGUAGE": "", "LANG": "nl"}, "nl"),
    ],
)
def test_the_environment_says_which_language(environment: dict[str, str], spoken: str) -> None:
    assert language(environment) == spoken


@pytest.mark.parametrize("spoken", ["nl", "en"])
@pytest.mark.parametrize(
    "asked", [["findings", "--vault", "v", "--as-of", "2026-11-01"], ["explain", "X", "--vault", "v"]]
)
def test_findings_are_told_in_the_language_of_the_environment(
    asked: list[str], spoken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOLWERK_LANGUAGE", spoken)
    name, *words = asked
    command = main.get_command(click.Context(main), name)
    assert command is not None
    assert command.make_context(name, [*words]).params["lang"] == spoken
    assert command.make_context(name, [*words, "--lang", "nl"]).params["lang"] == "nl"


def test_a_refusal_says_file_line_and_reason_in_either_language(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text("x", encoding="utf-8")
    words = ("ingest", "bag", str(tmp_path / "a.xml"), "--vault", str(tmp_path / "vault"))
    dutch, english = run(*words), run(*words, speak="en")
    assert (dutch.exit_code, dutch.stderr) == (1, "Fout: a.xml, regel 1: is geen XML\n")
    assert (english.exit_code, english.stderr) == (1, "Error: a.xml, line 1: is not XML\n")


def test_no_vault_is_said_in_dutch(tmp_path: Path) -> None:
    told = run("doctor", "--vault", str(tmp_path)).stderr
    assert (
        told == f"Fout: Er is geen kluis in {tmp_path}. Die komt er met: knooppunt ingest bag PAD --vault {tmp_path}\n"
    )
    assert said("Something nobody thought of.") == "Something nobody thought of."


def test_help_is_dutch_and_the_commands_themselves_stay_as_they_are() -> None:
    dutch, english = run("ingest", "--help").output, run("ingest", "--help", speak="en").output
    assert "Gebruik: main ingest" in dutch
    assert "De map van de kluis." in dutch
    assert "Neem de levering van REGISTER" in dutch
    assert "Folder of the vault." in english
    assert "Kluis" not in english


def test_what_programs_read_is_the_same_in_both_languages(tmp_path: Path) -> None:
    told = []
    for speak in ("nl", "en"):
        words = ("synth", "--residents", "3000", "--out", str(tmp_path / speak), "--json")
        told.append(json.loads(run(*words, speak=speak).stdout))
    same = [{name: value for name, value in one.items() if name not in {"seconds", "files"}} for one in told]
    assert same[0] == same[1]


@pytest.mark.parametrize(("speak", "told"), [("nl", "12.345"), ("en", "12,345")])
def test_numbers_are_written_as_in_the_language(speak: str, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in SAID_BY:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("BOLWERK_LANGUAGE", speak)
    assert number(12345) == told
