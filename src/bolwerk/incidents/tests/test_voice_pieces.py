"""A voice note in pieces, as an iPhone plays it: the same bytes, the same guards, and one line in the trail."""

import pytest
from django.test import Client

from bolwerk.accounts.actions import deactivate_person
from bolwerk.accounts.models import Person
from bolwerk.accounts.tests.makers import make_department, make_person
from bolwerk.audit.models import Line
from bolwerk.documents.models import Document
from bolwerk.documents.tests.test_sounds import m4a
from bolwerk.incidents.tests.test_report_pages import NEW, filled_in
from bolwerk.incidents.tests.test_voice import voice

pytestmark = pytest.mark.django_db
WHOLE = [{"Range": "bytes=0-1,4-5"}, {"Range": "nonsense"}, {"Range": "bytes=0-1", "If-Range": '"other"'}]


@pytest.fixture
def reporter(client: Client) -> Person:
    person = make_person("Sanne de Wit", department=make_department())
    client.force_login(person)
    return person


def source_of_voice(client: Client) -> str:
    """Report with a voice note; the address that the page gives to the player."""
    page = client.post(NEW, filled_in(voice=[voice(m4a())]))
    own = client.get(page.headers["Location"].removesuffix("verstuurd/")).content.decode()
    return own.split('<audio controls preload="none" src="')[1].split('"')[0]


def test_a_player_gets_its_pieces_and_they_make_the_whole(client: Client, reporter: Person) -> None:
    source = source_of_voice(client)
    whole = client.get(source)
    assert (whole.status_code, whole.headers["Accept-Ranges"]) == (200, "bytes")
    size = len(whole.content)
    first = client.get(source, headers={"Range": "bytes=0-1"})
    assert (first.status_code, first.headers["Content-Range"]) == (206, f"bytes 0-1/{size}")
    assert (first.headers["Content-Length"], first.headers["Content-Type"]) == ("2", "audio/mp4")
    rest = client.get(source, headers={"Range": "bytes=2-", "If-Range": first.headers["ETag"]})
    assert first.content + rest.content == whole.content
    for answer in (first, rest):
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert "no-store" in answer.headers["Cache-Control"]


def test_no_such_piece_is_416_and_tells_the_size_only(client: Client, reporter: Person) -> None:
    source = source_of_voice(client)
    answer = client.get(source, headers={"Range": "bytes=999999-"})
    size = len(client.get(source).content)
    assert (answer.status_code, answer.headers["Content-Range"], answer.content) == (416, f"bytes */{size}", b"")


@pytest.mark.parametrize("more", WHOLE)
def test_several_pieces_nonsense_and_another_file_give_the_whole(
    client: Client, reporter: Person, more: dict[str, str]
) -> None:
    source = source_of_voice(client)
    answer = client.get(source, headers=more)
    assert answer.status_code == 200
    assert answer.content == client.get(source).content


def test_a_player_leaves_one_line_and_cannot_skip_it(client: Client, reporter: Person) -> None:
    source = source_of_voice(client)
    lines = Line.objects.filter(event="documents.document.read")
    for asked in ("bytes=5-9", "bytes=0-1", "bytes=2-", "bytes=-4"):
        assert client.get(source, headers={"Range": asked}).status_code == 206
    assert lines.count() == 1
    client.get(source)
    assert lines.count() == 2


def test_a_piece_is_for_the_same_session_and_the_same_rights(client: Client, reporter: Person) -> None:
    source = source_of_voice(client)
    piece = {"Range": "bytes=0-1"}
    assert client.get(source, headers=piece).status_code == 206
    other = Client()
    other.force_login(reporter)
    assert other.get(source, headers=piece).status_code == 404
    stranger = Client()
    stranger.force_login(make_person("Iemand"))
    assert stranger.get(source, headers=piece).status_code == 404
    deactivate_person(person=reporter, by="urn:bolwerk:system", at=Document.objects.get().at)
    assert client.get(source, headers=piece).status_code == 302
