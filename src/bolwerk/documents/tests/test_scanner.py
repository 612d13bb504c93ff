"""The virus scanner: off, on, finding something, not answering, and answering nonsense."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from bolwerk.accounts.tests.makers import AT, make_person
from bolwerk.documents import actions, scanner
from bolwerk.documents.actions import Upload, keep_upload
from bolwerk.documents.cleaning.outcome import FileRefusedError, Reason
from bolwerk.documents.models import Document
from bolwerk.documents.rules import Kind
from bolwerk.documents.scanner import Address, AddressNotOursError, address_of
from bolwerk.documents.tests.clamd import EICAR, clamd_program, peer, real_clamd
from bolwerk.documents.tests.hostile.pictures import drawn
from bolwerk.documents.tests.makers import make_document, photo


@pytest.fixture(params=["clamd", "peer"])
def scanning(request: pytest.FixtureRequest, tmp_path: Path, settings: Settings) -> Iterator[None]:
    """A scanner that is on: the real one and the strict peer, one after the other."""
    if request.param == "clamd" and not clamd_program():
        pytest.skip("No clamd on this machine (Debian: clamav-daemon); the strict peer was tried.")
    settings.BOLWERK_DIR = tmp_path
    with (real_clamd if request.param == "clamd" else peer)(tmp_path) as address:
        settings.DOCUMENT_SCANNER = address
        yield


@pytest.mark.django_db
def test_a_virus_is_stopped_and_a_photo_is_not(scanning: None) -> None:
    scanner.scan(b"x" * 3_000_000)  # in pieces
    assert scanner.version().startswith("ClamAV")
    with pytest.raises(FileRefusedError) as refusal:
        scanner.scan(EICAR)
    assert refusal.value.reason is Reason.VIRUS
    data = drawn() + EICAR
    with pytest.raises(FileRefusedError) as refusal:
        make_document(make_person(), upload=Upload("foto.jpg", "image/jpeg", data, len(data)))
    assert refusal.value.reason is Reason.VIRUS
    assert not Document.objects.exists()
    assert make_document(make_person()).scanned_at == AT


@pytest.fixture
def place(tmp_path: Path, settings: Settings) -> Path:
    settings.BOLWERK_DIR = tmp_path
    return tmp_path


TOO_LARGE = b"INSTREAM size limit exceeded. ERROR\0"


@pytest.mark.parametrize("answer", [b"", b"\0", b"stream: O", b"OK\0", b"stream: OK\0 FOUN\0", TOO_LARGE, b"x" * 9_999])
def test_an_answer_that_does_not_say_that_all_is_well_stops_everything(
    place: Path, settings: Settings, answer: bytes
) -> None:
    with peer(place, answer=answer) as address:
        settings.DOCUMENT_SCANNER = address
        with pytest.raises(FileRefusedError) as refusal:
            scanner.scan(b"een foto")
        assert refusal.value.reason is Reason.NO_SCANNER


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["unix:/nowhere/clamd.sock", "127.0.0.1:1"])
def test_a_scanner_that_is_away_lets_nothing_in_and_nothing_out(place: Path, settings: Settings, address: str) -> None:
    document = make_document(make_person())
    settings.DOCUMENT_SCANNER = address
    with pytest.raises(FileRefusedError) as refusal:
        keep_upload(upload=photo(), subject="urn:bolwerk:x:y:1", kind=Kind.PHOTO, by=make_person(), at=AT)
    assert refusal.value.reason is Reason.NO_SCANNER
    with pytest.raises(FileRefusedError) as refusal:
        actions.look_again(document=document, at=AT)
    assert refusal.value.reason is Reason.NO_SCANNER


@pytest.mark.django_db
def test_what_was_scanned_more_than_a_day_ago_is_scanned_again(place: Path, settings: Settings) -> None:
    with peer(place) as address:
        settings.DOCUMENT_SCANNER = address
        document = make_document(make_person())
    later = place / "later"
    later.mkdir()
    with peer(later, answer=b"stream: New FOUND\0") as address:
        settings.DOCUMENT_SCANNER = address
        actions.look_again(document=document, at=AT + timedelta(hours=23))  # it was scanned lately
        with pytest.raises(FileRefusedError) as refusal:
            actions.look_again(document=document, at=AT + timedelta(hours=25))
    assert refusal.value.reason is Reason.VIRUS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", None),
        ("unix:/run/clamav/clamd.ctl", Address(path="/run/clamav/clamd.ctl")),
        ("127.0.0.1:3310", Address(host="127.0.0.1", port=3310)),
        ("10.0.0.5:3310", Address(host="10.0.0.5", port=3310)),
        ("[::1]:3310", Address(host="::1", port=3310)),
    ],
)
def test_an_address_in_the_own_house_is_taken(text: str, expected: Address | None) -> None:
    assert address_of(text) == expected


@pytest.mark.parametrize(
    "text", ["8.8.8.8:3310", "clamd.elders.example:3310", "127.0.0.1", "127.0.0.1:x", "x", "unix:x"]
)
def test_files_are_sent_to_nobody_else(text: str) -> None:
    with pytest.raises(AddressNotOursError):
        address_of(text)
