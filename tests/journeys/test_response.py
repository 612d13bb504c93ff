"""A coordinator reacts with care: the gate waits for hearing, the board decides, the letter is kept as shown."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from bolwerk.accounts.models import Person
from bolwerk.documents.queries import documents_of
from bolwerk.incidents.models import Incident, Measure
from bolwerk.incidents.tests.makers import make_coordinator, make_incident
from bolwerk.incidents.tests.response_makers import make_board
from tests.browser import axe, fits, guarded_context, screenshot
from tests.journeys.people import enter
from tests.journeys.sizes import AT_A_DESK

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PICTURES = Path("var/pictures/response")


def look(page: Page, name: str) -> None:
    """What everybody must be able to use."""
    axe(page)
    assert fits(page)
    screenshot(page, PICTURES, name)


def establish(page: Page, today: str) -> None:
    """Facts, rule and warning."""
    page.get_by_role("link", name="Feiten en regel").click()
    page.get_by_role("radio", name="Zwaar").check()
    page.get_by_label("Wat is er feitelijk gebeurd?").fill("Gooide een stoel naar de balie.")
    page.get_by_label("Feiten vastgesteld op").fill(today)
    page.get_by_label("Welke regel is overtreden?").fill("Wij gebruiken geen geweld.")
    page.get_by_role("radio", name="Ja", exact=True).check()
    page.get_by_label("Zo ja: gewaarschuwd op").fill(today)
    page.get_by_role("button", name="Bewaar").click()


def propose(page: Page) -> None:
    """The ban that the matrix proposes, for three months."""
    day = timezone.localdate()
    page.get_by_role("link", name="Maatregel voorstellen").click()
    expect(page.get_by_text("De matrix stelt voor: Toegangsverbod.")).to_be_visible()
    page.get_by_label("Waarom is dit nodig").fill("Er is opnieuw geweld gebruikt.")
    for label, days in (("Eerste dag", 0), ("Laatste dag", 90), ("Toets op", 45)):
        page.get_by_label(label).fill((day + timedelta(days=days)).isoformat())
    page.get_by_label("Hoe kan de persoon ertegen opkomen?").select_option("objection")
    page.get_by_label("De huisregels zijn zichtbaar").check()
    page.get_by_label("De politie is geïnformeerd").check()
    page.get_by_role("button", name="Voorstellen").click()


def hear(page: Page, today: str) -> None:
    """The side of the person."""
    page.get_by_role("link", name="Persoon horen").click()
    page.get_by_role("radio", name="Ja", exact=True).check()
    page.get_by_label("Zo ja: gehoord op").fill(today)
    page.get_by_label("Wat zegt de persoon erover?").fill("Het liep uit de hand.")
    page.get_by_role("button", name="Bewaar").click()


def keep_letter(page: Page) -> None:
    """Choose the ban, look at it, keep it."""
    page.get_by_role("link", name="Brief", exact=True).click()
    page.get_by_role("radio", name="Toegangsverbod").check()
    page.get_by_role("button", name="Laat zien hoe het wordt").click()
    page.get_by_role("button", name="Bewaar").click()


@AT_A_DESK
def test_a_ban_is_decided_with_care(browser: Browser, live_server: LiveServer, size: ViewportSize) -> None:
    incident, coordinator, board = make_incident(), make_coordinator(), make_board()
    here, today = f"{live_server.url}/meldingen/{incident.pk}/", timezone.localdate().isoformat()
    name = f"{size['width']}"
    with guarded_context(browser, viewport=size) as context:
        page = enter(context, coordinator, live_server.url)
        page.goto(here)
        page.get_by_role("link", name="Reactie", exact=True).click()
        establish(page, today)
        propose(page)
        expect(page.get_by_text("De persoon is nog niet gehoord")).to_be_visible()
        look(page, f"gate-{name}")
        hear(page, today)
        expect(page.get_by_text("De persoon is nog niet gehoord")).to_have_count(0)
        page.get_by_role("link", name="Besluit vragen").click()
        page.get_by_role("button", name="Besluit vragen").click()
    decide(browser, live_server, board, incident, size)
    send(browser, live_server, coordinator, incident, size)
    measure = Measure.objects.get()
    assert (measure.state, measure.decided_by) == ("sent", board)
    assert len(documents_of(measure.urn)) == 1


def decide(browser: Browser, server: LiveServer, board: Person, incident: Incident, size: ViewportSize) -> None:
    """The board opens what was asked of it, and nothing else of the incident."""
    with guarded_context(browser, viewport=size) as context:
        page = enter(context, board, server.url)
        page.goto(f"{server.url}/meldingen/{incident.pk}/reactie/")
        expect(page.get_by_role("link", name="Melding", exact=True)).to_have_count(0)
        look(page, f"decide-{size['width']}")
        page.get_by_role("link", name="Besluiten").click()
        page.get_by_role("button", name="Besluiten").click()
        expect(page.get_by_text("Besloten, nog niet verstuurd")).to_be_visible()


def send(browser: Browser, server: LiveServer, coordinator: Person, incident: Incident, size: ViewportSize) -> None:
    """The coordinator makes the letter and writes down that it went."""
    with guarded_context(browser, viewport=size) as context:
        page = enter(context, coordinator, server.url)
        page.goto(f"{server.url}/meldingen/{incident.pk}/reactie/")
        keep_letter(page)
        expect(page.get_by_role("heading", level=1)).to_contain_text("Reactie")
        page.get_by_role("link", name="Brief is verstuurd").click()
        page.get_by_role("button", name="Brief is verstuurd").click()
        expect(page.get_by_text("Verstuurd en van kracht")).to_be_visible()
        look(page, f"sent-{size['width']}")
