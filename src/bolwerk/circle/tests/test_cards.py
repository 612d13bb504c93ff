"""Cards: a draft is nobody else's, versions stay, words stay words, and who may be called is of the circle only."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bolwerk.accounts.actions import load_themes
from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import make_person, signed_in_client
from bolwerk.audit.actions import SYSTEM
from bolwerk.circle.actions.cards import (
    CardChangedError,
    add_materials,
    load_library,
    offer_to_be_called,
    publish_card,
    withdraw_card,
    write_card,
)
from bolwerk.circle.models import Card, Participant
from bolwerk.circle.queries.cards import callers_of
from bolwerk.circle.queries.library import library, search
from bolwerk.circle.queries.library_files import shipped_cards
from bolwerk.circle.tests.card_makers import TEXT, make_card, make_content, make_reader
from bolwerk.circle.tests.makers import MONDAY, TODAY, make_circle, make_member, make_participant
from bolwerk.documents.actions import Upload
from bolwerk.documents.cleaning.outcome import Reason

pytestmark = pytest.mark.django_db
TWO_GIGABYTES = 2 * 1024**3


def titles(words: str = "", **given: str) -> list[str]:
    """The titles that a search finds."""
    return [one.content.text("nl").title for one in search(library(), words=words, given=given, path="/").found]


def test_a_new_card_is_a_draft_until_it_is_published() -> None:
    reader = make_reader()
    client, other = signed_in_client(reader), signed_in_client(make_reader("Veendrecht", "Aisha Amrani"))
    load_themes(folder=None, by=SYSTEM, at=MONDAY)
    typed = {"title": "Nieuw", "problem": "Iets", "steps": "Een\nTwee", "goals": "Rust", "seen": 0, "hours": 4}
    codes = {"cost_class": "hours", "evidence": "described", "licence": "CC-BY-4.0", "themes": ["veiligheid"]}
    known = dict.fromkeys(("effect", "mechanism", "moderators", "implementation", "economics"), "none")
    answer = client.post(reverse("circle:new_card"), typed | codes | known | {"experience": "Het hielp."})
    card = Card.objects.get()
    assert answer["Location"] == reverse("circle:card_draft", args=[card.pk])
    assert other.get(reverse("circle:card", args=[card.pk])).status_code == 404
    assert client.post(answer["Location"]).status_code == 302
    assert other.get(reverse("circle:card", args=[card.pk])).status_code == 200
    assert other.get(reverse("circle:write_card", args=[card.pk])).status_code == 404


def test_a_script_in_a_card_is_shown_as_words() -> None:
    reader = make_reader()
    card = make_card(reader, "<script>alert(1)</script>")
    for name in ("card", "card_print"):
        page = signed_in_client(reader).get(reverse(f"circle:{name}", args=[card.pk])).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page


def test_versions_stay_and_two_writers_do_not_overwrite_each_other() -> None:
    reader = make_reader()
    card = make_card(reader)
    changed = replace(make_content(), texts={"nl": replace(TEXT, title="Anders")})
    write_card(card=card, content=changed, by=reader, at=MONDAY, seen=0)
    with pytest.raises(CardChangedError):
        write_card(card=card, content=changed, by=reader, at=MONDAY, seen=0)
    assert titles() == [TEXT.title]
    publish_card(card=card, by=reader, at=MONDAY)
    assert titles() == ["Anders"]
    client = signed_in_client(reader)
    first = client.get(reverse("circle:card_version", args=[card.pk, 1])).content.decode()
    assert TEXT.title in first
    assert client.get(reverse("circle:card_version", args=[card.pk, 3])).status_code == 404


def test_a_card_that_was_withdrawn_is_found_no_more() -> None:
    reader = make_reader()
    card = make_card(reader)
    withdraw_card(card=card, by=reader, at=MONDAY)
    assert titles() == []
    assert signed_in_client(make_reader("Veendrecht")).get(reverse("circle:card", args=[card.pk])).status_code == 404


def test_the_starting_library_is_read_in_once() -> None:
    first = load_library(cards=shipped_cards(), by=SYSTEM, at=MONDAY)
    assert first >= 25
    assert load_library(cards=shipped_cards(), by=SYSTEM, at=MONDAY) == 0
    assert titles("normbijenkomst")[0] == "Normbijeenkomst per team"
    assert "Check voor je op huisbezoek gaat" in titles(theme="veiligheid", group="outdoor")
    assert titles("huisbezoek", cost="high") == []


def test_the_whole_starting_library_can_be_read_in_english() -> None:
    assert [card.code for card in shipped_cards() if not card.is_whole_in("en")] == []


def test_who_can_be_called_is_known_to_the_own_circle_only() -> None:
    circle = make_circle()
    mine, near = make_participant(make_member(circle)), make_participant(make_member(circle, "Veendrecht"), "Bo Vis")
    far = make_reader("Zuiderend", "Cas Dam")
    assert mine.person
    assert near.person
    card = make_card(mine.person)
    offer_to_be_called(card=card, participant=mine, words="06-00000000", by=mine.person, at=MONDAY)
    assert [one.words for one in callers_of(card, near.person, on=TODAY)] == ["06-00000000"]
    assert callers_of(card, far, on=TODAY) == []
    Participant.objects.filter(pk=mine.pk).update(left_at=MONDAY)
    assert callers_of(card, near.person, on=TODAY) == []


def test_a_file_of_two_gigabytes_is_refused_before_it_fills_anything() -> None:
    reader = make_reader()
    upload = Upload("groot.pdf", "application/pdf", b"%PDF-", TWO_GIGABYTES)
    refused = add_materials(card=make_card(reader), uploads=[upload], by=reader, at=MONDAY)
    assert refused == {1: Reason.TOO_LARGE}


def test_a_file_that_is_not_what_it_says_is_told_of_in_a_sentence() -> None:
    reader = make_reader()
    card = make_card(reader)
    file = SimpleUploadedFile("a.pdf", b"<script>", content_type="application/pdf")
    client = signed_in_client(reader)
    answer = client.post(reverse("circle:card_files", args=[card.pk]), {"materials": file}, follow=True)
    assert "1" in answer.content.decode()
    assert answer.redirect_chain


@pytest.mark.parametrize(("role", "status"), [(Role.PROGRAMME_LEAD, 200), (Role.EMPLOYEE, 404), (Role.ANALYST, 404)])
def test_the_library_exists_for_circles_and_programme_leads(role: Role, status: int) -> None:
    assert signed_in_client(make_person("Noor Jansen", role)).get(reverse("circle:cards")).status_code == status


def test_what_is_searched_for_stands_in_no_address_and_is_marked() -> None:
    reader = make_reader()
    make_card(reader)
    client = signed_in_client(reader)
    answer = client.post(reverse("circle:cards"), {"words": "normbijenkomst"})
    assert "normbij" not in answer["Location"]
    assert "<mark>Normbijeenkomst</mark>" in client.get(answer["Location"]).content.decode()


def test_two_to_four_cards_stand_side_by_side() -> None:
    reader = make_reader()
    keys = [make_card(reader, f"Kaart {number}").pk for number in range(5)]
    client = signed_in_client(reader)
    both = client.get(reverse("circle:compare_cards"), {"card": [str(key) for key in keys[:2]]}).content.decode()
    assert "Kaart 0" in both
    assert "Kaart 1" in both
    for wrong in (keys[:1], keys, ["x", "y"]):
        assert client.get(reverse("circle:compare_cards"), {"card": [str(one) for one in wrong]}).status_code == 302
