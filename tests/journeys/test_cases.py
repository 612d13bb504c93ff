"""A case with a name and a BSN in it: refused, resolved, shared, and read by somebody else who never sees the name."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from bolwerk.circle.models import Participant
from bolwerk.circle.queries.deidentify import warm_up
from bolwerk.circle.tests.advice_makers import make_worked_on
from bolwerk.circle.tests.makers import make_circle, make_member, make_participant
from tests.browser import axe, fits, guarded_context, screenshot
from tests.journeys.people import enter
from tests.journeys.sizes import AT_A_DESK

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PICTURES = Path("var/pictures/cases")
NAME, BSN = "Tom Verhage", "999990019"
SITUATION = f"{NAME} (BSN {BSN}) komt elke dag. Verhage noemt mijn collega bij haar voornaam, sinds 3 november."
MOST_STOPS = 80


def look(page: Page, name: str) -> None:
    """What everybody must be able to use."""
    axe(page)
    assert fits(page)
    screenshot(page, PICTURES, name)


def tab_to(page: Page, there: Locator) -> None:
    """Go to something with the Tab key alone."""
    for _stop in range(MOST_STOPS):
        if there.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"The Tab key does not lead to {there}.")


def press(page: Page, role: str, name: str) -> None:
    """Press a button or link by keyboard."""
    tab_to(page, page.get_by_role(role, name=name).first)  # type: ignore[arg-type]  # one of the roles it knows
    with page.expect_navigation():
        page.keyboard.press("Enter")


def write(page: Page, label: str, words: str) -> None:
    """Type in a field by keyboard."""
    tab_to(page, page.get_by_label(label))
    page.keyboard.type(words)


def seats() -> tuple[Participant, Participant]:
    """Two people of two municipalities in one circle."""
    circle = make_circle()
    return make_participant(make_member(circle)), make_participant(make_member(circle, "Westerhaven"), "Sanne de Boer")


@AT_A_DESK
def test_a_case_with_a_name_and_a_bsn_is_refused_resolved_and_read_without_them(
    browser: Browser, live_server: LiveServer, size: ViewportSize
) -> None:
    warm_up()
    author, other = seats()
    width, start = size["width"], f"{live_server.url}/leerkring/{author.member.circle_id}/casussen/"
    assert author.person
    assert other.person
    with guarded_context(browser, viewport=size) as context:
        page = enter(context, author.person, live_server.url)
        page.goto(start)
        press(page, "link", "Breng een casus in")
        write(page, "Waar gaat het over, in één zin?", f"Bezoek van {NAME} aan de balie")
        write(page, "Wat gebeurde er, en wie spelen er een rol?", SITUATION)
        write(page, "Wat wil je leren?", f"Hoe zegt zij tegen {NAME} dat het genoeg is?")
        look(page, f"write-{width}")
        press(page, "button", "Controleer op namen en nummers")
        look(page, f"check-{width}")
        press(page, "link", "Bekijk het zoals de kring het ziet, zonder te bewaren")
        press(page, "button", "Deel met")
        expect(page.get_by_text("2 rode markeringen hebben nog geen antwoord")).to_be_visible()
        look(page, f"refused-{width}")
        press(page, "button", "Bewaar dit en controleer opnieuw")
        look(page, f"preview-{width}")
        assert NAME not in page.content()
        press(page, "button", "Deel met")
        expect(page.get_by_role("heading", level=1)).to_have_text("Bezoek van [persoon A] aan de balie")
        look(page, f"case-{width}")
    with guarded_context(browser, viewport=size) as context:
        page = enter(context, other.person, live_server.url)
        page.goto(start)
        look(page, f"list-{width}")
        page.get_by_role("link", name="Bezoek van [persoon A] aan de balie").click()
        seen = page.content()
        assert "[persoon A] (BSN [BSN]) komt elke dag." in seen
        assert not {one for one in ("Verhage", BSN) if one in seen}


@AT_A_DESK
def test_who_brought_a_case_says_what_was_done_with_advice_and_the_circle_reads_it(
    browser: Browser, live_server: LiveServer, size: ViewportSize
) -> None:
    warm_up()
    author, other = seats()
    case, width = make_worked_on(author, other, author), size["width"]
    address = f"{live_server.url}/leerkring/{case.circle_id}/casussen/{case.pk}/"
    assert author.person
    assert other.person
    with guarded_context(browser, viewport=size) as context:
        page = enter(context, author.person, live_server.url)
        page.goto(address)
        look(page, f"worked-on-{width}")
        press(page, "link", "Vertel wat je met het advies deed")
        tab_to(page, page.get_by_role("radio", name="gebruikt", exact=True).first)
        page.keyboard.press("Space")
        tab_to(page, page.get_by_label("Waarom?").first)
        page.keyboard.type(f"{NAME} kwam daarna niet meer")
        press(page, "button", "Vertel het de kring")
        expect(page.get_by_text("wijst naar iemand").first).to_be_visible()
        look(page, f"advice-{width}")
        page.get_by_label("Waarom?").first.fill("Hij kwam daarna niet meer")
        press(page, "button", "Vertel het de kring")
        press(page, "link", "Vertel wat ervan kwam")
        tab_to(page, page.get_by_role("radio").first)
        page.keyboard.press("Space")
        look(page, f"outcome-{width}")
        press(page, "button", "Vertel het de kring")
    with guarded_context(browser, viewport=size) as context:
        page = enter(context, other.person, live_server.url)
        page.goto(f"{live_server.url}/leerkring/{case.circle_id}/casussen/opbrengst/")
        expect(page.get_by_text("1 gebruikt, 0 deels, 0 niet")).to_be_visible()
        look(page, f"came-of-{width}")
        page.goto(address)
        expect(page.get_by_text("Hij kwam daarna niet meer")).to_be_visible()
