"""`bolwerk` speaks the language of the environment; mails, pages and what programs read do not change with it."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.core import mail
from django.utils import translation

from bolwerk.accounts.tests.makers import PASSWORD
from bolwerk.accounts.tests.sheets import csv_file
from bolwerk.config import checks, serving, worker
from bolwerk.config.backups import restoring
from bolwerk.config.cli import main
from bolwerk.crypto.fields import Closed
from bolwerk.crypto.keyfile import current_ring
from bolwerk.incidents.models import Incident
from bolwerk.incidents.tests.makers import make_incident

pytestmark = pytest.mark.django_db
ANSWERS = ("--name", "Zilverdam", "--administrator-email", "bea@zilverdam.example", "--administrator-name", "Bea")
LANGUAGES = ("nl", "en")


def run(*words: object, speak: str, typed: str = "") -> Result:
    """Run `bolwerk` on a machine that speaks a language."""
    return CliRunner(env={"BOLWERK_LANGUAGE": speak}).invoke(main, [str(word) for word in words], input=typed)


def begin(folder: Path, *more: str, speak: str) -> Result:
    """Run `bolwerk init` with every answer."""
    return run("init", "--dir", folder, *ANSWERS, "--password-file", "-", *more, speak=speak, typed=f"{PASSWORD}\n")


@pytest.mark.parametrize(
    ("speak", "wrong", "new"),
    [
        ("nl", "er is niets gewijzigd.\n- rij 2, kolom", "nieuw: 1"),
        ("en", "nothing was changed.\n- row 2, col", "new: 1"),
    ],
)
def test_people_in_a_file(tmp_path: Path, speak: str, wrong: str, new: str) -> None:
    file = tmp_path / "mensen.csv"
    for row, code, sentence in ((("x", "", ""), 1, wrong), (("ada@zilverdam.example", "Ada", ""), 0, new)):
        file.write_bytes(csv_file(row))
        done = run("people", "import", "--dir", tmp_path, file, speak=speak)
        assert (done.exit_code, sentence in done.output) == (code, True), done.output


@pytest.mark.parametrize(
    ("speak", "ready", "again"),
    [("nl", "Bolwerk is klaar voor Zilverdam.", "al eerder begonnen"), ("en", "Bolwerk is ready for", "begun before")],
)
def test_a_beginning_and_a_second_one(tmp_path: Path, speak: str, ready: str, again: str) -> None:
    assert ready in begin(tmp_path, speak=speak).stdout
    refused = begin(tmp_path, speak=speak)
    assert (refused.exit_code, again in refused.stderr) == (1, True)


@pytest.mark.parametrize(
    ("speak", "frame", "reason"),
    [
        ("nl", "Er is geen reservekopie gemaakt", "Fout: Het archief"),
        ("en", "No backup was made", "Error: The archive"),
    ],
)
def test_a_backup_that_has_nowhere_to_go(tmp_path: Path, speak: str, frame: str, reason: str) -> None:
    (tmp_path / "vol").write_text("no folder", encoding="utf-8")
    done = run("backup", "--dir", tmp_path, "--to", tmp_path / "vol" / "map", speak=speak)
    assert (done.exit_code, frame in done.stderr, reason in done.stderr) == (1, True, True), done.stderr


@pytest.mark.parametrize(
    ("speak", "said"),
    [
        ("nl", "Dit is geen afgesloten bestand van een versie die deze uitgave kent. Er is niets teruggezet."),
        ("en", "This is no closed file of a version that this release knows. Nothing was put back."),
    ],
)
def test_a_broken_archive(tmp_path: Path, speak: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(restoring, "_check_empty", lambda _root: None)  # the tests have a database already
    (tmp_path / "stuk").write_bytes(b"x" * 500)
    done = run("restore", "--dir", tmp_path, tmp_path / "stuk", speak=speak)
    assert (done.exit_code, said in done.stderr) == (1, True), done.stderr


@pytest.mark.parametrize(
    ("speak", "due"),
    [
        ("nl", "Meldingen van incidenten: hele dossier nu aan de beurt 0"),
        ("en", "Reports of incidents: record due now 0"),
    ],
)
def test_what_is_due_to_go(tmp_path: Path, speak: str, due: str) -> None:
    done = run("erase-due", "--only-tell", "--dir", tmp_path, speak=speak)
    assert (done.exit_code, due in done.stdout) == (0, True), done.output


@pytest.mark.parametrize(
    ("speak", "where", "why"),
    [
        ("nl", ", rij {}: ", "is veranderd, of hoort ergens anders."),
        ("en", ", row {}: ", "was changed, or belongs elsewhere."),
    ],
)
def test_a_text_that_does_not_open(tmp_path: Path, speak: str, where: str, why: str) -> None:
    broken = make_incident()
    Incident.objects.filter(pk=broken.pk).update(words=Closed(b"\x01" + current_ring().current.id + b"kapot" * 20))
    done = run("keys", "check", "--dir", tmp_path, speak=speak)
    assert (done.exit_code, f"words{where.format(broken.pk)}" in done.stderr, why in done.stderr) == (1, True, True)


def test_what_stands_in_the_way_of_serving_is_said_in_one_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOLWERK_HOST_MODE", "maybe")
    told = {speak: run("serve", "--dir", tmp_path, speak=speak).stderr for speak in LANGUAGES}
    assert "is niet klaar.\n- BOLWERK_HOST_MODE is 'maybe': zeg yes of no." in told["nl"]
    assert "is not ready.\n- BOLWERK_HOST_MODE is 'maybe': say yes or no." in told["en"]


@pytest.mark.parametrize(("name", "module"), [("serve", serving), ("worker", worker)])
def test_pages_and_mails_keep_the_language_of_the_installation(
    tmp_path: Path, name: str, module: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoken: list[str | None] = []
    monkeypatch.setattr(checks, "refusals", lambda **_given: [])
    monkeypatch.setattr(module, "run", lambda **_given: spoken.append(translation.get_language()))
    done = run(name, "--dir", tmp_path, speak="en")
    assert (done.exit_code, spoken) == (0, ["nl"]), done.output


def test_the_test_mail_is_in_the_language_of_the_installation(tmp_path: Path) -> None:
    assert begin(tmp_path, "--test-mail", speak="en").exit_code == 0
    assert mail.outbox[0].subject == "Bolwerk kan mail versturen"


def test_a_command_leaves_the_language_as_it_was(tmp_path: Path) -> None:
    with translation.override("nl"):
        run("vault", "trustees", "--dir", tmp_path, speak="en")
        assert translation.get_language() == "nl"


def test_the_doctor_speaks_and_what_programs_read_of_it_is_the_same(tmp_path: Path) -> None:
    told = {speak: run("doctor", "--dir", tmp_path, speak=speak).stdout for speak in LANGUAGES}
    assert "Om naar te kijken:" in told["nl"]
    assert "To look at:" in told["en"]
    read = [json.loads(run("doctor", "--dir", tmp_path, "--json", speak=speak).stdout) for speak in LANGUAGES]
    moving = {"disk", "clock"}  # these two say how much and when
    left, right = ([one for one in found["findings"] if one["about"] not in moving] for found in read)
    assert left == right
    assert any("There is no backup" in one["sentence"] for one in left)


@pytest.mark.parametrize("words", [("routes", "--json"), ("keys", "status", "--json"), ("audit", "verify", "--json")])
def test_what_programs_read_is_the_same(tmp_path: Path, words: tuple[str, ...]) -> None:
    dutch, english = (run(*words, "--dir", tmp_path, speak=speak).stdout for speak in LANGUAGES)
    assert json.loads(dutch) == json.loads(english)


def test_help_is_in_the_language_and_the_commands_stay_as_they_are() -> None:
    dutch, deeper = run("--help", speak="nl").output, run("vault", "ask", "--help", speak="nl").output
    assert "het open platform voor de weerbare gemeente" in dutch
    assert "Opdrachten:" in dutch
    assert "Zet de reservekopie ARCHIVE terug" in dutch
    assert "De bewaarders lezen dit." in deeper
    assert "The trustees read this." in run("vault", "ask", "--help", speak="en").output
