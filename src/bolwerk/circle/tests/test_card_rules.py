"""A card says no more than is known, and the starting library is complete enough to begin on Monday."""

import pytest

from bolwerk.accounts.actions.themes import content as themes_in
from bolwerk.circle.queries.library_files import card_files, card_in, trouble_with_cards
from bolwerk.circle.rules.cards import (
    CardContent,
    CardError,
    Dimension,
    Evidence,
    HoursClass,
    Quality,
    check_evidence,
    check_whole,
    hours_class,
    read_card,
)
from bolwerk.circle.tests.card_makers import make_content

LEAST_CARDS = 25  # issue 5


def test_a_card_loses_nothing_on_its_way_through_plain_values() -> None:
    card = make_content(known=dict.fromkeys(Dimension, Quality.NONE))
    assert read_card(card.as_dict()) == card


def test_who_claims_that_effects_were_studied_names_the_research() -> None:
    with pytest.raises(CardError):
        check_evidence(make_content(evidence=Evidence.STUDIED))
    known = {Dimension.EFFECT: Quality.RESEARCH}
    check_evidence(make_content(evidence=Evidence.STUDIED, known=known, sources=("Een onderzoek",)))


@pytest.mark.parametrize("raw", [None, [], {"code": "../x"}, {"code": "x y", "texts": {"nl": {"title": "x"}}}])
def test_what_is_no_card_is_refused_with_a_sentence(raw: object) -> None:
    with pytest.raises(CardError):
        read_card(raw)


def test_a_card_with_signs_that_cannot_be_seen_is_refused() -> None:
    raw = make_content().as_dict()
    raw["texts"]["nl"]["title"] = "Norm\u202emgm"
    with pytest.raises(CardError):
        read_card(raw)


def test_hours_fall_in_classes() -> None:
    assert [hours_class(hours) for hours in (0, 8, 9, 160, 161)] == [
        HoursClass.DAY,
        HoursClass.DAY,
        HoursClass.WEEK,
        HoursClass.MONTH,
        HoursClass.MORE,
    ]


def shipped() -> list[CardContent]:
    """The cards that come along."""
    return [card_in(file) for file in card_files()]


def test_the_starting_library_has_enough_cards_and_each_of_them_is_whole() -> None:
    assert list(trouble_with_cards()) == []
    assert len(shipped()) >= LEAST_CARDS
    for card in shipped():
        check_whole(card)
        assert card.sources
        assert len(card.text("nl").steps) >= 5


def test_every_shipped_card_has_a_title_a_problem_and_steps_in_english() -> None:
    for card in shipped():
        english = card.texts["en"]
        assert english.title
        assert english.problem
        assert len(english.steps) >= 5


def test_every_shipped_card_is_of_themes_that_exist_and_most_claim_no_more_than_that_they_are_described() -> None:
    known = {entry["code"] for entry in themes_in(name="themes.nl.yaml", folder=None)}
    assert {code for card in shipped() for code in card.themes} <= known
    assert not [card.code for card in shipped() if card.evidence == Evidence.STUDIED]
