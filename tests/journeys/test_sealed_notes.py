"""Vaults and sealed notes in a browser: from no vault to a note for two, and back when everything is lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from bolwerk.accounts.models import Person
from bolwerk.accounts.tests.makers import make_administrator, make_department, make_person
from bolwerk.audit.models import Line
from bolwerk.vault.models import Note
from bolwerk.vault.tests.makers import NEW_PHRASE, PHRASE, Owner, make_note, make_owner, make_trustees, split
from tests.browser import DESKTOP, PHONE, axe, fits, guarded_context, screenshot
from tests.journeys.people import enter

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PICTURES = Path("var/pictures/vault")
TEXT = "Hij vroeg of het “geregeld” kon worden. Hij legde een envelop neer."


@pytest.fixture
def house(live_server: LiveServer) -> str:
    """The address of the house."""
    return f"{live_server.url}/kluis"


@contextmanager
def at_work(browser: Browser, person: Person, house: str, **options: Any) -> Iterator[Page]:
    """Somebody at a browser of their own."""
    language = options.pop("language", "nl")
    with guarded_context(browser, **{"viewport": DESKTOP, "has_touch": True, **options}) as context:
        yield enter(context, person, house, language=language)


def look(page: Page, name: str) -> None:
    """Check what every page owes everybody, and keep a picture."""
    axe(page)
    assert fits(page), name
    screenshot(page, PICTURES, name)


def heading(page: Page, text: str) -> None:
    """The page is where one expects to be."""
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def choose(page: Page, phrase: str) -> None:
    """Type a new phrase twice."""
    page.get_by_label("Nieuwe kluiszin").fill(phrase)
    page.get_by_label("Dezelfde kluiszin nog een keer").fill(phrase)


def open_with(page: Page, phrase: str = PHRASE) -> None:
    """Answer the question for the phrase."""
    heading(page, "Open je kluis")
    page.get_by_label("Je kluiszin").fill(phrase)
    page.get_by_role("button", name="Open mijn kluis").click()


def test_somebody_makes_a_vault_on_a_phone_and_seals_a_note_for_two(browser: Browser, house: str) -> None:
    department = make_department("Bedrijfsvoering")
    fatima = make_person("Fatima El Amrani", department=department)
    for name in ("Hendrik Mulder", "Ellen Brouwer"):
        make_owner(person=make_person(name, department=department))
    with at_work(browser, fatima, house, viewport=PHONE) as page:
        page.goto(f"{house}/mijn/")
        look(page, "none-phone")
        page.get_by_role("link", name="Maak mijn kluis").tap()
        heading(page, "Kies je kluiszin")
        look(page, "make-phone")
        phrase = page.locator(".vault-suggestion__phrase").inner_text()
        choose(page, phrase)
        page.get_by_role("button", name="Maak mijn kluis").tap()
        heading(page, "Je noodcode")
        look(page, "code-phone")
        page.get_by_role("link", name="Ik heb de code bewaard").tap()
        heading(page, "Mijn kluis")
        expect(page.get_by_text("Open", exact=True)).to_be_visible()
        look(page, "mine-phone")
        page.get_by_role("link", name="Verzegelde notities").first.tap()
        page.get_by_role("link", name="Schrijf een verzegelde notitie").first.tap()
        page.get_by_label("Wie mag dit lezen?").fill("Hendrik Mulder")
        page.get_by_text("Meer lezers").tap()
        page.get_by_label("Tweede lezer").fill("ellen brouwer")
        page.get_by_label("Onderwerp").fill("Gesprek aan de balie")
        page.get_by_label("Notitie").fill(TEXT)
        look(page, "write-phone")
        page.get_by_role("button", name="Verzegel de notitie").tap()
        expect(page.get_by_text("De notitie is verzegeld.")).to_be_visible()
        look(page, "notes-phone")
        page.get_by_role("link", name="Gesprek aan de balie").tap()
        expect(page.get_by_text(TEXT)).to_be_visible()
        look(page, "note-phone")
    assert Note.objects.get().envelope.readers.count() == 3
    assert TEXT not in str(list(Line.objects.values_list()))


def test_a_reader_opens_with_the_phrase_and_is_taken_away_again(browser: Browser, house: str) -> None:
    author, reader = make_owner("Fatima El Amrani"), make_owner("Hendrik Mulder")
    note = make_note(author, reader)
    with at_work(browser, reader.person, house) as page:
        page.goto(f"{house}/notities/")
        look(page, "notes-closed")
        page.get_by_role("link", name="Notitie van Fatima El Amrani").click()
        heading(page, "Open je kluis")
        page.get_by_label("Je kluiszin").fill("helemaal niet deze zin")
        page.get_by_role("button", name="Open mijn kluis").click()
        expect(page.get_by_text("Dit is niet de zin van je kluis.").first).to_be_visible()
        look(page, "wrong-phrase")
        open_with(page)
        heading(page, "Afspraak van dinsdag")
        look(page, "note")
        page.get_by_role("button", name="Sluit mijn kluis").click()
        page.goto(f"{house}/notities/{note.pk}/")
        heading(page, "Open je kluis")
    with at_work(browser, author.person, house) as page:
        page.goto(f"{house}/notities/{note.pk}/lezers/")
        look(page, "readers")
        page.get_by_role("link", name="Haal weg").click()
        heading(page, "Hendrik Mulder weghalen als lezer?")
        look(page, "revoke")
        page.get_by_role("button", name="Haal weg").click()
        open_with(page)
        page.get_by_role("button", name="Haal weg").click()
        expect(page.get_by_text("Hendrik Mulder kan deze notitie niet meer openen.")).to_be_visible()
    with at_work(browser, reader.person, house) as page:
        page.goto(f"{house}/notities/{note.pk}/")
        heading(page, "Hier is niets voor je")


def test_who_forgot_the_phrase_comes_back_with_the_code(browser: Browser, house: str) -> None:
    owner = make_owner()
    with at_work(browser, owner.person, house, viewport=PHONE) as page:
        page.goto(f"{house}/mijn/openen/")
        look(page, "open-phone")
        page.get_by_role("link", name="Ik weet mijn kluiszin niet meer").tap()
        heading(page, "Ik weet mijn kluiszin niet meer")
        look(page, "lost-phone")
        page.get_by_role("link", name="Ik heb de code").tap()
        page.get_by_label("Je noodcode").fill(owner.code[:-1])
        choose(page, NEW_PHRASE)
        page.get_by_role("button", name="Open mijn kluis").tap()
        expect(page.get_by_text("Er zit een typefout in de code.").first).to_be_visible()
        look(page, "recover-phone")
        page.get_by_label("Je noodcode").fill(owner.code.lower())
        choose(page, NEW_PHRASE)
        page.get_by_role("button", name="Open mijn kluis").tap()
        heading(page, "Je noodcode")
    assert owner.opened(NEW_PHRASE).pair == owner.vault.pair


def ask_trustees(page: Page, house: str) -> None:
    """The owner lost everything."""
    page.goto(f"{house}/mijn/kwijt/")
    page.get_by_role("link", name="Vraag twee bewaarders").click()
    heading(page, "Vraag twee bewaarders")
    look(page, "ask")
    page.get_by_label("Wat is er met je kluiszin").fill("Telefoon met kluiszin gestolen, blad niet te vinden.")
    choose(page, NEW_PHRASE)
    page.get_by_role("button", name="Vraag de bewaarders").click()
    heading(page, "Mijn kluis")
    look(page, "mine-asked")


def agree(browser: Browser, trustee: Owner, house: str, name: str) -> None:
    """A trustee agrees."""
    with at_work(browser, trustee.person, house) as page:
        page.goto(f"{house}/mijn/")
        page.get_by_role("link", name="Naar de pagina van bewaarders").click()
        heading(page, "Verzoeken aan bewaarders")
        look(page, f"desk-{name}")
        page.get_by_role("link", name="De kluis van Fatima El Amrani").click()
        heading(page, "De kluis van Fatima El Amrani openen?")
        look(page, f"judge-{name}")
        page.get_by_role("checkbox").check()
        page.get_by_label("Je kluiszin").fill(PHRASE)
        page.get_by_role("button", name="Ik ga akkoord").click()
        expect(page.get_by_text("Je bent akkoord gegaan.")).to_be_visible()


def test_two_trustees_open_a_vault_for_whoever_lost_everything(browser: Browser, house: str) -> None:
    trustees, owner = make_trustees(3), make_owner("Fatima El Amrani")
    split(owner)
    make_note(owner)
    with at_work(browser, owner.person, house) as page:
        ask_trustees(page, house)
    agree(browser, trustees[0], house, "first")
    agree(browser, trustees[2], house, "second")
    with at_work(browser, owner.person, house) as page:
        page.goto(f"{house}/mijn/")
        look(page, "mine-returned")
        page.get_by_role("link", name="Haal mijn kluis terug").click()
        heading(page, "Haal mijn kluis terug")
        look(page, "receive")
        page.get_by_label("Je kluiszin").fill(NEW_PHRASE)
        page.get_by_role("button", name="Haal mijn kluis terug").click()
        heading(page, "Je noodcode")
        page.goto(f"{house}/notities/")
        page.get_by_role("link", name="Afspraak van dinsdag").click()
        heading(page, "Afspraak van dinsdag")


def ask_for_successor(browser: Browser, house: str, owner: Owner) -> None:
    """The administrator asks somebody as a trustee, and the trustees to open a vault for a successor."""
    with at_work(browser, make_administrator(), house, viewport=PHONE) as page:
        page.goto(f"{house}/beheer/")
        look(page, "managing-phone")
        page.get_by_role("link", name="Vraag iemand als bewaarder").tap()
        heading(page, "Vraag iemand als bewaarder")
        page.get_by_label("Naam of e-mailadres").fill("Nora Nieuw")
        look(page, "appoint-phone")
        page.get_by_role("button", name="Vraag deze collega").tap()
        page.get_by_role("link", name="Vraag het voor een opvolger").tap()
        heading(page, "Vraag het voor een opvolger")
        page.get_by_label("Van wie is de kluis?").fill(owner.person.email)
        page.get_by_label("Wie neemt de kluis over?").fill("Hendrik Mulder")
        page.get_by_label("Waarom?").fill("Met pensioen, er lopen nog meldingen.")
        look(page, "succession-phone")
        page.get_by_role("button", name="Vraag de bewaarders").tap()
        expect(page.get_by_text("Twee van hen moeten akkoord gaan.")).to_be_visible()


def test_an_administrator_finds_trustees_and_asks_for_a_successor(browser: Browser, house: str) -> None:
    trustees, owner, successor = make_trustees(2), make_owner("Fatima El Amrani"), make_owner("Hendrik Mulder")
    split(owner)
    note, fresh = make_note(owner), make_owner("Nora Nieuw")
    ask_for_successor(browser, house, owner)
    for number, trustee in enumerate(trustees):
        agree(browser, trustee, house, f"successor-{number}")
    with at_work(browser, successor.person, house) as page:
        page.goto(f"{house}/mijn/")
        look(page, "mine-successor")
        page.get_by_role("link", name="Bekijk wat je overneemt").click()
        heading(page, "Overnemen van Fatima El Amrani")
        look(page, "take-over")
        page.get_by_role("button", name="Neem over").click()
        open_with(page)
        page.get_by_role("button", name="Neem over").click()
        page.get_by_role("link", name="Afspraak van dinsdag").click()
        heading(page, "Afspraak van dinsdag")
    with at_work(browser, fresh.person, house) as page:
        page.goto(f"{house}/mijn/bewaarder/")
        look(page, "desk-asked")
        page.get_by_label("Je kluiszin").fill(PHRASE)
        page.get_by_role("button", name="Ja, ik word bewaarder").click()
        heading(page, "Verzoeken aan bewaarders")
        look(page, "desk-empty")
    assert [line.event for line in Line.objects.filter(subject=note.urn)] == []


def test_every_page_in_english_and_without_script(browser: Browser, house: str) -> None:
    make_trustees(3)
    owner, reader = make_owner("Fatima El Amrani"), make_owner("Hendrik Mulder")
    note = make_note(owner, reader)
    with at_work(browser, owner.person, house, language="en", java_script_enabled=False) as page:
        page.goto(f"{house}/mijn/openen/")
        page.get_by_label("Your vault phrase").fill(PHRASE)
        page.get_by_role("button", name="Open my vault").click()
        heading(page, "My vault")
    paths = ("mijn/", "notities/", f"notities/{note.pk}/lezers/", f"notities/{note.pk}/vernietigen/", "notities/nieuw/")
    words = ("bewaarders", "kluiszin", "noodcode", "kwijt", "kwijt/noodcode", "kwijt/opnieuw", "openen")
    with at_work(browser, owner.person, house, language="en", viewport=PHONE, color_scheme="dark") as page:
        for path in (*paths, *(f"mijn/{word}/" for word in words)):
            page.goto(f"{house}/{path}")
            assert page.locator("html").get_attribute("lang") == "en"
            look(page, f"en-dark-{path.replace('/', '-').replace(str(note.pk), 'note')}")
