"""The first run of a municipality, in a real browser: from an empty server to people with roles."""

from pathlib import Path

import pytest
from django.conf import settings as now
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from bolwerk.accounts.actions import setup_code
from bolwerk.accounts.models import Installation, Person
from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import PASSWORD
from bolwerk.accounts.tests.pictures import png
from bolwerk.accounts.tests.sheets import csv_file
from bolwerk.accounts.tests.signing import code
from tests.browser import axe, fits, guarded_context, screenshot
from tests.journeys.sizes import ON_A_PHONE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PICTURES = Path("var/pictures/first-run")
EMAIL = "bea@zilverdam.example"


@pytest.fixture
def house(live_server: LiveServer, settings: Settings, tmp_path: Path) -> str:
    """An empty installation in which a second factor is asked for, as in production."""
    settings.SECOND_FACTOR_REQUIRED = True
    settings.BOLWERK_DIR = tmp_path
    address: str = live_server.url
    settings.BOLWERK_BASE_URL = address
    return address


def look(page: Page, name: str) -> None:
    """Check what every page owes everybody, and keep a picture."""
    width = page.viewport_size["width"] if page.viewport_size else 0
    axe(page)
    assert fits(page), f"{name} sticks out"
    screenshot(page, PICTURES, f"{name}-{width}")


def begin(page: Page, house: str) -> None:
    """Type the code of the server, and answer the three questions."""
    page.goto(f"{house}/begin/")
    look(page, "code")
    page.get_by_label("Begincode").fill("verkeerd")
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("group").filter(has_text="Dit is niet de begincode")).to_be_focused()
    look(page, "wrong-code")
    page.get_by_label("Begincode").fill(setup_code(folder=Path(now.BOLWERK_DIR)))
    page.get_by_role("button", name="Begin").click()
    look(page, "municipality")
    page.get_by_label("Naam van de gemeente").fill("Zilverdam")
    page.get_by_label("Logo").set_input_files({"name": "logo.png", "mimeType": "image/png", "buffer": png(64, 64)})
    page.get_by_role("button", name="Verder").click()
    page.get_by_label("Je e-mailadres").fill(EMAIL)
    page.get_by_role("button", name="testmail").click()
    look(page, "mail")
    page.get_by_role("button", name="Verder").click()
    page.get_by_label("Je naam").fill("Bea Heer")
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_label("Nog een keer").fill(PASSWORD)
    look(page, "administrator")
    page.get_by_role("button", name="Start Bolwerk").click()


def sign_in(page: Page) -> None:
    """Sign in for the first time, with a second step that is set up on the way."""
    look(page, "door")
    page.get_by_label("E-mailadres").fill(EMAIL)
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Inloggen", exact=True).click()
    page.get_by_role("link", name="Een app op je telefoon").click()
    page.get_by_label("Code uit de app").fill(code(secret=page.locator("code").inner_text()))
    page.get_by_role("button", name="Instellen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Herstelcodes")


@ON_A_PHONE
def test_an_empty_server_becomes_a_municipality_with_people(
    browser: Browser, house: str, tmp_path: Path, size: dict[str, int]
) -> None:
    with guarded_context(browser, viewport=size) as context:
        page = context.new_page()
        begin(page, house)
        sign_in(page)
        assert page.goto(f"{house}/begin/").status == 404  # type: ignore[union-attr]  # a page always answers
        page.goto(f"{house}/afdelingen/")
        look(page, "departments")
        page.get_by_role("link", name="Burgerzaken").click()
        look(page, "department")
        read_people(page, house, tmp_path)
        give_a_role(page, house)
        for name, path in {"roles": "/rollen/", "profile": "/profiel/", "look": "/huisstijl/"}.items():
            page.goto(house + path)
            look(page, name)
    assert Installation.objects.get().name == "Zilverdam"
    assert Person.objects.get(email="ada@zilverdam.example").grants.filter(role=Role.MANAGER).exists()


def read_people(page: Page, house: str, folder: Path) -> None:
    """Choose a file with a fault, correct it, agree with the preview."""
    wrong, right = folder / "fout.csv", folder / "mensen.csv"
    wrong.write_bytes(csv_file(("ada@zilverdam.example", "Ada Visser", "bestaat niet"), ("geen adres", "Bob", "")))
    people = [(f"collega{n}@zilverdam.example", f"Collega {n}", "balie") for n in range(30)]
    places = ("burgerzaken", "vergunningen", "toezicht")
    rows = [(email, name, places[n % 3]) for n, (email, name, _place) in enumerate(people)]
    right.write_bytes(csv_file(("ada@zilverdam.example", "Ada Visser", "burgerzaken"), *rows))
    for file in (wrong, right):
        page.goto(f"{house}/mensen/inlezen/")
        look(page, "import")
        page.get_by_label("Bestand", exact=True).set_input_files(file)
        page.get_by_role("button", name="Toon wat").click()
        look(page, f"preview-{file.stem}")
    page.get_by_role("button", name="31").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Mensen")
    look(page, "people")


def give_a_role(page: Page, house: str) -> None:
    """Make somebody a manager of a department, and look at the page of that person."""
    page.goto(f"{house}/mensen/")
    page.get_by_role("link", name="Ada Visser").click()
    page.get_by_role("link", name="Geef een rol").click()
    page.get_by_label("Rol", exact=True).select_option("manager")
    page.get_by_label("Waar", exact=True).select_option(label="Burgerzaken")
    page.get_by_label("Reden").fill("nieuwe leidinggevende")
    look(page, "give-role")
    page.get_by_role("button", name="Geef deze rol").click()
    expect(page.get_by_text("nieuwe leidinggevende")).to_be_visible()
    look(page, "person")
