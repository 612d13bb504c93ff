"""`bolwerk doctor` says in plain words what is wrong."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.utils import translation
from pytest_django import Settings

from bolwerk.accounts.tests.makers import make_person
from bolwerk.audit.actions import SYSTEM, record
from bolwerk.config.health import examine
from bolwerk.crypto.keyfile import make_key_file, read_key_file, write_key_file
from bolwerk.deadlines.actions import close_turn, queue_mail, sign_of_life, take_turn
from bolwerk.deadlines.models import Message
from bolwerk.vault.tests.makers import make_owner, make_trustees
from knooppunt.ingest import ingest
from knooppunt.synthetic import synthesise

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def ill(about: str) -> list[str]:
    """What is wrong with one thing."""
    with translation.override("en"):
        return [finding.sentence for finding in examine(at=NOW) if finding.about == about and not finding.well]


def lose_a_mail() -> Message:
    """A mail that the mail server refused."""
    message = queue_mail(person=make_person(), kind=Message.Kind.NEWS, path="/", cause="urn:bolwerk:test:x:1", at=NOW)
    Message.objects.update(status=Message.Status.FAILED, trouble="SMTP 550")
    return message


def test_a_large_number_is_written_as_the_language_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _folder: SimpleNamespace(free=59_443 * 1024**2))
    for language, number in (("nl", "59.443 MiB"), ("en", "59,443 MiB")):
        with translation.override(language):
            assert any(number in finding.sentence for finding in examine(at=NOW))


def test_a_healthy_house_has_nothing_to_look_at() -> None:
    sign_of_life(worker="a", at=NOW)
    assert [finding.sentence for finding in examine(at=NOW) if not finding.well] == []


def test_a_silent_worker_is_told() -> None:
    assert "never was one" in ill("worker")[0]
    sign_of_life(worker="a", at=NOW - timedelta(minutes=5))
    assert "seen at 2026-11-23 08:55" in ill("worker")[0]


def test_a_job_that_fails_is_told_by_name() -> None:
    sign_of_life(worker="a", at=NOW)
    take_turn(job="bolwerk.audit.tasks.anchor", every=timedelta(days=1), at=NOW)
    close_turn(job="bolwerk.audit.tasks.anchor", trouble="TimeoutError", at=NOW)
    assert ill("worker") == ["The job bolwerk.audit.tasks.anchor failed the last time (TimeoutError)."]


def test_lost_mail_is_listed_without_saying_to_whom() -> None:
    message = lose_a_mail()
    (sentence,) = ill("mail")
    assert str(message.pk) in sentence
    assert message.person.email not in sentence


def test_mail_that_waits_long_is_told(settings: Settings) -> None:
    settings.MAIL_SERVER = "127.0.0.1"
    queue_mail(
        person=make_person(),
        kind=Message.Kind.NEWS,
        path="/",
        cause="urn:bolwerk:test:x:1",
        at=NOW - timedelta(hours=2),
    )
    assert "longer than an hour: 1" in ill("mail")[0]


def test_a_clock_that_was_set_back_is_told() -> None:
    record("test.line", subject=SYSTEM, actor=SYSTEM, at=NOW + timedelta(hours=1))
    assert "set back" in ill("clock")[0]


def test_a_key_that_others_can_read_is_told(settings: Settings, tmp_path: Path) -> None:
    settings.BOLWERK_DIR = tmp_path
    key = tmp_path / "keys" / "secret.key"
    key.parent.mkdir()
    key.write_text("geheim")
    key.chmod(0o644)
    assert ill("keys") == [f"{key} can be read by others: run `chmod 600 {key}`."]


def test_a_key_that_is_too_old_or_half_replaced_is_told(settings: Settings, tmp_path: Path) -> None:
    settings.BOLWERK_KEY_RING_FILE = tmp_path / "ring.json"
    make_key_file(tmp_path / "ring.json", mode="test", at=NOW - timedelta(days=731))
    assert "731 days old" in ill("key ring")[0]
    write_key_file(tmp_path / "ring.json", read_key_file(tmp_path / "ring.json").with_new_key(at=NOW))
    assert "broken off" in ill("key ring")[0]
    write_key_file(tmp_path / "ring.json", read_key_file(tmp_path / "ring.json").with_all_renewed())
    assert ill("key ring") == []


def test_a_backup_that_is_missing_or_old_is_told(settings: Settings, tmp_path: Path) -> None:
    settings.BACKUP_DIR = str(tmp_path)
    settings.BOLWERK_MODE = "production"
    assert "There is no backup" in ill("backup")[0]
    (tmp_path / "bolwerk-20261121-090000Z.backup").write_bytes(b"x")
    assert "The last backup is of 2026-11-21 09:00" in ill("backup")[0]
    (tmp_path / "bolwerk-20261123-060000Z.backup").write_bytes(b"x")
    assert [sentence for sentence in ill("backup") if "The last backup" in sentence] == []


def test_a_backup_on_the_same_disk_is_told(settings: Settings) -> None:
    settings.BOLWERK_MODE = "production"
    folder = Path(settings.BOLWERK_DIR) / "backups"
    folder.mkdir(exist_ok=True)
    file = folder / "bolwerk-20261123-060000Z.backup"
    file.write_bytes(b"x")
    assert "same disk" in ill("backup")[0]
    file.unlink()


def test_keys_without_a_copy_or_with_an_old_one_are_told(settings: Settings) -> None:
    settings.BOLWERK_MODE = "production"
    assert "Nobody said that the keys were copied" in ill("key copy")[0]
    settings.KEYS_COPIED_ON = "2001-01-01"
    assert "The copy of the keys is of 2001-01-01" in ill("key copy")[0]
    settings.KEYS_COPIED_ON = "2999-01-01"
    assert ill("key copy") == []


def test_an_old_register_and_one_that_cannot_be_read_are_told(settings: Settings, tmp_path: Path) -> None:
    settings.BOLWERK_DIR = tmp_path
    town = synthesise(residents=3000, seed=1, out=tmp_path / "town")
    ingest("kvk", tmp_path / "town" / "kvk.jsonl", vault=tmp_path / "vault", as_of=date(2026, 6, 1), at=NOW)
    assert town.as_of
    assert "The register kvk is of 2026-06-01, 175 days old" in ill("registers")[0]
    for file in (tmp_path / "vault").rglob("*.json"):
        file.write_text("{", encoding="utf-8")
    assert "cannot be read" in ill("registers")[0]


def test_vaults_that_nobody_else_can_open_are_told() -> None:
    sign_of_life(worker="a", at=NOW)
    make_owner()
    assert "ask three" in ill("vaults")[0]
    make_trustees(2)
    assert ill("vaults") == []
