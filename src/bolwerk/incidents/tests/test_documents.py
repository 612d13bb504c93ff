"""Documents leave by a link of a few minutes, for one person in one session, and powerless."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from pytest_django import Settings
from time_machine import travel

from bolwerk.accounts.models import Grant, Person
from bolwerk.accounts.tests.makers import AT, make_department, make_person, signed_in_client
from bolwerk.audit.actions import SYSTEM
from bolwerk.audit.models import Line
from bolwerk.documents import queries
from bolwerk.documents.access import may_read
from bolwerk.documents.actions import keep_own
from bolwerk.documents.models import Document
from bolwerk.documents.rules import Kind, Part, handing_out, waiting_for
from bolwerk.documents.tests.makers import make_document
from bolwerk.incidents.models import Incident
from bolwerk.incidents.tests.makers import make_coordinator, make_incident, make_manager
from bolwerk.processing.models import Operation
from bolwerk.vault.actions import place_hold
from bolwerk.vault.models import Erasure
from bolwerk.vault.queries.retention import kind_of
from bolwerk.vault.rules.retention import Stage

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def place(tmp_path: Path, settings: Settings) -> Path:
    settings.BOLWERK_DIR = tmp_path
    return tmp_path


@pytest.fixture
def incident() -> Incident:
    return make_incident()


@pytest.fixture
def photo(incident: Incident) -> Document:
    return make_document(incident.reporter, subject=incident.urn)


def link(client: Client, document: Document) -> str:
    """Where the lasting address leads to now."""
    return str(client.get(f"/documenten/{document.pk}/").headers.get("Location", ""))


def test_the_reporter_gets_the_photo_and_the_trail_says_so(photo: Document) -> None:
    client = signed_in_client(photo.by)
    response = client.get(link(client, photo))
    assert response.content == b"".join(queries.read(photo))
    assert response.headers["Content-Type"] == "image/jpeg"
    assert response.headers["Content-Security-Policy"] == handing_out.SANDBOX
    assert response.headers["Cache-Control"] == "no-store"
    line = Line.objects.get(event="documents.document.read")
    assert (line.subject, line.actor) == (photo.urn, photo.by.urn)


def test_everything_but_a_photo_is_a_download(incident: Incident) -> None:
    headers = handing_out.headers(name="x.php.pdf", format_code="pdf", part=Part.CONTENT)
    assert headers["Content-Disposition"] == "attachment; filename*=UTF-8''x.php.pdf"
    odd = handing_out.headers(name='a";\u00e9.exe', format_code="docx", part=Part.CONTENT)["Content-Disposition"]
    assert odd == "attachment; filename*=UTF-8''a%22%3B%C3%A9.docx"
    original = handing_out.headers(name="foto.jpg", format_code="jpeg", part=Part.ORIGINAL)
    assert (original["Content-Type"], original["Content-Disposition"][:10]) == (
        "application/octet-stream",
        "attachment",
    )


def test_a_link_opens_nothing_for_somebody_else_or_in_another_session(photo: Document) -> None:
    mine = signed_in_client(photo.by)
    address = link(mine, photo)
    assert mine.get(address).status_code == 200
    assert signed_in_client(photo.by).get(address).status_code == 404
    assert signed_in_client(make_coordinator()).get(address).status_code == 404
    assert Client().get(address).status_code == 302
    assert Line.objects.filter(event="denied", subject=photo.urn).count() == 2


def test_a_link_holds_for_five_minutes(photo: Document) -> None:
    client = signed_in_client(photo.by)
    address = link(client, photo)
    with travel(timezone.now() + timedelta(seconds=290), tick=False):
        assert client.get(address).status_code == 200
    with travel(timezone.now() + timedelta(seconds=310), tick=False):
        assert client.get(address).status_code == 404


def test_a_link_for_one_part_opens_no_other(photo: Document) -> None:
    client = signed_in_client(photo.by)
    address = link(client, photo)
    assert client.get(address.replace("/content/", "/thumbnail/")).status_code == 404
    assert client.get(address.replace("/content/", "/original/")).status_code == 404
    assert client.get(address.replace("/content/", "/everything/")).status_code == 404
    assert client.get(re.sub(r"[^/]+/$", "x/", address)).status_code == 404


def test_a_role_that_was_taken_back_closes_a_link_at_once(incident: Incident, photo: Document) -> None:
    assert incident.department
    manager = make_manager(incident.department)
    client = signed_in_client(manager)
    address = link(client, photo)
    assert client.get(address).status_code == 200
    Grant.objects.filter(person=manager).update(withdrawn_at=AT)
    assert client.get(address).status_code == 404


def readers(subject: str, kind: str, people: dict[str, Person]) -> set[str]:
    """Who of these people may read."""
    return {who for who, person in people.items() if may_read(subject, kind=kind, person=person, on=AT.date())}


def test_the_room_decides_who_reads_which_kind(incident: Incident) -> None:
    assert incident.department
    people = {
        "reporter": incident.reporter,
        "manager": make_manager(incident.department),
        "coordinator": make_coordinator(),
        "elsewhere": make_manager(make_department("Vergunningen")),
        "colleague": make_person(),
    }
    handlers = {"manager", "coordinator"}
    assert readers(incident.urn, Kind.PHOTO, people) == handlers | {"reporter"}
    for kind in (Kind.FILE, Kind.LETTER, Kind.REPORT):
        assert readers(incident.urn, kind, people) == handlers
    assert readers(incident.urn, "original", people) == {"coordinator"}


@pytest.mark.parametrize("subject", ["", "x", "urn:bolwerk:hub:signal:1", "urn:bolwerk:integrity:report:1"])
def test_where_no_room_decides_nobody_reads(subject: str) -> None:
    assert not may_read(subject, kind=Kind.PHOTO, person=make_coordinator(), on=AT.date())


def test_what_waits_for_its_form_is_for_whoever_uploaded_it(incident: Incident) -> None:
    waiting = make_document(incident.reporter, subject=waiting_for(incident.pk))
    assert signed_in_client(incident.reporter).get(f"/documenten/{waiting.pk}/").status_code == 302
    assert signed_in_client(make_coordinator()).get(f"/documenten/{waiting.pk}/").status_code == 404


def test_a_document_that_was_damaged_says_so_and_sends_nothing(photo: Document) -> None:
    path = queries.path_of(photo.pk, Part.CONTENT)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    client = signed_in_client(photo.by)
    response = client.get(link(client, photo))
    assert response.status_code == 410
    assert "beschadigd" in response.content.decode()
    path.unlink()
    assert client.get(link(client, photo)).status_code == 410


def test_of_whom_a_photo_tells_is_in_the_processing_log(photo: Document, incident: Incident) -> None:
    client = signed_in_client(make_coordinator())
    client.get(link(client, photo))
    line = Line.objects.get(event="documents.document.read")
    (operation,) = Operation.objects.filter(trace_id=line.trace_id)
    assert operation.name == "documents.document.read"


def away(client: Client, document: Document, reason: str = "Er staat een voorbijganger op") -> int:
    """What happens when somebody takes a document away."""
    return client.post(f"/documenten/{document.pk}/weghalen/", {"reason": reason}).status_code


def test_whoever_looks_after_a_report_takes_a_wrong_photo_away(photo: Document, incident: Incident) -> None:
    client = signed_in_client(make_coordinator())
    lasting = f"/documenten/{photo.pk}/weghalen/"
    assert lasting in client.get(f"/meldingen/{incident.pk}/").text
    assert "Waarom hoort dit hier niet?" in client.get(lasting).text
    assert away(client, photo, "") == 200
    assert away(client, photo, "jan@voorbeeld.nl") == 200
    assert Document.objects.exists()
    assert away(client, photo) == 302
    assert not Document.objects.exists()
    line = Line.objects.get(event="documents.document.removed")
    assert (line.subject, line.reason) == (photo.urn, "Er staat een voorbijganger op")
    proof = Erasure.objects.get(kind="documents.document")
    assert (proof.subject, proof.stage, proof.period) == (photo.urn, "record", "P0D")


@pytest.mark.django_db(transaction=True)
def test_the_files_of_what_was_taken_away_are_gone_and_stay_gone(photo: Document, place: Path) -> None:
    assert away(signed_in_client(make_coordinator()), photo) == 302
    assert not [file for file in (place / "documents").rglob("*") if file.is_file()]
    row = Erasure.objects.get(kind="documents.document")
    with transaction.atomic():  # as after a backup came back
        kind_of(row.kind).erase(stage=Stage.RECORD, keys=[photo.pk], by=SYSTEM, at=AT)


def test_nobody_else_takes_anything_away(photo: Document, incident: Incident) -> None:
    assert away(signed_in_client(incident.reporter), photo) == 404
    assert away(signed_in_client(make_manager(make_department("Elders"))), photo) == 404
    letter = keep_own(content=b"%PDF-", name="brief.pdf", subject=incident.urn, kind=Kind.LETTER, by=photo.by, at=AT)
    assert away(signed_in_client(make_coordinator()), letter) == 404
    assert Document.objects.count() == 2


def test_what_is_held_cannot_be_taken_away(photo: Document, incident: Incident) -> None:
    place_hold(subject=incident.urn, reason="Rechtszaak", by=make_person("Fatima Gul"), at=AT)
    response = signed_in_client(make_coordinator()).post(f"/documenten/{photo.pk}/weghalen/", {"reason": "Fout"})
    assert response.status_code == 409
    assert "vastgehouden" in response.text
    assert Document.objects.exists()
