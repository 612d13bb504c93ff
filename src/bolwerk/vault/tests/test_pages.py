"""The pages of vaults and notes: whole ways through them, and a sentence for everything that can go wrong."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bolwerk.accounts.tests.makers import make_administrator, make_person, signed_in_client
from bolwerk.audit.models import Line
from bolwerk.vault import actions
from bolwerk.vault.actions import deriving as deriving_module
from bolwerk.vault.models import EscrowRequest, Note, PersonalKey, Reader, Sheet, Trustee
from bolwerk.vault.queries import escrow_of, mark_of
from bolwerk.vault.rules.steps import Outcome
from bolwerk.vault.tests.makers import (
    MONDAY,
    NEW_PHRASE,
    PHRASE,
    WORDS,
    Owner,
    make_note,
    make_owner,
    make_trustee,
    make_trustees,
    split,
)

pytestmark = pytest.mark.django_db
MINE, NOTES, MANAGING = "/kluis/mijn/", "/kluis/notities/", "/kluis/beheer/"
NEW = {"new_phrase": NEW_PHRASE, "again": NEW_PHRASE}
CODE = re.compile(r"<span>([0-9A-Z]{4})-?</span>")


def text_of(response: object) -> str:
    """The page, as text."""
    return str(response.content.decode())  # type: ignore[attr-defined]  # of a whole answer


def code_on(response: object) -> str:
    """The recovery code on a page."""
    return "-".join(CODE.findall(text_of(response)))


def browser_of(owner: Owner, *, phrase: str = PHRASE) -> Client:
    """A browser in which the vault is open."""
    client = signed_in_client(owner.person)
    assert client.post(f"{MINE}openen/", {"phrase": phrase}).status_code == 302
    return client


def test_a_vault_is_made_and_its_code_is_shown_once() -> None:
    person = make_person("Sanne de Wit")
    client = signed_in_client(person)
    page = client.post(f"{MINE}maken/", NEW)
    code = code_on(page)
    assert len(code) == 34
    assert code not in text_of(client.get(MINE))
    assert client.post(f"{MINE}maken/", NEW)["Location"] == MINE
    assert actions.recover(person=person, code=code, phrase=PHRASE, at=MONDAY)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"again": ""}, "Kies een kluiszin."),
        ({"new_phrase": "kort", "again": "kort"}, "Maak hem langer"),
        ({"new_phrase": NEW_PHRASE, "again": PHRASE}, "De tweede keer typte je iets anders."),
        ({"new_phrase": "de fiets van sanne staat buiten", "again": "x"}, "Laat je naam en e-mailadres weg"),
    ],
)
def test_a_phrase_that_will_not_do_is_refused_in_a_sentence(given: dict[str, str], sentence: str) -> None:
    client = signed_in_client(make_person("Sanne de Wit"))
    assert sentence in text_of(client.post(f"{MINE}maken/", given))
    assert not PersonalKey.objects.exists()


def test_the_password_of_signing_in_is_no_vault_phrase() -> None:
    client = signed_in_client(make_person("Sanne de Wit"))
    password = "een-lang-wachtwoord-12"
    page = client.post(f"{MINE}maken/", {"new_phrase": password, "again": password})
    assert "Kies iets anders dan je wachtwoord" in text_of(page)


def test_who_agrees_when_making_a_vault_is_covered_and_who_does_not_is_not() -> None:
    trustees = make_trustees(2)
    seen = {"seen": mark_of(trustee.person.pk for trustee in trustees)}
    for agreed in (True, False):
        person = make_person()
        given = NEW | seen | ({"with_trustees": "on"} if agreed else {})
        signed_in_client(person).post(f"{MINE}maken/", given)
        assert escrow_of(PersonalKey.objects.get(person=person)).is_split == agreed


def test_trustees_who_changed_meanwhile_get_nothing_unseen() -> None:
    make_trustees(2)
    person = make_person()
    page = signed_in_client(person).post(f"{MINE}maken/", NEW | {"seen": "0" * 16, "with_trustees": "on"})
    assert "De bewaarders zijn net veranderd" in text_of(page)
    assert not escrow_of(PersonalKey.objects.get(person=person)).is_split


def test_a_note_goes_to_whom_it_is_sealed_and_to_nobody_else() -> None:
    author, reader = make_owner("Fatima El Amrani"), make_owner("Hendrik Mulder")
    stranger = make_owner("Een Ander")
    client = browser_of(author)
    given = {"reader": "hendrik mulder", "subject": WORDS.subject, "text": WORDS.text}
    assert client.post(f"{NOTES}nieuw/", given)["Location"] == NOTES
    note = Note.objects.get()
    assert WORDS.subject in text_of(client.get(NOTES))
    assert WORDS.text in text_of(browser_of(reader).get(f"{NOTES}{note.pk}/"))
    assert browser_of(stranger).get(f"{NOTES}{note.pk}/").status_code == 404
    assert Line.objects.filter(event="vault.envelope.read", actor=reader.person.urn).count() == 1
    assert Line.objects.get(event="denied").subject == note.urn


def test_a_closed_vault_shows_who_and_when_but_never_what() -> None:
    author, reader = make_owner("Fatima El Amrani"), make_owner("Hendrik Mulder")
    make_note(author, reader)
    page = text_of(signed_in_client(reader.person).get(NOTES))
    assert "Notitie van Fatima El Amrani" in page
    assert WORDS.subject not in page


@pytest.mark.parametrize(
    ("reader", "sentence"),
    [
        ("", "Kies minstens één lezer."),
        ("Niemand Hier", "We kennen niemand met precies deze naam"),
        ("Zonder Kluis", "Zonder Kluis heeft nog geen kluis."),
        ("Fatima El Amrani", "Jij leest de notitie sowieso."),
        ("Dubbele Naam", "Geef het e-mailadres"),
    ],
)
def test_a_reader_that_cannot_be_is_said_and_what_was_typed_stays(reader: str, sentence: str) -> None:
    author = make_owner("Fatima El Amrani")
    for name in ("Zonder Kluis", "Dubbele Naam", "Dubbele Naam"):
        make_person(name)
    given = {"reader": reader, "subject": "Kort", "text": WORDS.text}
    page = text_of(signed_in_client(author.person).post(f"{NOTES}nieuw/", given))
    assert sentence in page
    assert WORDS.text in page
    assert not Note.objects.exists()


def test_readers_come_and_go_by_the_author_alone() -> None:
    author, first, second = make_owner("Fatima El Amrani"), make_owner("Hendrik Mulder"), make_owner("Ellen Brouwer")
    note = make_note(author, first)
    here = f"{NOTES}{note.pk}/lezers/"
    client = browser_of(author)
    client.post(here, {"reader": "Ellen Brouwer"})
    assert browser_of(second).get(f"{NOTES}{note.pk}/").status_code == 200
    assert browser_of(first).get(here).status_code == 404
    assert browser_of(first).post(f"{NOTES}{note.pk}/vernietigen/").status_code == 404
    client.post(f"{here}{first.person.pk}/")
    assert browser_of(first).get(f"{NOTES}{note.pk}/").status_code == 404
    for nobody in (first, author):
        assert client.post(f"{here}{nobody.person.pk}/").status_code == 404
    assert Reader.objects.count() == 2
    client.post(f"{NOTES}{note.pk}/vernietigen/")
    assert not Note.objects.exists()


def test_a_note_that_was_touched_is_not_shown_and_it_is_a_line() -> None:
    owner = make_owner()
    note = make_note(owner)
    Sheet.objects.update(content=b"\0" * 200)
    page = browser_of(owner).get(f"{NOTES}{note.pk}/")
    assert page.status_code == 500
    assert "Deze notitie gaat niet open" in text_of(page)
    assert Line.objects.get(event="vault.envelope.damaged").subject == note.envelope.urn


def test_the_code_gets_somebody_in_and_a_new_one_is_shown() -> None:
    owner = make_owner()
    client = signed_in_client(owner.person)
    here = f"{MINE}kwijt/noodcode/"
    assert "typefout in de code" in text_of(client.post(here, {"code": owner.code[:-1], **NEW}))
    assert "niet de noodcode van je kluis" in text_of(client.post(here, {"code": make_owner().code, **NEW}))
    assert len(code_on(client.post(here, {"code": owner.code, **NEW}))) == 34
    assert browser_of(owner, phrase=NEW_PHRASE)


def test_phrase_and_code_change_only_for_who_knows_the_phrase() -> None:
    owner = make_owner()
    client = signed_in_client(owner.person)
    assert "niet de zin" in text_of(client.post(f"{MINE}kluiszin/", {"phrase": "verkeerd verkeerd", **NEW}))
    assert "niet de zin" in text_of(client.post(f"{MINE}noodcode/", {"phrase": "verkeerd verkeerd"}))
    assert client.post(f"{MINE}kluiszin/", {"phrase": PHRASE, **NEW})["Location"] == MINE
    assert len(code_on(client.post(f"{MINE}noodcode/", {"phrase": NEW_PHRASE}))) == 34


def test_starting_over_asks_for_the_own_name_and_says_what_goes() -> None:
    owner = make_owner("Fatima El Amrani")
    make_note(owner)
    client = signed_in_client(owner.person)
    assert "leest niemand anders, en wordt vernietigd" in text_of(client.get(f"{MINE}kwijt/opnieuw/"))
    client.post(f"{MINE}kwijt/opnieuw/", NEW | {"name": "Iemand"})
    assert Note.objects.count() == 1
    assert len(code_on(client.post(f"{MINE}kwijt/opnieuw/", NEW | {"name": "fatima el amrani"}))) == 34
    assert not Note.objects.exists()


def test_two_trustees_and_the_owner_walk_the_whole_way() -> None:
    trustees, owner = make_trustees(3), make_owner("Fatima El Amrani")
    split(owner)
    client = signed_in_client(owner.person)
    assert client.post(f"{MINE}kwijt/bewaarders/", NEW | {"reason": "Alles kwijt"})["Location"] == MINE
    assert "Wacht op twee bewaarders" in text_of(client.get(MINE))
    request = EscrowRequest.objects.get()
    here = f"{MINE}bewaarder/verzoeken/{request.pk}/"
    yes = {"called": "on", "phrase": PHRASE}
    for trustee in trustees[:2]:
        browser = signed_in_client(trustee.person)
        assert "Alles kwijt" in text_of(browser.get(here))
        assert "Spreek de persoon eerst" in text_of(browser.post(here, {"phrase": PHRASE}))
        assert browser.post(here, yes)["Location"] == f"{MINE}bewaarder/"
    assert signed_in_client(trustees[2].person).get(here).status_code == 404
    page = client.post(f"{MINE}terug/", {"phrase": NEW_PHRASE})
    assert len(code_on(page)) == 34
    assert owner.opened(NEW_PHRASE).pair == owner.vault.pair


def test_a_request_is_judged_by_trustees_only_and_taken_back_by_who_asked() -> None:
    trustees, owner = make_trustees(2), make_owner()
    split(owner)
    actions.ask_for_owner(person=owner.person, phrase=NEW_PHRASE, reason="x", at=MONDAY)
    request = EscrowRequest.objects.get()
    here = f"{MINE}bewaarder/verzoeken/{request.pk}/"
    for nobody in (owner.person, make_administrator(), make_person()):
        assert signed_in_client(nobody).post(here, {"refuse": "yes"}).status_code == 404
    back = f"{MINE}verzoeken/{request.pk}/intrekken/"
    assert signed_in_client(trustees[0].person).post(back).status_code == 404
    assert signed_in_client(owner.person).post(back).status_code == 302
    assert EscrowRequest.objects.get().outcome == Outcome.WITHDRAWN


def test_the_administrator_asks_trustees_and_sees_no_content() -> None:
    owner, client = make_owner("Fatima El Amrani"), signed_in_client(make_administrator())
    make_note(owner)
    client.post(f"{MANAGING}bewaarder/", {"person": "Fatima El Amrani"})
    trustee = Trustee.objects.get()
    assert "is gevraagd als bewaarder" in text_of(client.get(MANAGING))
    desk = signed_in_client(owner.person)
    desk.post(f"{MINE}bewaarder/", {"phrase": PHRASE})
    trustee.refresh_from_db()
    assert trustee.accepted_at is not None
    client.post(f"{MANAGING}bewaarder/{trustee.pk}/")
    assert desk.get(f"{MINE}bewaarder/").status_code == 404


def test_a_succession_needs_two_people_with_vaults_and_trustees() -> None:
    client, owner = signed_in_client(make_administrator()), make_owner()
    here = f"{MANAGING}opvolging/"
    given = {"owner_address": owner.person.email, "successor": "Op Volger", "reason": "Met pensioen"}
    nobody = given | {"owner_address": make_person().email}
    assert "niemand met dit e-mailadres en een kluis" in text_of(client.post(here, nobody))
    successor = make_owner("Op Volger")
    assert "Geen twee bewaarders" in text_of(client.post(here, given))
    trustees = make_trustees(2)
    split(owner)
    assert client.post(here, given)["Location"] == MANAGING
    assert "loopt al een verzoek" in text_of(client.post(here, given))
    for trustee in trustees:
        actions.agree(request=EscrowRequest.objects.get(), vault=trustee.vault, at=EscrowRequest.objects.get().asked_at)
    page = browser_of(successor).post(f"{MINE}verzoeken/{EscrowRequest.objects.get().pk}/overnemen/")
    assert page["Location"] == NOTES


def test_a_trustee_hands_over_and_is_none_any_more() -> None:
    leaving, staying, owner = make_trustee("Gaat Weg"), make_trustee("Blijft Hier"), make_owner()
    split(owner)
    fresh = make_trustee("Net Nieuw")
    client = signed_in_client(leaving.person)
    given = {"to": str(fresh.person.pk), "phrase": PHRASE}
    assert client.post(f"{MINE}bewaarder/overdragen/", given)["Location"] == MINE
    assert client.get(f"{MINE}bewaarder/").status_code == 404
    assert set(escrow_of(owner.vault.key).holders) == {staying.person, fresh.person}


def test_agreeing_with_trustees_and_taking_it_back() -> None:
    trustees, owner = make_trustees(2), make_owner()
    client = browser_of(owner)
    seen = mark_of(trustee.person.pk for trustee in trustees)
    client.post(f"{MINE}bewaarders/", {"seen": seen})
    assert escrow_of(owner.vault.key).is_current
    make_trustee("Erbij")
    assert "De bewaarders zijn sindsdien veranderd." in text_of(client.get(MINE))
    client.post(f"{MINE}bewaarders/", {"seen": seen})
    assert not escrow_of(owner.vault.key).is_current
    client.post(f"{MINE}bewaarders/", {"seen": seen, "keep": "yes"})
    assert not escrow_of(owner.vault.key).is_split


def test_a_busy_house_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    owner = make_owner()
    monkeypatch.setattr(deriving_module, "WAIT_SECONDS", 0)
    client = signed_in_client(owner.person)
    with deriving_module.in_turn(), deriving_module.in_turn():
        page = client.post(f"{MINE}openen/", {"phrase": PHRASE})
    assert page.status_code == 503
    assert "Bolwerk is druk" in text_of(page)
    assert client.post(f"{MINE}openen/", {"phrase": PHRASE}).status_code == 302


@pytest.mark.parametrize("path", ["openen/", "kluiszin/", "noodcode/", "kwijt/", "terug/", "bewaarders/"])
def test_without_a_vault_every_page_leads_to_making_one(path: str) -> None:
    assert signed_in_client(make_person()).get(f"{MINE}{path}")["Location"] == MINE


def test_many_notes_cost_no_more_queries_than_a_few() -> None:
    owner, counts = make_owner(), []
    client = signed_in_client(owner.person)
    client.get(NOTES)  # what is asked once in ten seconds is asked now
    for _round in range(2):
        for _note in range(3):
            make_note(owner)
        with CaptureQueriesContext(connection) as queries:
            client.get(NOTES)
        counts.append(len([query for query in queries if query["sql"].startswith("SELECT")]))
    assert counts[0] == counts[1]
