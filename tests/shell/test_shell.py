"""The shell around every page."""

import pytest
from django.test import Client
from django.urls import reverse

from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import make_person, signed_in_client
from bolwerk.ui.patterns import PATTERNS
from tests.html_audit import AuditedClient

pytestmark = pytest.mark.django_db


@pytest.fixture
def builder() -> Client:
    client = AuditedClient()
    client.force_login(make_person("Noor van Dijk", Role.FUNCTIONAL_ADMINISTRATOR))
    return client


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", ["", *PATTERNS])
def test_every_pattern_is_a_sound_page_in_both_languages(builder: Client, name: str, language: str) -> None:
    builder.cookies["django_language"] = language
    response = builder.get(f"/patronen/{name}/" if name else "/patronen/")
    assert response.status_code == 200
    assert f'<html lang="{language}"' in response.content.decode()


def test_patterns_are_for_administrators_only(client: Client) -> None:
    client.force_login(make_person())
    assert client.get("/patronen/").status_code == 404
    assert client.get("/patronen/form/").status_code == 404


def test_an_unknown_pattern_does_not_exist(builder: Client) -> None:
    assert builder.get("/patronen/eenhoorn/").status_code == 404


def test_the_language_is_chosen_by_post_and_stays(builder: Client) -> None:
    assert builder.get("/taal/").status_code == 405
    response = builder.post("/taal/", {"language": "en", "next": "/meer/"}, follow=True)
    assert '<html lang="en"' in response.content.decode()


def test_light_or_dark_is_remembered(builder: Client) -> None:
    response = builder.post("/weergave/", {"theme": "dark", "next": "/meer/"}, follow=True)
    assert 'data-theme="dark"' in response.content.decode()
    cookie = builder.cookies["theme"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_an_unknown_look_is_not_remembered(builder: Client) -> None:
    builder.post("/weergave/", {"theme": '"><script>', "next": "/"})
    assert "theme" not in builder.cookies


def test_leaving_quickly_ends_the_session_and_gives_nothing_away(builder: Client) -> None:
    response = builder.post("/weg/", follow=True)
    page = response.content.decode()
    assert response.redirect_chain == [("/vandaag/", 302)]
    assert "Bolwerk" not in page.replace("bolwerk.css", "")
    assert builder.get("/").status_code == 302


def test_leaving_needs_a_button_not_an_address(builder: Client) -> None:
    assert builder.get("/weg/").status_code == 405
    assert builder.get("/meer/").status_code == 200


def test_staying_keeps_the_session(builder: Client) -> None:
    assert builder.post("/blijven/").status_code == 204


def test_the_page_knows_when_the_session_ends(builder: Client) -> None:
    assert 'data-session-seconds="' in builder.get("/meer/").content.decode()


def test_one_can_sign_out_from_every_page_by_post(builder: Client) -> None:
    page = builder.get("/meer/").content.decode()
    assert f'<form method="post" action="{reverse("account_logout")}"' in page


def test_the_current_page_is_marked(builder: Client) -> None:
    assert 'href="/meer/" aria-current="page"' in builder.get("/meer/").content.decode()


def test_the_manifest_is_json(client: Client) -> None:
    response = client.get("/bolwerk.webmanifest")
    assert response.headers["Content-Type"] == "application/manifest+json"
    assert response.json()["start_url"] == "/"


def test_only_the_nearest_door_is_marked(db: None) -> None:
    page = signed_in_client(make_person("Carla", Role.AGGRESSION_COORDINATOR)).get("/meldingen/mijn/").content.decode()
    assert '<a class="bw-rail__link" href="/meldingen/mijn/" aria-current="page">' in page
    assert '<a class="bw-rail__link" href="/meldingen/">' in page
