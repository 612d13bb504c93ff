"""A card goes to another installation and stands in its library: nothing lost, nothing overwritten, no name in it."""

import base64
import json
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import make_person, signed_in_client
from bolwerk.audit.models import Line
from bolwerk.circle.actions.adoptions import move_adoption, take_over, tell_result
from bolwerk.circle.actions.cards import add_materials
from bolwerk.circle.actions.exchange import (
    Item,
    bring_in,
    change_copy,
    draft,
    issue,
    take_in,
    take_out,
    take_theirs,
)
from bolwerk.circle.actions.exchange.retention import erase_received
from bolwerk.circle.models import Card, Incoming, Issued, Received
from bolwerk.circle.queries.bundles import kinds, schema_of
from bolwerk.circle.queries.card_bundles import Luggage, card_to_send, files_to_send, plain, reports_on
from bolwerk.circle.rules.adoptions import KnownBy, Move, Outcome, Plan, Result, Step
from bolwerk.circle.rules.bundles import (
    BundleRefusedError,
    Material,
    Refusal,
    Trust,
    fitting,
    read_bundle,
    signed_bytes,
)
from bolwerk.circle.rules.bundles.materials import FILES_BYTES, MOST_FILES
from bolwerk.circle.rules.cards import (
    CardContent,
    CardText,
    CostClass,
    Dimension,
    Evidence,
    Group,
    Licence,
    Quality,
    Size,
    read_card,
)
from bolwerk.circle.tests.card_makers import make_card, make_reader
from bolwerk.circle.tests.exchange_makers import CARD, Elsewhere, card, figures_of
from bolwerk.circle.tests.makers import MONDAY, make_facilitator
from bolwerk.documents.actions import Upload
from bolwerk.documents.queries import documents_of, read
from bolwerk.documents.tests.hostile.pdfs import blank, saved
from bolwerk.documents.tests.hostile.pictures import drawn, telling_tales
from bolwerk.vault.rules.retention import Stage

THEM = Elsewhere()
PDF, JPEG = saved(blank()), drawn(exif=telling_tales())
LETTERS = st.characters(categories=["L"], include_characters=" ,.:'’“”-–—()!?;é\n")
WORDS = st.text(LETTERS, max_size=60).map(str.strip).filter(lambda text: not text.count("\n\n"))
# With its x as long as a code of a theme may be.
LINE = st.text(st.characters(categories=["L"], include_characters=" ,.'’"), min_size=1, max_size=59).map(
    lambda text: f"x{text.strip()}"
)
LINES = st.lists(LINE, max_size=4).map(tuple)
TEXTS = st.builds(
    CardText,
    title=LINE,
    problem=LINE,
    target=WORDS,
    goals=LINES,
    steps=LINES,
    conditions=WORDS,
    cost=WORDS,
    materials=WORDS,
    transferability=WORDS,
    experience=WORDS,
)
CARDS = st.builds(
    CardContent,
    code=st.from_regex(r"[a-z0-9][a-z0-9-]{2,40}", fullmatch=True),
    number=st.integers(1, 10_000),
    language=st.just("nl"),
    provenance=LINE,
    licence=st.sampled_from(Licence),
    evidence=st.sampled_from(Evidence),
    cost_class=st.sampled_from(CostClass),
    hours=st.integers(0, 10_000),
    themes=LINES,
    groups=st.lists(st.sampled_from(Group), unique=True).map(tuple),
    sizes=st.lists(st.sampled_from(Size), unique=True).map(tuple),
    known=st.fixed_dictionaries({one: st.sampled_from(Quality) for one in Dimension}),
    sources=LINES,
    texts=st.fixed_dictionaries({"nl": TEXTS}, optional={"en": TEXTS}),
)
MATERIALS = st.lists(
    st.builds(
        Material, st.from_regex(r"[a-z]{1,20}\.pdf", fullmatch=True), st.just("CC-BY-4.0"), st.binary(min_size=1)
    ),
    max_size=3,
    unique_by=lambda one: one.name,
)


