"""Letters about an incident: made by who looks after it, looked at first, kept exactly so, and hidden from others."""

import re
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from bolwerk.accounts.models import Person
from bolwerk.accounts.tests.makers import AT, make_person, signed_in_client
from bolwerk.audit.models import Line
from bolwerk.documents.actions import keep_letter
from bolwerk.documents.models import Document, Letter
from bolwerk.documents.queries import documents_of, pdf_of, read
from bolwerk.documents.tests.hostile.pdfs import blank, saved
from bolwerk.documents.tests.pdf_checks import problems, text_of
from bolwerk.incidents.models import Incident
from bolwerk.incidents.queries import letters_of_incident
from bolwerk.incidents.tests.makers import make_coordinator, make_incident, make_manager

pytestmark = pytest.mark.django_db
CHOICES = [f"{one.code}.{one.language}" for one in letters_of_incident()]


@pytest.fixture(autouse=True)
def place(tmp_path: Path, settings: Settings) -> Path:
    settings.BOLWERK_DIR = tmp_path
    return tmp_path


@pytest.fixture
def incident() -> Incident:
    return make_incident(words="Hij riep \U0001f621 en #panic() {{ 7*7 }}", place="Balie 4")


@pytest.fixture
def coordinator(client: Client) -> Person:
    person = make_coordinator()
    client.force_login(person)
    return person


def begin(client: Client, incident: Incident, which: str = "acknowledgement.nl") -> Letter:
    """Choose a letter."""
    response = client.post(f"/meldingen/{incident.pk}/brief/", {"which": which})
    letter = Letter.objects.latest("changed_at")
    assert response.headers["Location"] == f"/documenten/brieven/{letter.pk}/"
    return letter


@pytest.mark.parametrize("which", CHOICES)
def test_every_letter_that_ships_is_filled_in_and_can_be_read_by_everybody(
    client: Client, incident: Incident, coordinator: Person, which: str
) -> None:
    letter = begin(client, incident, which)
    pdf = pdf_of(letter)
    assert problems(pdf, language=which[-2:]) == []
    words = text_of(pdf)
    assert "{" not in words.replace("{{ 7*7 }}", "")
    assert incident.reference in words
    if "invitation" in which:
        assert incident.reporter.name not in words
        assert coordinator.name not in words
    if "overview" in which:
        assert "#panic()" in words


def test_a_letter_is_shown_page_by_page_then_kept_and_found_again(
    client: Client, incident: Incident, coordinator: Person
) -> None:
    letter = begin(client, incident)
    page = client.get(f"/documenten/brieven/{letter.pk}/").content.decode()
    (picture,) = re.findall(r'<img class="letter-page" src="([^"]+)"', page)
    assert client.get(picture).headers["Content-Type"] == "image/png"
    assert client.get(picture.replace("/1/", "/2/")).status_code == 404
    (shown,) = re.findall(r'name="shown" value="([0-9a-f]{64})"', page)
    response = client.post(f"/documenten/brieven/{letter.pk}/bewaren/", {"shown": shown}, follow=True)
    assert response.redirect_chain[-1][0] == f"/meldingen/{incident.pk}/"
    (document,) = documents_of(incident.urn)
    assert sha256(b"".join(read(document))).hexdigest() == shown
    assert f"/documenten/{document.pk}/" in response.content.decode()
    assert client.get(f"/documenten/brieven/{letter.pk}/").status_code == 404  # it can no longer be changed


def test_what_is_changed_is_what_is_shown(client: Client, incident: Incident, coordinator: Person) -> None:
    letter = begin(client, incident)
    address = f"/documenten/brieven/{letter.pk}/wijzigen/"
    form = {"seen": 1, "to": "A\nB", "subject": "Anders", "text": "Beste Sanne,\n\nIets anders.", "sender": "Carla"}
    too_long = client.post(address, form | {"to": "\n".join("abcdefgh")})
    assert too_long.context["form"].errors.keys() == {"to"}
    assert client.post(address, form).status_code == 302
    letter.refresh_from_db()
    assert "Iets anders." in text_of(pdf_of(letter))
    conflict = client.post(address, form | {"text": "Van mij"})
    assert conflict.status_code == 409
    assert "Van mij" in conflict.content.decode()


