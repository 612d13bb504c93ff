"""A newcomer comes in with a personal link and a passkey, comes back with it, loses it and begins anew."""

from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, ViewportSize, expect
from pytest_django import Settings

from bolwerk.circle.actions import Invited, begin_anew, invite
from bolwerk.circle.models import Participant
from bolwerk.circle.tests.makers import make_circle, make_member
from tests.browser import axe, fits, guarded_context, screenshot
from tests.journeys.people import give_authenticator
from tests.journeys.sizes import ON_A_PHONE
from tests.oidc_provider import CLIENT_ID, SECRET, Provider, running

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PICTURES = Path("var/pictures/invitation")


def look(page: Page, name: str) -> None:
    """Check what every page owes everybody, and keep a picture."""
    axe(page)
    assert fits(page)
    screenshot(page, PICTURES, name)


def sign_out(page: Page, address: str) -> None:
    page.context.clear_cookies()
    page.goto(address)


def invited(email: str) -> tuple[Participant, str]:
    """Somebody invited now, and the address of the personal link."""
    circle = make_circle()
    given = Invited("Bo Vis", email)
    row, link = invite(member=make_member(circle), invited=given, by=circle.founded_by, at=timezone.now())
    return row, reverse("circle:invitation", args=[link])


@ON_A_PHONE
def test_a_newcomer_makes_a_passkey_and_comes_back_with_it_alone(
    browser: Browser, house: str, size: ViewportSize
) -> None:
    row, link = invited("bo@veendrecht.example")
    circle = reverse("circle:circle", args=[row.member.circle_id])
    with guarded_context(browser, viewport=size) as context:
        page = context.new_page()
        give_authenticator(page)
        page.goto(f"{house}{link}")
        look(page, f"link-{size['width']}")
        page.get_by_role("button", name="Maak een passkey en ga verder").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Kring Weerbaar Bestuur")
        page.locator('main [name="agreed"]').check()
        page.get_by_role("button", name="Ga akkoord en doe mee").click()
        expect(page.get_by_text("Welkom in de kring.")).to_be_visible()
        look(page, f"in-{size['width']}")
        sign_out(page, f"{house}{circle}")
        page.get_by_role("button", name="Inloggen met een passkey").click()
        page.wait_for_url(f"{house}{circle}")
        page.goto(f"{house}{link}")
        expect(page.get_by_role("heading", level=1)).to_have_text("Deze link opent niets")
    row.refresh_from_db()
    assert row.person
    assert not row.person.has_usable_password()


@ON_A_PHONE
def test_who_lost_the_passkey_makes_a_new_one_with_a_new_link(browser: Browser, house: str, size: ViewportSize) -> None:
    row, link = invited("bo@veendrecht.example")
    circle = reverse("circle:circle", args=[row.member.circle_id])
    with guarded_context(browser, viewport=size) as context:
        page = context.new_page()
        give_authenticator(page)
        page.goto(f"{house}{link}")
        page.get_by_role("button", name="Maak een passkey en ga verder").click()
        page.locator('main [name="agreed"]').check()
        page.get_by_role("button", name="Ga akkoord en doe mee").click()
        expect(page.get_by_text("Welkom in de kring.")).to_be_visible()
        old = Authenticator.objects.get()
        anew = begin_anew(participant=row, by=row.member.circle.founded_by, at=timezone.now())
        page.goto(f"{house}{circle}")  # the session is over
        page.get_by_role("button", name="Inloggen met een passkey").click()
        expect(page.get_by_text("Deze passkey opent hier niets.")).to_be_visible()
        look(page, f"passkey-gone-{size['width']}")
        page.goto(f"{house}{reverse('circle:invitation', args=[anew])}")
        look(page, f"anew-{size['width']}")
        page.get_by_role("button", name="Maak een passkey en ga verder").click()
        page.wait_for_url(f"{house}{circle}")
        sign_out(page, f"{house}{circle}")
        page.get_by_role("button", name="Inloggen met een passkey").click()
        page.wait_for_url(f"{house}{circle}")
    assert Authenticator.objects.get().pk != old.pk


def table(folder: Path, provider: Provider) -> Path:
    """Sixty municipalities, of which Oosterwaard has a provider that answers."""
    issuers = {"Oosterwaard": provider.issuer}
    issuers |= {f"Gemeente {number:02}": f"https://login{number}.example" for number in range(59)}
    entries = [
        f'[[home]]\ncode = "h{number}"\nmunicipalities = ["{name}"]\nissuer = "{issuer}"\n'
        f'client_id = "{CLIENT_ID}"\nsecret_file = "kring.secret"\n'
        for number, (name, issuer) in enumerate(issuers.items())
    ]
    (folder / "kring.secret").write_text(SECRET, encoding="utf-8")
    (folder / "thuis.toml").write_text("".join(entries), encoding="utf-8")
    return folder / "thuis.toml"


@ON_A_PHONE
def test_a_guest_finds_the_own_municipality_among_sixty(
    browser: Browser, house: str, size: ViewportSize, settings: Settings, tmp_path: Path
) -> None:
    row, link = invited("bo@oosterwaard.example")
    told = {"email": "bo@oosterwaard.example", "email_verified": True}
    with running(Provider({"bo": told}, redirect_uri=f"{house}/inloggen/thuis/h0/terug/")) as provider:
        settings.OIDC_HOMES = table(tmp_path, provider)
        with guarded_context(browser, viewport=size) as context:
            page = context.new_page()
            page.goto(f"{house}{link}")
            look(page, f"link-with-home-{size['width']}")
            page.goto(f"{house}/inloggen/?next=/leerkring/")
            look(page, f"door-{size['width']}")
            page.get_by_role("link", name="Inloggen met je eigen gemeente").click()
            look(page, f"homes-{size['width']}")
            page.get_by_label("Zoek op naam").fill("ooster")
            expect(page.locator("#homes li:visible")).to_have_count(1)
            look(page, f"homes-found-{size['width']}")
            page.get_by_role("button", name="Oosterwaard").click()
            page.get_by_role("button", name="bo").click()
            page.wait_for_url(f"{house}/leerkring/")
            expect(page.get_by_text("Je bent uitgenodigd")).to_be_visible()
    assert row.person_id
