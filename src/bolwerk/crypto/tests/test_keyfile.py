"""The key file: for its owner only, whole or not at all, and read anew when it changes."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.utils import translation
from pytest_django import Settings

from bolwerk.crypto.keyfile import (
    RingMissingError,
    RingUnreadableError,
    current_ring,
    make_key_file,
    new_key_file,
    read_key_file,
    write_key_file,
)

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def file(tmp_path: Path, settings: Settings) -> Path:
    """The key ring of this test's installation; it is not there yet."""
    settings.BOLWERK_KEY_RING_FILE = tmp_path / "keys" / "ring.json"
    return tmp_path / "keys" / "ring.json"


def test_a_ring_is_made_once_and_for_its_owner_only(file: Path) -> None:
    assert make_key_file(file, mode="production", at=NOW) is True
    first = current_ring()
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700
    assert make_key_file(file, mode="production", at=NOW) is False
    assert current_ring().current == first.current


def test_what_is_written_is_what_is_read(file: Path) -> None:
    content = new_key_file(mode="demo", at=NOW).with_new_key(at=NOW)
    write_key_file(file, content)
    assert read_key_file(file) == content
    assert [kept.name for kept in file.parent.iterdir()] == ["ring.json"]


def test_a_new_key_closes_and_the_old_one_still_opens(file: Path) -> None:
    make_key_file(file, mode="production", at=NOW)
    old = current_ring().current
    write_key_file(file, read_key_file(file).with_new_key(at=NOW))
    ring = current_ring()
    assert ring.current != old
    assert ring.key(old.id) == old


def test_a_missing_ring_is_named(file: Path) -> None:
    with pytest.raises(RingMissingError, match="bolwerk init"):
        current_ring()


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"format": 1, "keys": [], "mode": "demo", "rotating": false}', '{"format": 9}', "\x00"],
)
def test_what_is_no_ring_is_refused(file: Path, text: str) -> None:
    file.parent.mkdir()
    file.write_text(text)
    with translation.override("en"), pytest.raises(RingUnreadableError, match="no key ring"):
        current_ring()


def test_a_ring_with_a_damaged_secret_is_refused(file: Path) -> None:
    make_key_file(file, mode="production", at=NOW)
    file.write_text(file.read_text().replace('"secret": "', '"secret": "!'))
    with pytest.raises(RingUnreadableError):
        read_key_file(file)