@given(words=CARDS, materials=MATERIALS, contact=WORDS)
@settings(deadline=None, max_examples=150)
def test_the_round_trip_of_a_card_loses_nothing(words: CardContent, materials: list[Material], contact: str) -> None:
    """Versions, languages, evidence with its five questions, licences and files: what goes in comes out."""
    content = {"card": plain(words), "materials": [one.as_dict() for one in materials], "contact": contact}
    sent = THEM.bundle(content=content, title=words.texts["nl"].title, licence=words.licence.value)
    came = read_bundle(
        signed_bytes(sent, THEM.sign), kinds=kinds(), envelope=schema_of("bundle") or {}, trust_in=lambda _key: Trust()
    )
    assert read_card(came.content["card"]) == read_card(plain(words))
    assert read_card(plain(words)) == words
    assert came.content == content
    assert [base64.b64decode(one["data"]) for one in came.content["materials"]] == [one.data for one in materials]


@pytest.fixture
def iris(db: None) -> Person:
    return make_facilitator()


@pytest.fixture
def them(db: None) -> Elsewhere:
    there = Elsewhere()
    there.trusted(make_person("Bea Heer", Role.FUNCTIONAL_ADMINISTRATOR))
    return there


def take(data: bytes, by: Person) -> Received:
    return take_in(incoming=bring_in(data=data, by=by, at=MONDAY), by=by, at=MONDAY)


def refusal(data: bytes, by: Person) -> BundleRefusedError:
    with pytest.raises(BundleRefusedError) as raised:
        bring_in(data=data, by=by, at=MONDAY)
    assert not Incoming.objects.exists()
    return raised.value


def file(data: bytes, name: str = "kaartjes.pdf") -> dict[str, Any]:
    return Material(name, "CC-BY-4.0", data).as_dict()


def with_files(*files: dict[str, Any], **words: Any) -> dict[str, Any]:
    return card(**words) | {"materials": list(files)}


def test_a_card_that_comes_in_stands_in_the_library_with_where_it_came_from(iris: Person, them: Elsewhere) -> None:
    row = take(them.signed(), iris)
    found = Card.objects.get(copied_from=row)
    assert (found.code, found.origin, found.current) == ("mystery-guest-balie", "bundle", 3)
    assert plain(found.versions.get().card_content) == CARD["card"]
    page = signed_in_client(make_reader()).get(reverse("circle:card", args=[found.pk])).content.decode()
    assert "Een kopie van Kring Noord, versie 1." in page
    assert "Nodig iemand uit." in page
    assert "010 123 45 67" in page


def test_a_card_and_its_files_go_out_and_come_in_whole(iris: Person, them: Elsewhere) -> None:
    writer = make_reader()
    own = make_card(writer, "Kaart met bestand")
    uploads = [
        Upload("kaartjes.pdf", "application/pdf", PDF, len(PDF)),
        Upload("balie.jpg", "image/jpeg", JPEG, len(JPEG)),
    ]
    assert not add_materials(card=own, uploads=uploads, by=writer, at=MONDAY)
    chosen = frozenset(row.pk for row in files_to_send(own)[0])
    sending = card_to_send(own, own.versions.get(), Luggage(chosen, "Balie, 010 123 45 67"))
    row = issue(row=draft(item=Item(**vars(sending)), by=writer, at=MONDAY), by=writer, at=MONDAY)
    assert "data" not in json.dumps(row.content["materials"][0])
    sent = json.loads(row.data)["content"]
    copy = take(them.signed(content=sent, title=row.title), iris)
    there = Card.objects.get(copied_from=copy)
    assert there.code != own.code
    assert replace(there.versions.get().card_content, code=own.code) == own.versions.get().card_content
    files = {one.name: b"".join(read(one)) for one in documents_of(there.urn)}
    assert set(files) == {"kaartjes.pdf", "balie.jpg"}
    assert files["kaartjes.pdf"].startswith(b"%PDF")


