"""Journeys through the parts of safe work that only pages and forms were tested for: by touch and by keyboard."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import make_department, make_person
from bolwerk.audit.models import Line
from bolwerk.incidents.actions import publish_due_figures
from bolwerk.incidents.actions.care import record_care_moment
from bolwerk.incidents.actions.response import add_person, link_person
from bolwerk.incidents.models import CareTally, Measure, Norm, Place
from bolwerk.incidents.rules import CARE_DUTIES, Outcome
from bolwerk.incidents.rules.care import Spoken
from bolwerk.incidents.rules.ladder import Step
from bolwerk.incidents.tests.care_makers import make_carer, victim_of
from bolwerk.incidents.tests.makers import make_coordinator, make_incident
from bolwerk.incidents.tests.norm_makers import make_norm
from bolwerk.incidents.tests.response_makers import make_board, make_established
from tests.browser import PHONE, axe, fits, guarded_context, screenshot
from tests.journeys.people import enter
from tests.journeys.sizes import ON_A_PHONE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PICTURES = Path("var/pictures/safe")
CORNERS = "52.6016, 5.2990\n52.6016, 5.3009\n52.6024, 5.3009\n52.6024, 5.2990"
MANY_TABS = 120
SHOWS_FOCUS = "one => [one, one.closest('label')].some((it) => it && getComputedStyle(it).outlineStyle !== 'none')"


def look(page: Page, name: str) -> None:
    """What everybody must be able to use."""
    axe(page)
    assert fits(page)
    screenshot(page, PICTURES, name)


def tab_to(page: Page, where: Locator) -> None:
    """Go there with the Tab key alone, and see that it shows where one is."""
    for _ in range(MANY_TABS):
        if where.evaluate("one => one === document.activeElement"):
            assert where.evaluate(SHOWS_FOCUS)
            return
        page.keyboard.press("Tab")
    raise AssertionError("the keyboard does not come there")


def press(page: Page, role: str, name: str) -> None:
    """A link or button by keyboard."""
    tab_to(page, page.get_by_role(role, name=name, exact=True).first)  # type: ignore[arg-type]  # a role
    page.keyboard.press("Enter")


def tick(page: Page, label: str) -> None:
    """A tick by keyboard."""
    tab_to(page, page.get_by_label(label).first)
    page.keyboard.press("Space")


def write(page: Page, label: str, words: str) -> None:
    """Words by keyboard."""
    tab_to(page, page.get_by_label(label).first)
    page.keyboard.insert_text(words)


@ON_A_PHONE
def test_whoever_got_care_rates_it_once_in_three_questions(
    browser: Browser, live_server: LiveServer, size: ViewportSize
) -> None:
    person, carer, now = make_person("Sanne de Wit", department=make_department()), make_carer(), timezone.now()
    incident = make_incident(person, at=now, occurred_at=now)
    for duty in CARE_DUTIES:
        spoken = Spoken(Outcome.HELD, timezone.localdate(), "")
        record_care_moment(concerned=victim_of(incident), duty=duty, spoken=spoken, by=carer, at=now)
    with guarded_context(browser, viewport=size) as context:
        page = enter(context, person, live_server.url)
        page.goto(f"{live_server.url}/meldingen/mijn/opvang/{victim_of(incident).pk}/")
        press(page, "link", "Hoe was de opvang? Drie vragen")
        expect(page.get_by_role("heading", level=1)).to_have_text("Hoe was de opvang?")
        page.get_by_role("button", name="Verstuur antwoorden").press("Enter")
        expect(page.get_by_role("alert").or_(page.locator("[data-error-summary]")).first).to_be_visible()
        look(page, f"rating-unanswered-{size['width']}")
        for number in range(3):
            tab_to(page, page.locator("fieldset").nth(number).get_by_role("radio").first)
            page.keyboard.press("Space")
        press(page, "button", "Verstuur antwoorden")
        expect(page.get_by_text("Je hebt de drie vragen beantwoord. Dank je wel.")).to_be_visible()
        expect(page.get_by_role("link", name="Hoe was de opvang? Drie vragen")).to_have_count(0)
        look(page, f"rated-{size['width']}")
    assert sum(CareTally.objects.values_list("count", flat=True)) == 3


def read_the_letter(page: Page) -> None:
    """The letter of the ban names the place."""
    page.get_by_role("link", name="Brief", exact=True).click()
    page.get_by_role("radio", name="Toegangsverbod").check()
    page.get_by_role("button", name="Laat zien hoe het wordt").click()
    page.get_by_text("Hetzelfde als tekst").click()
    expect(page.get_by_text("Stadhuis, Havenkade 1").first).to_be_visible()


@ON_A_PHONE
def test_a_place_is_put_on_the_map_and_a_ban_holds_there(
    browser: Browser, live_server: LiveServer, size: ViewportSize
) -> None:
    incident, coordinator, today = make_incident(), make_coordinator(), timezone.localdate()
    make_established(incident, coordinator, at=timezone.now())
    width = size["width"]
    with guarded_context(browser, viewport=size) as context:
        page = enter(context, coordinator, live_server.url)
        page.goto(f"{live_server.url}/meldingen/instellingen/plaatsen/")
        press(page, "link", "Plaats toevoegen")
        write(page, "Hoe noem je deze plaats?", "Stadhuis")
        write(page, "Adres", "Havenkade 1")
        write(page, "Hoeken op de kaart", "5.2990, 52.6016")
        press(page, "button", "Bewaar")
        expect(page.get_by_text("Zijn de getallen omgewisseld?").first).to_be_visible()
        expect(page.get_by_label("Hoe noem je deze plaats?")).to_have_value("Stadhuis")
        page.get_by_label("Hoeken op de kaart").fill(CORNERS)
        press(page, "button", "Bewaar")
        expect(page.locator(".bw-chart__drawing polygon")).to_have_count(1)
        look(page, f"places-{width}")
        page.goto(f"{live_server.url}/meldingen/{incident.pk}/reactie/maatregel/")
        look(page, f"choose-places-{width}")
        tick(page, "1. Stadhuis, Havenkade 1")
        page.get_by_role("radio", name="Toegangsverbod").check()
        page.get_by_label("Waarom een andere trede").fill("De matrix kent deze plaats niet.")
        page.get_by_label("Waarom is dit nodig").fill("Er is opnieuw geweld gebruikt.")
        for label, days in (("Eerste dag", 0), ("Laatste dag", 90), ("Toets op", 45)):
            page.get_by_label(label).fill((today + timedelta(days=days)).isoformat())
        press(page, "button", "Voorstellen")
        expect(page.get_by_text("Stadhuis, Havenkade 1").first).to_be_visible()
        expect(page.locator(".bw-chart__drawing polygon")).to_have_count(1)
        look(page, f"ban-with-map-{width}")
        read_the_letter(page)
        look(page, f"ban-letter-{width}")
    assert Measure.objects.get().areas == [
        {"name": "Stadhuis", "address": "Havenkade 1", "outline": Place.objects.get().points}
    ]


@ON_A_PHONE
def test_a_contact_arrangement_waits_for_its_contact_point_and_ways(
    browser: Browser, live_server: LiveServer, size: ViewportSize
) -> None:
    incident, coordinator, today = make_incident(), make_coordinator(), timezone.localdate()
    make_established(incident, coordinator, at=timezone.now())
    with guarded_context(browser, viewport=size) as context:
        page = enter(context, coordinator, live_server.url)
        page.goto(f"{live_server.url}/meldingen/{incident.pk}/reactie/maatregel/")
        page.get_by_role("radio", name="Contactmaatregel").check()
        page.get_by_label("Waarom een andere trede").fill("Eén contactpunt is genoeg.")
        page.get_by_label("Waarom is dit nodig").fill("Het bellen houdt niet op.")
        for label, days in (("Eerste dag", 0), ("Laatste dag", 90), ("Toets op", 45)):
            page.get_by_label(label).fill((today + timedelta(days=days)).isoformat())
        page.get_by_label("Hoe kan de persoon ertegen opkomen?").select_option("objection")
        page.get_by_role("button", name="Voorstellen").click()
        expect(page.get_by_text("Er staat niet met wie de persoon contact heeft")).to_be_visible()
        look(page, f"arrangement-gate-{size['width']}")
        page.get_by_role("link", name="Wijzigen").click()
        write(page, "Met wie heeft de persoon contact?", "Teammanager Publiek, 0229 55 55 55")
        tick(page, "per brief")
        press(page, "button", "Bewaar")
        expect(page.get_by_text("Er staat niet met wie de persoon contact heeft")).to_have_count(0)
        expect(page.get_by_role("link", name="Besluit vragen")).to_be_visible()
        look(page, f"arrangement-{size['width']}")
    measure = Measure.objects.get()
    assert (measure.step, measure.ways) == (Step.CONTACT, ["letter"])


@ON_A_PHONE
def test_the_norm_changes_into_a_new_version_and_the_old_one_stays(
    browser: Browser, live_server: LiveServer, size: ViewportSize
) -> None:
    first = make_norm()
    coordinator, board, width = make_coordinator(), make_board(), size["width"]
    later = timezone.localdate() + timedelta(days=30)
    with guarded_context(browser, viewport=size) as context:
        page = enter(context, coordinator, live_server.url)
        page.goto(f"{live_server.url}/meldingen/norm/")
        press(page, "button", "Nieuwe versie beginnen")
        page.get_by_role("link", name="Wijzig: Iemand filmt").click()
        page.get_by_role("radio", name="Rood").check()
        press(page, "button", "Bewaar")
        press(page, "link", "Aanbieden aan het bestuur")
        press(page, "button", "Aanbieden aan het bestuur")
        page.wait_for_url(re.compile("/norm/$"))
    second = Norm.objects.exclude(pk=first.pk).get()
    with guarded_context(browser, viewport=size) as context:
        page = enter(context, board, live_server.url)
        page.goto(f"{live_server.url}/meldingen/norm/{second.pk}/")
        press(page, "link", "Vaststellen")
        page.get_by_label(re.compile("Vanaf welke dag|Geldt vanaf")).fill(later.isoformat())
        look(page, f"adopt-{width}")
        press(page, "button", "Vaststellen")
        page.wait_for_url(re.compile("/norm/$"))
        page.goto(f"{live_server.url}/meldingen/norm/")
        expect(page.get_by_text("Versie 1, geldt vanaf")).to_be_visible()  # until that day
        expect(page.get_by_text("geldt later")).to_be_visible()
        look(page, f"norm-versions-{width}")
        page.get_by_role("link", name=re.compile("^Versie 1, vanaf")).click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("versie 1")
    rules = {norm.number: dict(norm.rules.values_list("behaviour", "line")) for norm in Norm.objects.all()}
    changed = {behaviour for behaviour, line in rules[2].items() if rules[1][behaviour] != line}
    assert len(changed) == 1
    assert next(iter(changed)).startswith("Iemand filmt")


@ON_A_PHONE
def test_the_board_reads_one_page_and_the_privacy_officer_takes_the_papers(
    browser: Browser, live_server: LiveServer, size: ViewportSize
) -> None:
    february, width = datetime(2026, 2, 10, 9, tzinfo=UTC), size["width"]
    for name, number in (("Balie", 30), ("Loket", 30), ("Kleinteam", 3)):
        department = make_department(name)
        people = [make_person(f"{name} {n}", department=department) for n in range(6)]
        for n in range(number):
            make_incident(people[n % 6], at=february + timedelta(minutes=n), occurred_at=february)
    publish_due_figures(at=datetime(2026, 4, 1, 6, tzinfo=UTC))
    start = "/meer/" if size is PHONE else "/"
    with guarded_context(browser, viewport=size) as context:
        page = enter(context, make_person("Bea Bestuur", Role.BOARD), live_server.url)
        page.goto(f"{live_server.url}{start}")
        press(page, "link", "Veilig werken op één bladzijde")
        expect(page.get_by_role("heading", level=1)).to_have_text("Veilig werken in 2026")
        expect(page.get_by_role("heading", name="De acht maatregelen van een werkgever")).to_be_visible()
        expect(page.locator("main")).not_to_contain_text("3 meldingen")
        look(page, f"board-{width}")
    with guarded_context(browser, viewport=size) as context:
        page = enter(context, make_person("Frida FG", Role.PRIVACY_OFFICER), live_server.url)
        page.goto(f"{live_server.url}/cijfers/privacystukken/")
        look(page, f"privacy-{width}")
        for kind, begin in (("als pdf", b"%PDF"), ("voor Word", b"PK")):
            with page.expect_download() as download:
                tab_to(page, page.get_by_role("link", name=re.compile(kind)).first)
                page.keyboard.press("Enter")
            assert download.value.path().read_bytes().startswith(begin)


@ON_A_PHONE
def test_who_returns_is_a_count_first_and_a_name_only_after_a_reason(
    browser: Browser, live_server: LiveServer, size: ViewportSize
) -> None:
    coordinator, now, width = make_coordinator(), timezone.now(), size["width"]
    person = add_person(name="Piet Storm", address="", traits="", employee=None, by=coordinator, at=now)
    for days in (5, 20):
        at = now - timedelta(days=days)
        link_person(incident=make_incident(at=at, occurred_at=at), perpetrator=person, by=coordinator, at=now)
    with guarded_context(browser, viewport=size) as context:
        page = enter(context, coordinator, live_server.url)
        page.goto(f"{live_server.url}/meer/")
        press(page, "link", "Personen in meer meldingen")
        expect(page.get_by_text("kwam 1 persoon in meer dan één melding voor")).to_be_visible()
        assert "Storm" not in page.content()
        look(page, f"repeated-count-{width}")
        press(page, "button", "Toon")
        expect(page.get_by_text("Zeg waarom je zoekt.").first).to_be_visible()
        assert "Storm" not in page.content()
        write(page, "Waarom zoek je?", "Voorbereiding van het overleg")
        press(page, "button", "Toon")
        expect(page.get_by_role("link", name="Piet Storm")).to_be_visible()
        look(page, f"repeated-names-{width}")
        assert "Storm" not in page.url
        assert "Storm" not in page.title()
    assert Line.objects.get(event="incidents.perpetrator.searched").reason == "Voorbereiding van het overleg"
