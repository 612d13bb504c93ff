"""Main pages on a very wide screen and on paper: nothing sticks out, lines stay readable, and no half is empty."""

from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from bolwerk.accounts.models import Department, Person
from bolwerk.accounts.tests.makers import make_department, make_person
from bolwerk.hub.tests.makers import found, make_analyst, put_in_list, put_on
from bolwerk.incidents.models import Incident
from bolwerk.incidents.rules.reports import Kind
from bolwerk.incidents.tests.makers import make_incident, make_manager
from bolwerk.incidents.tests.norm_makers import make_norm
from tests.browser import DESKTOP, fits, guarded_context, screenshot
from tests.journeys.people import enter

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
WIDE = {"width": 3840, "height": 2160}
PAPER = {"width": 720, "height": 1000}  # A4 with its margins, as a browser counts
PICTURES = Path("var/pictures/wide")
MOST = 90  # characters on a line of main text
LEAST = 16 * 1.3  # pixels of a letter on such a screen
LONG_LINES = """most => [...document.querySelectorAll('main :is(p, li, dd, blockquote)')].filter(one => {
    const own = [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    const lines = Math.max(1, Math.round(one.clientHeight / parseFloat(getComputedStyle(one).lineHeight)));
    return own && one.clientWidth > 2 && one.innerText.trim().length / lines > most;
}).map(one => one.innerText.slice(0, 60))"""
EMPTY = """() => {
    const main = document.querySelector('main').getBoundingClientRect();
    const seen = [...document.querySelectorAll('main *')].map(one => one.getBoundingClientRect())
        .filter(one => one.width > 2 && one.height > 2);
    const left = Math.min(...seen.map(one => one.left)), right = Math.max(...seen.map(one => one.right));
    return Math.max(left - main.left, main.right - right) / main.width;
}"""
"""The largest part of the width of the page that is empty at one side."""


@pytest.fixture
def pages(tmp_path: Path, settings: Settings) -> dict[str, tuple[Person, str]]:
    """My day, the worklist, an incident, the norm, and findings with their map: who opens it, and where it is."""
    settings.BOLWERK_DIR = tmp_path
    team, now, today = make_department(), timezone.now(), timezone.localdate()
    employee = make_person(department=team)
    reports = [make_incident(employee, at=now) for _ in range(3)]
    make_norm()
    put_on(at=now)
    places = [found(f"f{n}", object_id=f"990001000000001{n}", as_of=today, x=155_030.0 + 40 * n) for n in range(3)]
    put_in_list(*places, as_of=today, at=now)
    manager = make_manager(team)
    return {
        "my-day": (manager, ""),
        "worklist": (manager, "meldingen/"),
        "incident": (manager, f"meldingen/{reports[0].pk}/"),
        "norm": (manager, "meldingen/norm/"),
        "findings": (make_analyst(), "knooppunt/"),
    }


def letters(page: Page) -> float:
    """How large a letter of the text is, in pixels."""
    return float(page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)"))


def test_a_wide_screen_is_used_and_read(
    browser: Browser, live_server: LiveServer, pages: dict[str, tuple[Person, str]]
) -> None:
    with guarded_context(browser, viewport=WIDE, reduced_motion="reduce") as context:
        for name, (person, where) in pages.items():
            page = enter(context, person, live_server.url)
            page.goto(f"{live_server.url}/{where}")
            if name == "findings":
                expect(page.locator("[data-drawn=yes]")).to_have_count(1)
            assert fits(page), name
            assert page.evaluate(LONG_LINES, MOST) == [], name
            assert page.evaluate(EMPTY) < 1 / 3, name
            assert letters(page) >= LEAST, name
            screenshot(page, PICTURES, name)
            page.close()


def test_on_a_laptop_no_column_of_the_worklist_is_cut_off(
    browser: Browser, live_server: LiveServer, pages: dict[str, tuple[Person, str]]
) -> None:
    Department.objects.update(name="Openbare orde en veiligheid")
    Incident.objects.update(kind=Kind.DISCRIMINATION, assigned_to=make_person("Gert-Jan van den Wijngaard"))
    with guarded_context(browser, viewport=DESKTOP) as context:
        person, where = pages["worklist"]
        page = enter(context, person, live_server.url)
        page.goto(f"{live_server.url}/{where}")
        widths = page.evaluate(
            "[...document.querySelectorAll('.bw-table-wrap')].map(o => o.scrollWidth - o.clientWidth)"
        )
        assert widths == [0]


def test_on_paper_there_is_the_page_without_what_one_clicks(
    browser: Browser, live_server: LiveServer, pages: dict[str, tuple[Person, str]]
) -> None:
    with guarded_context(browser, viewport=PAPER) as context:
        for name in ("norm", "incident"):
            person, where = pages[name]
            page = enter(context, person, live_server.url)
            page.goto(f"{live_server.url}/{where}")
            page.emulate_media(media="print")
            expect(page.get_by_role("heading", level=1)).to_be_visible()
            for hidden in (".bw-rail", ".bw-bar", ".bw-header__tools", ".bw-footer", ".bw-tabs", "#do-title"):
                expect(page.locator(hidden).first).to_be_hidden()
            assert fits(page), name
            page.evaluate("document.documentElement.dataset.theme = 'dark'")
            assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"
            assert "rgba(0, 0, 0, 0)" in page.evaluate("getComputedStyle(document.querySelector('main')).background")
            screenshot(page, PICTURES, f"{name}-on-paper")
            page.close()
