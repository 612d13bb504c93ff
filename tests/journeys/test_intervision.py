"""An intervision in a room: a screen for who leads, a phone for the submitter, one for a member, and a lost line."""

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from bolwerk.accounts.models import Person
from bolwerk.circle.actions import add_facilitator
from bolwerk.circle.models import Circle, Contribution, Intervision, Participant, Tally
from bolwerk.circle.rules.intervision import RunState
from bolwerk.circle.tests.makers import MONDAY, make_case, make_circle, make_facilitator
from bolwerk.circle.tests.run_makers import make_group, make_run, person_of
from tests.browser import DESKTOP, PHONE, axe, fits, guarded_context, screenshot
from tests.journeys.people import enter

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PICTURES = Path("var/pictures/intervision")


@dataclass
class Around:
    """The table: the screen of who leads, and the phones of two people."""

    wall: Page
    submitter: Page
    member: Page
    cut: BrowserContext  # the member's own, to take the line away


def look(page: Page, name: str) -> None:
    """What everybody must be able to use."""
    axe(page)
    assert fits(page), name
    screenshot(page, PICTURES, name)


@contextmanager
def table(browser: Browser, live_server: LiveServer, run: Intervision, seats: list[Participant]) -> Iterator[Around]:
    """Everybody at the page of the run."""
    place = f"{live_server.url}/leerkring/{run.circle_id}/intervisie/{run.pk}/"
    with ExitStack() as stack:
        contexts = [stack.enter_context(guarded_context(browser, viewport=size)) for size in (DESKTOP, PHONE, PHONE)]
        people = [run.circle.founded_by, person_of(seats[0]), person_of(seats[1])]
        pages = [enter(context, person, live_server.url) for context, person in zip(contexts, people, strict=True)]
        pages[0].goto(f"{place}scherm/")
        for page in pages[1:]:
            page.goto(place)
        wall, submitter, member = pages
        yield Around(wall, submitter, member, contexts[2])


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def say(page: Page, text: str) -> None:
    page.get_by_role("textbox").first.fill(text)
    press(page, "Verstuur")
    mine = page.locator("[data-mine]", has_text=text)
    expect(mine.or_(page.get_by_text("Je woorden zijn verstuurd")).first).to_be_visible()