def test_a_file_is_cleaned_before_it_comes_in(iris: Person, them: Elsewhere) -> None:
    copy = take(them.signed(content=with_files(file(JPEG, "balie.jpg"))), iris)
    (kept,) = documents_of(Card.objects.get(copied_from=copy).urn)
    assert b"Exif" not in b"".join(read(kept))
    assert "data" not in copy.base["materials"][0]


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (file(b"<script>alert(1)</script>"), Refusal.FILE),
        (file(b"MZ\x90\x00", "kaartjes.exe"), Refusal.FILE),
        (file(b"%PDF-1.7 kapot"), Refusal.FILE),
        (file(b"%PDF") | {"sha256": "0" * 64}, Refusal.FILE),
        (file(b"%PDF") | {"bytes": 5}, Refusal.FILE),
        (file(b"%PDF") | {"data": "!!!!"}, Refusal.FILE),
        (file(b"%PDF", "Bel 06-12345678.pdf"), Refusal.PERSONAL),
    ],
)
def test_a_file_that_is_wrong_keeps_the_whole_bundle_out(
    iris: Person, them: Elsewhere, wrong: dict[str, Any], why: Refusal
) -> None:
    assert refusal(them.signed(content=with_files(wrong)), iris).refusal is why
    assert not Card.objects.exists()
    assert Line.objects.filter(event="circle.bundle.refused").count() == 1


def test_files_together_have_a_limit_and_the_sender_sees_what_stays() -> None:
    half = Material("a.pdf", "CC0-1.0", bytes(FILES_BYTES // 2))
    along, behind = fitting([half, replace(half, name="b.pdf"), replace(half, name="c.pdf", data=b"x")])
    assert [one.name for one in along] == ["a.pdf", "b.pdf"]
    assert [one.name for one in behind] == ["c.pdf"]
    many = [Material(f"{number}.pdf", "CC0-1.0", b"x") for number in range(MOST_FILES + 1)]
    assert [one.name for one in fitting(many)[1]] == [f"{MOST_FILES}.pdf"]


def test_a_newer_version_lies_beside_an_own_change_and_its_files_come_when_it_is_chosen(
    iris: Person, them: Elsewhere
) -> None:
    item = str(uuid4())
    copy = take(them.signed(item=item, content=with_files(file(JPEG, "oud.jpg"))), iris)
    own = copy.base | {"card": card(problem="Bij ons anders.")["card"]}
    copy = change_copy(row=copy, content=own, by=iris, at=MONDAY, seen=copy.version)
    there = Card.objects.get(copied_from=copy)
    assert there.versions.get(number=there.current).card_content.texts["nl"].problem == "Bij ons anders."
    newer = with_files(file(PDF, "nieuw.pdf"), problem="Nieuw.")
    copy = take(them.signed(item=item, sequence=2, content=newer), iris)
    there.refresh_from_db()
    assert there.versions.get(number=there.current).card_content.texts["nl"].problem == "Bij ons anders."
    assert [one.name for one in documents_of(there.urn)] == ["oud.jpg"]
    take_theirs(row=copy, by=iris, at=MONDAY, seen=copy.version)
    there.refresh_from_db()
    assert there.versions.get(number=there.current).card_content.texts["nl"].problem == "Nieuw."
    assert [one.name for one in documents_of(there.urn)] == ["nieuw.pdf"]
    assert there.versions.count() == 3


def test_a_code_that_is_taken_here_gets_a_mark_and_overwrites_nothing(iris: Person, them: Elsewhere) -> None:
    own = make_card(make_reader(), "Van ons")
    Card.objects.filter(pk=own.pk).update(code="mystery-guest-balie")
    copy = take(them.signed(), iris)
    assert Card.objects.get(copied_from=copy).code == f"mystery-guest-balie-{them.public[:8]}"
    assert own.versions.get().card_content.texts["nl"].title == "Van ons"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"experience": "Jan de Vries belde elke dag."}, Refusal.NAME),
        ({"steps": ["Bel mevrouw Van den Berg.", "Klaar."]}, Refusal.NAME),
        ({"experience": "Volgens mevrouw Grotenhuis werkt dit."}, Refusal.NAME),
        ({"experience": "Dit bedacht Fatima voor ons."}, Refusal.NAME),
        ({"problem": "Hij woont op Kerkstraat 12, 1234 AB Zilverdam."}, Refusal.NAME),
        ({"steps": []}, Refusal.CARD),
        ({"title": "x" * 121}, Refusal.FOREIGN),
    ],
)
def test_a_name_or_half_a_card_is_refused_in_a_sentence(
    iris: Person, them: Elsewhere, words: dict[str, Any], why: Refusal
) -> None:
    error = refusal(them.signed(content=card(**words)), iris)
    assert error.refusal is why
    assert "Vries" not in str(error)
    with pytest.raises(BundleRefusedError):
        draft(item=Item("card", uuid4(), "Kaart", card(**words)), by=iris, at=MONDAY)


