"""Keeping and erasing: once, counted, under lock, and gone when it must be."""

from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, RequestFactory, encode_multipart
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from bolwerk.accounts.models import Person
from bolwerk.accounts.tests.makers import AT, make_person
from bolwerk.audit.actions import SYSTEM
from bolwerk.audit.models import Line
from bolwerk.crypto.keyfile import make_key_file
from bolwerk.crypto.ring import CannotOpenError
from bolwerk.documents import actions, queries
from bolwerk.documents.actions import Upload, keep_own, keep_upload
from bolwerk.documents.cleaning.outcome import FileRefusedError, Reason
from bolwerk.documents.models import Document
from bolwerk.documents.rules import Kind, Part, waiting_for
from bolwerk.documents.tests.makers import make_document, photo
from bolwerk.documents.uploading import (
    FIELDS_BYTES,
    REQUEST_BYTES,
    STRANGER_BYTES,
    InMemory,
    WholeUploads,
    keeps_typed,
    was_cut,
)
from bolwerk.vault.actions.rotation import rotate_keys

pytestmark = pytest.mark.django_db
HERE = "urn:bolwerk:nothing:thing:1"
LATER = AT + timedelta(days=2, seconds=1)


@pytest.fixture(autouse=True)
def place(tmp_path: Path, settings: Settings) -> Path:
    settings.BOLWERK_DIR = tmp_path
    return tmp_path


def files(place: Path) -> list[Path]:
    """Every file of every document."""
    return [file for file in (place / "documents").rglob("*") if file.is_file()]


def test_what_is_kept_is_under_lock_with_its_hashes(place: Path) -> None:
    upload = photo(name="Voordeur Sanne.jpg")
    document = make_document(make_person(), upload=upload)
    content = b"".join(queries.read(document))
    assert document.sha256 == sha256(content).hexdigest()
    assert document.received_sha256 == sha256(upload.data).hexdigest()
    assert len(files(place)) == 2
    for file in files(place):
        assert b"JFIF" not in file.read_bytes()
        assert "Voordeur" not in file.name
        assert file.stat().st_mode & 0o077 == 0
    line = Line.objects.get(event="documents.document.kept")
    assert document.sha256 in line.facts_json
    assert "Voordeur" not in line.facts_json


def test_the_same_file_for_the_same_subject_is_one_document(place: Path) -> None:
    person = make_person()
    first, second = (make_document(person, subject=HERE) for _ in range(2))
    assert first.pk == second.pk
    assert len(files(place)) == 2
    assert make_document(person, subject="urn:bolwerk:nothing:thing:2").pk != first.pk


@pytest.mark.parametrize("kept", [frozenset(), frozenset({"photo"})])
def test_what_came_in_is_kept_only_where_the_settings_say_so(settings: Settings, kept: frozenset[str]) -> None:
    settings.DOCUMENT_ORIGINALS = kept
    upload = photo()
    document = make_document(make_person(), upload=upload)
    assert document.has_original is bool(kept)
    if kept:
        assert b"".join(queries.read(document, Part.ORIGINAL)) == upload.data
    else:
        assert not queries.path_of(document.pk, Part.ORIGINAL).exists()


def test_a_document_that_was_touched_or_moved_does_not_open() -> None:
    one, other = (make_document(make_person(), upload=photo(red=shade)) for shade in (1, 2))
    queries.path_of(one.pk, Part.CONTENT).replace(queries.path_of(other.pk, Part.CONTENT))
    with pytest.raises(CannotOpenError):
        b"".join(queries.read(other))


def reason_of(**changes: object) -> Reason:
    """Why a photo is refused."""
    given: dict[str, object] = {"upload": photo(), "subject": HERE, "kind": Kind.PHOTO, "by": make_person(), "at": AT}
    with pytest.raises(FileRefusedError) as refusal:
        keep_upload(**(given | changes))  # type: ignore[arg-type]  # names of its fields
    return refusal.value.reason


