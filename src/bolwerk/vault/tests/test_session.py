"""An open vault: half in the session, half in a cookie, for a short while, and never in clear on the server."""

from base64 import b64decode
from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from pytest_django import Settings

from bolwerk.audit.models import Line
from bolwerk.vault.actions import change_phrase
from bolwerk.vault.session import IN_SESSION, cookie_name
from bolwerk.vault.tests.makers import MONDAY, NEW_PHRASE, PHRASE, WORDS, Owner, make_note, make_owner

pytestmark = pytest.mark.django_db
OPEN, NOTES = "/kluis/mijn/openen/", "/kluis/notities/"


@pytest.fixture
def owner() -> Owner:
    return make_owner()


def signed_in(owner: Owner) -> Client:
    """A browser of the owner, who has not opened the vault."""
    client = Client()
    client.force_login(owner.person)
    return client


def opened(owner: Owner) -> Client:
    """A browser of the owner with the vault open."""
    client = signed_in(owner)
    assert client.post(OPEN, {"phrase": PHRASE}).status_code == 302
    return client


def reads(client: Client, note_id: object) -> bool:
    """Whether the note is shown, or the phrase asked."""
    response = client.get(f"{NOTES}{note_id}/")
    assert response.status_code in {200, 302}
    return response.status_code == 200 and WORDS.text in response.content.decode()


def test_the_phrase_opens_it_and_leads_back_to_the_page(owner: Owner) -> None:
    note = make_note(owner)
    client = signed_in(owner)
    asked = client.get(f"{NOTES}{note.pk}/")
    assert asked["Location"] == f"{OPEN}?next=%2Fkluis%2Fnotities%2F{note.pk}%2F"
    assert client.post(asked["Location"], {"phrase": PHRASE})["Location"] == f"{NOTES}{note.pk}/"
    assert reads(client, note.pk)


@pytest.mark.parametrize("next_", ["https://elders.example/", "//elders.example/", "/\\elders.example", "javascript:x"])
def test_it_never_leads_to_another_house(owner: Owner, next_: str) -> None:
    response = signed_in(owner).post(f"{OPEN}?next={next_}", {"phrase": PHRASE})
    assert response["Location"] == "/kluis/mijn/"


def test_the_cookie_is_for_this_house_only(owner: Owner) -> None:
    cookie = opened(owner).cookies[cookie_name()]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"], cookie["path"]) == (True, "Strict", "", "/")


def test_over_https_the_cookie_is_bound_to_the_host(owner: Owner, settings: Settings) -> None:
    settings.SESSION_COOKIE_SECURE = True
    cookie = opened(owner).cookies["__Host-vault"]
    assert (cookie["secure"], cookie["domain"], cookie["path"]) == (True, "", "/")


def test_neither_half_alone_holds_the_private_half(owner: Owner) -> None:
    client, private = opened(owner), owner.vault.pair.private
    kept = client.session[IN_SESSION]
    assert private not in b64decode(kept["token"])
    assert b64decode(client.cookies[cookie_name()].value) != private
    stored = "".join(session.session_data for session in Session.objects.all())
    assert client.cookies[cookie_name()].value not in stored


@pytest.mark.parametrize("loss", ["cookie", "session", "wrong cookie", "cookie that is no code"])
def test_without_one_of_the_halves_it_is_closed(owner: Owner, loss: str) -> None:
    note, client = make_note(owner), opened(owner)
    if loss == "session":
        session = client.session
        del session[IN_SESSION]
        session.save()
    elif loss == "cookie":
        del client.cookies[cookie_name()]
    else:
        client.cookies[cookie_name()] = "A" * 44 if loss == "wrong cookie" else "%%%"
    assert not reads(client, note.pk)


def test_the_halves_of_two_sessions_do_not_fit(owner: Owner) -> None:
    note, one, other = make_note(owner), opened(owner), opened(owner)
    one.cookies[cookie_name()] = other.cookies[cookie_name()].value
    assert not reads(one, note.pk)


def test_it_stays_open_while_used_and_closes_by_itself(owner: Owner) -> None:
    note = make_note(owner)
    with time_machine.travel(MONDAY, tick=False) as clock:
        client = opened(owner)
        for _use in range(3):
            clock.shift(timedelta(minutes=9, seconds=59))
            assert reads(client, note.pk)
        clock.shift(timedelta(minutes=10))
        assert not reads(client, note.pk)
        assert IN_SESSION not in client.session


@pytest.mark.parametrize("how", ["/kluis/mijn/sluiten/", "/uitloggen/"])
def test_closing_and_signing_out_close_it(owner: Owner, how: str) -> None:
    note, client = make_note(owner), opened(owner)
    token = client.session[IN_SESSION]["token"]
    assert client.post(how).status_code == 302
    client.force_login(owner.person)
    assert not reads(client, note.pk)
    assert all(token not in str(session.get_decoded()) for session in Session.objects.all())


def test_another_phrase_closes_it_everywhere(owner: Owner) -> None:
    note, client = make_note(owner), opened(owner)
    change_phrase(vault=owner.opened(), phrase=NEW_PHRASE, at=MONDAY)
    assert not reads(client, note.pk)


def test_a_colleague_with_both_halves_of_somebody_else_opens_nothing(owner: Owner) -> None:
    note, thief = make_note(owner), make_owner("Een Ander", phrase=NEW_PHRASE)
    client, other = opened(owner), signed_in(thief)
    session = other.session
    session[IN_SESSION] = client.session[IN_SESSION]
    session.save()
    other.cookies[cookie_name()] = client.cookies[cookie_name()].value
    assert other.get(f"{NOTES}{note.pk}/").status_code == 404
    assert other.get("/kluis/mijn/bewaarders/").status_code == 200
    assert other.post("/kluis/mijn/bewaarders/", {"seen": "x" * 16})["Location"].startswith(OPEN)


def test_guessing_is_slowed_down_and_told(owner: Owner) -> None:
    client = signed_in(owner)
    answers = [client.post(OPEN, {"phrase": f"verkeerde kluiszin nummer {number}"}) for number in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert "Wacht 1 seconde" in answers[-1].content.decode()
    assert Line.objects.filter(event="vault.phrase.refused").count() == 5
    assert client.post(OPEN, {"phrase": PHRASE}).status_code == 429  # not even the right one is looked at


def test_wrong_codes_count_with_wrong_phrases(owner: Owner) -> None:
    client = signed_in(owner)
    new = {"new_phrase": NEW_PHRASE, "again": NEW_PHRASE}
    other = make_owner("Een Ander").code
    for number in range(5):
        client.post(OPEN, {"phrase": f"verkeerde kluiszin nummer {number}"})
    assert client.post("/kluis/mijn/kwijt/noodcode/", {"code": other, **new}).status_code == 429
    assert owner.opened().pair == owner.vault.pair


def test_a_right_phrase_forgives_the_mistakes_before_it(owner: Owner) -> None:
    client = signed_in(owner)
    for _round in range(3):
        for number in range(4):
            assert client.post(OPEN, {"phrase": f"verkeerde kluiszin nummer {number}"}).status_code == 200
        assert client.post(OPEN, {"phrase": PHRASE}).status_code == 302


def test_the_phrase_is_never_shown_again(owner: Owner) -> None:
    page = signed_in(owner).post(OPEN, {"phrase": "een zin die hier niet past"}).content.decode()
    assert "een zin die hier niet past" not in page
    assert "Dit is niet de zin van je kluis" in page
