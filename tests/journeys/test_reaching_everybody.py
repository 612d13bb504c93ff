"""Reporting from anywhere: a poster in a depot, a code to look it up, a report past the manager, a tile in a frame."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import make_department, make_person
from bolwerk.incidents.models import Incident, Kiosk
from bolwerk.incidents.tests.makers import make_coordinator, make_manager
from tests.browser import PHONE, axe, fits, guarded_context, screenshot
from tests.journeys.people import enter
from tests.journeys.sizes import ON_A_PHONE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PICTURES = Path("var/pictures/reach")


def look(page: Page, name: str) -> None:
    """What everybody must be able to use."""
    axe(page)
    assert fits(page)
    screenshot(page, PICTURES, name)


def report(page: Page, words: str) -> None:
    """Fill in and send."""
    page.get_by_role("radio", name="Ja").check()
    page.locator("[name=kind][value=threat]").check()
    page.get_by_label("Waar was het?").select_option("street")
    page.get_by_label("Wat wil je erover vertellen?").fill(words)
    page.get_by_role("button", name="Verstuur melding").click()


@ON_A_PHONE
def test_a_depot_reports_without_an_account_and_looks_it_up(
    browser: Browser, live_server: LiveServer, size: ViewportSize
) -> None:
    make_department("Buitendienst")
    coordinator, width = make_coordinator(), size["width"]
    with guarded_context(browser, viewport=size) as context:
        page = enter(context, coordinator, live_server.url)
        page.goto(f"{live_server.url}/meldingen/kiosken/")
        page.get_by_label("Voor welke afdeling?").select_option(label="Buitendienst")
        page.get_by_label("Waar hangt hij?").fill("Depot Noord, kantine")
        look(page, f"kiosks-{width}")
        page.get_by_role("button", name="Maak kiosk").click()
        look(page, f"poster-{width}")
    address = f"{live_server.url}/meldingen/kiosk/{Kiosk.objects.get().address}/"
    with guarded_context(browser, viewport=size, locale="nl-NL") as context:
        page = context.new_page()
        page.goto(address)
        look(page, f"kiosk-{width}")
        report(page, "Hij zei dat hij me wist te vinden.")
        look(page, f"opened-{width}")
        code = page.locator(".kiosk-code").inner_text()
        page.get_by_role("button", name="Sluit op dit scherm").click()
        look(page, f"code-{width}")
        page.get_by_label("Je code").fill(code)
        page.get_by_role("button", name="Opzoeken").click()
        page.get_by_label("Wat wil je toevoegen?").fill("Het was een witte bus.")
        page.get_by_role("button", name="Voeg toe aan melding").click()
        expect(page.get_by_text("Het was een witte bus.")).to_be_visible()


@ON_A_PHONE
def test_the_form_says_who_reads_it_as_one_chooses(
    browser: Browser, live_server: LiveServer, size: ViewportSize
) -> None:
    reporter = make_person("Sanne de Wit", department=make_department())
    assert reporter.department
    make_manager(reporter.department), make_coordinator()
    with guarded_context(browser, viewport=size) as context:
        page = enter(context, reporter, live_server.url)
        page.goto(f"{live_server.url}/meldingen/nieuw/")
        expect(page.get_by_text("Je leidinggevende en de agressiecoördinator lezen het")).to_be_visible()
        page.get_by_text("Iemand anders moet het lezen").click()
        page.locator("[name=receiver][value=coordinator]").check()
        expect(page.get_by_text("Je leidinggevende en de agressiecoördinator lezen het")).to_be_hidden()
        expect(page.get_by_text("Alleen de agressiecoördinator leest het.")).to_be_visible()
        look(page, f"report-{size['width']}")
        report(page, "Hij belde me thuis.")
        look(page, f"receipt-{size['width']}")
    assert Incident.objects.get().receiver == "coordinator"


def test_the_administrator_copies_the_tile(browser: Browser, live_server: LiveServer, settings: Settings) -> None:
    settings.TILE_ORIGINS = [live_server.url]
    with guarded_context(browser, viewport=PHONE) as context:
        page = enter(context, make_person("Fenna Beheer", Role.FUNCTIONAL_ADMINISTRATOR), live_server.url)
        page.goto(f"{live_server.url}/meldingen/tegel/kopie/")
        look(page, "tile-snippets")
        page.goto(f"{live_server.url}/meldingen/tegel/")
        look(page, "tile")
