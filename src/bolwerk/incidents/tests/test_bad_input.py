"""What goes wrong in real life: too long, in any script, sent twice. Each is told, and nothing is lost."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bolwerk.accounts.models import Person
from bolwerk.accounts.tests.makers import make_department, make_person
from bolwerk.documents.models import Document
from bolwerk.documents.tests.hostile.pictures import drawn, heic
from bolwerk.documents.tests.test_sounds import m4a
from bolwerk.incidents.actions import make_kiosk
from bolwerk.incidents.models import Incident
from bolwerk.incidents.tests.makers import MONDAY, make_coordinator
from bolwerk.incidents.tests.test_report_pages import NEW, filled_in
from bolwerk.incidents.tests.test_sealed import DOOR, sealed

pytestmark = pytest.mark.django_db
LONG = "Hij bleef maar roepen. " * 4348  # 100,004 characters
NAMES = ["שרה כהן 🌷", "محمد العلي", "Zoë 👩‍🚒 de Wit", "O'Brien <b>&amp;</b>"]


@pytest.fixture
def reporter(client: Client) -> Person:
    person = make_person("Sanne de Wit", department=make_department())
    client.force_login(person)
    return person


def test_a_hundred_thousand_characters_are_refused_in_a_sentence_and_stay(client: Client, reporter: Person) -> None:
    answer = client.post(NEW, filled_in(words=LONG))
    assert answer.context["form"].errors.keys() == {"words"}
    assert LONG.strip() in answer.content.decode()
    assert not Incident.objects.exists()


def test_from_a_phone_a_hundred_thousand_characters_arrive_whole(client: Client, reporter: Person) -> None:
    sent = sealed(reporter, words=LONG)
    assert client.post(DOOR, sent).status_code == client.post(DOOR, sent).status_code == 200
    incident = Incident.objects.get()
    pieces = [incident.words, *(row.text for row in incident.addition_rows.order_by("at"))]
    assert len(pieces) == 26
    assert pieces == [LONG[start : start + 4000] for start in range(0, len(LONG), 4000)]


@pytest.mark.parametrize("name", NAMES)
def test_names_in_any_script_are_found_and_shown(client: Client, reporter: Person, name: str) -> None:
    colleague = make_person(name, department=reporter.department)
    told = filled_in(colleague=name, words=f"{name} was erbij 🙈", place=name)
    client.post(NEW, told)
    incident = Incident.objects.get()
    assert (incident.happened_to, incident.place) == (colleague, name)
    page = client.get(f"/meldingen/mijn/{incident.pk}/").content.decode()
    assert "was erbij 🙈" in page
    assert "<b>&amp;</b>" not in page


def test_a_name_that_turns_the_line_round_turns_nothing_but_itself(client: Client) -> None:
    coordinator = make_coordinator()
    kiosk = make_kiosk(department=make_department(), place="Depot", by=coordinator, at=MONDAY)
    name = "Piet \u202etxt.exe"
    form: dict[str, Any] = filled_in(name=name) | {"channel": "street"}
    client.post(f"/meldingen/kiosk/{kiosk.address}/", form)
    client.force_login(coordinator)
    page = client.get(f"/meldingen/{Incident.objects.get().pk}/").content.decode()
    assert f"<bdi>{name}</bdi>" in page


def test_sent_twice_with_photo_and_voice_is_all_of_it_once(client: Client, reporter: Person) -> None:
    def files() -> dict[str, list[SimpleUploadedFile]]:
        voice = SimpleUploadedFile("opname.m4a", m4a(), "audio/mp4")
        return {"photos": [SimpleUploadedFile("foto.jpg", drawn(), "image/jpeg")], "voice": [voice]}

    form = filled_in()
    first, second = client.post(NEW, form | files()), client.post(NEW, form | files())
    assert first.headers["Location"] == second.headers["Location"]
    assert Incident.objects.count() == 1
    assert sorted(Document.objects.values_list("kind", flat=True)) == ["photo", "voice"]


def test_a_film_as_a_photo_is_refused_and_the_report_is_in(client: Client, reporter: Person) -> None:
    film = SimpleUploadedFile("film.mp4", b"\x00\x00\x00\x18ftypmp42" + bytes(5000), "video/mp4")
    page = client.post(NEW, filled_in(photos=[film]), follow=True).content.decode()
    assert Incident.objects.count() == 1
    assert re.search("Je melding is binnen. Foto 1 ging niet mee. Dit soort bestand", page)


def test_a_photo_of_an_iphone_comes_in_as_jpeg(client: Client, reporter: Person) -> None:
    client.post(NEW, filled_in(photos=[SimpleUploadedFile("IMG_0001.HEIC", heic(), "image/heic")]))
    assert Document.objects.get().format == "jpeg"
