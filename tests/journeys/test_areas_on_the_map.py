"""Stories of the hub: neighbourhoods under the findings, and small maps of areas that are read without colour."""

import shutil
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from bolwerk.accounts.models import Person
from bolwerk.hub.tests.makers import STAND, found, make_analyst, put_in_list, put_on, town
from bolwerk.hub.tests.test_area_maps import REGISTERS, study
from knooppunt.ingest import ingest
from knooppunt.synthetic.boundaries import FILE, write_boundaries
from knooppunt.synthetic.division import Division
from tests.browser import axe, fits, guarded_context, screenshot
from tests.journeys.people import enter
from tests.journeys.sizes import AT_A_DESK

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PICTURES = Path("var/pictures/areas")
NEIGHBOURHOODS = Division(6_000, seed=3).all[:9]


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault of a small town with the shapes of nine neighbourhoods, made once."""
    home = tmp_path_factory.mktemp("areas")
    write_boundaries(home, NEIGHBOURHOODS)
    ingest("bag", town() / "bag.zip", vault=home / "vault", at=timezone.now())
    ingest("boundaries", home / FILE, vault=home / "vault", at=timezone.now(), as_of=STAND)
    return home / "vault"


@pytest.fixture
def analyst(tmp_path: Path, settings: Settings, vault: Path) -> Person:
    """Somebody with that vault, two findings of today and a look ahead."""
    settings.BOLWERK_DIR = tmp_path
    shutil.copytree(vault, tmp_path / "vault")
    put_on(*REGISTERS, "BED-01", "BED-02", at=timezone.now())
    today = timezone.localdate()
    put_in_list(
        found("f1", as_of=today, x=155_030.0, y=463_040.0, place="Kade 1, 6100AA Zilverdam"),
        found("f2", as_of=today, object_id="9900010000000002", x=155_230.0, place="Kade 2, 6100AA Zilverdam"),
        as_of=today,
        at=timezone.now(),
    )
    counts = {f"BU{one.code}": [(place + 2) * 7, (place + 2) * 5] for place, one in enumerate(NEIGHBOURHOODS[:5])}
    study(counts | {"…": [11, 9]})
    return make_analyst()


def look(page: Page, name: str) -> None:
    """Check what every page owes everybody, and keep a picture."""
    axe(page)
    assert fits(page)
    screenshot(page, PICTURES, name)


@AT_A_DESK
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_findings_lie_in_neighbourhoods_and_the_list_is_there_by_keyboard(
    browser: Browser, live_server: LiveServer, analyst: Person, size: dict[str, int], scheme: str
) -> None:
    with guarded_context(browser, viewport=size, color_scheme=scheme) as context:
        page = enter(context, analyst, live_server.url)
        page.goto(f"{live_server.url}/knooppunt/")
        expect(page.locator("[data-drawn=yes][data-bordered='9']")).to_have_count(1)
        expect(page.get_by_text("Buurten van het CBS, stand 1 november 2026")).to_be_visible()
        page.get_by_role("link", name="Kade 1").first.focus()
        expect(page.locator("tr[data-chosen]")).to_have_count(1)
        look(page, f"findings-{size['width']}-{scheme}")


@AT_A_DESK
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_map_of_areas_is_read_by_letters_and_words(
    browser: Browser, live_server: LiveServer, analyst: Person, size: dict[str, int], scheme: str
) -> None:
    with guarded_context(browser, viewport=size, color_scheme=scheme) as context:
        page = enter(context, analyst, live_server.url)
        page.goto(f"{live_server.url}/knooppunt/vooruitblik/")
        drawing = page.locator("figure", has_text="per buurt, september 2026")
        expect(drawing.locator("use.bw-area--hidden")).to_have_count(4)
        hatched = "one => getComputedStyle(one).fill"
        assert "areas-hatch" in drawing.locator("use.bw-area--hidden").first.evaluate(hatched)
        expect(drawing.get_by_text("Niet getoond: te weinig, of geen")).to_be_visible()
        expect(drawing.locator(".bw-areas__legend li")).to_have_count(6)
        look(page, f"ahead-{size['width']}-{scheme}")
