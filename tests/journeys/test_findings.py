"""The story of a finding: deliveries are read in, rules look, and one finding is opened, explained and judged."""

import shutil
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from bolwerk.hub import tasks
from bolwerk.hub.models import Finding, Job, Review
from bolwerk.hub.tests.makers import FILES, STAND, make_analyst, put_on, town
from knooppunt.tests.deliveries import real
from tests.browser import PHONE, axe, fits, guarded_context, screenshot
from tests.journeys.people import enter
from tests.journeys.sizes import AT_A_DESK

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PICTURES = Path("var/pictures/findings")
DOESBURG = "0221PND15092020.zip"


@pytest.fixture
def deliveries(tmp_path: Path, settings: Settings) -> Path:
    """The folder of an installation of its own in which deliveries wait, one of them cut off half-way."""
    settings.BOLWERK_DIR = tmp_path
    folder = tmp_path / "deliveries"
    folder.mkdir()
    for file in FILES.values():
        shutil.copy(town() / file, folder)
    whole = (town() / FILES["bag"]).read_bytes()
    (folder / "half.zip").write_bytes(whole[: len(whole) // 2])
    put_on(at=timezone.now())
    return folder


def let_the_worker_do_it(page: Page) -> Job:
    """Do the job whose page is open, as a worker would, and see the page tell by itself how it ended."""
    expect(page.locator("#job")).to_be_visible()
    job = Job.objects.get(pk=page.url.rstrip("/").rsplit("/", 1)[-1])
    tasks.work.func(str(job.pk))
    expect(page.locator("#job[hx-get]")).to_have_count(0)
    job.refresh_from_db()
    return job


def read_in(page: Page, address: str, register: str, file: str) -> Job:
    """Choose a register and a file, and read it in."""
    page.goto(f"{address}/knooppunt/registers/inlezen/")
    page.locator(f"input[name=register][value={register}]").check()
    page.get_by_label("Welk bestand?").select_option(file)
    page.get_by_label("Van welke dag is de levering?").fill(STAND.isoformat())
    axe(page)
    assert fits(page)
    page.get_by_role("button", name="Lees deze levering in").click()
    return let_the_worker_do_it(page)


def look_for_findings(page: Page) -> None:
    """Let the rules look, and go on to what they found."""
    page.get_by_role("link", name="Zoek signalen").first.click()
    page.get_by_label("Zoals het was op welke dag?").fill(STAND.isoformat())
    page.get_by_role("button", name="Zoek signalen").click()
    assert let_the_worker_do_it(page).state == "done"
    page.get_by_role("link", name="Bekijk de signalen").click()


@AT_A_DESK
def test_from_a_delivery_to_a_finding_that_is_judged(
    browser: Browser, live_server: LiveServer, deliveries: Path, size: dict[str, int]
) -> None:
    with guarded_context(browser, viewport=size) as context:
        page = enter(context, make_analyst(), live_server.url)
        assert read_in(page, live_server.url, "bag", "half.zip").state == "refused"
        expect(page.get_by_text("De kluis is zoals hij was.")).to_be_visible()
        axe(page)
        for register in ("bag", "kvk"):
            assert read_in(page, live_server.url, register, FILES[register]).state == "done"
        look_for_findings(page)
        expect(page.get_by_role("heading", name="Op de kaart")).to_be_visible()
        axe(page)
        assert fits(page)
        screenshot(page, PICTURES, f"list-{size['width']}")
        found = Finding.objects.filter(rule="BED-01").order_by("pk")[0]
        page.goto(f"{live_server.url}/knooppunt/signaal/{found.pk}/")
        for part in ("Wat er is gevonden", "Waarom dit telt"):
            expect(page.get_by_role("heading", name=part)).to_be_visible()
        axe(page)
        assert fits(page)
        screenshot(page, PICTURES, f"finding-{size['width']}")
        judge(page)
        assert Review.objects.get().finding_id == found.pk


def judge(page: Page) -> None:
    """Say what the first look gave, by keyboard; without a reason it is refused and the choice stays."""
    page.get_by_role("link", name="Geef een oordeel").click()
    choice = page.get_by_role("radio").first
    choice.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator("[data-error-summary]")).to_be_focused()
    expect(choice).to_be_checked()
    page.get_by_label("Hoe weet je dat?").fill("Bekend verzamelgebouw aan de haven.")
    page.get_by_label("Hoe weet je dat?").press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/signaal/*/")


def test_the_real_buildings_of_doesburg_are_read_in(
    browser: Browser, live_server: LiveServer, deliveries: Path
) -> None:
    shutil.copy(real(f"bag/{DOESBURG}"), deliveries)
    with guarded_context(browser, viewport=PHONE) as context:
        page = enter(context, make_analyst(), live_server.url)
        assert read_in(page, live_server.url, "bag", DOESBURG).state == "done"
        expect(page.get_by_text("7.797 panden")).to_be_visible()
        axe(page)
        screenshot(page, PICTURES, "doesburg")
