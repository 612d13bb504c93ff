"""A photo goes along from a phone; the coordinator sees it, makes a letter of the report, and keeps what was shown."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, FilePayload, Page, expect
from pytest_django.live_server_helper import LiveServer

from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import make_department, make_person
from bolwerk.documents.queries import documents_of, read
from bolwerk.documents.tests.hostile.pictures import CANARY, drawn, telling_tales
from bolwerk.incidents.models import Incident
from bolwerk.incidents.tests.makers import make_incident
from tests.browser import PHONE, axe, fits, guarded_context, screenshot
from tests.journeys.people import enter
from tests.journeys.sizes import AT_A_DESK

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PICTURES = Path("var/pictures/papers")


def noise() -> bytes:
    """A large photo that hardly folds, as a phone makes it, which says where it was made."""
    picture = Image.effect_noise((1500, 1000), 90).resize((3000, 2000)).convert("RGB")
    out = BytesIO()
    picture.save(out, "JPEG", quality=92, exif=telling_tales(), comment=CANARY)
    return out.getvalue()


def fill_in(page: Page) -> None:
    """What every report needs."""
    page.get_by_role("radio", name="Ja", exact=True).check()
    page.get_by_role("radio", name="Agressie of geweld").check()
    page.get_by_label("Waar was het?").select_option("desk")


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_a_photo_goes_along_from_a_phone(browser: Browser, live_server: LiveServer, script: bool) -> None:
    reporter = make_person("Sanne de Wit", department=make_department("Burgerzaken"))
    photo = FilePayload(name="IMG_0047.jpg", mimeType="image/jpeg", buffer=noise())
    with guarded_context(
        browser, viewport=PHONE, has_touch=True, is_mobile=True, java_script_enabled=script
    ) as context:
        page = enter(context, reporter, live_server.url)
        page.goto(f"{live_server.url}/meldingen/nieuw/")
        fill_in(page)
        camera = page.get_by_label("Maak een foto")
        expect(camera).to_be_visible()
        expect(camera).to_have_attribute("capture", "environment")
        page.get_by_label("Foto’s of schermafdrukken").set_input_files([photo])
        if script:
            expect(page.get_by_text("1 foto gekozen.")).to_be_visible()
            sent = page.evaluate("document.querySelector('[name=photos]').files[0].size")
            assert sent < len(noise()) * 0.8  # noise hardly folds; a photo of something becomes a tenth
            axe(page)
        page.get_by_role("button", name="Verstuur melding").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Je melding is binnen")
        page.get_by_role("link", name="Lees je melding of vul haar aan").click()
        expect(page.get_by_role("img", name="Foto 1")).to_be_visible()
        assert not script or fits(page)
        screenshot(page, PICTURES, f"own-report-phone-{'script' if script else 'plain'}")
    (document,) = documents_of(Incident.objects.get().urn)
    assert CANARY not in b"".join(read(document))


def test_a_photo_waits_while_the_form_is_not_right_yet(browser: Browser, live_server: LiveServer) -> None:
    with guarded_context(browser, viewport=PHONE, has_touch=True, is_mobile=True) as context:
        page = enter(context, make_person(department=make_department()), live_server.url)
        page.goto(f"{live_server.url}/meldingen/nieuw/")
        page.get_by_label("Wat wil je erover vertellen?").fill("Blijft staan")
        photo = FilePayload(name="foto.jpg", mimeType="image/jpeg", buffer=drawn(size=(600, 400)))
        page.get_by_label("Foto’s of schermafdrukken").set_input_files([photo])
        page.get_by_role("button", name="Verstuur melding").click()
        expect(page.locator("[data-error-summary]")).to_be_focused()
        expect(page.get_by_role("checkbox", name="Foto 1")).to_be_checked()
        expect(page.get_by_label("Wat wil je erover vertellen?")).to_have_value("Blijft staan")
        axe(page)
        assert fits(page)
        screenshot(page, PICTURES, "waiting-phone")
        fill_in(page)
        page.get_by_role("button", name="Verstuur melding").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Je melding is binnen")
    assert len(documents_of(Incident.objects.get().urn)) == 1


@AT_A_DESK
def test_a_letter_is_made_looked_at_and_kept(browser: Browser, live_server: LiveServer, size: dict[str, int]) -> None:
    incident = make_incident()
    with guarded_context(browser, viewport=size) as context:
        page = enter(context, make_person("Carla Vos", Role.AGGRESSION_COORDINATOR), live_server.url)
        page.goto(f"{live_server.url}/meldingen/{incident.pk}/")
        page.get_by_role("link", name="Brief of verslag").click()
        page.get_by_role("radio", name="Ontvangstbevestiging aan de melder").check()
        axe(page)
        assert fits(page)
        page.get_by_role("button", name="Laat zien hoe het wordt").click()
        expect(page.get_by_role("img", name="Pagina 1")).to_be_visible()
        axe(page)
        assert fits(page)
        page.get_by_role("link", name="Wijzig de tekst").click()
        page.get_by_label("Onderwerp").fill("Dank voor je melding")
        axe(page)
        page.get_by_role("button", name="Laat zien hoe het wordt").click()
        screenshot(page, PICTURES, f"letter-{size['width']}")
        page.get_by_role("button", name="Bewaar brief").click()
        expect(page.get_by_text("Het is bewaard, precies zoals je het zag.")).to_be_visible()
        with page.expect_download() as download:
            page.get_by_role("link", name="Dank voor je melding.pdf").click()
        assert download.value.suggested_filename == "Dank voor je melding.pdf"
        axe(page)
        assert fits(page)
        screenshot(page, PICTURES, f"incident-{size['width']}")
