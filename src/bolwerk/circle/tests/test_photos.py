"""Photos only with consent, what each is to prepare, and the minutes as an accessible PDF."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from bolwerk.accounts.models import Person
from bolwerk.accounts.tests.makers import signed_in_client
from bolwerk.audit.models import Line
from bolwerk.circle.actions.harvest import write_minutes
from bolwerk.circle.actions.photos import add_photo, answer_photo, prepare
from bolwerk.circle.actions.retention import erase
from bolwerk.circle.models import Circle, Participant, Photo, Preparation, Session
from bolwerk.circle.rules.circles import CircleError
from bolwerk.circle.rules.sessions import Consent
from bolwerk.circle.tests.makers import MONDAY, make_circle, make_member, make_participant
from bolwerk.circle.tests.session_makers import make_ended, make_session
from bolwerk.deadlines.models import Message
from bolwerk.documents.actions import FileRefusedError, Upload
from bolwerk.documents.models import Document
from bolwerk.documents.tests.hostile.pictures import drawn
from bolwerk.documents.tests.makers import photo as picture
from bolwerk.vault.rules.retention import Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def circle() -> Circle:
    return make_circle()


@pytest.fixture
def held(circle: Circle) -> Session:
    return make_ended(circle)


@pytest.fixture
def noor(circle: Circle) -> Participant:
    return make_participant(make_member(circle), "Noor Jansen")


@pytest.fixture
def newcomer(circle: Circle, held: Session) -> Participant:
    """Somebody who came into the circle after that session."""
    seat = make_participant(make_member(circle, "Veendrecht"), "Bo Vis")
    seat.accepted_at = (held.ended_at or MONDAY) + timedelta(days=30)
    seat.save()
    return seat


def person(seat: Participant) -> Person:
    assert seat.person
    return seat.person


def sees(seat: Participant, photo: Photo) -> bool:
    """Whether the picture opens for somebody: asked of its own address, not of the page."""
    document = Document.objects.get(subject=photo.urn)
    answer = signed_in_client(person(seat)).get(reverse("documents:document", args=[document.pk]))
    return answer.status_code != 404


def added(held: Session, *on_it: Participant) -> Photo:
    return add_photo(session=held, upload=picture(), on_it=on_it, by=held.circle.founded_by, at=MONDAY)


def test_a_photo_stays_with_who_was_there_until_everybody_on_it_says_yes(
    held: Session, noor: Participant, newcomer: Participant
) -> None:
    Message.objects.all().delete()
    photo = added(held, noor)
    assert [row.person for row in Message.objects.all()] == [noor.person]
    assert (sees(noor, photo), sees(newcomer, photo)) == (True, False)
    mine = photo.recognised.get()
    answer_photo(recognised=mine, consent=Consent.GIVEN, by=person(noor), at=MONDAY)
    assert sees(newcomer, photo)
    answer_photo(recognised=mine, consent=Consent.REFUSED, by=person(noor), at=MONDAY)
    assert not sees(newcomer, photo)
    assert Line.objects.filter(event="circle.photo.answered").count() == 2


def test_a_photo_without_anybody_on_it_is_for_the_circle_and_for_nobody_else(
    held: Session, newcomer: Participant
) -> None:
    photo = added(held)
    other = make_participant(make_member(make_circle("Kring Zuid"), "Zuidstad"), "An Derland")
    assert (sees(newcomer, photo), sees(other, photo)) == (True, False)


def test_nobody_answers_for_another(held: Session, noor: Participant, newcomer: Participant) -> None:
    photo = added(held, noor)
    address = reverse("circle:answer_photo", args=[held.circle_id, photo.pk, "goed"])
    assert signed_in_client(person(newcomer)).post(address).status_code == 404
    assert signed_in_client(held.circle.founded_by).post(address).status_code == 404
    assert signed_in_client(person(noor)).post(address).status_code == 302
    assert photo.recognised.get().consent == Consent.GIVEN
    wrong = reverse("circle:answer_photo", args=[held.circle_id, photo.pk, "misschien"])
    assert signed_in_client(person(noor)).post(wrong).status_code == 404


def test_who_is_on_it_takes_it_away_for_good_and_others_cannot(
    held: Session, noor: Participant, newcomer: Participant
) -> None:
    photo = added(held, noor)
    address = reverse("circle:remove_photo", args=[held.circle_id, photo.pk])
    assert signed_in_client(person(newcomer)).post(address).status_code == 404
    signed_in_client(person(noor)).post(address)
    assert (Photo.objects.exists(), Document.objects.exists()) == (False, False)


def test_a_photo_is_added_on_the_page_with_who_is_on_it(held: Session, noor: Participant) -> None:
    client: Client = signed_in_client(person(noor))
    address = reverse("circle:add_photo", args=[held.circle_id, held.pk])

    def post(**more: Any) -> str:
        file = SimpleUploadedFile("kring.jpg", drawn(), content_type="image/jpeg")
        return client.post(address, {"photo": file, **more}, follow=True).content.decode()

    assert "Vink aan wie herkenbaar is" in post()
    assert "Vink aan wie herkenbaar is" in post(nobody="on", on_it=[str(noor.pk)])
    page = post(on_it=[str(noor.pk)])
    assert "De hele kring ziet deze." in page
    assert Photo.objects.get().recognised.get().consent == Consent.GIVEN
    wrong = SimpleUploadedFile("kring.jpg", b"<script>", content_type="image/jpeg")
    assert "Het bestand is niet wat" in client.post(address, {"photo": wrong, "nobody": "on"}).content.decode()
    assert Photo.objects.count() == 1


def test_a_photo_of_a_session_that_has_not_begun_and_a_file_that_is_none_are_refused(
    circle: Circle, held: Session
) -> None:
    with pytest.raises(CircleError):
        add_photo(session=make_session(circle), upload=picture(), on_it=(), by=circle.founded_by, at=MONDAY)
    with pytest.raises(FileRefusedError):
        wrong = Upload("foto.jpg", "image/jpeg", b"<script>", 8)
        add_photo(session=held, upload=wrong, on_it=(), by=circle.founded_by, at=MONDAY)
    assert not Photo.objects.exists()


def test_what_is_for_one_participant_exists_for_nobody_else_but_who_leads(
    circle: Circle, noor: Participant, newcomer: Participant
) -> None:
    session = make_session(circle)
    leader = signed_in_client(circle.founded_by)
    address = reverse("circle:prepare", args=[circle.pk, session.pk])
    file = SimpleUploadedFile("lezen.jpg", drawn(), content_type="image/jpeg")
    leader.post(address, {"to": str(noor.pk), "words": "Lees dit voor jouw casus.", "attached": file})
    leader.post(address, {"to": "", "words": "Neem je huisregels mee."})
    here = reverse("circle:session", args=[circle.pk, session.pk])
    own = signed_in_client(person(noor)).get(here).content.decode()
    other = signed_in_client(person(newcomer)).get(here).content.decode()
    assert "Alleen voor jou" in own
    assert "Lees dit voor jouw casus." not in other
    assert "Neem je huisregels mee." in other
    assert signed_in_client(person(noor)).get(address).status_code == 404
    document = reverse("documents:document", args=[Document.objects.get().pk])
    assert signed_in_client(person(newcomer)).get(document).status_code == 404
    assert signed_in_client(person(noor)).get(document).status_code != 404
    row = Preparation.objects.exclude(to=None).get()
    gone = reverse("circle:remove_preparation", args=[circle.pk, row.pk])
    assert signed_in_client(person(noor)).post(gone).status_code == 404
    leader.post(gone)
    assert (Preparation.objects.count(), Document.objects.exists()) == (1, False)


def test_photos_and_preparation_go_with_who_took_part(circle: Circle, held: Session, noor: Participant) -> None:
    added(held, noor)
    uploads = [picture(red=9)]
    prepare(session=held, to=noor, words="Lees dit.", uploads=uploads, by=circle.founded_by, at=MONDAY)
    erase(stage=Stage.PERSONAL, keys=[circle.pk], by="urn:bolwerk:system", at=MONDAY)
    assert (Photo.objects.exists(), Preparation.objects.exists(), Document.objects.exists()) == (False, False, False)


def test_the_minutes_are_an_accessible_pdf_for_the_circle(circle: Circle, held: Session, noor: Participant) -> None:
    address = reverse("circle:minutes_file", args=[circle.pk, held.pk])
    client = signed_in_client(person(noor))
    assert client.get(address).status_code == 404
    text = "Wat we deden\n- Kennismaken\n- Een casus\n\nLessen\n- Bel dezelfde dag terug {naam}."
    write_minutes(session=held, text=text, by=circle.founded_by, at=MONDAY)
    with pikepdf.open(BytesIO(client.get(address).content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang).startswith("nl")
        xmp = pdf.Root.Metadata.read_bytes()
        assert b"pdfuaid" in xmp
        assert held.theme.encode() in xmp
    other = make_participant(make_member(make_circle("Kring Zuid"), "Zuidstad"), "An Derland")
    assert signed_in_client(person(other)).get(address).status_code == 404
