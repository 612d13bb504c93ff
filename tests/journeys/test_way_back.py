"""A phone falls into a canal: two administrators let a colleague begin anew, and the mail leads back in."""

from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings

from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import Role
from bolwerk.accounts.rules.ways_back import Recognised
from bolwerk.accounts.signin import ways_back
from bolwerk.accounts.tests.mails import path_in
from bolwerk.accounts.tests.makers import make_administrator, make_person
from bolwerk.accounts.tests.signing import code, with_app, with_recovery_codes
from tests.browser import PHONE, axe, fits, guarded_context, screenshot
from tests.journeys.people import enter

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PICTURES = Path("var/pictures/way-back")
NEW = "een-heel-nieuw-wachtwoord"


def look(page: Page, name: str) -> None:
    """Check what every page owes everybody, and keep a picture."""
    axe(page)
    assert fits(page)
    screenshot(page, PICTURES, name)


def heading(page: Page, text: str) -> None:
    """The page that this is."""
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def test_a_colleague_who_lost_everything_comes_back_in(browser: Browser, house: str, settings: Settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = False  # of the administrators: here they are in already
    person = with_app(make_person("Loes Kwijt", Role.AGGRESSION_COORDINATOR))
    with_recovery_codes(person)
    bea, second = make_administrator(), make_administrator("Teun Tweede")
    with guarded_context(browser, viewport=PHONE) as context:
        page = enter(context, bea, house)
        page.goto(f"{house}/mensen/{person.pk}/")
        page.get_by_role("link", name="Laat deze collega opnieuw beginnen").press("Enter")
        look(page, "ask-phone")
        page.get_by_role("button", name="Vraag het aan").press("Enter")
        expect(page.locator(":focus")).to_contain_text("2 dingen kloppen nog niet")
        page.get_by_label("Deze collega stond voor me").check()
        page.get_by_label("Wat gebeurde er?").fill("telefoon in de gracht")
        page.get_by_role("button", name="Vraag het aan").press("Enter")
        expect(page.get_by_text("Teun Tweede")).to_be_visible()
        look(page, "asked-phone")
    with guarded_context(browser) as context:
        page = enter(context, second, house)
        page.goto(f"{house}/mensen/")
        look(page, "people")
        page.goto(house + path_in(second.email, "akkoord"))
        look(page, "agree")
        page.get_by_role("button", name="Akkoord").press("Enter")
        expect(page.get_by_text("Gedaan")).to_be_visible()
    settings.SECOND_FACTOR_REQUIRED = True
    with guarded_context(browser, viewport=PHONE) as context:
        page = context.new_page()
        page.goto(house + path_in(person.email, "begin opnieuw"))
        begin_anew(page, house, person.email)


def begin_anew(page: Page, house: str, email: str) -> None:
    """Choose a password with the link, sign in with it, and set up a new second step."""
    look(page, "choose-phone")
    for box in page.locator("input[type=password]").all():
        box.fill(NEW)
    page.locator("main").get_by_role("button").first.press("Enter")
    page.wait_for_url("**/wachtwoord/gekozen/")
    page.goto(f"{house}/inloggen/")
    page.get_by_label("E-mailadres").fill(email)
    page.get_by_label("Wachtwoord", exact=True).fill(NEW)
    page.get_by_role("button", name="Inloggen", exact=True).press("Enter")
    heading(page, "Nog één ding: een tweede stap")
    page.get_by_role("link", name="Een app op je telefoon").press("Enter")
    page.get_by_label("Code uit de app").fill(code(secret=page.locator("main code").inner_text()))
    page.get_by_role("button", name="Instellen").press("Enter")
    heading(page, "Herstelcodes")


def test_whoever_did_not_ask_stops_it_from_the_mail(browser: Browser, house: str) -> None:
    person = with_app(make_person("Loes Kwijt", Role.AGGRESSION_COORDINATOR))
    with guarded_context(browser, viewport=PHONE) as context:
        page = context.new_page()
        ask_for(person)
        page.goto(house + path_in(person.email, "opnieuw"))
        heading(page, "Heb je niet gevraagd om opnieuw te beginnen?")
        look(page, "stop-phone")
        page.get_by_role("button", name="stop dit").press("Enter")
        heading(page, "Gestopt")
        look(page, "stopped-phone")


def ask_for(person: Person) -> None:
    """An administrator asked it, persuaded by somebody else on the phone."""
    by = make_administrator()
    ways_back.ask(person=person, recognised=Recognised.CALLED_BACK, reason="verloren", by=by, at=timezone.now())