def test_a_letter_that_changed_after_it_was_shown_is_not_kept(
    client: Client, incident: Incident, coordinator: Person
) -> None:
    letter = begin(client, incident)
    response = client.post(f"/documenten/brieven/{letter.pk}/bewaren/", {"shown": "0" * 64}, follow=True)
    assert "intussen gewijzigd" in response.content.decode()
    assert not Document.objects.exists()


def test_a_letter_is_taken_along_in_word_and_a_report_is_not(
    client: Client, incident: Incident, coordinator: Person
) -> None:
    letter = begin(client, incident, "invitation.nl")
    response = client.post(f"/documenten/brieven/{letter.pk}/bewerkbaar/")
    text = "\n".join(paragraph.text for paragraph in docx.Document(BytesIO(response.content)).paragraphs)
    assert "Uitnodiging voor een gesprek" in text
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert Line.objects.filter(event="documents.letter.taken_along").count() == 1
    report = begin(client, incident, "overview.nl")
    assert client.post(f"/documenten/brieven/{report.pk}/bewerkbaar/").status_code == 404


def test_a_letter_is_thrown_away(client: Client, incident: Incident, coordinator: Person) -> None:
    letter = begin(client, incident)
    assert "Je melding" in client.get(f"/meldingen/{incident.pk}/brief/").content.decode()  # not finished yet
    client.post(f"/documenten/brieven/{letter.pk}/weggooien/")
    assert not Letter.objects.exists()


def test_a_sign_that_cannot_be_printed_is_named(client: Client, incident: Incident, coordinator: Person) -> None:
    letter = begin(client, incident, "overview.nl")
    assert "zijn □ geworden: \U0001f621" in client.get(f"/documenten/brieven/{letter.pk}/").content.decode()


def test_only_who_looks_after_it_sees_a_letter(client: Client, incident: Incident, coordinator: Person) -> None:
    letter = begin(client, incident)
    assert incident.department
    assert (
        signed_in_client(make_manager(incident.department)).get(f"/documenten/brieven/{letter.pk}/").status_code == 200
    )
    for other in (incident.reporter, make_person()):
        browser = signed_in_client(other)
        for path in ("", "blad/1/", "wijzigen/"):
            assert browser.get(f"/documenten/brieven/{letter.pk}/{path}").status_code == 404
        for path in ("bewaren/", "weggooien/", "bewerkbaar/"):
            assert browser.post(f"/documenten/brieven/{letter.pk}/{path}").status_code == 404
    kept = keep_letter(letter=letter, shown=sha256(pdf_of(letter)).hexdigest(), by=coordinator, at=AT)
    assert signed_in_client(incident.reporter).get(f"/documenten/{kept.pk}/").status_code == 404


def test_a_handler_puts_in_a_file_that_the_reporter_does_not_see(
    client: Client, incident: Incident, coordinator: Person
) -> None:
    address = f"/meldingen/{incident.pk}/bestand/"
    assert "geen virusscanner aangesloten" in client.get(address).content.decode()
    assert client.post(address, {}).context["form"].errors.keys() == {"papers"}
    papers = [
        SimpleUploadedFile("Proces-verbaal.pdf", saved(blank()), "application/pdf"),
        SimpleUploadedFile("x.pdf", b"<html>", "application/pdf"),
    ]
    page = client.post(address, {"papers": papers}, follow=True).content.decode()
    assert "Proces-verbaal.pdf" in page
    assert "Bestand 2 is niet toegevoegd. Het bestand is niet wat de naam zegt" in page
    (document,) = documents_of(incident.urn)
    assert signed_in_client(incident.reporter).get(f"/documenten/{document.pk}/").status_code == 404
