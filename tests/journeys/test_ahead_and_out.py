"""Stories of the hub: looking ahead and where rules look, an address left out, a file taken along."""

import csv
import shutil
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from bolwerk.accounts.models import Person
from bolwerk.audit.models import Line
from bolwerk.hub import tasks
from bolwerk.hub.models import Exclusion, Job, Study
from bolwerk.hub.tests.makers import STAND, found, make_analyst, put_in_list, put_on, town
from bolwerk.hub.tests.test_outlook import REGISTERS, years_of_reports
from knooppunt.linkage import link
from knooppunt.vault import open_vault
from tests.browser import axe, fits, guarded_context, screenshot
from tests.journeys.people import enter
from tests.journeys.sizes import AT_A_DESK

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PICTURES = Path("var/pictures/ahead-and-out")
WHY = "Rondgang met de brandweer"


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault of a small town with years of reports, made once."""
    home = tmp_path_factory.mktemp("ahead")
    vault = years_of_reports(home)
    link(open_vault(vault), at=timezone.now())
    return vault


@pytest.fixture
def analyst(tmp_path: Path, settings: Settings, vault: Path) -> Person:
    """Somebody with that vault, rules and registers that are on, and three findings of today."""
    settings.BOLWERK_DIR = tmp_path
    shutil.copytree(vault, tmp_path / "vault")
    put_on(*REGISTERS, "BED-01", "BED-02", at=timezone.now())
    today = timezone.localdate()
    rows = [
        found(f"f{n}", as_of=today, object_id=f"990001{n:010}", place=f"Kade {n}, 6100AA Zilverdam")
        for n in range(1, 4)
    ]
    put_in_list(*rows, as_of=today, at=timezone.now())
    return make_analyst()


def look(page: Page, name: str) -> None:
    """Check what every page owes everybody, and keep a picture."""
    axe(page)
    assert fits(page)
    screenshot(page, PICTURES, name)


def press(page: Page, role: str, name: str) -> None:
    """Use a link or button as somebody without a mouse does."""
    page.get_by_role(role, name=name).first.press("Enter")  # type: ignore[arg-type]  # link or button


@AT_A_DESK
def test_a_look_ahead_is_asked_for_and_says_when_last_year_does_as_well(
    browser: Browser, live_server: LiveServer, analyst: Person, size: dict[str, int]
) -> None:
    with guarded_context(browser, viewport=size) as context:
        page = enter(context, analyst, live_server.url)
        page.goto(f"{live_server.url}/knooppunt/vooruitblik/")
        look(page, f"ahead-empty-{size['width']}")
        press(page, "link", "Kijk opnieuw vooruit")
        page.locator("input[name=about][value=reports]").press("Space")
        page.get_by_label("Tot welke dag").fill(STAND.isoformat())
        look(page, f"ahead-ask-{size['width']}")
        press(page, "button", "Kijk vooruit")
        expect(page.locator("#job")).to_be_visible()
        tasks.work.func(str(Job.objects.get().pk))
        expect(page.locator("#job[hx-get]")).to_have_count(0)
        look(page, f"ahead-done-{size['width']}")
        press(page, "link", "Bekijk de vooruitblik")
        expect(page.get_by_role("heading", level=1)).to_contain_text("november 2026")
        look(page, f"ahead-{size['width']}")
        as_good_as_last_year(Study.objects.get())
        page.reload()
        expect(page.get_by_text("niet beter dan de aantallen van vorig jaar")).to_be_visible()
        look(page, f"ahead-no-better-{size['width']}")


def as_good_as_last_year(study: Study) -> None:
    """As if it were no better: then the numbers of last year are what is expected, as knooppunt gives them."""
    told = study.result["forecast"]
    areas = [one | {"expected": one["last_year"]} for one in told["areas"]]
    study.result["forecast"] = told | {"verdict": "no_better", "areas": areas}
    study.save()


@AT_A_DESK
def test_an_address_is_left_out_with_a_reason_and_looked_at_again(
    browser: Browser, live_server: LiveServer, analyst: Person, size: dict[str, int]
) -> None:
    with (town() / "areamap.csv").open(encoding="utf-8") as doors:
        door = next(csv.DictReader(doors, delimiter=";"))
    with guarded_context(browser, viewport=size) as context:
        page = enter(context, analyst, live_server.url)
        page.goto(f"{live_server.url}/knooppunt/uitsluitingen/")
        look(page, f"left-out-empty-{size['width']}")
        press(page, "link", "Sluit een adres uit")
        page.get_by_label("Postcode").fill("6100")
        page.get_by_label("Huisnummer").fill(door["Huisnummer"])
        press(page, "button", "Zoek het adres op")
        expect(page.locator("[data-error-summary]")).to_be_focused()
        page.get_by_label("Postcode").fill(door["PC6"].lower())
        press(page, "button", "Zoek het adres op")
        look(page, f"leave-out-{size['width']}")
        press(page, "button", "Laat het weg")
        expect(page.locator("[data-error-summary]")).to_be_focused()
        look(page, f"leave-out-wrong-{size['width']}")
        page.locator("input[name=object_id]").first.check()
        page.get_by_label("Welke regel").select_option("BED-01")
        page.get_by_label("Waarom laat je dit weg?").fill("Bekend verzamelgebouw.")
        press(page, "button", "Laat het weg")
        page.wait_for_url("**/uitsluitingen/")
        expect(page.get_by_text("Bekend verzamelgebouw.")).to_be_visible()
        look(page, f"left-out-{size['width']}")
        look_again(page, size)


def look_again(page: Page, size: dict[str, int]) -> None:
    """End the exclusion, by keyboard; without a reason it stays."""
    press(page, "link", Exclusion.objects.get().place)
    look(page, f"end-{size['width']}")
    press(page, "button", "Beëindig de uitsluiting")
    expect(page.locator("[data-error-summary]")).to_be_focused()
    page.get_by_label("Waarom kijkt").fill("De bedrijven zijn vertrokken.")
    press(page, "button", "Beëindig de uitsluiting")
    page.wait_for_url("**/uitsluitingen/")
    look(page, f"ended-{size['width']}")
    assert Exclusion.objects.get().ended_at is not None


@AT_A_DESK
def test_a_file_is_taken_along_with_its_reason_in_every_row(
    browser: Browser, live_server: LiveServer, analyst: Person, size: dict[str, int]
) -> None:
    with guarded_context(browser, viewport=size, accept_downloads=True) as context:
        page = enter(context, analyst, live_server.url)
        page.goto(f"{live_server.url}/knooppunt/")
        press(page, "link", "Download voor een rekenblad")
        press(page, "button", "Download bestand")
        expect(page.locator("[data-error-summary]")).to_be_focused()
        look(page, f"export-{size['width']}")
        page.get_by_label("Waarvoor").fill(WHY)
        with page.expect_download() as waiting:
            press(page, "button", "Download bestand")
        file = Path(waiting.value.path())
        text = file.read_text(encoding="utf-8-sig")
        assert waiting.value.suggested_filename.endswith(".csv")
        head, *rows = csv.reader(text.splitlines(), delimiter=";")
        assert len(rows) == 3
        told = [dict(zip(head, row, strict=True)) for row in rows]
        assert all(WHY in row.values() and analyst.name in row.values() for row in told)
        line = Line.objects.get(event="hub.findings.exported")
        assert (line.reason, line.facts, line.actor) == (WHY, {"rows": 3}, analyst.urn)
        expect(page.locator("[data-error-summary], [aria-invalid], .utrecht-form-field-error-message")).to_have_count(0)
        look(page, f"export-done-{size['width']}")
        with page.expect_download():  # and once more, for a colleague
            press(page, "button", "Download bestand")


def class_told(name: str, counts: tuple[int | None, ...], here: tuple[float, ...], compared: str) -> dict[str, object]:
    """What looking gave in one kind of neighbourhood, as knooppunt publishes it."""
    said = dict(zip(("confirmed", "refuted", "not_judged"), counts, strict=True))
    bounds = dict(zip(("low", "high", "rest_low", "rest_high"), here or (None,) * 4, strict=True))
    return {"name": name, **said, **bounds, "compared": compared}


@AT_A_DESK
def test_where_a_rule_looks_and_is_right_is_read(
    browser: Browser, live_server: LiveServer, analyst: Person, size: dict[str, int]
) -> None:
    where = {"objects": 2000, "found": 220, "low": 0.09, "high": 0.13, "rest_low": 0.09, "rest_high": 0.12}
    classes = [{"name": name, **where, "compared": "no difference shown"} for name in ("very urban", "not urban")]
    outcomes = [
        class_told("very urban", (100, 20, 110), (0.72, 0.91, 0.14, 0.42), "more"),
        class_told("not urban", (30, 90, 85), (0.14, 0.42, 0.72, 0.91), "fewer"),
        class_told("unknown", (None, None, 10), (), "too few to tell"),
    ]
    result = {"rule": "BED-01", "objects": 4000, "found": 440, "classes": classes, "outcomes": outcomes}
    Study.objects.create(kind="bias", about="BED-01", as_of=STAND, result=result, made_at=timezone.now())
    with guarded_context(browser, viewport=size) as context:
        page = enter(context, analyst, live_server.url)
        page.goto(f"{live_server.url}/knooppunt/opbrengst/")
        expect(page.get_by_text("Vaker gelijk in buurten die zeer stedelijk zijn")).to_be_visible()
        page.locator("summary", has_text="Cijfers van").press("Enter")
        expect(page.get_by_text("niet bevestigd 90")).to_be_visible()
        look(page, f"where-{size['width']}")
