"""The norm lives: the coordinator writes, the board adopts, a team adds its own, a visitor reads the house rules."""

from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from bolwerk.accounts.tests.makers import make_department
from bolwerk.incidents.models import Norm
from bolwerk.incidents.tests.makers import make_coordinator, make_manager
from bolwerk.incidents.tests.norm_makers import make_norm
from bolwerk.incidents.tests.response_makers import make_board
from tests.browser import DESKTOP, PHONE, axe, fits, guarded_context, screenshot
from tests.journeys.people import enter
from tests.journeys.sizes import AT_A_DESK

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PICTURES = Path("var/pictures/norms")


def look(page: Page, name: str) -> None:
    """What everybody must be able to use."""
    axe(page)
    assert fits(page)
    screenshot(page, PICTURES, name)


@AT_A_DESK
def test_the_norm_is_written_and_adopted_by_two_people(
    browser: Browser, live_server: LiveServer, size: ViewportSize
) -> None:
    coordinator, board = make_coordinator(), make_board()
    here, width = f"{live_server.url}/meldingen/norm/", size["width"]
    with guarded_context(browser, viewport=size) as context:
        page = enter(context, coordinator, live_server.url)
        page.goto(here)
        page.get_by_role("button", name="Nieuwe versie beginnen").click()
        page.get_by_role("link", name="Regel toevoegen").click()
        page.get_by_role("radio", name="Oranje").check()
        page.get_by_label("Welk gedrag?").fill("Iemand komt steeds terug zonder afspraak.")
        page.get_by_label("Wat doet de medewerker?").fill("Maak een afspraak.")
        page.get_by_label("Wat doet de leidinggevende?").fill("Schrijf een brief.")
        look(page, f"rule-{width}")
        page.get_by_role("button", name="Bewaar").click()
        look(page, f"draft-{width}")
        page.get_by_role("link", name="Aanbieden aan het bestuur").click()
        page.get_by_role("button", name="Aanbieden aan het bestuur").click()
    with guarded_context(browser, viewport=size) as context:
        page = enter(context, board, live_server.url)
        page.goto(f"{live_server.url}/meldingen/norm/{Norm.objects.get().pk}/")
        page.get_by_role("link", name="Vaststellen").click()
        page.get_by_role("button", name="Vaststellen").click()
        expect(page.get_by_text("vastgesteld door Annelies Hoekstra")).to_be_visible()
        look(page, f"norm-{width}")


@AT_A_DESK
def test_a_team_makes_its_own_and_a_visitor_reads_the_rules(
    browser: Browser, live_server: LiveServer, size: ViewportSize
) -> None:
    make_norm()
    team, width = make_department(), size["width"]
    with guarded_context(browser, viewport=size) as context:
        page = enter(context, make_manager(team), live_server.url)
        page.goto(f"{live_server.url}/meldingen/norm/team/{team.pk}/")
        page.get_by_role("button", name="Nieuwe versie beginnen").click()
        page.get_by_role("link", name="Wijzig: Iemand filmt").click()
        page.get_by_role("radio", name="Rood").check()
        page.get_by_role("button", name="Bewaar").click()
        page.get_by_role("link", name="Teamprotocol").click()
        page.get_by_label("Hoe doen we dat in dit team?").fill("De knop zit onder de balie.")
        page.get_by_role("button", name="Bewaar").click()
        page.get_by_role("link", name="Vaststellen").click()
        page.get_by_role("button", name="Vaststellen").click()
        expect(page.get_by_text("Strenger")).to_be_visible()
        look(page, f"team-{width}")
    with guarded_context(browser, viewport=size, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{live_server.url}/meldingen/huisregels/")
        expect(page.get_by_role("heading", name="Huisregels")).to_be_visible()
        screenshot(page, PICTURES, f"house-{width}")


def test_a_screen_and_phones_do_the_traffic_light(browser: Browser, live_server: LiveServer) -> None:
    make_norm()
    team = make_department()
    with guarded_context(browser, viewport=DESKTOP) as wall:
        screen = enter(wall, make_manager(team), live_server.url)
        screen.goto(f"{live_server.url}/meldingen/norm/bijeenkomsten/{team.pk}/")
        screen.get_by_label("Op welke dag?").fill(timezone.localdate().isoformat())
        screen.get_by_role("button", name="Plannen").click()
        screen.get_by_role("checkbox").first.check()
        screen.get_by_role("button", name="Bewaar wat klaar is").click()
        look(screen, "meeting")
        screen.get_by_role("link", name="Stoplicht").click()
        screen.get_by_label("Welke regels?").fill("Iemand schreeuwt.\nIemand zucht.")
        screen.get_by_role("button", name="Op het scherm zetten").click()
        look(screen, "screen-open")
        code = screen.locator(".bw-screen__letters").inner_text()
        for number in range(5):
            answer(browser, live_server, code, script=number != 0)
        expect(screen.locator("[data-count]")).to_have_text("5", timeout=15_000)
        screen.get_by_role("button", name="Sluiten en laten zien").click()
        expect(screen.get_by_text("Rood: nooit (bijna iedereen is het eens)")).to_be_visible()
        look(screen, "screen-closed")
        screen.get_by_role("link", name="Normbijeenkomst van").click()
        screen.get_by_role("link", name="Bijeenkomst afronden").click()
        screen.get_by_label("Hoeveel mensen waren er?").fill("5")
        screen.get_by_label("Wat hebben jullie afgesproken?").fill("Schreeuwen is rood.")
        look(screen, "finish")
        screen.get_by_role("button", name="Bewaar").click()
        screen.goto(f"{live_server.url}/meldingen/norm/bijeenkomsten/")
        expect(screen.get_by_text("5 mensen, versie 1")).to_be_visible()
        look(screen, "proof")


def answer(browser: Browser, server: LiveServer, code: str, *, script: bool) -> None:
    """One phone: the code, two answers, sent. One of them has no script."""
    with guarded_context(browser, viewport=PHONE, java_script_enabled=script) as context:
        phone = context.new_page()
        phone.goto(f"{server.url}/meldingen/meedoen/")
        phone.get_by_label("Welke code staat op het scherm?").fill(code)
        phone.get_by_role("button", name="Ga verder").or_(phone.get_by_role("button", name="Verder")).click()
        phone.get_by_role("radio", name="Rood").first.check()
        phone.get_by_role("radio", name="Groen").last.check()
        if script:
            look(phone, "phone")
        phone.get_by_role("button", name="Verstuur zonder naam").click()
        expect(phone.get_by_text("Je antwoorden zijn geteld, zonder naam.")).to_be_visible()
