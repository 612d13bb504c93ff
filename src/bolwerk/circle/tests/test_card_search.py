"""Searching forgives typing errors, ranks a title above a step, and marks without opening a door."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bolwerk.circle.rules.card_search import Index, pieces, typos_in

CARDS = (
    [(5.0, "Normbijeenkomst per team"), (1.0, "kaarten en stoplicht")],
    [(5.0, "Brief aan de dader"), (1.0, "na de normbijeenkomst")],
    [(5.0, "Cliëntelisme tegengaan"), (1.0, "nazorggesprek")],
)
INDEX = Index(CARDS)


def found(words: str) -> list[int]:
    """Which cards, best first."""
    return list(INDEX.find(words).places)


@pytest.mark.parametrize(
    ("words", "places"),
    [
        ("normbijeenkomst", [0, 1]),
        ("normbijenkomst", [0, 1]),
        ("normbijeenkosmt", [0, 1]),
        ("clientelisme", [2]),
        ("CLIËNTELISM", [2]),
        ("gesprek", [2]),
        ("brief dader", [1]),
        ("breif", [1]),
        ("de", []),
        ("zwembad", []),
    ],
)
def test_words_find_cards_with_typing_errors_as_well(words: str, places: list[int]) -> None:
    assert found(words) == places


def test_where_no_card_has_all_words_those_with_the_most_are_found() -> None:
    assert found("brief zwembad") == [1]


def test_a_short_word_may_have_one_error_and_a_long_one_three() -> None:
    assert [typos_in(word) for word in ("norm", "brieven", "normbijeenkomst")] == [1, 2, 3]


def test_what_was_found_is_marked_and_the_rest_stays_as_it_was() -> None:
    text = "<script>brief</script> en Brief"
    marked = pieces(text, frozenset({"brief"}))
    assert "".join(piece.text for piece in marked) == text
    assert [piece.text for piece in marked if piece.hit] == ["brief", "Brief"]


@given(st.text(max_size=80), st.text(max_size=30))
def test_no_text_and_no_question_breaks_it(text: str, words: str) -> None:
    hits = Index([[(1.0, text)]]).find(words)
    assert "".join(piece.text for piece in pieces(text, hits.words)) == text
