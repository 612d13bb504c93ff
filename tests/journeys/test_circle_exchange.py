"""A circle from its founding to its booklet, and a card that comes from another installation."""

import re
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override
from playwright.sync_api import Browser, Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from bolwerk.accounts.models import Person
from bolwerk.accounts.tests.makers import make_administrator
from bolwerk.circle.actions.exchange import revoke_key
from bolwerk.circle.actions.harvest import Words, answer_consent, capture
from bolwerk.circle.actions.photos import add_photo
from bolwerk.circle.models import Adoption, Card, Circle, Participant, Received, Session, TrustedKey
from bolwerk.circle.rules import Level
from bolwerk.circle.rules.bundles import Material
from bolwerk.circle.rules.sessions import Captured, Consent, SessionState
from bolwerk.circle.tests.card_makers import make_card, make_reader
from bolwerk.circle.tests.exchange_makers import Elsewhere, card
from bolwerk.circle.tests.makers import make_circle, make_facilitator, make_member, make_participant
from bolwerk.circle.tests.session_makers import make_ended
from bolwerk.documents.tests.hostile.pdfs import blank, saved
from bolwerk.documents.tests.makers import photo
from tests.browser import PHONE, axe, fits, guarded_context, screenshot
from tests.journeys.people import enter
from tests.journeys.sizes import AT_A_DESK

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PICTURES = Path("var/pictures/circle")
LINK = re.compile(r"/leerkring/uitnodiging/[\w-]+/")


def nl(words: str) -> str:
    """A text of the pages as it reads in Dutch."""
    with override("nl"):
        return gettext(words)


def look(page: Page, name: str) -> None:
    """What everybody must be able to use."""
    axe(page)
    assert fits(page)
    screenshot(page, PICTURES, name)


def press(page: Page, words: str) -> None:
    """Press the first button with these words."""
    page.get_by_role("button", name=nl(words)).first.click()


def fill(page: Page, **fields: str) -> None:
    """Fill in fields by their names."""
    for name, value in fields.items():
        page.locator(f'main [name="{name}"]').fill(value)


def check_pdf(data: bytes, *words: str) -> None:
    """A PDF that can be read aloud: tagged, in Dutch, with a title."""
    with pikepdf.open(BytesIO(data)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang).startswith("nl")
        about = pdf.Root.Metadata.read_bytes().decode()
    assert "pdfuaid" in about
    assert all(one in about for one in words)


@AT_A_DESK
def test_a_circle_is_founded_invites_meets_and_keeps_minutes(
    browser: Browser, live_server: LiveServer, size: ViewportSize
) -> None:
    leader, width = make_facilitator(), size["width"]
    with guarded_context(browser, viewport=size) as context:
        page = enter(context, leader, live_server.url)
        page.goto(f"{live_server.url}{reverse('circle:found')}")
        today = timezone.localdate()
        days = {"starts_on": today.isoformat(), "ends_on": (today + timedelta(days=300)).isoformat()}
        fill(page, name="Kring Rivierenland", purpose="Van elkaar leren.", **days)
        page.locator("main form button[type=submit]").first.click()
        circle = Circle.objects.get()
        page.goto(f"{live_server.url}{reverse('circle:people', args=[circle.pk])}")
        fill(page, name="Veendrecht")
        press(page, "Add and invite")
        fill(page, name="Bo Vis", email="bo@veendrecht.example")
        page.locator("main form button[type=submit]").first.click()
        look(page, f"invited-{width}")
        link = LINK.search(page.content())
        assert link
        _accepts(browser, live_server, link[0], size)
        _plans_and_holds(page, live_server, circle, width)


def _accepts(browser: Browser, live_server: LiveServer, link: str, size: ViewportSize) -> None:
    """Whoever is invited chooses a password with the link and accepts the house rules."""
    with guarded_context(browser, viewport=size) as context:
        page = context.new_page()
        page.goto(f"{live_server.url}{link}")
        page.get_by_text(nl("Rather with a password")).click()
        fill(page, password="vier losse woorden samen")
        press(page, "Set the password and go on")
        expect(page.locator('main [name="agreed"]')).to_be_visible()
        look(page, f"rules-{size['width']}")
        page.locator('main [name="agreed"]').check()
        page.locator("main form button[type=submit]").first.click()
        expect(page.get_by_text(nl("Welcome to the circle."))).to_be_visible()