ENGLISH_PEOPLE = [
    "Ask Mrs Grotenhuis at the desk.",
    "It was an idea of Fatima El Amrani.",
    "J.P. Grotenhuis wrote this.",
    "He lives at Kerkstraat 12.",
    "Send it to 1234 AB Zilverdam.",
    "The office is at 12 High Street.",
    "A letter to P.O. Box 120 is enough.",
]
ENGLISH_NUMBERS = ["Mail jan@zilverdam.example.", "Call 06-12345678.", "BSN 999990019", "His car: XX-123-B"]
ENGLISH_NOBODY = [
    "In 2024 EU rules changed. Can we wait until Monday? The Mayor said so.",
    "Licence: CC-BY-4.0 or CC-BY-SA-4.0. See Chapter 3, Figure 2 and Phase 1.",
    "Plan B. The Aggression Coordinator calls within 24 hours.",
]


@pytest.mark.parametrize("text", ENGLISH_PEOPLE + ENGLISH_NUMBERS)
def test_what_points_to_somebody_in_english_is_refused_as_well(iris: Person, them: Elsewhere, text: str) -> None:
    content = card()
    content["card"]["texts"]["en"] = {**content["card"]["texts"]["nl"], "experience": text}
    content["card"]["texts"]["en"] |= {"problem": "At the desk.", "title": "At the desk", "goals": ["Two steps"]}
    content["card"]["texts"]["en"] |= {"steps": ["Agree.", "Do.", "Look back."], "target": "Desk"}
    error = refusal(them.signed(content=content), iris)
    assert error.refusal is (Refusal.PERSONAL if text in ENGLISH_NUMBERS else Refusal.NAME)
    assert error.where == "card.texts.en.experience"


@pytest.mark.parametrize("text", ENGLISH_NOBODY)
def test_capitals_of_nobody_come_in(iris: Person, them: Elsewhere, text: str) -> None:
    lesson = {"theme": "At the desk", "text": text}
    assert bring_in(
        data=them.signed(kind="lesson", content=lesson, language="en", title="A lesson"), by=iris, at=MONDAY
    )


def test_a_name_in_the_title_is_refused_but_a_municipality_is_not(iris: Person, them: Elsewhere) -> None:
    lesson = {"theme": "Aan de balie", "text": "Bel dezelfde dag."}
    error = refusal(them.signed(kind="lesson", content=lesson, title="Wat Jan de Vries leerde"), iris)
    assert (error.refusal, error.where) == (Refusal.NAME, "title")
    figures = figures_of("Jan de Vriesdam", 2025)
    assert bring_in(
        data=them.signed(kind="benchmark", content=figures, title="Cijfers van Jan de Vriesdam"), by=iris, at=MONDAY
    )


def test_a_single_word_that_may_be_a_name_is_shown_and_not_refused(iris: Person, them: Elsewhere) -> None:
    waiting = bring_in(data=them.signed(content=card(conditions="Pas het aan na elk voorval.")), by=iris, at=MONDAY)
    page = signed_in_client(iris).get(reverse("circle:incoming", args=[waiting.pk])).content.decode()
    assert "<strong>Pas</strong>" in page


