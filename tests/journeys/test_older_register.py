"""The story of a switch: a coordinator reads in the older register and sees its reports on the worklist."""

from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from bolwerk.accounts.tests.makers import make_department
from bolwerk.incidents.tests.makers import make_coordinator
from tests.browser import DESKTOP, PHONE, axe, fits, guarded_context, screenshot
from tests.journeys.people import enter

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PICTURES = Path("var/pictures/older-register")


def export_of_old_register(folder: Path, name: str) -> Path:
    """A file as another system gives it: one word of it is unknown here, and one report is far too old."""
    day = timezone.localdate().strftime("1-1-%Y")
    file = folder / f"{name}.csv"
    rows = [
        f"{name}-1;{day};Verbale agressie;Burgerzaken",
        f"{name}-2;{day};Sleutel kwijt;",
        f"{name}-3;1-2-2009;Bedreiging;",
    ]
    file.write_text("\n".join(["Meldnummer;Datum incident;Soort incident;Afdeling", *rows]), encoding="utf-8")
    return file


def read_in(page: Page, address: str, file: Path) -> None:
    """Choose, look at the columns, say what the unknown word means, look, read in."""
    page.goto(f"{address}/meldingen/importeren/")
    page.get_by_label("Bestand").set_input_files(file)
    page.get_by_role("button", name="Kies dit bestand").click()
    expect(page.get_by_label("Wat voor soort het was")).to_have_value("Soort incident")
    axe(page)
    page.get_by_role("button", name="Ga verder naar de woorden").click()
    page.get_by_role("button", name="Laat zien wat het bestand oplevert").click()
    expect(page.locator("[data-error-summary]")).to_be_focused()  # the word that nobody chose a meaning for
    page.get_by_label("Sleutel kwijt").select_option(label="Iets anders")
    page.get_by_role("button", name="Laat zien wat het bestand oplevert").click()
    expect(page.get_by_text("Eén melding is ouder dan de bewaartermijn")).to_be_visible()
    axe(page)
    assert fits(page)
    screenshot(page, PICTURES, file.stem)
    page.get_by_role("button", name="Lees deze 2 meldingen in").click()
    expect(page.get_by_text("2 meldingen zijn ingelezen.")).to_be_visible()


def test_a_coordinator_reads_in_the_older_register(browser: Browser, live_server: LiveServer, tmp_path: Path) -> None:
    make_department("Burgerzaken")
    coordinator = make_coordinator()
    for name, size in (("phone", PHONE), ("desktop", DESKTOP)):
        with guarded_context(browser, viewport=size) as context:
            page = enter(context, coordinator, live_server.url)
            read_in(page, live_server.url, export_of_old_register(tmp_path, name))
