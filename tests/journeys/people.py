"""People in a browser: signing in itself has a journey of its own, so here they are in already."""

from django.conf import settings
from playwright.sync_api import BrowserContext, Page

from bolwerk.accounts.models import Person
from bolwerk.accounts.tests.makers import signed_in_client


def enter(context: BrowserContext, person: Person, address: str, *, language: str = "nl") -> Page:
    """A page of somebody who signed in a moment ago, in a language."""
    session = signed_in_client(person).cookies[settings.SESSION_COOKIE_NAME].value
    pairs = {settings.SESSION_COOKIE_NAME: session, settings.LANGUAGE_COOKIE_NAME: language}
    context.add_cookies([{"name": name, "value": value, "url": address} for name, value in pairs.items()])
    return context.new_page()


def give_authenticator(page: Page) -> None:
    """A device that keeps passkeys and knows its owner, as a phone does."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    device = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options = device | {"isUserVerified": True, "automaticPresenceSimulation": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
