"""A new key (quality.md F 40): all is closed anew, what does not open is named, an old key goes when it is unused."""

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.db import connections, transaction
from django.utils import translation
from pytest_django import Settings

from bolwerk.audit.actions import SYSTEM
from bolwerk.audit.models import Line
from bolwerk.config.commands.keys import command as keys
from bolwerk.crypto.fields import Closed
from bolwerk.crypto.keyfile import current_ring, make_key_file, read_key_file, write_key_file
from bolwerk.crypto.ring import Place, key_id_of
from bolwerk.incidents.actions.response import add_person
from bolwerk.incidents.models import Incident
from bolwerk.incidents.queries.response import candidates
from bolwerk.incidents.tests.makers import MONDAY, make_coordinator, make_incident
from bolwerk.vault.actions import RotationRunsError, protect_file, retire_key, rotate_keys
from bolwerk.vault.actions.rotation import _alone
from bolwerk.vault.queries import read_protected_file
from bolwerk.vault.queries.closed import faults_in_everything, use_of_keys
from bolwerk.vault.rules.rotation import KeyStaysError

pytestmark = pytest.mark.django_db
PHOTO = Place("documents_file", "content", "1")
photos: list[Path] = []


def photo_places() -> Iterator[tuple[Path, Place]]:
    """The protected files of this test."""
    yield from ((path, PHOTO) for path in photos)


@pytest.fixture(autouse=True)
def ring_file(tmp_path: Path, settings: Settings) -> Iterator[Path]:
    """A ring of this test's own, and a place for its files."""
    settings.BOLWERK_KEY_RING_FILE = tmp_path / "ring.json"
    settings.PROTECTED_FILES = [f"{__name__}.photo_places"]
    make_key_file(tmp_path / "ring.json", mode="test", at=MONDAY)
    yield tmp_path / "ring.json"
    photos.clear()


def rotate() -> dict[str, int]:
    """Rotate to the end; returns how many were closed anew, by what."""
    renewed: dict[str, int] = {}
    for step in rotate_keys(by=SYSTEM, at=MONDAY):
        renewed[step.what] = max(renewed.get(step.what, 0), step.renewed)
    return renewed


def run(folder: Path, *words: str) -> tuple[int, str]:
    """Run `bolwerk keys`; returns the exit code and what it said."""
    done = CliRunner().invoke(keys, [words[0], "--dir", str(folder), *words[1:]])
    return done.exit_code, done.output


def test_everything_is_closed_with_the_new_key(tmp_path: Path) -> None:
    photos.append(tmp_path / "foto")
    protect_file(source=[b"beeld"], target=photos[0], place=PHOTO)
    for number in range(3):
        make_incident(words=f"Melding {number}", place="Balie")
    old, closed = current_ring().current.id, sum(use_of_keys().values())
    renewed = rotate()
    assert (renewed["incidents_incident.words"], renewed["files"]) == (3, 1)
    assert closed > 3 * 2  # words and place of each, and more
    assert use_of_keys() == {current_ring().current.id: closed}
    assert current_ring().current.id != old
    assert {incident.words for incident in Incident.objects.all()} == {"Melding 0", "Melding 1", "Melding 2"}
    assert b"".join(read_protected_file(photos[0], place=PHOTO)) == b"beeld"
    assert list(Line.objects.filter(event__startswith="vault.ring").values_list("event", flat=True)) == [
        "vault.ring.rotation_ended",
        "vault.ring.rotation_begun",
    ]


def test_what_was_broken_off_goes_on_with_the_same_key(ring_file: Path) -> None:
    for number in range(5):
        make_incident(words=f"Melding {number}")
    steps = rotate_keys(by=SYSTEM, at=MONDAY)
    next(step for step in steps if step.renewed)
    steps.close()  # as if somebody pulled the plug
    assert read_key_file(ring_file).rotating
    key = current_ring().current
    rotate()
    assert current_ring().current == key
    assert use_of_keys().keys() == {key.id}
    assert not read_key_file(ring_file).rotating


def test_what_does_not_open_stays_and_is_named(tmp_path: Path) -> None:
    incident, photo = make_incident(words="Goed"), tmp_path / "foto"
    broken = make_incident()
    Incident.objects.filter(pk=broken.pk).update(words=Closed(b"\x01" + current_ring().current.id + b"kapot" * 20))
    photo.write_bytes(b"geen beeld")
    photos.extend([photo, tmp_path / "weg"])
    code, said = run(tmp_path, "rotate")
    assert (code, "2 texts or files do not open" in said) == (0, True)
    assert Incident.objects.get(pk=incident.pk).words == "Goed"
    named = [fault.where for fault in faults_in_everything()]
    assert named == [f"incidents_incident.words, rij {broken.pk}", str(photo), str(tmp_path / "weg")]
    code, said = run(tmp_path, "check")
    assert (code, str(broken.pk) in said, "kapot" in said) == (1, True, False)


