"""Sessions, sign-in and CSRF at the door (quality.md, 3 B 10 to 17)."""

import time
from base64 import b64decode
from collections.abc import Iterator
from http.cookies import Morsel
from statistics import median
from typing import cast

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from pytest_django import Settings

from bolwerk.accounts.signin.models import Attempt
from bolwerk.accounts.signin.routes import ROUTES
from bolwerk.accounts.signin.store import SessionStore
from bolwerk.accounts.tests.makers import PASSWORD, make_person
from bolwerk.accounts.tests.signing import code, give_code, give_password, with_app
from bolwerk.audit.models import Line
from tests.hashing import with_real_cost

pytestmark = pytest.mark.django_db
SAMPLES = 60
NOISE = 0.2  # medians of 60 samples each on a busy machine; a missing hash would be a difference of more than half


def session_id(client: Client) -> str:
    return client.cookies["session"].value


def test_the_session_gets_another_id_with_the_password_and_the_old_one_is_dead(client: Client) -> None:
    person = make_person()
    client.get("/inloggen/")
    session = cast("SessionStore", client.session)
    session["planted"] = True
    session.save()
    client.cookies["session"] = session.secret
    give_password(client, person)
    assert session_id(client) != session.secret
    assert not Session.objects.filter(session_key=session.session_key).exists()


def test_what_lies_in_a_session_is_closed_for_its_own_row(client: Client) -> None:
    sessions = [SessionStore(), SessionStore()]
    for session in sessions:
        session["searches"] = {"a": "Piet Storm"}
        session.save()
    secret = sessions[0].secret
    one, two = (Session.objects.get(pk=session.session_key) for session in sessions)
    assert "Piet Storm" not in one.session_data and b"Piet Storm" not in b64decode(one.session_data)
    assert SessionStore.of(secret)["searches"] == {"a": "Piet Storm"}
    for planted in (two.session_data, one.session_data[:-4], "", "geen base64!"):
        Session.objects.filter(pk=one.pk).update(session_data=planted)
        assert SessionStore.of(secret).load() == {}


def test_what_stands_in_the_tables_of_sessions_opens_no_session(client: Client) -> None:
    give_password(client, make_person())
    assert client.get("/").status_code == 200
    stored = set(Session.objects.values_list("pk", flat=True)) | set(
        UserSession.objects.values_list("session_key", flat=True)
    )
    assert stored
    assert session_id(client) not in stored
    for key in stored:
        thief = Client()
        thief.cookies["session"] = key
        assert thief.get("/").status_code == 302


def test_the_session_gets_another_id_with_the_second_factor(client: Client) -> None:
    person = with_app(make_person())
    give_password(client, person)
    half_way = session_id(client)
    give_code(client, code())
    assert session_id(client) != half_way
    stale = Client()
    stale.cookies["session"] = half_way
    assert stale.get("/").status_code == 302


def test_sign_out_is_by_post_only_clears_the_browser_and_ends_the_session(client: Client) -> None:
    give_password(client, make_person())
    old = session_id(client)
    assert client.get("/uitloggen/").status_code == 405
    assert client.get("/").status_code == 200
    answer = client.post("/uitloggen/")
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert not Session.objects.exists()
    thief = Client()
    thief.cookies["session"] = old
    assert thief.get("/").status_code == 302


def test_signing_out_leaves_what_waits_closed_only_when_the_page_says_that_something_does(client: Client) -> None:
    for keep, forgets in (("closed", '"cache"'), ("", '"cache", "storage"'), ("everything", '"cache", "storage"')):
        give_password(client, make_person())
        assert client.post("/uitloggen/", {"keep": keep})["Clear-Site-Data"] == forgets


def test_pages_behind_the_door_are_never_kept(client: Client) -> None:
    give_password(client, make_person())
    for path in ("/mijn/beveiliging/", "/mijn/sessies/"):
        assert "no-store" in client.get(path)["Cache-Control"]


UNSAFE = [route for route in ROUTES if "POST" in route.methods and "<" not in route.path]


@pytest.mark.parametrize("route", UNSAFE, ids=lambda route: route.name)
def test_no_post_without_a_token_of_this_site(route: object) -> None:
    person = make_person()
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    lines = Line.objects.count()
    path = f"/{route.path}"  # type: ignore[attr-defined]  # a Route
    for headers in ({}, {"X-CSRFToken": "x" * 64}, {"Origin": "https://elsewhere.example"}):
        form = {"login": person.email, "password": PASSWORD, "session": "others"}
        assert client.post(path, form, headers=headers).status_code == 403
    assert Line.objects.count() == lines
    assert not Attempt.objects.exists()


def flags(morsel: Morsel[str]) -> tuple[bool, bool, str, str]:
    return bool(morsel["secure"]), bool(morsel["httponly"]), morsel["samesite"], morsel["path"]


def test_cookies_are_for_this_host_over_https_and_out_of_reach_of_scripts(settings: Settings) -> None:
    settings.SESSION_COOKIE_NAME, settings.SESSION_COOKIE_SECURE = "__Host-session", True
    client = Client()
    give_password(client, make_person())
    for name in ("__Host-session", "__Host-device"):
        assert flags(client.cookies[name]) == (True, True, "Lax", "/")
        assert not client.cookies[name]["domain"]


def duration(email: str) -> float:
    Attempt.objects.all().delete()
    client = Client()
    began = time.perf_counter()
    client.post("/inloggen/", {"login": email, "password": "verkeerd-wachtwoord"})
    return time.perf_counter() - began


@pytest.fixture
def real_cost() -> Iterator[None]:
    """Passwords cost what they cost in the product."""
    with with_real_cost():
        yield


@pytest.mark.drill  # statistics of time: 240 sign-ins at full cost, and a quiet machine helps
@pytest.mark.slow
@pytest.mark.once  # it is the hash that takes time, on every database
@pytest.mark.usefixtures("real_cost")
def test_the_time_of_the_answer_does_not_say_whether_somebody_exists() -> None:
    known, leaver, no_password = make_person(), make_person("Vertrokken"), make_person("Zonder wachtwoord")
    leaver.is_active = False
    leaver.save()
    no_password.set_unusable_password()
    no_password.save()
    emails = [known.email, leaver.email, no_password.email, "nobody@zilverdam.example"]
    times: dict[str, list[float]] = {email: [] for email in emails}
    for _ in range(SAMPLES):  # in turns, so that a busy moment hits all alike
        for email in emails:
            times[email].append(duration(email))
    medians = [median(values) for values in times.values()]
    assert max(medians) / min(medians) - 1 < NOISE, medians
