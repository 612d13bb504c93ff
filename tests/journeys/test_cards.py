"""The library: search with a typing error, compare, take over, start, tell what came of it; and ask a circle."""

from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from bolwerk.accounts.actions import load_themes
from bolwerk.audit.actions import SYSTEM
from bolwerk.circle.actions.cards import load_library
from bolwerk.circle.models import Circle
from bolwerk.circle.queries.library_files import shipped_cards
from bolwerk.circle.tests.card_makers import make_reader
from tests.browser import axe, fits, guarded_context, screenshot
from tests.journeys.people import enter
from tests.journeys.sizes import ON_A_PHONE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PICTURES = Path("var/pictures/cards")


def look(page: Page, name: str) -> None:
    """What everybody must be able to use."""
    axe(page)
    assert fits(page)
    screenshot(page, PICTURES, name)


@ON_A_PHONE
def test_a_card_is_found_compared_taken_over_started_and_told_about(
    browser: Browser, live_server: LiveServer, size: ViewportSize
) -> None:
    load_themes(folder=None, by=SYSTEM, at=timezone.now())
    load_library(cards=shipped_cards(), by=SYSTEM, at=timezone.now())
    width = size["width"]
    with guarded_context(browser, viewport=size) as context:
        page = enter(context, make_reader(), live_server.url)
        page.goto(f"{live_server.url}/leerkring/kaarten/")
        look(page, f"library-{width}")
        page.get_by_label("Wat zoek je?").fill("huisbezoeck")
        page.get_by_role("button", name="Zoek").click()
        expect(page.locator("mark").first).to_have_text("huisbezoek")
        page.goto(f"{live_server.url}/leerkring/kaarten/")
        for box in page.get_by_role("checkbox", name="Vergelijk").all()[:2]:
            box.check()
        page.get_by_role("button", name="Vergelijk twee").click()
        look(page, f"compare-{width}")
        page.get_by_role("link", name="Wij nemen dit over").first.click()
        page.get_by_role("button", name="Wij nemen dit over").click()
        page.get_by_role("link", name="We zijn begonnen").click()
        page.get_by_role("button", name="Bewaar").click()
        page.get_by_role("link", name="Vertel wat ervan kwam").click()
        page.get_by_role("radio", name="Het helpt een beetje").check()
        page.get_by_role("radio", name="Onze indruk").check()
        page.get_by_role("button", name="Bewaar").click()
        expect(page.get_by_text("Het helpt een beetje").first).to_be_visible()
        look(page, f"adoption-{width}")


@ON_A_PHONE
def test_a_question_is_asked_answered_and_solved(browser: Browser, live_server: LiveServer, size: ViewportSize) -> None:
    reader, width = make_reader(), size["width"]
    with guarded_context(browser, viewport=size) as context:
        page = enter(context, reader, live_server.url)
        page.goto(f"{live_server.url}/leerkring/{Circle.objects.get().pk}/vragen/")
        look(page, f"questions-{width}")
        page.get_by_role("link", name="Vraag of bied aan").click()
        page.get_by_label("In één zin").fill("Wie heeft een brief die een rechter heeft gezien?")
        page.get_by_role("button", name="Laat het de kring zien").click()
        page.get_by_label("Jouw antwoord").fill("Wij. Ik stuur hem morgen.")
        page.get_by_role("button", name="Antwoord").click()
        look(page, f"question-{width}")
        page.get_by_role("button", name="Het is opgelost").click()
        expect(page.get_by_text("Opgelost", exact=True)).to_be_visible()
