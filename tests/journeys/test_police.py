"""A coordinator reports to the police: the code is asked, the ELA apply, and the victim reads how it ended."""

from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from bolwerk.accounts.models import Person
from bolwerk.incidents.models import Incident
from bolwerk.incidents.tests.makers import make_coordinator, make_incident
from tests.browser import DESKTOP, PHONE, axe, fits, guarded_context, screenshot
from tests.journeys.people import enter
from tests.journeys.sizes import DRILL

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PICTURES = Path("var/pictures/police")


def look(page: Page, name: str) -> None:
    """What everybody must be able to use."""
    axe(page)
    assert fits(page)
    screenshot(page, PICTURES, name)


def set_address(page: Page, address: str) -> None:
    """The address of the town hall."""
    page.goto(f"{address}/meldingen/instellingen/politie/")
    page.get_by_label("Adres van de organisatie").fill("Stadhuisplein 1")
    page.get_by_label("Waar komt dit vandaan?").fill("Besluit van 3 maart")
    page.get_by_role("button", name="Bewaar").click()


def file_complaint(page: Page, name: str) -> None:
    """Look up what it is, and write it down without the code."""
    page.get_by_role("link", name="Melding of aangifte gedaan").click()
    page.get_by_label("Zoek een strafbaar feit op").fill("dreigt")
    page.get_by_role("button", name="Opzoeken").click()
    page.get_by_role("checkbox", name="Bedreiging (Sr 285)").check()
    page.get_by_role("radio", name="Gevraagd, nog niet bevestigd").check()
    page.get_by_role("radio", name="Onder nummer").check()
    look(page, f"form-{name}")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_text("De ELA gelden nog niet.")).to_be_visible()
    look(page, f"track-{name}")


def hear_back(page: Page) -> None:
    """The code is confirmed, and the court convicts."""
    page.get_by_role("link", name="Wijzigen of aanvullen").click()
    page.get_by_role("radio", name="Bevestigd door de politie").check()
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_text("De ELA gelden nog niet.")).to_have_count(0)
    page.get_by_role("link", name="Wat de politie liet weten").click()
    page.get_by_role("radio", name="Afgelopen").check()
    page.get_by_label("Hoe liep het af?").select_option("convicted")
    page.get_by_role("button", name="Bewaar").click()


def take_along(page: Page, name: str) -> None:
    """The seven questions are answered, and leave under a number: as text, and as a PDF that is looked at first."""
    page.get_by_role("link", name="De zeven vragen").click()
    page.get_by_label("Wie deed het?").fill("Een man met een rood jack.")
    look(page, f"questions-{name}")
    page.get_by_role("button", name="Bewaar").click()
    page.get_by_role("link", name="Voor de politie").click()
    page.get_by_role("radio", name="Onder nummer").check()
    look(page, f"paper-{name}")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download als tekst").click()
    assert "Stadhuisplein 1" in download.value.path().read_text(encoding="utf-8")
    page.get_by_role("button", name="Laat de pdf zien").click()
    expect(page.get_by_role("img").first).to_be_visible()
    look(page, f"pdf-{name}")


@pytest.mark.parametrize(("name", "size"), [pytest.param("phone", PHONE, marks=DRILL), ("desktop", DESKTOP)])
def test_from_a_complaint_to_what_the_victim_reads(
    browser: Browser, live_server: LiveServer, name: str, size: ViewportSize
) -> None:
    incident, coordinator = make_incident(at=timezone.now(), occurred_at=timezone.now()), make_coordinator()
    with guarded_context(browser, viewport=size) as context:
        page = enter(context, coordinator, live_server.url)
        set_address(page, live_server.url)
        page.goto(f"{live_server.url}/meldingen/{incident.pk}/")
        page.get_by_role("link", name="Politie en schade", exact=True).click()
        file_complaint(page, name)
        hear_back(page)
        take_along(page, name)
    read(browser, live_server, incident, incident.happened_to, size)


def read(browser: Browser, server: LiveServer, incident: Incident, victim: Person, size: ViewportSize) -> None:
    """Whom it happened to reads state and outcome, and no more."""
    with guarded_context(browser, viewport=size) as context:
        page = enter(context, victim, server.url)
        page.goto(f"{server.url}/meldingen/mijn/{incident.pk}/")
        expect(page.get_by_text("veroordeeld door de rechter")).to_be_visible()
        expect(page.get_by_text("Sr 285")).to_have_count(0)
        look(page, f"victim-{size['width']}")
