"""Where there is no installation every command says so in a sentence, and leaves nothing behind."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from bolwerk.config import cli

START = ("-c", "from bolwerk.config.cli import main; main()")
NEEDS_NONE = {"init", "restore", "routes"}
LAYS_TABLES = {"migrate"}


def bolwerk(*words: str, speak: str = "en", **more: str) -> subprocess.CompletedProcess[str]:
    """Run `bolwerk` in a process of its own: the tests have a database already."""
    outside = {name: value for name, value in os.environ.items() if not name.startswith("BOLWERK_")}
    given = outside | {"BOLWERK_LANGUAGE": speak, "DJANGO_SETTINGS_MODULE": "bolwerk.config.settings"}
    given |= more
    return subprocess.run([sys.executable, *START, *words], env=given, capture_output=True, text=True)


def options(command: click.Command, *above: str) -> Iterator[tuple[str, object]]:
    """Every command below this one that has `--dir`, with what looks at the folder."""
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from options(below, *above, name)
    for option in command.params:
        if option.name == "folder" and option.callback is not None:
            yield " ".join(above), option.callback


def test_every_command_looks_first_whether_there_is_an_installation() -> None:
    looks = dict(options(cli.main))
    assert {name for name, look in looks.items() if look is cli._open_folder} == NEEDS_NONE
    assert {name for name, look in looks.items() if look is cli._open_prepared} == LAYS_TABLES
    rest = set(looks) - NEEDS_NONE - LAYS_TABLES
    assert len(rest) > 30
    assert {looks[name] for name in rest} == {cli._open_installation}


@pytest.mark.parametrize(
    "words",
    [
        *(("doctor",), ("serve",), ("migrate",)),  # each way in which a command begins
        # A process each, for what the test above says of every command already.
        *(pytest.param(words, marks=pytest.mark.drill) for words in (("audit", "verify"), ("erase-due",), ("backup",))),
    ],
    ids=" ".join,
)
def test_a_folder_that_is_not_there_is_not_made(tmp_path: Path, words: tuple[str, ...]) -> None:
    done = bolwerk(*words, "--dir", str(tmp_path / "no" / "house"))
    said = f"Error: There is no installation in {tmp_path}/no/house: begin one with `bolwerk init`, or try `bolwerk"
    assert (done.returncode, done.stdout, done.stderr.startswith(said)) == (1, "", True), done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_database_without_tables_is_no_installation_either(tmp_path: Path) -> None:
    file = tmp_path / "bolwerk.sqlite3"
    file.touch()
    assert "Er is geen installatie in" in bolwerk("doctor", "--dir", str(tmp_path), speak="nl").stderr
    assert file.read_bytes() == b""
    with sqlite3.connect(file) as database:  # as the command left it that did not look first
        database.execute("PRAGMA journal_mode=WAL")
    database.close()
    before = file.read_bytes()
    assert "There is no installation in" in bolwerk("backup", "--dir", str(tmp_path)).stderr
    assert [(path, path.read_bytes()) for path in tmp_path.iterdir()] == [(file, before)]


def test_what_needs_no_installation_leaves_no_folder_that_stays_empty(tmp_path: Path) -> None:
    (tmp_path / "archive").write_bytes(b"x")
    assert bolwerk("routes", "--check", "--dir", str(tmp_path / "no" / "house")).returncode == 0
    done = bolwerk("restore", str(tmp_path / "archive"), "--dir", str(tmp_path / "no" / "house"))
    assert (done.returncode, "Nothing was put back" in done.stderr) == (1, True), done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["archive"]


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("BOLWERK_MAIL_URL", "onzin", "BOLWERK_MAIL_URL is no mail server"),
        ("BOLWERK_MAIL_URL", "smtp://mail.example:poort", "BOLWERK_MAIL_URL is no mail server"),
        ("BOLWERK_SESSION_IDLE_MINUTES", "veel", "BOLWERK_SESSION_IDLE_MINUTES is 'veel'"),
        ("BOLWERK_SESSION_IDLE_MINUTES", "0", "BOLWERK_SESSION_IDLE_MINUTES is '0'"),
    ],
)
def test_a_setting_that_cannot_be_is_said_in_one_sentence(tmp_path: Path, name: str, value: str, said: str) -> None:
    done = bolwerk("serve", "--dir", str(tmp_path), **{name: value})
    assert (done.returncode, done.stderr.startswith(f"Error: {said}")) == (1, True), done.stderr
    assert len(done.stderr.splitlines()) == 1