def _plans_and_holds(page: Page, live_server: LiveServer, circle: Circle, width: int) -> None:
    page.goto(f"{live_server.url}{reverse('circle:plan_session', args=[circle.pk])}")
    fill(page, theme="Bedreiging aan de balie", first="2027-03-01T13:00")
    page.locator("main form button[type=submit]").first.click()
    look(page, f"session-{width}")
    press(page, "Begin now")
    press(page, "Next block")
    page.locator('form[action$="/afsluiten/"] button').click()
    session = Session.objects.get()
    assert session.state == SessionState.ENDED
    page.goto(f"{live_server.url}{reverse('circle:minutes', args=[circle.pk, session.pk])}")
    press(page, "Keep the minutes")
    look(page, f"minutes-{width}")
    with page.expect_download() as coming:
        page.get_by_role("link", name=nl("Minutes as an accessible PDF")).click()
    check_pdf(Path(coming.value.path()).read_bytes(), "Bedreiging aan de balie")


def bundle(there: Elsewhere, folder: Path, *, name: str = "kaart.json") -> Path:
    """A signed card with a file, on disk."""
    files = [Material("kaartjes.pdf", "CC-BY-4.0", saved(blank())).as_dict()]
    file = folder / name
    file.write_bytes(there.signed(content=card() | {"materials": files}))
    return file


@AT_A_DESK
def test_a_bundle_is_brought_in_looked_at_and_read_in_the_library(
    browser: Browser, live_server: LiveServer, size: ViewportSize, tmp_path: Path
) -> None:
    leader, there, width = make_facilitator(), Elsewhere(), size["width"]
    there.trusted(make_administrator())
    with guarded_context(browser, viewport=size) as context:
        page = enter(context, leader, live_server.url)
        page.goto(f"{live_server.url}{reverse('circle:upload')}")
        page.set_input_files('main [name="file"]', bundle(there, tmp_path))
        page.locator("main form button[type=submit]").first.click()
        expect(page.get_by_text("kaartjes.pdf")).to_be_visible()
        look(page, f"incoming-{width}")
        taken = page.get_by_role("button", name=nl("Take it in"), exact=True)
        taken.focus()
        page.keyboard.press("Enter")  # by keyboard, as by mouse
        page.get_by_role("link", name=nl("Read it in the library")).click()
        expect(page.get_by_text("Een kopie van Kring Noord, versie 1.")).to_be_visible()
        look(page, f"copied-card-{width}")
    assert Received.objects.get().card == Card.objects.get()


def test_a_bundle_of_a_revoked_key_stays_out_in_a_sentence(
    browser: Browser, live_server: LiveServer, tmp_path: Path
) -> None:
    leader, there, keeper = make_facilitator(), Elsewhere(), make_administrator()
    there.trusted(keeper)
    revoke_key(key=TrustedKey.objects.get(), by=keeper, at=timezone.now())
    with guarded_context(browser, viewport=PHONE) as context:
        page = enter(context, leader, live_server.url)
        page.goto(f"{live_server.url}{reverse('circle:upload')}")
        page.set_input_files('main [name="file"]', bundle(there, tmp_path))
        page.locator("main form button[type=submit]").first.click()
        expect(page.get_by_text(nl("The key that signed this is not trusted any more.")).first).to_be_visible()
        look(page, "revoked")
    assert not Received.objects.exists()


def test_a_script_in_a_card_is_shown_as_text_and_never_run(browser: Browser, live_server: LiveServer) -> None:
    reader = make_reader()
    written = make_card(reader, "<script>document.title='mis'</script>")
    with guarded_context(browser, viewport=PHONE) as context:
        page = enter(context, reader, live_server.url)
        for name in ("card", "card_print"):
            page.goto(f"{live_server.url}{reverse(f'circle:{name}', args=[written.pk])}")
            expect(page.get_by_text("<script>document.title").first).to_be_visible()
            assert page.title() != "mis"


