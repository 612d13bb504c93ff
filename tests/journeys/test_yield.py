"""How often a rule is right: a list is drawn with chance mixed in, somebody goes to look, and the rule goes off.

And looking back: what did we know on a day, before somebody judged it.
"""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from bolwerk.accounts.models import Person
from bolwerk.hub import actions
from bolwerk.hub.models import RuleStage, WorkItem, WorkList
from bolwerk.hub.rules.stages import Looked, Stage
from bolwerk.hub.tests.makers import found, make_analyst, put_in_list, put_on, town
from knooppunt.ingest import ingest
from knooppunt.linkage import link
from knooppunt.vault import open_vault
from tests.browser import DESKTOP, PHONE, axe, fits, guarded_context, screenshot
from tests.journeys.people import enter

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PICTURES = Path("var/pictures/yield")
WEEK = timedelta(days=7)


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault of a small town with its addresses, made once: objects are drawn from it."""
    home = tmp_path_factory.mktemp("yield") / "vault"
    ingest("bag", town() / "bag.zip", vault=home, at=timezone.now())
    link(open_vault(home), at=timezone.now())
    return home


@pytest.fixture
def analyst(tmp_path: Path, settings: Settings, vault: Path) -> Person:
    """Somebody with a vault, rules that are on, and twenty findings of a week ago."""
    settings.BOLWERK_DIR = tmp_path
    shutil.copytree(vault, tmp_path / "vault")
    put_on(at=timezone.now())
    day = timezone.localdate() - WEEK
    rows = [
        found(f"f{n}", as_of=day, object_id=f"990001{n:010}", place=f"Kade {n:02}, 6100AA Zilverdam")
        for n in range(1, 21)
    ]
    put_in_list(*rows, as_of=day, at=timezone.now() - WEEK)
    return make_analyst()


def look(page: Page, name: str) -> None:
    """Check what every page owes everybody, and keep a picture."""
    axe(page)
    assert fits(page)
    screenshot(page, PICTURES, name)


def heading(page: Page, text: str) -> None:
    """The page that this is."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(text)


def test_a_rule_that_is_no_better_than_chance_goes_off_before_your_eyes(
    browser: Browser, live_server: LiveServer, analyst: Person
) -> None:
    with guarded_context(browser, viewport=PHONE) as context:
        page = enter(context, analyst, live_server.url)
        page.goto(f"{live_server.url}/knooppunt/opbrengst/")
        expect(page.locator(".bw-tabs [aria-current]")).to_be_in_viewport(ratio=1)
        heading(page, "Hoe vaak regels gelijk hebben")
        look(page, "nothing-yet-phone")
        page.get_by_role("link", name="Trek een werklijst").press("Enter")
        page.get_by_role("button", name="Trek de lijst").press("Enter")
        draw(page)
        page.get_by_role("link", name="Bekijk de volgende").press("Enter")
        say_what_was_seen(page)
        last = all_but_one(WorkList.objects.get(), by=analyst)
        page.goto(f"{live_server.url}/knooppunt/werklijsten/object/{last.pk}/")
        page.get_by_role("radio").nth(1).check()
        page.get_by_label("Hoe weet je dat?").fill("Een gewone winkel.")
        page.get_by_role("button", name="Bewaar wat ik zag").press("Enter")
        expect(page.get_by_text("zijn uitkomsten zijn niet beter dan toeval")).to_be_visible()
        assert RuleStage.objects.get(pk="BED-01").stage == Stage.OFF
    with guarded_context(browser, viewport=DESKTOP) as context:
        page = enter(context, analyst, live_server.url)
        page.goto(f"{live_server.url}/knooppunt/opbrengst/")
        expect(page.locator(".hub-card .utrecht-data-badge").first).to_have_text("Uit")
        look(page, "off-desktop")
        page.goto(f"{live_server.url}/knooppunt/registers/BED-01/stand/")
        look(page, "stand-desktop")
        look_back_at_yields(page, live_server.url)


def look_back_at_yields(page: Page, home: str) -> None:
    """Yesterday nobody had looked yet, and the rule was still on; on a desk and on a phone, in both languages."""
    page.goto(f"{home}/knooppunt/opbrengst/")
    page.get_by_text("Kijk terug").click()
    page.get_by_label("Zoals we het wisten op").fill((timezone.localdate() - timedelta(days=1)).isoformat())
    page.get_by_role("button", name="Toon").press("Enter")
    expect(page.get_by_text("had nog niemand naar een object van een werklijst gekeken")).to_be_visible()
    expect(page.locator(".hub-card .utrecht-data-badge")).to_have_count(0)
    expect(page.get_by_role("link", name="Trek een werklijst")).to_have_count(0)
    look(page, "looking-back-desktop")
    page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    look(page, "looking-back-phone")
    here = page.url
    page.get_by_role("button", name="English").click()
    page.goto(here)
    expect(page.get_by_text("As we knew it on").first).to_be_visible()
    look(page, "looking-back-phone-en")
    page.set_viewport_size({"width": DESKTOP["width"], "height": DESKTOP["height"]})
    look(page, "looking-back-desktop-en")


def draw(page: Page) -> None:
    """Draw the list by keyboard; what was drawn at random does not show."""
    heading(page, "Werklijst")
    expect(page.get_by_text("willekeurig getrokken", exact=False)).to_have_count(1)
    look(page, "list-phone")


def say_what_was_seen(page: Page) -> None:
    """Without a choice nothing is saved and the words stay; then it is, and the next object comes."""
    first = page.url
    page.get_by_label("Hoe weet je dat?").fill("Langs geweest, gesloten deur.")
    page.get_by_role("button", name="Bewaar wat ik zag").press("Enter")
    expect(page.locator("[data-error-summary]")).to_be_focused()
    expect(page.get_by_label("Hoe weet je dat?")).to_have_value("Langs geweest, gesloten deur.")
    look(page, "look-phone")
    page.get_by_role("radio").nth(1).press("Space")
    page.get_by_role("button", name="Bewaar wat ik zag").press("Enter")
    page.wait_for_url(lambda address: address != first)


def all_but_one(worklist: WorkList, *, by: Person) -> WorkItem:
    """The others look as well and find nothing; the one that is left, a found object, is returned."""
    now = timezone.now()
    waiting = list(worklist.items.filter(looked="").order_by("is_control"))
    for item in waiting[1:]:
        gave = actions.Gave(Looked.REFUTED, "Langs geweest")
        actions.give_outcome(item=item, gave=gave, by=by, at=now, on=timezone.localdate(now))
    return waiting[0]


def test_somebody_looks_back_at_what_was_known(browser: Browser, live_server: LiveServer, analyst: Person) -> None:
    with guarded_context(browser, viewport=PHONE) as context:
        page = enter(context, analyst, live_server.url)
        page.goto(f"{live_server.url}/knooppunt/")
        page.get_by_text("Kijk terug").click()
        page.get_by_label("Zoals we het wisten op").fill((timezone.localdate() + WEEK).isoformat())
        page.get_by_role("button", name="Toon").press("Enter")
        expect(page.locator("details.hub-known")).to_have_attribute("open", "")
        look(page, "future-phone")
        page.get_by_label("Zoals we het wisten op").fill((timezone.localdate() - 2 * WEEK).isoformat())
        page.get_by_role("button", name="Toon").press("Enter")
        expect(page.get_by_text("was er nog niets gezocht")).to_be_visible()
        look(page, "before-phone")
        page.get_by_role("link", name="Toon wat nu bekend is").press("Enter")
        expect(page.get_by_text("Kade 01")).to_be_visible()
