"""The pages of whoever reports: what is sent arrives once, what is wrong is said, and nothing typed is lost."""

import gzip
import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone, translation

from bolwerk.accounts.models import Person
from bolwerk.accounts.tests.makers import make_department, make_person
from bolwerk.documents.models import Document
from bolwerk.documents.queries import documents_of
from bolwerk.documents.tests.hostile.pictures import drawn
from bolwerk.incidents.models import Incident
from bolwerk.incidents.queries import kinds
from bolwerk.incidents.rules import Kind
from bolwerk.incidents.tests.makers import make_coordinator, make_incident, make_manager

pytestmark = pytest.mark.django_db
NEW = "/meldingen/nieuw/"


def filled_in(**changes: object) -> dict[str, Any]:
    """The form as most people send it."""
    usual: dict[str, object] = {
        "submission_key": str(uuid4()),
        "safety": "yes",
        "kind": "threat",
        "channel": "phone",
        "when": "now",
        "words": "Hij weet waar ik woon.",
    }
    return usual | changes


@pytest.fixture
def reporter(client: Client) -> Person:
    person = make_person("Sanne de Wit", department=make_department())
    client.force_login(person)
    return person


def test_a_report_leads_to_its_receipt(client: Client, reporter: Person) -> None:
    response = client.post(NEW, filled_in(), follow=True)
    incident = Incident.objects.get()
    assert response.redirect_chain == [(f"/meldingen/mijn/{incident.pk}/verstuurd/", 302)]
    assert incident.reference in response.content.decode()
    assert (incident.reporter, incident.happened_to) == (reporter, reporter)


def test_a_double_click_is_one_report(client: Client, reporter: Person) -> None:
    form = filled_in()
    first, second = client.post(NEW, form), client.post(NEW, form)
    assert Incident.objects.count() == 1
    assert first.headers["Location"] == second.headers["Location"]


def test_errors_keep_what_was_typed_and_are_summed_up_on_top(client: Client, reporter: Person) -> None:
    page = client.post(NEW, filled_in(kind="", words="Blijft staan")).content.decode()
    assert "data-error-summary" in page
    assert "Blijft staan" in page
    assert not Incident.objects.exists()


def test_the_block_for_whoever_is_not_safe_is_on_the_page_without_any_script(client: Client, reporter: Person) -> None:
    _head, _body, page = client.get(NEW).content.decode().partition("<body")  # its looks may stand in the head
    assert 'href="tel:112"' in page
    assert page.index("report-unsafe") < page.index("report-kinds")


def test_a_moment_in_the_future_is_refused_in_a_sentence(client: Client, reporter: Person) -> None:
    tomorrow = timezone.localtime() + timedelta(days=1)
    response = client.post(NEW, filled_in(when="earlier", occurred_at=f"{tomorrow:%Y-%m-%dT%H:%M}"))
    assert response.context["form"].errors.keys() == {"occurred_at"}


def test_earlier_needs_a_moment(client: Client, reporter: Person) -> None:
    response = client.post(NEW, filled_in(when="earlier"))
    assert response.context["form"].errors.keys() == {"occurred_at"}


def test_a_colleague_is_found_by_name_or_address(client: Client, reporter: Person) -> None:
    colleague = make_person("Joris Kok", department=make_department("Toezicht"))
    client.post(NEW, filled_in(colleague="joris  kok"))
    client.post(NEW, filled_in(colleague=colleague.email.upper()))
    assert [incident.happened_to for incident in Incident.objects.all()] == [colleague, colleague]


@pytest.mark.parametrize("typed", ["Joris", "Kok", "%", "joris kok jr"])
def test_half_a_name_finds_nobody(client: Client, reporter: Person, typed: str) -> None:
    make_person("Joris Kok")
    response = client.post(NEW, filled_in(colleague=typed))
    assert response.context["form"].errors.keys() == {"colleague"}


def test_two_colleagues_of_one_name_ask_for_the_address(client: Client, reporter: Person) -> None:
    make_person("Joris Kok"), make_person("Joris Kok")
    response = client.post(NEW, filled_in(colleague="Joris Kok"))
    assert response.context["form"].errors.keys() == {"colleague"}


def test_names_of_other_departments_are_not_on_the_page(client: Client, reporter: Person) -> None:
    make_person("Joris Kok", department=make_department("Toezicht"))
    make_person("Emma Jacobs", department=reporter.department)
    page = client.get(NEW).content.decode()
    assert "Emma Jacobs" in page
    assert "Joris Kok" not in page


def test_nobody_can_send_what_the_form_does_not_ask(client: Client, reporter: Person) -> None:
    stranger = make_person()
    sneaky = {"status": "closed", "reporter": str(stranger.pk), "happened_to": str(stranger.pk), "version": "9"}
    client.post(NEW, filled_in(**sneaky))
    incident = Incident.objects.get()
    assert (incident.status, incident.reporter, incident.happened_to, incident.version) == (
        "new",
        reporter,
        reporter,
        1,
    )


