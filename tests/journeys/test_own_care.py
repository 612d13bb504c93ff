"""Whoever it happened to steers the own care, and a witness has a page too."""

from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from bolwerk.accounts.tests.makers import make_department, make_person
from bolwerk.incidents.actions.care import add_concerned
from bolwerk.incidents.actions.care.people import Known
from bolwerk.incidents.rules.care import Capacity
from bolwerk.incidents.tests.care_makers import make_carer
from bolwerk.incidents.tests.makers import make_incident
from tests.browser import axe, fits, guarded_context, screenshot
from tests.journeys.people import enter
from tests.journeys.sizes import ON_A_PHONE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PICTURES = Path("var/pictures/care")


def look(page: Page, name: str) -> None:
    """What everybody must be able to use."""
    axe(page)
    assert fits(page)
    screenshot(page, PICTURES, name)


def answer_it(page: Page, wide: int) -> None:
    """A carer answers what was asked, and arranges help."""
    page.get_by_role("link", name="Sanne de Wit vraagt iets").click()
    page.get_by_label("Wat doe je ermee?").fill("Joost belt je morgen om 10 uur.")
    page.get_by_role("button", name="Verstuur antwoord").click()
    page.get_by_role("link", name="Leg hulp vast voor Sanne de Wit").click()
    page.get_by_role("radio", name="Bedrijfsarts").check()
    look(page, f"help-{wide}")
    page.get_by_role("button", name="Bewaar").click()
    look(page, f"track-with-help-{wide}")


@ON_A_PHONE
def test_who_gets_care_asks_and_reads_the_answer(browser: Browser, live_server: LiveServer, size: ViewportSize) -> None:
    department, now, wide = make_department(), timezone.now(), size["width"]
    victim, witness, carer = make_person(department=department), make_person("Wim Getuige"), make_carer()
    incident = make_incident(victim, at=now, occurred_at=now)
    add_concerned(incident=incident, known=Known(Capacity.WITNESS, witness), by=carer, at=now)
    with guarded_context(browser, viewport=size) as context:
        page = enter(context, victim, live_server.url)
        page.goto(f"{live_server.url}/meldingen/mijn/{incident.pk}/")
        page.get_by_role("link", name="Zeg wat je nodig hebt").click()
        page.get_by_role("link", name="Vraag om hulp, een ander moment of iemand anders").click()
        page.get_by_role("radio", name="Ik wil graag iemand anders spreken").check()
        look(page, f"ask-{wide}")
        page.get_by_role("button", name="Verstuur").click()
        expect(page.get_by_text("Nog geen antwoord")).to_be_visible()
        own = page.url
    with guarded_context(browser, viewport=size) as context:
        page = enter(context, carer, live_server.url)
        page.goto(f"{live_server.url}/meldingen/{incident.pk}/opvang/")
        answer_it(page, wide)
    with guarded_context(browser, viewport=size) as context:
        page = enter(context, victim, live_server.url)
        page.goto(own)
        expect(page.get_by_text("Joost belt je morgen om 10 uur.")).to_be_visible()
        look(page, f"own-{wide}")
        page.get_by_role("link", name="Wie keek hiernaar").click()
        expect(page.get_by_text("Joost Prins opende de opvang")).to_be_visible()
        look(page, f"own-looks-{wide}")
    with guarded_context(browser, viewport=size) as context:
        page = enter(context, witness, live_server.url)
        page.goto(f"{live_server.url}/meldingen/mijn/")
        page.get_by_role("link", name="Agressie of geweld").click()
        expect(page.get_by_role("heading", name="Opvang voor jou")).to_be_visible()
        expect(page.get_by_text("Sanne de Wit")).to_have_count(0)
