"""The log in a real browser: who looked at my report, the privacy officer's log, a check, and an extract."""

from pathlib import Path

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import make_department, make_person
from bolwerk.audit.middleware import traced
from bolwerk.audit.tasks import check_chain
from bolwerk.incidents.actions import record_reading
from bolwerk.incidents.models import Incident
from bolwerk.incidents.tests.makers import make_coordinator, make_incident
from tests.browser import PHONE, axe, fits, guarded_context, screenshot
from tests.journeys.people import enter
from tests.journeys.sizes import AT_A_DESK

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PICTURES = Path("var/pictures/trail")


@pytest.fixture
def incident() -> Incident:
    """A report by Sanne, opened by the coordinator just now."""
    now = timezone.now()
    with traced():
        found = make_incident(make_person("Sanne de Wit", department=make_department()), at=now, occurred_at=now)
    with traced():
        record_reading(incident=found, by=make_coordinator(), at=now)
    return found


def look(page: Page, name: str) -> None:
    """Check what every page owes everybody, and keep a picture."""
    axe(page)
    assert fits(page), name
    screenshot(page, PICTURES, name)


def officer() -> Person:
    return make_person("Marijke van Dam", Role.PRIVACY_OFFICER)


@AT_A_DESK
def test_an_employee_finds_out_who_looked_at_the_report(
    browser: Browser, live_server: LiveServer, incident: Incident, size: dict[str, int]
) -> None:
    with guarded_context(browser, viewport=size) as context:
        page = enter(context, incident.reporter, live_server.url)
        page.goto(f"{live_server.url}/meer/")
        page.get_by_role("main").get_by_role("link", name="Wie keek naar mijn meldingen").click()
        expect(page.get_by_text("Carla Vos opende een melding")).to_be_visible()
        look(page, f"own-{size['width']}")
        page.get_by_role("link", name="Lees deze melding").click()
        page.get_by_role("link", name="Wie keek hiernaar").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Wie keek naar je melding")
        expect(page.get_by_text("Agressiecoördinator")).to_be_visible()
        look(page, f"own-one-{size['width']}")


@AT_A_DESK
def test_the_privacy_officer_narrows_the_log_and_opens_a_line(
    browser: Browser, live_server: LiveServer, incident: Incident, size: dict[str, int]
) -> None:
    with guarded_context(browser, viewport=size) as context:
        page = enter(context, officer(), live_server.url)
        page.goto(f"{live_server.url}/logboek/")
        look(page, f"lines-{size['width']}")
        page.get_by_text("Filter", exact=True).click()
        page.get_by_label("Wie het deed").fill("carla vos")
        page.get_by_label("Waar het over gaat").fill(incident.reference)
        look(page, f"filter-{size['width']}")
        page.get_by_role("button", name="Toon regels").click()
        expect(page.get_by_text("Wie: Carla Vos")).to_be_visible()
        assert "carla" not in page.url.lower()
        expect(page.get_by_role("row", name="Carla Vos opende een melding")).to_have_count(1)
        page.get_by_role("row", name="Carla Vos opende een melding").get_by_role("link").last.click()
        expect(page.get_by_text("Hash van deze regel")).to_be_visible()
        look(page, f"line-{size['width']}")


def test_a_check_is_asked_for_and_its_outcome_appears_by_itself(
    browser: Browser, live_server: LiveServer, incident: Incident
) -> None:
    with guarded_context(browser, viewport=PHONE) as context:
        page = enter(context, officer(), live_server.url)
        page.goto(f"{live_server.url}/logboek/controle/")
        look(page, "check-phone")
        page.get_by_role("button", name="Controleer nu").click()
        expect(page.get_by_role("progressbar")).to_be_visible()
        look(page, "check-under-way-phone")
        (row,) = DBTaskResult.objects.filter(task_path="bolwerk.audit.tasks.check_chain")
        check_chain.func(**row.args_kwargs["kwargs"])  # what a worker does
        page.get_by_role("link", name="Toon de uitkomst").click(timeout=20_000)
        expect(page.get_by_text("regels kloppen.")).to_be_visible()


@AT_A_DESK
def test_an_extract_is_drawn_with_a_reason(
    browser: Browser, live_server: LiveServer, incident: Incident, size: dict[str, int]
) -> None:
    with guarded_context(browser, viewport=size) as context:
        page = enter(context, officer(), live_server.url)
        page.goto(f"{live_server.url}/logboek/uittreksel/")
        page.get_by_label("Over wie").fill("Sanne de Wit")
        page.get_by_role("button", name="Maak uittreksel").click()
        expect(page.get_by_role("link", name="Zeg waarom je het uittreksel maakt.")).to_be_visible()
        look(page, f"extract-asks-why-{size['width']}")
        page.get_by_label("Waarom maak je dit uittreksel?").fill("Inzageverzoek van 3 maart")
        page.get_by_role("button", name="Maak uittreksel").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Uittreksel over Sanne de Wit")
        expect(page.get_by_text("Opvang en afhandeling na een melding").first).to_be_visible()
        look(page, f"extract-{size['width']}")
        with page.expect_download() as download:
            page.get_by_role("button", name="Download voor een rekenblad").click()
        assert download.value.suggested_filename == "audit-extract.csv"


def test_the_register_of_processing_is_read(browser: Browser, live_server: LiveServer) -> None:
    with guarded_context(browser, viewport=PHONE) as context:
        page = enter(context, officer(), live_server.url)
        page.goto(f"{live_server.url}/logboek/verwerkingen/")
        expect(page.get_by_text("Standaard, niet gecontroleerd").first).to_be_visible()
        look(page, "processing-phone")
        page.get_by_role("link", name="Verwerkingenlogboek downloaden").click()
        look(page, "processing-export-phone")
