"""Sessions: they end by themselves, by their owner and when somebody leaves."""

import time
from datetime import timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from bolwerk.accounts.models import Person
from bolwerk.accounts.signin.browsers import in_words
from bolwerk.accounts.signin.sessions import end_sessions_of
from bolwerk.accounts.tests.makers import make_person
from bolwerk.accounts.tests.signing import give_password
from bolwerk.audit.models import Line

pytestmark = pytest.mark.django_db
TO_THE_DOOR = "/inloggen/?next=/mijn/sessies/"


def inside(client: Client) -> bool:
    return client.get("/mijn/sessies/").status_code == 200


def test_half_an_hour_of_rest_ends_a_session_softly(client: Client) -> None:
    person = make_person()
    with time_machine.travel(time.time(), tick=False) as clock:
        give_password(client, person)
        clock.shift(timedelta(minutes=29))
        assert inside(client)
        clock.shift(timedelta(minutes=29))
        assert inside(client)
        clock.shift(timedelta(minutes=30))
        assert client.get("/mijn/sessies/")["Location"] == TO_THE_DOOR
        assert "een tijd weg" in client.get(TO_THE_DOOR).content.decode()
    assert Line.objects.get(event="accounts.signin.session_ended").facts == {"why": "idle"}


def test_twelve_hours_end_a_session_however_busy(client: Client) -> None:
    with time_machine.travel(time.time(), tick=False) as clock:
        give_password(client, make_person())
        for _ in range(35):
            clock.shift(timedelta(minutes=20))
            assert inside(client)
        clock.shift(timedelta(minutes=20))
        assert not inside(client)
    assert Line.objects.get(event="accounts.signin.session_ended").facts == {"why": "absolute"}


def test_most_requests_write_nothing(client: Client, django_assert_num_queries: object) -> None:
    give_password(client, make_person())
    before = client.session["bolwerk.seen_at"]
    inside(client)
    assert client.session["bolwerk.seen_at"] == before


def test_i_see_my_sessions_and_end_one() -> None:
    person = make_person()
    here, there = Client(headers={"user-agent": "Laptop"}), Client(headers={"user-agent": "Telefoon"})
    give_password(here, person)
    give_password(there, person)
    page = here.get("/mijn/sessies/").content.decode()
    assert "Laptop" in page
    assert "Telefoon" in page
    other = UserSession.objects.get(user=person, user_agent="Telefoon")
    here.post("/mijn/sessies/", {"session": str(other.pk)})
    assert not inside(there)
    assert inside(here)


@pytest.mark.parametrize(
    ("says", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari on iPhone"),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36", "Chrome on Android"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
        ("x" * 100, "x" * 60),
        ("", "An unknown browser"),
    ],
)  # fmt: skip
def test_a_browser_is_named_in_words(says: str, words: str) -> None:
    with override("en"):
        assert in_words(says) == words


def test_nobody_ends_a_session_of_somebody_else() -> None:
    one, other = Client(), Client()
    give_password(one, make_person())
    give_password(other, make_person("Ander"))
    foreign = UserSession.objects.get(session_key=other.session.session_key)
    assert one.post("/mijn/sessies/", {"session": str(foreign.pk)}).status_code == 404
    assert one.post("/mijn/sessies/", {"session": foreign.session_key}).status_code == 404
    assert inside(other)


def test_ending_all_others_keeps_this_one() -> None:
    person = make_person()
    clients = [Client() for _ in range(3)]
    for client in clients:
        give_password(client, person)
    clients[0].post("/mijn/sessies/", {"session": "others"})
    assert [inside(client) for client in clients] == [True, False, False]


def test_a_leaver_is_out_with_the_next_request(client: Client) -> None:
    person = make_person()
    give_password(client, person)
    Person.objects.filter(pk=person.pk).update(is_active=False)
    assert not inside(client)


def test_ending_all_sessions_of_a_leaver_leaves_none_in_the_store(client: Client) -> None:
    person = make_person()
    give_password(client, person)
    assert end_sessions_of(person=person, by=person.urn, at=timezone.now()) == 1
    assert not Session.objects.exists()
    assert Line.objects.filter(event="accounts.signin.session_ended", subject=person.urn).count() == 1


def test_a_new_password_ends_the_other_sessions() -> None:
    person = make_person()
    here, there = Client(), Client()
    give_password(here, person)
    give_password(there, person)
    new = "een-heel-nieuw-wachtwoord"
    form = {"oldpassword": "een-lang-wachtwoord-12", "password1": new, "password2": new}
    assert here.post("/mijn/beveiliging/wachtwoord/", form).status_code == 302
    assert inside(here)
    assert not inside(there)


def test_a_wrong_present_password_changes_nothing(client: Client) -> None:
    person = make_person()
    give_password(client, person)
    new = "een-heel-nieuw-wachtwoord"
    answer = client.post(
        "/mijn/beveiliging/wachtwoord/", {"oldpassword": "verkeerd-123456", "password1": new, "password2": new}
    )
    assert answer.status_code == 200
    person.refresh_from_db()
    assert not person.check_password(new)


def test_changing_how_one_signs_in_asks_again_after_five_minutes(client: Client) -> None:
    with time_machine.travel(time.time(), tick=False) as clock:
        give_password(client, make_person())
        assert client.get("/mijn/beveiliging/app/").status_code == 200
        clock.shift(timedelta(minutes=6))
        again = client.get("/mijn/beveiliging/app/")
        assert again["Location"] == "/bevestigen/wachtwoord/?next=%2Fmijn%2Fbeveiliging%2Fapp%2F"
        back = client.post(again["Location"], {"password": "een-lang-wachtwoord-12"})
        assert back["Location"] == "/mijn/beveiliging/app/"
        assert client.get("/mijn/beveiliging/app/").status_code == 200