def test_too_many_files_within_an_hour_are_refused_also_when_they_were_no_good(settings: Settings) -> None:
    settings.UPLOADS_AN_HOUR = 2
    person = make_person()
    assert reason_of(by=person, upload=Upload("x.exe", "", b"MZ", 2)) is Reason.NOT_ALLOWED
    make_document(person)
    assert reason_of(by=person) is Reason.TOO_MANY_THIS_HOUR
    keep_upload(upload=photo(), subject=HERE, kind=Kind.PHOTO, by=person, at=AT + timedelta(hours=1, seconds=1))


def test_a_full_subject_and_a_full_person_are_refused(settings: Settings, place: Path) -> None:
    settings.DOCUMENTS_A_SUBJECT = 0
    assert reason_of() is Reason.SUBJECT_FULL
    settings.DOCUMENTS_A_SUBJECT, settings.DOCUMENT_BYTES_A_PERSON = 5, 100
    assert reason_of() is Reason.PERSON_FULL
    assert files(place) == []


def test_a_photo_field_takes_photos_only(settings: Settings) -> None:
    assert reason_of(upload=Upload("brief.pdf", "application/pdf", b"%PDF-1.7", 8)) is Reason.NOT_ALLOWED
    settings.PHOTO_FORMATS = frozenset({"png"})
    assert reason_of() is Reason.NOT_ALLOWED