def test_a_day_is_chosen_when_nobody_answers(browser: Browser, live_server: LiveServer) -> None:
    circle = make_circle()
    make_participant(make_member(circle))
    with guarded_context(browser, viewport=PHONE) as context:
        page = enter(context, circle.founded_by, live_server.url)
        page.goto(f"{live_server.url}{reverse('circle:plan_session', args=[circle.pk])}")
        fill(page, theme="Druk op een vergunning", first="2027-03-01T13:00", second="2027-03-08T13:00")
        page.locator("main form button[type=submit]").first.click()
        expect(page.get_by_text("Nog niemand heeft geantwoord.")).to_be_visible()
        look(page, "poll-of-nobody")
        page.locator('form[action$="/dag/"] button').first.click()
        expect(page.get_by_text("1 maart 2027").first).to_be_visible()
    assert Session.objects.get().starts_at is not None


@AT_A_DESK
def test_a_booklet_is_chosen_brought_out_and_downloaded(
    browser: Browser, live_server: LiveServer, size: ViewportSize
) -> None:
    circle, width = make_circle(), size["width"]
    _brought(circle)
    with guarded_context(browser, viewport=size) as context:
        page = enter(context, circle.founded_by, live_server.url)
        page.goto(f"{live_server.url}{reverse('circle:publication', args=[circle.pk])}")
        press(page, "Make an edition")
        page.get_by_role("link", name=nl("Choose lessons, quotes and cards")).click()
        look(page, f"choose-{width}")
        for box in page.locator('main [name="source"]').all():
            box.check()
        fill(page, consent="De hele kring")
        press(page, "Put it in")
        look(page, f"edition-{width}")
        press(page, "Let this edition go out")
        with page.expect_download() as coming:
            page.get_by_role("link", name=nl("Accessible PDF")).click()
        check_pdf(Path(coming.value.path()).read_bytes(), circle.name)


def _brought(circle: Circle) -> None:
    """A lesson, a quote with a yes, and a card."""
    session, by, now = make_ended(circle), circle.founded_by, timezone.now()
    seat = make_participant(make_member(circle))
    capture(session=session, words=Words(Captured.LESSON, "Bel dezelfde dag terug.", Level.GREEN), by=by, at=now)
    words = Words(Captured.QUOTE, "Wij dachten dat er weinig gebeurde.", Level.GREEN, seat)
    quote = capture(session=session, words=words, by=by, at=now)
    answer_consent(quote=quote, consent=Consent.GIVEN, by=by, at=now)
    make_card(by, "Normbijeenkomst")


@AT_A_DESK
def test_a_photo_asks_who_is_on_it_and_a_wish_gets_its_card(
    browser: Browser, live_server: LiveServer, size: ViewportSize
) -> None:
    circle, width = make_circle(), size["width"]
    seat = make_participant(make_member(circle), "Noor Jansen")
    session, person = make_ended(circle), _person(seat)
    add_photo(session=session, upload=photo(), on_it=[seat], by=circle.founded_by, at=timezone.now())
    make_card(circle.founded_by, "Nee zeggen tegen een gunst")
    with guarded_context(browser, viewport=size) as context:
        page = enter(context, person, live_server.url)
        page.goto(f"{live_server.url}{reverse('circle:session', args=[circle.pk, session.pk])}")
        look(page, f"photo-{width}")
        press(page, "The circle may see me on it")
        expect(page.get_by_text(nl("The whole circle sees this one."))).to_be_visible()
        page.goto(f"{live_server.url}{reverse('circle:wishes')}")
        fill(page, words="Hoe zeg je nee tegen een gunst?")
        press(page, "Put it on the list")
        page.get_by_role("link", name=nl("I know a card that is the answer")).click()
        look(page, f"fulfil-{width}")
        page.locator('main [name="card"]').first.check()
        press(page, "This card is the answer")
        expect(page.get_by_role("link", name="Nee zeggen tegen een gunst")).to_be_visible()
        look(page, f"wishes-{width}")
    assert not Adoption.objects.exists()


def _person(seat: Participant) -> Person:
    assert seat.person
    return seat.person
