"""People are found before, during and after a rotation of the key ring."""

from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from bolwerk.crypto.keyfile import current_ring, make_key_file, read_key_file, write_key_file
from bolwerk.processing.actions import log_processing, renew_index
from bolwerk.processing.models import Operation, Subject
from bolwerk.processing.queries import operations_about
from bolwerk.processing.queries.lines import use_in_index
from bolwerk.processing.tests.makers import AT, CARE, MO, PERIOD, READ, SANNE

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def ring_file(settings: Settings, tmp_path: Path) -> Path:
    settings.BOLWERK_KEY_RING_FILE = tmp_path / "ring.json"
    make_key_file(settings.BOLWERK_KEY_RING_FILE, mode="test", at=AT)
    return tmp_path / "ring.json"


def log(*people: str) -> None:
    log_processing(CARE, name=READ, subjects=people, at=AT)


def found(person: str) -> int:
    return len(operations_about(person, since=PERIOD["since"], until=PERIOD["until"], most=99))


def new_key(file: Path) -> None:
    write_key_file(file, read_key_file(file).with_new_key(at=AT + timedelta(days=1)))


def test_a_person_is_found_with_an_old_key_and_keeps_one_row(ring_file: Path) -> None:
    log(SANNE)
    new_key(ring_file)
    assert found(SANNE) == 1
    log(SANNE)
    assert (found(SANNE), Subject.objects.count()) == (2, 1)


def test_renewing_moves_everybody_to_the_current_key(ring_file: Path) -> None:
    log(SANNE, MO)
    old = current_ring().current.id
    new_key(ring_file)
    assert use_in_index() == {old: 2}
    assert renew_index() == 2
    assert use_in_index() == {current_ring().current.id: 2}
    assert (found(SANNE), found(MO)) == (1, 1)
    assert renew_index() == 0


def test_two_rows_of_one_person_become_one(ring_file: Path) -> None:
    log(SANNE)
    old = Subject.objects.get()
    new_key(ring_file)
    Subject.objects.filter(pk=old.pk).update(index=b"x" * 32)  # as if written at the same moment with another key
    log(SANNE)
    assert Subject.objects.count() == 2
    renew_index()
    assert (Subject.objects.count(), Operation.objects.count(), found(SANNE)) == (1, 2, 2)