def test_a_full_disk_keeps_nothing(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(**_given: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("bolwerk.documents.actions.keeping.protect_file", full)
    assert reason_of() is Reason.NOT_WRITTEN
    assert not Document.objects.exists()
    assert files(place) == []


@pytest.mark.django_db(transaction=True)
def test_ten_uploads_racing_for_the_last_three_places_are_exactly_three(settings: Settings, place: Path) -> None:
    settings.DOCUMENTS_A_SUBJECT = 3
    people = [make_person() for _ in range(10)]
    start, outcomes = Barrier(10), list[object]()

    def race(number: int, person: Person) -> None:
        start.wait()
        try:
            outcomes.append(
                keep_own(content=b"%d" % number, name="x.pdf", subject=HERE, kind=Kind.FILE, by=person, at=AT)
            )
        except FileRefusedError as refusal:
            outcomes.append(refusal.reason)
        finally:
            connection.close()

    threads = [Thread(target=race, args=pair) for pair in enumerate(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count(Reason.SUBJECT_FULL) == 7
    assert Document.objects.filter(subject=HERE).count() == 3
    assert len(files(place)) == 3


def test_what_waits_is_bound_once_and_only_by_whoever_uploaded_it() -> None:
    person, key = make_person(), uuid4()
    mine = [make_document(person, subject=waiting_for(key), upload=photo(red=shade)) for shade in (1, 2)]
    everything = {"key": key, "subject": HERE, "chosen": [row.pk for row in mine], "at": AT}
    assert actions.bind_waiting(by=make_person(), **everything) == 0  # type: ignore[arg-type]  # names of its fields
    assert actions.bind_waiting(by=person, **(everything | {"chosen": [mine[0].pk]})) == 1  # type: ignore[arg-type]  # names of its fields
    assert [row.pk for row in queries.documents_of(HERE)] == [mine[0].pk]
    assert not queries.waiting_documents(key, by=person)


def test_abandoned_uploads_go_after_two_days_and_no_sooner(
    place: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    person = make_person()
    kept = make_document(person, subject=HERE)
    make_document(person, subject=waiting_for(uuid4()))
    assert actions.prune(by=SYSTEM, at=LATER - timedelta(seconds=2)) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.prune(by=SYSTEM, at=LATER) == 1
    assert list(Document.objects.all()) == [kept]
    assert len(files(place)) == 2


def test_files_without_a_row_are_swept_up(place: Path) -> None:
    kept = make_document(make_person(), subject=HERE)
    shelf = queries.path_of(kept.pk, Part.CONTENT).parent
    for name in (f"{uuid4().hex}.content", f".{uuid4().hex}.content.1a2b.part"):
        (shelf / name).write_bytes(b"left by a server that died")
    actions.prune(by=SYSTEM, at=AT - timedelta(days=400))  # they are young: a server may still be writing
    assert len(files(place)) == 4
    actions.prune(by=SYSTEM, at=AT + timedelta(days=400))
    assert len(files(place)) == 2


def test_a_subject_takes_its_documents_along(
    place: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    make_document(make_person(), subject=HERE)
    other = make_document(make_person(), subject="urn:bolwerk:nothing:thing:2")
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.erase_documents_of(subject=HERE, by=SYSTEM, at=AT) == 1
    assert list(Document.objects.all()) == [other]
    assert len(files(place)) == 2
    assert Line.objects.filter(event="documents.document.erased").count() == 1


def parsed(client_user: object, body: bytes, *, length: int = 0) -> HttpRequest:
    """A request whose form was read."""
    request = RequestFactory().generic("POST", "/", body, content_type=MULTIPART_CONTENT)
    request.user = client_user  # type: ignore[assignment]  # what the middleware sets
    if length:
        request.META["CONTENT_LENGTH"] = str(length)
    request.upload_handlers = [InMemory(request)]
    return request


def body_with(data: bytes) -> bytes:
    """A form with one file."""
    file = BytesIO(data)
    file.name = "foto.jpg"
    return encode_multipart(BOUNDARY, {"photo": file})


def test_an_upload_never_lies_on_disk_and_a_stranger_gets_no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.NamedTemporaryFile", None)
    data = b"x" * (STRANGER_BYTES * 3)
    (mine,) = parsed(make_person(), body_with(data)).FILES.getlist("photo")
    assert mine.read() == data
    (strangers,) = parsed(None, body_with(data)).FILES.getlist("photo")
    assert len(strangers.read()) == STRANGER_BYTES
    assert (strangers.size or 0) > 20 * 1024**2  # it says of itself that it is too large


def test_what_says_that_it_is_too_large_keeps_its_fields_and_reaches_no_other_view() -> None:
    whole = encode_multipart(BOUNDARY, {"words": "Hij filmde mij.", "photo": SimpleUploadedFile("film.mp4", b"x")})
    for person, least in ((make_person(), REQUEST_BYTES), (None, STRANGER_BYTES)):
        small, large = (parsed(person, whole, length=least + FIELDS_BYTES + more) for more in (0, 1))
        assert not was_cut(small)
        assert was_cut(large)
        assert (large.POST["words"], dict(large.FILES)) == ("Hij filmde mij.", {})
        guard = WholeUploads(lambda _request: HttpResponse())
        refused = guard.process_view(large, lambda: None)
        assert refused is not None
        assert refused.status_code == 413
        assert guard.process_view(large, keeps_typed(lambda: HttpResponse())) is None
        assert guard.process_view(small, lambda: None) is None


def test_an_upload_that_is_cut_off_leaves_nothing(client: Client, place: Path) -> None:
    whole = body_with(photo().data)
    request = parsed(make_person(), whole[: len(whole) // 2], length=len(whole))
    assert dict(request.FILES) == {}
    assert files(place) == []


def test_a_new_key_closes_the_files_too(place: Path, settings: Settings) -> None:
    settings.BOLWERK_KEY_RING_FILE = place / "ring.json"
    make_key_file(settings.BOLWERK_KEY_RING_FILE, mode="test", at=AT)
    document = make_document(make_person())
    before = {file: file.read_bytes() for file in files(place)}
    assert len(list(queries.closed_files())) == 2
    list(rotate_keys(by=SYSTEM, at=AT))
    assert all(file.read_bytes() != data for file, data in before.items())
    assert sha256(b"".join(queries.read(document))).hexdigest() == document.sha256
