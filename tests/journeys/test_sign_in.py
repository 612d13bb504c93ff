"""Signing in, in a real browser: with an app, with a passkey, with the account of the municipality."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings

from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import PASSWORD, make_person
from bolwerk.accounts.tests.signing import code
from bolwerk.config.signin_settings import municipality
from tests.browser import PHONE, axe, fits, guarded_context, screenshot
from tests.journeys.people import give_authenticator
from tests.oidc_provider import CLIENT_ID, SECRET, Provider, running

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PICTURES = Path("var/pictures/sign-in")


def give_password(page: Page, house: str, person: Person) -> None:
    page.goto(f"{house}/inloggen/")
    page.get_by_label("E-mailadres").fill(person.email)
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Inloggen", exact=True).click()


def look(page: Page, name: str) -> None:
    """Check what every page owes everybody, and keep a picture."""
    axe(page)
    assert fits(page)
    screenshot(page, PICTURES, name)


def sign_out(page: Page, house: str) -> None:
    page.context.clear_cookies()
    page.goto(f"{house}/inloggen/")


def test_a_coordinator_sets_up_an_app_and_signs_in_with_it_on_a_phone(browser: Browser, house: str) -> None:
    person = make_person("Coördinator", Role.AGGRESSION_COORDINATOR)
    with guarded_context(browser, viewport=PHONE) as context:
        page = context.new_page()
        page.goto(f"{house}/inloggen/")
        look(page, "door-phone")
        give_password(page, house, person)
        expect(page.get_by_role("heading", level=1)).to_have_text("Nog één ding: een tweede stap")
        look(page, "second-factor-phone")
        page.get_by_role("link", name="Een app op je telefoon").click()
        look(page, "app-phone")
        secret = page.locator("code").inner_text()
        page.get_by_label("Code uit de app").fill(code(secret=secret, steps=-1))
        page.get_by_role("button", name="Instellen").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Herstelcodes")
        look(page, "recovery-codes-phone")
        sign_out(page, house)
        give_password(page, house, person)
        page.get_by_label("Code", exact=True).fill(code(secret=secret))
        look(page, "second-step-phone")
        page.get_by_role("button", name="Inloggen", exact=True).click()
        page.wait_for_url(f"{house}/")


def test_somebody_adds_a_passkey_and_signs_in_with_nothing_else(browser: Browser, house: str) -> None:
    person = make_person("Coördinator", Role.AGGRESSION_COORDINATOR)
    with guarded_context(browser) as context:
        page = context.new_page()
        give_authenticator(page)
        give_password(page, house, person)
        page.get_by_role("link", name="Een passkey").click()
        look(page, "add-passkey")
        page.get_by_role("button", name="Passkey toevoegen").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Herstelcodes")
        page.goto(f"{house}/mijn/beveiliging/")
        look(page, "security")
        sign_out(page, house)
        look(page, "door")
        page.get_by_role("button", name="Inloggen met een passkey").click()
        page.wait_for_url(f"{house}/")
        page.goto(f"{house}/mijn/sessies/")
        look(page, "sessions")


def test_somebody_comes_in_with_the_account_of_the_municipality(
    browser: Browser, house: str, settings: Settings, tmp_path: Path
) -> None:
    make_person()  # in an empty house the door leads to the first run
    claims = {"email": "noor@zilverdam.example", "email_verified": True, "name": "Noor", "groups": ["bw"]}
    with running(Provider({"noor": claims}, redirect_uri=f"{house}/inloggen/gemeente/terug/")) as provider:
        settings.SOCIALACCOUNT_PROVIDERS = municipality(issuer=provider.issuer, client_id=CLIENT_ID, secret=SECRET)
        settings.OIDC_ROLE_TABLE = tmp_path / "rollen.toml"
        rule = 'create_people = true\n[[rule]]\nclaim = "groups"\nvalue = "bw"\nrole = "employee"\n'
        settings.OIDC_ROLE_TABLE.write_text(rule, encoding="utf-8")
        with guarded_context(browser) as context:
            page = context.new_page()
            page.goto(f"{house}/mijn/sessies/")
            look(page, "door-with-municipality")
            page.get_by_role("button", name="werkaccount").click()
            page.get_by_role("button", name="noor").click()
            expect(page.get_by_role("heading", level=1)).to_have_text("Mijn sessies")
    assert Person.objects.get(email="noor@zilverdam.example").name == "Noor"
