"""`bolwerk people import`: seen first, then used."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from bolwerk.accounts.models import Person
from bolwerk.accounts.tests.sheets import csv_file
from bolwerk.config.commands.people import command

pytestmark = pytest.mark.django_db
ADA = ("ada@zilverdam.example", "Ada", "")


def run(tmp_path: Path, data: bytes, *more: str) -> tuple[int, str]:
    """Run `bolwerk people import`; return the exit code and what it said."""
    file = tmp_path / "mensen.csv"
    file.write_bytes(data)
    done = CliRunner().invoke(command, ["import", "--dir", str(tmp_path), str(file), *more])
    return done.exit_code, done.output


def test_the_command_only_says_what_would_change_until_asked_to_apply(tmp_path: Path) -> None:
    code, said = run(tmp_path, csv_file(ADA))
    assert (code, "new: 1" in said, Person.objects.exists()) == (0, True, False)
    code, said = run(tmp_path, csv_file(ADA), "--apply")
    assert (code, "1 changes made" in said, Person.objects.exists()) == (0, True, True)


@pytest.mark.parametrize("data", [csv_file(("x", "", "")), b"\xff", csv_file(headings=("a",))])
def test_the_command_refuses_with_exit_code_1_and_changes_nothing(tmp_path: Path, data: bytes) -> None:
    code, said = run(tmp_path, data, "--apply")
    assert (code, "mensen.csv" in said) == (1, True)
    assert not Person.objects.exists()
