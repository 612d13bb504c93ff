"""`bolwerk init`: the first run from a command line."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from bolwerk.accounts.actions import setup_code
from bolwerk.accounts.models import Department, Installation, Person
from bolwerk.accounts.tests.makers import PASSWORD
from bolwerk.config.commands.init import command as init

pytestmark = pytest.mark.django_db


def run_init(folder: Path, *more: str, words: str = PASSWORD) -> tuple[int, str]:
    """Run `bolwerk init` beside the test's database; return the exit code and what it said."""
    done = CliRunner().invoke(init, ["--dir", str(folder), "--password-file", "-", *more], input=words + "\n")
    return done.exit_code, done.output


ANSWERS = ("--name", "Zilverdam", "--administrator-email", "bea@zilverdam.example", "--administrator-name", "Bea")


def test_init_begins_without_questions(tmp_path: Path) -> None:
    code, said = run_init(tmp_path, *ANSWERS, "--examples")
    assert (code, "Zilverdam" in said) == (0, True)
    assert (tmp_path / "keys" / "secret.key").stat().st_mode & 0o777 == 0o600
    assert Department.objects.count() == 11
    assert run_init(tmp_path, *ANSWERS)[0] == 1


@pytest.mark.parametrize(
    "wrong",
    [
        (*ANSWERS[:2], "--administrator-email", "geen adres", *ANSWERS[4:]),
        ANSWERS[2:],
        (*ANSWERS, "--look", "onbekend"),
    ],
    ids=["address", "no name", "look"],
)
def test_init_refuses_in_a_sentence_and_begins_nothing(tmp_path: Path, wrong: tuple[str, ...]) -> None:
    code, said = run_init(tmp_path, *wrong)
    assert (code, "has not begun" in said) == (1, True)
    assert not Installation.objects.exists()


def test_init_refuses_a_weak_password(tmp_path: Path) -> None:
    assert run_init(tmp_path, *ANSWERS, words="kort")[0] == 1
    assert not Person.objects.exists()


def test_init_for_the_browser_prints_the_code(tmp_path: Path) -> None:
    code, said = run_init(tmp_path, "--browser")
    assert (code, setup_code(folder=tmp_path) in said) == (0, True)
