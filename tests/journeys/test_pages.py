"""The shell and every part of our pages in a real browser: axe, phone and desktop, light and dark, without script."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import make_person
from bolwerk.ui.models import Draft, SavedView
from bolwerk.ui.patterns import PATTERNS
from tests.browser import DESKTOP, PHONE, axe, fits, guarded_context, screenshot

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PICTURES = Path("var/pictures/pages")
LOOKS = [
    ("nl", "light", PHONE),
    ("nl", "dark", DESKTOP),
    # Each colour and each size was looked at; `make drills` has the other language, and them the other way round.
    pytest.param("en", "light", DESKTOP, marks=pytest.mark.drill),
    pytest.param("en", "dark", PHONE, marks=pytest.mark.drill),
]


def enter(context: BrowserContext, address: str, *, language: str = "nl") -> Page:
    """Sign in as somebody who may see the patterns: signing in itself has a journey of its own."""
    client = Client()
    client.force_login(make_person("Noor van Dijk", Role.FUNCTIONAL_ADMINISTRATOR))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    pairs = {settings.SESSION_COOKIE_NAME: session, settings.LANGUAGE_COOKIE_NAME: language}
    context.add_cookies([{"name": name, "value": value, "url": address} for name, value in pairs.items()])
    return context.new_page()


@pytest.mark.parametrize(("language", "scheme", "size"), LOOKS)
def test_axe_finds_nothing_on_any_pattern(
    browser: Browser, live_server: LiveServer, language: str, scheme: str, size: dict[str, int]
) -> None:
    with guarded_context(browser, viewport=size, color_scheme=scheme, reduced_motion="reduce") as context:
        page = enter(context, live_server.url, language=language)
        for name in PATTERNS:
            page.goto(f"{live_server.url}/patronen/{name}/")
            axe(page)
            assert fits(page), name
            screenshot(page, PICTURES, f"{name}-{language}-{scheme}-{size['width']}")
        for path in ("/meer/", "/toestand/", "/vandaag/", "/geen-verbinding/", "/bestaat-niet/"):
            page.goto(live_server.url + path)
            axe(page)
            assert fits(page), path


def test_the_error_summary_takes_focus_and_leads_to_the_field(browser: Browser, live_server: LiveServer) -> None:
    with guarded_context(browser, viewport=PHONE) as context:
        page = enter(context, live_server.url)
        page.goto(f"{live_server.url}/patronen/form-errors/")
        expect(page.locator("[data-error-summary]")).to_be_focused()
        page.locator("[data-error-summary] a").first.click()
        expect(page.locator("#id_kind_0")).to_be_focused()


def test_what_one_types_is_kept_by_itself(browser: Browser, live_server: LiveServer) -> None:
    with guarded_context(browser) as context:
        page = enter(context, live_server.url)
        page.goto(f"{live_server.url}/patronen/form/")
        page.get_by_label("In je eigen woorden").fill("Hij stond bij de balie.")
        expect(page.get_by_text("Concept bewaard")).to_be_visible()
        assert Draft.objects.get().values["words"] == ["Hij stond bij de balie."]


def test_without_script_the_button_keeps_a_draft(browser: Browser, live_server: LiveServer) -> None:
    with guarded_context(browser, java_script_enabled=False) as context:
        page = enter(context, live_server.url)
        page.goto(f"{live_server.url}/patronen/form/")
        page.get_by_label("In je eigen woorden").fill("Zonder script.")
        page.get_by_role("button", name="Bewaar als concept").click()
        expect(page.get_by_text("Je concept is bewaard")).to_be_visible()
        assert Draft.objects.get().values["words"] == ["Zonder script."]


@pytest.mark.parametrize("how", ["button", "keys"])
def test_leaving_quickly_shows_a_calendar_and_going_back_shows_the_door(
    browser: Browser, live_server: LiveServer, how: str
) -> None:
    with guarded_context(browser) as context:
        page = enter(context, live_server.url)
        page.goto(f"{live_server.url}/meer/")
        page.goto(f"{live_server.url}/patronen/detail/")
        if how == "button":
            page.get_by_role("button", name="Snel weg").click()
        else:
            page.keyboard.press("Escape")
            page.keyboard.press("Escape")
        page.wait_for_url("**/vandaag/")
        assert page.title() == "Kalender"
        page.go_back()
        page.wait_for_url("**/inloggen/**")


def test_a_map_is_drawn_and_its_list_lights_up_with_it(browser: Browser, live_server: LiveServer) -> None:
    with guarded_context(browser) as context:
        page = enter(context, live_server.url)
        page.goto(f"{live_server.url}/patronen/map/")
        expect(page.locator("[data-drawn]")).to_be_visible(timeout=30_000)  # drawn without a graphics card
        page.get_by_role("link", name="Kade 2").hover()
        expect(page.locator("[data-map-item=b1][data-chosen]")).to_be_visible()


def test_without_script_a_map_is_its_list(browser: Browser, live_server: LiveServer) -> None:
    with guarded_context(browser, java_script_enabled=False) as context:
        page = enter(context, live_server.url)
        page.goto(f"{live_server.url}/patronen/map/")
        expect(page.locator(".bw-map__drawing")).to_be_hidden()
        expect(page.get_by_role("link", name="Kade 1")).to_be_visible()


def test_the_keyboard_finds_content_shortcuts_and_search(browser: Browser, live_server: LiveServer) -> None:
    with guarded_context(browser) as context:
        page = enter(context, live_server.url)
        page.goto(f"{live_server.url}/patronen/list-few/")
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Naar de inhoud")).to_be_focused()
        page.keyboard.press("?")
        expect(page.get_by_role("dialog", name="Sneltoetsen")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
        page.keyboard.press("/")
        expect(page.get_by_role("searchbox")).to_be_focused()


def test_a_view_is_saved_and_no_connection_is_said(browser: Browser, live_server: LiveServer) -> None:
    with guarded_context(browser) as context:
        page = enter(context, live_server.url)
        page.goto(f"{live_server.url}/patronen/list-few/")
        page.get_by_text("Mijn weergaven").click()
        page.get_by_label("Naam van deze weergave").fill("Mijn team")
        page.get_by_role("button", name="Bewaar weergave").click()
        expect(page.get_by_role("status").get_by_text("De weergave is bewaard.")).to_be_visible()
        assert SavedView.objects.get().name == "Mijn team"
        context.set_offline(True)
        expect(page.get_by_text("Geen verbinding.")).to_be_visible()
        context.set_offline(False)
        expect(page.get_by_text("Geen verbinding.")).to_be_hidden()