def phase(page: Page, title: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def on(wall: Page, title: str) -> None:
    """Whoever leads goes on, and sees that the group did."""
    press(wall, "Volgende fase")
    phase(wall, title)


def begun(around: Around) -> None:
    """Both take part, and whoever leads begins."""
    look(around.member, "phone-before")
    for page in (around.submitter, around.member):
        press(page, "Ik doe mee")
        expect(page.locator(".iv-duty")).to_contain_text("Je doet mee")
    look(around.wall, "wall-before")
    press(around.wall, "Begin nu")


@pytest.fixture
def circle() -> Circle:
    return make_circle(at=MONDAY)


def test_a_case_is_worked_on_from_the_question_to_what_touched(
    browser: Browser, live_server: LiveServer, circle: Circle
) -> None:
    seats = make_group(circle, 3)
    run = make_run(circle, make_case(seats[0]), "balint")
    with table(browser, live_server, run, seats) as around:
        begun(around)
        on(around.wall, "De casus toelichten")
        phase(around.submitter, "De casus toelichten")
        expect(around.submitter.get_by_text("Jij hebt het woord.", exact=True)).to_be_visible()
        look(around.submitter, "phone-tells")
        look(around.wall, "wall-tells")
        around.wall.keyboard.press("Alt+n")
        phase(around.wall, "Associëren")
        phase(around.member, "Associëren")
        look(around.member, "phone-nameless")
        say(around.member, "Alleen aan een loket.")
        expect(around.wall.locator(".iv-came strong")).to_have_text("1")
        for title in ("Een beeld vormen", "Je eigen oordeel"):
            on(around.wall, title)
            phase(around.member, title)
        say(around.member, "Bel terug met een collega erbij.")
        look(around.member, "phone-advice")
        for title in ("Het oordeel van de groep", "Besluit"):
            on(around.wall, title)
            phase(around.submitter, title)
        say(around.submitter, "Dat niemand het raar vond.")
        look(around.submitter, "phone-touched")
        on(around.wall, "Evaluatie")
        around.wall.locator("summary", has_text="Wat het tot nu toe opleverde").click()
        expect(around.wall.get_by_text("Bel terug met een collega erbij.")).to_be_visible()
        look(around.wall, "wall-brought")
        press(around.wall, "Rond af")
        expect(around.member.locator(".iv-duty")).to_contain_text("voorbij")
        around.member.get_by_role("link", name="Wat het opleverde").click()
        expect(around.member.get_by_text("Dat niemand het raar vond.")).to_be_visible()
        look(around.member, "phone-after")
    nameless = Contribution.objects.get(kind="nameless")
    assert (nameless.by, nameless.at) == (None, None)
    assert Contribution.objects.count() == 3


def test_a_line_that_drops_comes_back_in_the_right_phase_and_nothing_is_lost(
    browser: Browser, live_server: LiveServer, circle: Circle
) -> None:
    seats = make_group(circle, 3)
    run = make_run(circle, make_case(seats[0]), "ten-rounds")
    with table(browser, live_server, run, seats) as around:
        begun(around)
        on(around.wall, "Vragen opschrijven")
        phase(around.member, "Vragen opschrijven")
        around.member.get_by_role("textbox").fill("Wie weet er nog meer van?")
        around.cut.set_offline(True)
        press(around.member, "Verstuur")
        expect(around.member.get_by_text("Wacht op verbinding")).to_be_visible()
        around.member.get_by_role("textbox").fill("Sinds wanneer speelt dit?")
        press(around.member, "Verstuur")
        expect(around.member.get_by_text("Wacht op verbinding")).to_have_count(2)
        around.member.get_by_role("textbox").fill("En wat is er al ge")
        screenshot(around.member, PICTURES, "phone-without-a-line")
        for title in ("Informatieronde", "Analyse"):
            on(around.wall, title)
        phase(around.member, "Vragen opschrijven")
        around.cut.set_offline(False)
        phase(around.member, "Analyse")
        kept = around.member.get_by_role("textbox")
        expect(kept).to_have_value("En wat is er al ge")
        look(around.member, "phone-kept")
        expect(around.member.get_by_text("Wacht op verbinding")).to_have_count(0)
        kept.fill("En wat is er al geprobeerd?")
        with around.member.expect_response(lambda one: one.request.method == "POST" and one.ok):
            press(around.member, "Verstuur")
        expect(around.member.get_by_role("textbox")).to_have_count(0)
        screenshot(around.member, PICTURES, "phone-back")
    sent = Contribution.objects.order_by("at")
    assert [one.text for one in sent] == [
        "Wie weet er nog meer van?",
        "Sinds wanneer speelt dit?",
        "En wat is er al geprobeerd?",
    ]
    assert {one.phase for one in sent} == {1}


def test_a_name_is_asked_about_before_it_is_sent(browser: Browser, live_server: LiveServer, circle: Circle) -> None:
    seats = make_group(circle, 3)
    run = make_run(circle, make_case(seats[0]), "ten-rounds")
    with table(browser, live_server, run, seats) as around:
        begun(around)
        on(around.wall, "Vragen opschrijven")
        phase(around.member, "Vragen opschrijven")
        field = around.member.get_by_role("textbox")
        field.fill("Wat zei mevrouw Jansen?")
        press(around.member, "Verstuur")
        expect(around.member.locator(".iv-named")).to_contain_text("Jansen")
        look(around.member, "phone-named")
        around.member.get_by_role("button", name="Verander mijn woorden").click()
        expect(field).to_have_value("Wat zei mevrouw Jansen?")
        say(around.member, "Wat zei de collega?")
        field.fill("Helpt de app Jasper hierbij?")
        press(around.member, "Verstuur")
        around.member.get_by_role("button", name="Dit is niemand: verstuur het").click()
        expect(around.member.locator("[data-mine]")).to_contain_text("de app Jasper")
    assert [one.text for one in Contribution.objects.order_by("at")] == [
        "Wat zei de collega?",
        "Helpt de app Jasper hierbij?",
    ]


def three_cases(circle: Circle) -> tuple[list[Participant], Person]:
    """Three people with a case each, and a second facilitator."""
    seats, other = make_group(circle, 3), make_facilitator("Bram Vos")
    for seat, title in zip(seats, ("Een raadslid belt", "Een lek", "Een vriendendienst"), strict=True):
        make_case(seat, title)
    add_facilitator(circle=circle, person=other, by=circle.founded_by, at=MONDAY)
    return seats, other


def both_choose(around: Around) -> None:
    """Two choose a case; the finger of one is on the button while whoever leads changes the page of everybody."""
    for page in (around.member, around.submitter):
        page.get_by_role("radio", name="Een lek").check()
        look(page, "phone-choose")
    around.member.get_by_role("button", name="Kies deze").hover()
    around.member.mouse.down()
    press(around.wall, "Vijf minuten erbij")
    expect(around.submitter.get_by_role("timer")).to_contain_text(re.compile("^(9|10):"))
    around.member.wait_for_timeout(1000)
    around.member.mouse.up()
    expect(around.member.get_by_text("Je hebt gekozen")).to_be_visible()
    press(around.submitter, "Kies deze")
    expect(around.submitter.get_by_text("Je hebt gekozen")).to_be_visible()


def test_a_case_is_chosen_without_names_and_two_press_next_at_once(
    browser: Browser, live_server: LiveServer, circle: Circle
) -> None:
    seats, other = three_cases(circle)
    run = make_run(circle)
    with table(browser, live_server, run, seats) as around, guarded_context(browser) as second:
        laptop = enter(second, other, live_server.url)
        begun(around)
        laptop.goto(around.wall.url)
        on(around.wall, "Casussen inbrengen")
        phase(laptop, "Casussen inbrengen")
        # the second one's page does not hear of what the first presses: both press the same button
        laptop.route("**/stand/**", lambda route: route.abort())
        press(around.wall, "Volgende fase")
        phase(around.wall, "Eén casus kiezen")
        press(laptop, "Volgende fase")
        expect(laptop.get_by_text("Iemand anders drukte net")).to_be_visible()
        laptop.unroute("**/stand/**")
        phase(laptop, "Eén casus kiezen")
        look(laptop, "wall-second")
        both_choose(around)
        press(around.wall, "Volgende fase")
        expect(around.wall.get_by_text("minder dan drie mensen kozen")).to_be_visible()
        around.wall.locator("summary", has_text="Kies zelf de casus").click()
        around.wall.get_by_role("radio", name="Een lek").check()
        look(around.wall, "wall-choose")
        press(around.wall, "Neem deze casus")
        expect(around.wall.get_by_text("De casus: Een lek")).to_be_visible()
        press(around.wall, "Volgende fase")
        phase(around.member, "Vragen stellen")
    run.refresh_from_db()
    assert (run.phase, run.state, run.case and run.case.title) == (3, RunState.RUNNING, "Een lek")
    assert [one.votes for one in Tally.objects.all()] == [2]


def test_it_works_without_a_script(browser: Browser, live_server: LiveServer, circle: Circle) -> None:
    seats = make_group(circle, 2)
    run = make_run(circle, make_case(seats[0]), "five-steps")
    place = f"{live_server.url}/leerkring/{circle.pk}/intervisie/{run.pk}/"
    with (
        guarded_context(browser, java_script_enabled=False) as one,
        guarded_context(browser, viewport=PHONE, java_script_enabled=False) as two,
    ):
        wall, member = enter(one, circle.founded_by, live_server.url), enter(two, person_of(seats[1]), live_server.url)
        member.goto(place)
        press(member, "Ik doe mee")
        wall.goto(f"{place}scherm/")
        press(wall, "Begin nu")
        for _phase in range(2):
            press(wall, "Volgende fase")
        member.get_by_role("link", name="Kijk opnieuw").click()
        phase(member, "De kern")
        member.get_by_role("textbox").fill("Nee durven zeggen.")
        press(member, "Verstuur")
        expect(member.locator("[data-mine]")).to_have_text("Nee durven zeggen.")
        assert fits(member)
        screenshot(member, PICTURES, "phone-no-script")
        screenshot(wall, PICTURES, "wall-no-script")
    assert Contribution.objects.get().text == "Nee durven zeggen."
