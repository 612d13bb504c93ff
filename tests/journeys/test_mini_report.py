"""An employee reports on a phone; the coordinator finds it on the worklist. The pictures in the README are these."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import make_department, make_person
from bolwerk.deadlines.models import Task
from bolwerk.incidents.models import Incident
from tests.browser import DESKTOP, PHONE, axe, fits, guarded_context, screenshot
from tests.journeys.people import enter

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PICTURES = Path("var/pictures/report")
TAPS = 20  # at most, for a mini-report from the first page on (issue 4)


def test_a_film_that_is_too_large_is_left_out_before_it_is_sent(
    browser: Browser, live_server: LiveServer, tmp_path: Path
) -> None:
    with guarded_context(browser, viewport=PHONE) as context:
        page = enter(context, make_person(department=make_department()), live_server.url)
        page.goto(f"{live_server.url}/meldingen/nieuw/")
        page.get_by_label("Wat wil je erover vertellen?").fill("Hij filmde mij.")
        film = tmp_path / "film.mp4"
        film.write_bytes(bytes(21 * 1024**2))
        page.locator("input[type=file][name=photos]").set_input_files(film)
        expect(page.get_by_text("film.mp4 is groter dan 20 MB en gaat niet mee.")).to_be_visible()
        assert page.locator("input[type=file][name=photos]").evaluate("one => one.files.length") == 0
        expect(page.get_by_label("Wat wil je erover vertellen?")).to_have_value("Hij filmde mij.")
        axe(page)
        assert fits(page)


def test_a_report_from_a_phone_lands_on_the_worklist(browser: Browser, live_server: LiveServer) -> None:
    reporter = make_person("Sanne de Wit", department=make_department("Burgerzaken"))
    with guarded_context(browser, viewport=PHONE, has_touch=True) as context:
        page = enter(context, reporter, live_server.url)
        page.goto(f"{live_server.url}/")
        axe(page)
        screenshot(page, PICTURES, "my-day-phone")
        touched = [
            page.get_by_role("link", name="Meld een incident").first,
            page.get_by_text("Ja", exact=True),
            page.get_by_text("Agressie of geweld"),
            page.get_by_label("Waar was het?"),
        ]
        for one in touched:
            one.tap()
        page.get_by_label("Waar was het?").select_option("desk")
        assert fits(page)
        axe(page)
        page.get_by_role("button", name="Verstuur melding").tap()
        expect(page.get_by_role("heading", level=1)).to_have_text("Je melding is binnen")
        assert len(touched) + 2 <= TAPS  # the choice from the list and the button are taps too
        screenshot(page, PICTURES, "receipt-phone")
    incident = Incident.objects.get()
    clocks = {key.split(":")[0] for key in Task.objects.open().values_list("key", flat=True)}
    assert clocks >= {"contact", "reception_talk", "feedback"}
    with guarded_context(browser, viewport=DESKTOP) as context:
        page = enter(context, make_person("Carla Vos", Role.AGGRESSION_COORDINATOR), live_server.url)
        page.goto(f"{live_server.url}/meldingen/")
        axe(page)
        page.get_by_role("link", name="Agressie of geweld").first.click()
        expect(page.get_by_text(incident.reference).first).to_be_visible()
        axe(page)
        screenshot(page, PICTURES, "incident-desktop")


def test_a_report_is_sent_with_the_keyboard_alone(browser: Browser, live_server: LiveServer) -> None:
    with guarded_context(browser, viewport=PHONE) as context:
        page = enter(context, make_person(department=make_department()), live_server.url)
        page.goto(f"{live_server.url}/meldingen/nieuw/")
        page.locator("input[type=radio][name=safety]").first.focus()
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter") if page.evaluate("document.activeElement.tagName") != "SELECT" else None
        page.get_by_role("button", name="Verstuur melding").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Je melding is binnen")
    assert Incident.objects.count() == 1
