"""Voice notes with a report: kept closed, heard by whoever reads the report, and never in its way."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from bolwerk.accounts.models import Person
from bolwerk.accounts.tests.makers import make_department, make_person
from bolwerk.documents.models import Document
from bolwerk.documents.tests.test_sounds import SECRET, m4a, wave
from bolwerk.documents.uploading import InMemory
from bolwerk.incidents.models import Incident
from bolwerk.incidents.tests.makers import make_coordinator
from bolwerk.incidents.tests.test_report_pages import NEW, filled_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def reporter(client: Client) -> Person:
    person = make_person("Sanne de Wit", department=make_department())
    client.force_login(person)
    return person


def voice(data: bytes, name: str = "opname.m4a", media_type: str = "audio/mp4") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, media_type)


def sent_page(client: Client, *notes: SimpleUploadedFile, **more: Any) -> str:
    return client.post(NEW, filled_in(voice=list(notes), **more), follow=True).content.decode()


def test_a_voice_note_lies_closed_and_is_played_by_whoever_handles_the_report(
    client: Client, reporter: Person, settings: Settings
) -> None:
    sent_page(client, voice(m4a()))
    incident, document = Incident.objects.get(), Document.objects.get()
    assert (document.kind, document.format) == ("voice", "m4a")
    for page in (f"/meldingen/mijn/{incident.pk}/", f"/meldingen/{incident.pk}/"):
        found = client.get(page).content.decode()
        source = found.split('<audio controls preload="none" src="')[1].split('"')[0]
        answer = client.get(source)
        assert answer.headers["Content-Type"] == "audio/mp4"
        assert b"klank" in answer.content
        assert SECRET not in answer.content
        client.force_login(make_coordinator())
    client.force_login(make_person("Iemand"))
    assert client.get(f"/documenten/{document.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("note", "why"),
    [
        (voice(b""), "is leeg"),
        (voice(wave(b""), "leeg.wav", "audio/wav"), "is leeg"),
        (voice(m4a(handler=b"vide")), "M4A, MP3 of WAV"),
        (voice(b"OggS" + bytes(60), "opname.ogg", "audio/ogg"), "M4A, MP3 of WAV"),
        (voice(b"MZ" + bytes(60)), "niet wat"),
    ],
)
def test_what_is_no_voice_note_is_said_and_the_report_is_in(
    client: Client, reporter: Person, note: SimpleUploadedFile, why: str
) -> None:
    page = sent_page(client, note)
    assert Incident.objects.count() == 1
    assert "Je melding is binnen. Spraakbericht 1 ging niet mee." in page
    assert why in page
    assert not Document.objects.exists()


def test_a_video_of_200_mb_takes_no_memory_and_is_refused() -> None:
    handler = InMemory()
    handler.handle_raw_input(BytesIO(), {}, 0, "boundary")  # it did not say beforehand how large it is
    handler.new_file("voice", "film.mp4", "video/mp4", 200 * 1024**2)
    piece = bytes(64 * 1024)
    for start in range(0, 200 * 1024**2, len(piece)):
        handler.receive_data_chunk(piece, start)
    assert 0 < handler.kept.tell() <= 20 * 1024**2 + 1
    assert (handler.file_complete(200 * 1024**2).size or 0) == 200 * 1024**2


def test_a_voice_note_of_a_form_that_is_not_right_yet_is_not_chosen_twice(client: Client, reporter: Person) -> None:
    page = client.post(NEW, filled_in(kind="", voice=[voice(m4a())])).content.decode()
    assert 'name="waiting"' in page
    assert Document.objects.get().kind == "voice"
