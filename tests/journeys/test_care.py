"""A carer looks after a colleague and a witness: who, which day, what is needed; never what was said."""

from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from bolwerk.accounts.tests.makers import make_department, make_person
from bolwerk.incidents.models import Concerned
from bolwerk.incidents.tests.makers import make_coordinator, make_incident, make_manager
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


def tell_inspectorate(page: Page, name: str) -> None:
    """A red banner until it was reported."""
    page.get_by_role("link", name="Overleden, opname of blijvend letsel").click()
    page.get_by_role("radio", name="Opgenomen in een ziekenhuis").check()
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_role("link", name="Bel 0800 5151")).to_be_visible()
    look(page, name)
    page.get_by_role("link", name="Het is gemeld").click()
    page.get_by_label("Nummer van de inspectie").fill("2026-17")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_text("Gemeld bij de Arbeidsinspectie op")).to_be_visible()


@ON_A_PHONE
def test_a_colleague_and_a_witness_are_looked_after(
    browser: Browser, live_server: LiveServer, size: ViewportSize
) -> None:
    department, now = make_department(), timezone.now()
    manager, victim = make_manager(department), make_person(department=department)
    incident = make_incident(victim, at=now, occurred_at=now)
    here, wide = f"{live_server.url}/meldingen/{incident.pk}/", size["width"]
    with guarded_context(browser, viewport=size) as context:
        page = enter(context, manager, live_server.url)
        page.goto(here)
        page.get_by_role("link", name="Opvang", exact=True).click()
        page.get_by_role("link", name="Eerste contact: Sanne de Wit").click()
        expect(page.get_by_text("Wat er is gezegd blijft tussen jullie")).to_be_visible()
        page.get_by_label("Wat heeft deze persoon nodig?").fill("Even niet alleen aan de balie.")
        page.get_by_label("Wat hebben jullie afgesproken?").fill("Twee weken een collega ernaast.")
        look(page, f"moment-{wide}")
        page.get_by_role("button", name="Bewaar").click()
        expect(page.get_by_text("Twee weken een collega ernaast.")).to_be_visible()
        page.get_by_role("link", name="Er is nog iemand betrokken").click()
        page.get_by_role("radio", name="Getuige").check()
        page.get_by_label("Of de naam van iemand zonder account").fill("Jan van de beveiliging")
        look(page, f"person-{wide}")
        page.get_by_role("button", name="Toevoegen").click()
        expect(page.get_by_role("heading", name="Jan van de beveiliging")).to_be_visible()
        look(page, f"track-{wide}")
        tell_inspectorate(page, f"inspectorate-{wide}")
        page.goto(f"{live_server.url}/meldingen/opvang/")
        look(page, f"list-{wide}")
    assert Concerned.objects.count() == 2
    with guarded_context(browser, viewport=size) as context:
        page = enter(context, make_coordinator(), live_server.url)
        page.goto(here)
        expect(page.get_by_role("link", name="Opvang", exact=True)).to_have_count(0)
        expect(page.get_by_text("loopt, het volgende vóór")).to_be_visible()