def test_the_receipt_says_safe_first_then_good_then_what_next(client: Client, reporter: Person) -> None:
    assert reporter.department
    make_manager(reporter.department), make_coordinator()
    page = client.post(NEW, filled_in(safety="unknown"), follow=True).content.decode()
    places = [
        page.index(word) for word in ("Ben je nu veilig?", "Goed dat je dit meldt", "Wat er nu gebeurt", "bellen")
    ]
    assert places == sorted(places)
    assert "Mo Bakker" in page
    assert "Carla Vos" in page
    assert "waarom" not in page.lower()


def test_the_reporter_reads_what_became_of_it_and_adds_details(client: Client, reporter: Person) -> None:
    incident = make_incident(reporter)
    client.post(f"/meldingen/mijn/{incident.pk}/aanvullen/", {"text": "Hij belde weer."})
    assert "Hij belde weer." in client.get(f"/meldingen/mijn/{incident.pk}/").content.decode()


def test_every_kind_has_words_in_both_languages() -> None:
    for language in ("nl", "en"):
        with translation.override(language):
            assert [text.code for text in kinds()] == list(Kind)
            assert all(text.label and text.hint for text in kinds())


def photo_file(name: str = "foto.jpg", data: bytes | None = None) -> SimpleUploadedFile:
    """A photo as a browser sends it."""
    return SimpleUploadedFile(name, drawn() if data is None else data, "image/jpeg")


def test_photos_go_with_the_report(client: Client, reporter: Person) -> None:
    photos = [photo_file(), photo_file(data=drawn(size=(99, 99)))]
    form = filled_in(photos=photos, camera=photo_file(data=drawn(size=(50, 50))))
    client.post(NEW, form, follow=True)
    client.post(NEW, filled_in(submission_key=form["submission_key"], photos=[photo_file()]))
    incident = Incident.objects.get()
    assert len(documents_of(incident.urn)) == 3  # sent twice is once, the photos too
    page = client.get(f"/meldingen/mijn/{incident.pk}/").content.decode()
    picture = re.search(r'<img src="(/documenten/[^"]+)" alt="Foto 1"', page)
    assert picture
    assert client.get(picture[1]).headers["Content-Type"] == "image/jpeg"


def test_a_photo_that_fails_loses_no_report(client: Client, reporter: Person) -> None:
    photos = [photo_file(), photo_file(data=b"\xff\xd8\xff no photo"), photo_file("x.svg", b"<svg/>")]
    page = client.post(NEW, filled_in(photos=photos), follow=True).content.decode()
    assert len(documents_of(Incident.objects.get().urn)) == 1
    assert "Je melding is binnen. Foto 2 ging niet mee. Het bestand is beschadigd" in page
    assert "Foto 3 ging niet mee. Dit soort bestand nemen we niet aan" in page


def test_photos_of_a_form_that_is_not_right_yet_are_not_chosen_twice(client: Client, reporter: Person) -> None:
    form = filled_in(kind="", photos=[photo_file(), photo_file(data=drawn(size=(99, 99)))])
    page = client.post(NEW, form).content.decode()
    waiting = re.findall(r'name="waiting" value="([^"]+)"[^>]* checked', page)
    assert len(waiting) == 2
    again = filled_in(submission_key=form["submission_key"], waiting=waiting[:1])
    client.post(NEW, again)
    assert [str(row.pk) for row in documents_of(Incident.objects.get().urn)] == waiting[:1]
    assert Document.objects.count() == 1  # what was ticked off is gone


def test_photos_are_added_later_without_a_word(client: Client, reporter: Person) -> None:
    incident = make_incident(reporter)
    address = f"/meldingen/mijn/{incident.pk}/aanvullen/"
    assert client.post(address, {"text": " "}).context["form"].errors.keys() == {"text"}
    client.post(address, {"text": "", "photos": [photo_file()]})
    assert len(documents_of(incident.urn)) == 1
    assert not incident.addition_rows.exists()


def test_the_page_with_its_photos_is_still_light(client: Client, reporter: Person) -> None:
    small = client.get(NEW, headers={"accept-encoding": "gzip"})
    page = gzip.decompress(small.content)
    files = set(re.findall(r'(?:href|src)="(/static/[^"#]+)', page.decode()))
    answers = [small, *(client.get(one, headers={"accept-encoding": "gzip"}) for one in files)]
    weights = [len(one.content) + sum(len(name) + len(said) + 4 for name, said in one.items()) for one in answers]
    assert any("shrink.js" in one for one in files)
    assert sum(weights) < 60_000, weights  # bytes on the wire, headers too (ui.md)


def test_the_page_is_compressed_only_when_no_part_of_it_comes_from_a_stranger(client: Client, reporter: Person) -> None:
    unpacks = {"accept-encoding": "gzip"}
    assert client.get(NEW, headers=unpacks).headers["Content-Encoding"] == "gzip"
    for answer in (client.get(NEW), client.get(f"{NEW}?guess=1", headers=unpacks), client.post(NEW, headers=unpacks)):
        assert "Content-Encoding" not in answer.headers
