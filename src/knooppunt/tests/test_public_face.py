"""What a newcomer meets: six verbs that say what goes in and out, and a command line that teaches."""

import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from rich.console import Console

import knooppunt
from knooppunt.cli import main
from knooppunt.cli._examples import EXAMPLES, STEPS
from knooppunt.cli._progress import progress_bar
from knooppunt.registers.refusal import RefusedError
from knooppunt.tests.deliveries import NOON, building, write_extract
from knooppunt.vault import VaultError

VERBS = ["explain", "export", "find", "forecast", "link", "read"]


def test_a_newcomer_finds_six_verbs_and_nothing_else() -> None:
    assert dir(knooppunt) == knooppunt.__all__ == VERBS
    with pytest.raises(AttributeError, match="nothing"):
        knooppunt.nothing  # noqa: B018  that is the point


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_says_what_goes_in_what_comes_out_and_what_can_go_wrong(verb: str) -> None:
    told = getattr(knooppunt, verb).__doc__
    assert "`" in told and "Raises" in told
    assert "Returns" in told or verb in ("explain", "export")  # these say it in their first line
    assert f"    {verb:<9} " in (knooppunt.__doc__ or "")


def test_reading_by_the_verb_is_reading_and_errors_are_sentences(tmp_path: Path) -> None:
    taken = knooppunt.read("bag", write_extract(tmp_path / "new", building(1)), vault=tmp_path / "vault", at=NOON)
    assert taken.current["PND"] == 1
    with pytest.raises(RefusedError, match="does not exist"):
        knooppunt.read("bag", tmp_path / "gone.zip", vault=tmp_path / "vault", at=NOON)
    with pytest.raises(VaultError, match="There is no vault"):
        knooppunt.find(tmp_path / "none", as_of=NOON.date())


def test_importing_knooppunt_is_quick_until_a_verb_is_asked_for() -> None:
    code = "import sys, knooppunt; assert 'ibis' not in sys.modules; knooppunt.find; assert 'ibis' in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def command_named(words: list[str]) -> tuple[click.Command, list[str]]:
    """The command that a line calls, and what it is given."""
    found: click.Command = main
    while isinstance(found, click.Group) and words and words[0] in found.list_commands(click.Context(found)):
        found = found.get_command(click.Context(found), words[0]) or found
        words = words[1:]
    return found, words


def test_help_lists_every_command_once_in_the_order_of_a_first_day() -> None:
    listed = [name for names in STEPS.values() for name in names]
    assert sorted(listed) == main.list_commands(click.Context(main)) == sorted(EXAMPLES)
    told = CliRunner().invoke(main, ["--help"]).stdout.partition("Commands: begin")[2]
    assert [told.index(f"\n  {name} ") for name in listed] == sorted(told.index(f"\n  {name} ") for name in listed)


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_every_command_shows_an_example_that_it_understands(name: str) -> None:
    told = CliRunner().invoke(main, [name, "--help"], terminal_width=400).stdout
    for line in EXAMPLES[name]:
        assert f"Example: {line}" in told
        program, *words = shlex.split(line)
        found, given = command_named(words)
        assert program == "knooppunt" and words[0] == name
        context = click.Context(found)
        options, left, _order = found.make_parser(context).parse_args(given)
        required = {one.name for one in found.params if one.required and isinstance(one, click.Option)}
        assert required <= options.keys() and not left


def test_a_bar_says_how_long_it_will_take_and_is_silent_without_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    with progress_bar() as told:
        assert told is None
    shown: list[str] = []
    monkeypatch.setattr(Console, "is_terminal", True)
    monkeypatch.setattr("rich.progress.TimeRemainingColumn.render", lambda _self, task: shown.append(task.description))
    with progress_bar() as told:
        assert told is not None
        told(1, 4, "reading")
    assert "reading" in shown
    with progress_bar(hidden=True) as told:
        assert told is None
