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
        ("--name", "z" * 121, *ANSWERS[2:]),
        (*ANSWERS[:5], "Be\na"),
    ],
    ids=["address", "no name", "look", "long name", "two lines"],
)
def test_init_refuses_in_a_sentence_and_begins_nothing(tmp_path: Path, wrong: tuple[str, ...]) -> None:
    code, said = run_init(tmp_path, *wrong)
    assert (code, "has not begun" in said) == (1, True)
    assert not Installation.objects.exists()


def test_init_refuses_a_weak_password(tmp_path: Path) -> None:
    assert run_init(tmp_path, *ANSWERS, words="kort")[0] == 1
    assert not Person.objects.exists()


def test_a_password_file_that_is_no_text_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "word").write_bytes(b"\xff\xfe\x00geen")
    done = CliRunner().invoke(
        init, ["--dir", str(tmp_path / "house"), *ANSWERS, "--password-file", str(tmp_path / "word")]
    )
    assert (done.exit_code, "not in UTF-8" in done.output) == (1, True), done.output


def test_a_folder_that_cannot_be_made_is_refused_in_a_sentence() -> None:
    code, said = run_init(Path("/proc/no/house"), *ANSWERS)
    assert (code, "cannot be made" in said) == (1, True), said


def test_somebody_at_the_keys_is_asked_again_until_the_answer_is_right(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = ["Zilverdam", "geen adres", "bea@zilverdam.example", "Bea", "kort", "kort", PASSWORD, PASSWORD]
    monkeypatch.setattr("bolwerk.config.commands.init._somebody_is_there", lambda: True)
    done = CliRunner().invoke(init, ["--dir", str(tmp_path)], input="\n".join(typed) + "\n")
    assert done.exit_code == 0, done.output
    assert "too short" in done.output
    assert Person.objects.get().email == "bea@zilverdam.example"


def test_init_for_the_browser_prints_the_code(tmp_path: Path) -> None:
    code, said = run_init(tmp_path, "--browser")
    assert (code, setup_code(folder=tmp_path) in said) == (0, True)