def test_status_counts_and_names_a_key_that_is_missing(tmp_path: Path, ring_file: Path) -> None:
    make_incident()
    closed = sum(use_of_keys().values())
    rotate()
    code, said = run(tmp_path, "status", "--json")
    found = json.loads(said)
    assert [key["uses"] for key in found["keys"]] == [0, closed]
    assert (code, found["rotating"], found["missing"]) == (0, False, {})
    assert "closes what is written now" in run(tmp_path, "status")[1]
    lost = current_ring().current.id.hex()
    ring_file.unlink()
    make_key_file(ring_file, mode="test", at=MONDAY)
    assert json.loads(run(tmp_path, "status", "--json")[1])["missing"] == {lost: closed}
    assert f"{lost}  is NOT in the ring" in run(tmp_path, "status")[1]


def test_an_old_key_goes_only_when_nothing_uses_it(ring_file: Path) -> None:
    make_incident()
    old = current_ring().current.id
    with translation.override("en"), pytest.raises(KeyStaysError, match="closes everything"):
        retire_key(key_id=old.hex(), by=SYSTEM, at=MONDAY)
    steps = rotate_keys(by=SYSTEM, at=MONDAY)
    next(steps)
    steps.close()
    later = MONDAY + timedelta(hours=2)
    with translation.override("en"), pytest.raises(KeyStaysError, match="still closes"):
        retire_key(key_id=old.hex(), by=SYSTEM, at=later)
    rotate()
    with translation.override("en"), pytest.raises(KeyStaysError, match="less than an hour"):
        retire_key(key_id=old.hex(), by=SYSTEM, at=MONDAY + timedelta(minutes=59))
    retire_key(key_id=old.hex(), by=SYSTEM, at=later)
    assert [kept.key.id for kept in read_key_file(ring_file).keys] == [current_ring().current.id]
    with translation.override("en"), pytest.raises(KeyStaysError, match="no key"):
        retire_key(key_id=old.hex(), by=SYSTEM, at=later)


def test_two_rotations_at_once_are_one(tmp_path: Path, ring_file: Path) -> None:
    with _alone(ring_file):
        with pytest.raises(RotationRunsError):
            next(rotate_keys(by=SYSTEM, at=MONDAY))
        assert run(tmp_path, "rotate")[0] == 1
    assert len(read_key_file(ring_file).keys) == 1


def test_without_a_ring_every_command_says_so(tmp_path: Path, ring_file: Path) -> None:
    ring_file.unlink()
    for words in (["status"], ["rotate"], ["check"], ["retire", "00000000", "--yes"]):
        code, said = run(tmp_path, *words)
        assert (code, "There is no key ring" in said) == (1, True)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("times", [2, pytest.param(5, marks=pytest.mark.drill)])  # a second and a half each
def test_an_edit_during_a_rotation_wins(times: int) -> None:
    """Whoever writes between the reading and the writing of the rotation is not overwritten."""
    incidents = [make_incident(words="Eerst") for _ in range(40)]
    stop = threading.Event()
    last: dict[object, str] = {}

    def edit() -> None:
        number = 0
        while not stop.is_set():
            incident = incidents[number % len(incidents)]
            incident.words = f"Wijziging {number}"
            with transaction.atomic():
                incident.save(update_fields=["words"])
            last[incident.pk] = incident.words
            number += 1
        connections.close_all()

    editor = threading.Thread(target=edit)
    editor.start()
    for _ in range(times):
        rotate()
    stop.set()
    editor.join()
    rotate()
    assert {one.pk: one.words for one in Incident.objects.all() if one.pk in last} == last
    assert use_of_keys().keys() == {key_id_of(bytes([1]) + current_ring().current.id)}


def test_persons_are_found_before_during_and_after_a_rotation_and_by_the_new_key_alone(ring_file: Path) -> None:
    person = add_person(name="Piet Storm", address="", traits="", employee=None, by=make_coordinator(), at=MONDAY)
    old = current_ring().current.id
    write_key_file(ring_file, read_key_file(ring_file).with_new_key(at=MONDAY))
    assert [one.perpetrator for one in candidates("storm")] == [person]  # its hashes are of the older key
    assert rotate()["incidents_persontoken.token"] == 1
    assert [one.perpetrator for one in candidates("storm")] == [person]
    assert use_of_keys()[old] == 0
    retire_key(key_id=old.hex(), by=SYSTEM, at=MONDAY + timedelta(days=1))
    assert [one.perpetrator for one in candidates("storm")] == [person]