def test_who_wrote_a_card_sends_it_after_seeing_everything_and_nobody_else_can(them: Elsewhere) -> None:
    writer = make_reader()
    own = make_card(writer)
    client, address = signed_in_client(writer), reverse("circle:send_card", args=[own.pk])
    assert signed_in_client(make_reader("Veendrecht", "Bo Vis")).get(address).status_code == 404
    assert client.get(address).status_code == 200
    page = client.post(address, {"contact": "Team balie, 010 123 45 67"}, follow=True).content.decode()
    assert "Team balie, 010 123 45 67" in page
    assert Issued.objects.get().issued_at is None
    client.post(reverse("circle:leaving", args=[Issued.objects.get().pk]))
    assert json.loads(Issued.objects.get().data)["content"]["card"]["code"] == own.code


def test_a_copy_that_is_given_on_says_where_it_came_from(iris: Person, them: Elsewhere) -> None:
    copy = take(them.signed(sequence=4), iris)
    there = Card.objects.get(copied_from=copy)
    page = signed_in_client(iris).post(reverse("circle:send_card", args=[there.pk]), {"contact": ""}, follow=True)
    assert page.status_code == 200
    row = Issued.objects.get()
    assert row.provenance == [{"name": "Kring Noord", "key": them.public, "item": str(copy.item), "sequence": 4}]
    row = issue(row=row, by=iris, at=MONDAY)
    assert json.loads(row.data)["provenance"][0]["name"] == "Kring Noord"


def adopted(found: Card) -> Any:
    reader = make_reader("Veendrecht", "Bo Vis")
    version = found.versions.get(number=found.current)
    adoption = take_over(card=found, version=version, plan=Plan(), by=reader, at=MONDAY)
    step = Step(Move.START, MONDAY.date())
    adoption = move_adoption(adoption=adoption, step=step, by=reader, at=MONDAY, seen=adoption.version)
    result = Result(Outcome.SOME, KnownBy.ASKED, "De balie durft meer.")
    return reader, tell_result(adoption=adoption, result=result, by=reader, at=MONDAY, seen=adoption.version)


def test_what_became_of_a_card_goes_back_to_its_maker_and_stands_with_the_card(iris: Person, them: Elsewhere) -> None:
    copy = take(them.signed(), iris)
    reader, adoption = adopted(Card.objects.get(copied_from=copy))
    page = signed_in_client(reader).post(reverse("circle:send_report", args=[adoption.pk]), follow=True)
    assert "De balie durft meer." in page.content.decode()
    row = issue(row=Issued.objects.get(), by=reader, at=MONDAY)
    told = json.loads(row.data)["content"]
    assert (told["municipality"], told["card"], told["outcome"]) == ("Veendrecht", "mystery-guest-balie", "some")
    own = make_card(make_reader(), "Van ons")
    waiting = bring_in(
        data=them.signed(kind="adoption", content=told | {"card": own.code}, title=row.title), by=iris, at=MONDAY
    )
    done = signed_in_client(iris).post(reverse("circle:incoming", args=[waiting.pk]), follow=True)
    assert done.redirect_chain[-1][0] == reverse("circle:card", args=[own.pk])
    assert "De balie durft meer." in done.content.decode()
    assert [one.municipality for one in reports_on(own)] == ["Veendrecht"]


def test_a_card_from_nowhere_else_has_nobody_to_tell(iris: Person) -> None:
    reader, adoption = adopted(make_card(make_reader()))
    page = signed_in_client(reader).post(reverse("circle:send_report", args=[adoption.pk]), follow=True)
    assert page.status_code == 200
    assert not Issued.objects.exists()


def test_a_copied_card_leaves_the_library_by_hand_and_with_its_copy(iris: Person, them: Elsewhere) -> None:
    item = str(uuid4())
    copy = take(them.signed(item=item), iris)
    take_out(row=copy, by=iris, at=MONDAY, seen=copy.version)
    there = Card.objects.get(copied_from=copy)
    assert there.withdrawn_at == MONDAY
    copy = take(them.signed(item=item, sequence=2, content=card(problem="Nieuw.")), iris)
    there.refresh_from_db()
    assert there.withdrawn_at is None
    later = MONDAY + timedelta(days=4_000)
    erase_received(stage=Stage.RECORD, keys=[copy.pk], by="urn:x", at=later)
    there.refresh_from_db()
    assert (there.withdrawn_at, Received.objects.exists()) == (later, False)
