"""Checking a case: who stands in it, what is written instead, and what keeps it from leaving."""

from functools import partial

import pytest

from bolwerk.circle.queries.deidentify import check
from bolwerk.circle.rules.case_check import JOINT, Answer, Checked, Finding, How, Why, check_case, mark
from bolwerk.circle.rules.cases import check_title
from bolwerk.circle.rules.circles import CircleError
from bolwerk.circle.rules.deidentify import Kind, OwnList

BSN = "999990019"
WORDS = {
    "title": "Druk van Tom Verhage op een collega",
    "situation": f"Tom Verhage (BSN {BSN}) belde elke dag. Verhage kwam op 3 maart 2026 bij de gemeente Oosterwaard.",
    "question": "Hoe zegt mijn collega tegen Verhage dat het genoeg is?",
}


def looked(
    words: dict[str, str] | None = None, *answers: tuple[Finding, Answer], own: OwnList | None = None
) -> Checked:
    kept = {one: answer for finding, answer in answers for one in finding.marks}
    return check_case(words or WORDS, kept, find=partial(check, own=own))


def of(result: Checked, kind: Kind) -> Finding:
    return next(one for one in result.findings if one.kind is kind)


def proposals(result: Checked) -> list[tuple[Finding, Answer]]:
    return [(one, Answer(How.PROPOSAL)) for one in result.findings if one.is_red]


def test_one_person_is_one_finding_in_all_three_texts() -> None:
    person = of(looked(), Kind.NAME)
    assert (set(person.texts), person.count, person.is_open) == ({"Tom Verhage", "Verhage"}, 4, True)


def test_taking_the_proposals_takes_every_name_and_number_out_and_keeps_the_words_the_same() -> None:
    result = looked(None, *proposals(looked()))
    assert result.open == []
    assert result.clean["title"] == "Druk van [persoon A] op een collega"
    assert result.clean["situation"].startswith("[persoon A] (BSN [BSN]) belde elke dag. [persoon A] kwam op 3 maart")
    assert result.clean["question"].count("[persoon A]") == 1


def test_the_pieces_shown_are_the_text_with_every_finding_in_its_place() -> None:
    result = looked()
    for name, pieces in result.shown.items():
        assert "".join(text for text, _one in pieces) == WORDS[name]
        assert all(text in one.texts for text, one in pieces if one)


def test_amber_never_holds_a_case_back_and_can_be_replaced() -> None:
    first = looked(None, *proposals(looked()))
    day = of(first, Kind.DATE)
    assert (day.is_red, day.is_open, first.open) == (False, False, [])
    second = looked(
        None, *proposals(looked()), (day, Answer(How.PROPOSAL)), (of(first, Kind.PLACE), Answer(How.PROPOSAL))
    )
    assert "kwam op een dag bij de gemeente [naam]." in second.clean["situation"]


@pytest.mark.parametrize("instead", ["Tom Verhage", "meneer Verhage", "bel 06-12345678", "iemand (BSN 999990147)"])
def test_what_is_written_instead_is_read_again(instead: str) -> None:
    result = looked(None, *proposals(looked()), (of(looked(), Kind.NAME), Answer(How.OWN, instead)))
    assert result.open
    assert all(one.is_red for one in result.open)


def test_a_replacement_that_names_somebody_else_can_be_answered_in_its_turn() -> None:
    first = looked()
    answers = [*proposals(first), (of(first, Kind.NAME), Answer(How.OWN, "de neef van Piet Kowalczyk"))]
    second = looked(None, *answers)
    [again] = second.open
    assert again.again
    third = looked(None, *answers, (again, Answer(How.PROPOSAL)))
    assert third.open == []
    assert "Kowalczyk" not in " ".join(third.clean.values())


def test_an_answer_belongs_to_its_words_so_a_new_spelling_opens_the_person_again() -> None:
    answers = [(one, Answer(How.NONE, why=Why.WORD.value)) for one in looked().findings if one.is_red]
    assert looked(None, *answers).open == []
    longer = WORDS | {"question": "Hoe zegt mijn collega tegen Tom Jan Verhage dat het genoeg is?"}
    [opened] = looked(longer, *answers).open
    assert (opened.answer, opened.hint) == (None, Answer(How.NONE, why="word"))


def test_leaving_one_number_leaves_no_other() -> None:
    words = WORDS | {"situation": f"Zijn BSN is {BSN}, of was het BSN 999990147?"}
    numbers = [one for one in looked(words).findings if one.kind is Kind.BSN]
    assert len(numbers) == 2
    result = looked(words, (numbers[0], Answer(How.NONE, why="number")))
    assert numbers[1].key in {one.key for one in result.open}


def test_somebody_new_never_gets_words_that_stand_in_the_text_already() -> None:
    words = WORDS | {
        "title": "Druk van [persoon A]",
        "situation": "Later belde Tom Verhage voor [persoon A].",
        "question": "Wat nu?",
    }
    assert of(looked(words), Kind.NAME).proposal == "[persoon B]"


def test_an_alderman_on_the_own_list_is_found_whole_and_called_the_same_by_surname() -> None:
    words = WORDS | {
        "title": "Een wethouder",
        "situation": "Ik sprak Fatima El Steenvoorde. STEENVOORDE lachte.",
        "question": "Wat nu?",
    }
    result = looked(words, own=OwnList(["Steenvoorde"]))
    clean = looked(words, *proposals(result), own=OwnList(["Steenvoorde"])).clean["situation"]
    assert clean == "Ik sprak [persoon A]. [persoon A] lachte."


def test_a_place_on_the_own_list_is_nobody() -> None:
    words = WORDS | {"title": "Geroddel", "situation": "In Het Zwarte Paard wordt gepraat.", "question": "Wat nu?"}
    [one] = looked(words, own=OwnList(["Het Zwarte Paard"])).findings
    assert (one.kind, one.texts, one.proposal) == (Kind.OWN, ("Het Zwarte Paard",), "[weggelaten]")


def test_a_proposal_at_the_start_of_a_sentence_begins_with_a_capital() -> None:
    words = WORDS | {"situation": "Er werd gebeld. Mevrouw Jansen nam op."}
    assert "gebeld. Een inwoner nam op." in looked(words, *proposals(looked(words))).clean["situation"]


@pytest.mark.parametrize("odd", [f"\n\n{JOINT}\n\n", JOINT, f"a\n\n{JOINT}", "\r\n\r\n", ""])
def test_odd_texts_stay_apart(odd: str) -> None:
    result = looked({"title": f"t{odd}", "situation": odd, "question": f"{odd}q"})
    assert (result.clean["title"][0], result.clean["question"][-1]) == ("t", "q")
    assert JOINT not in "".join(result.clean.values())


def test_the_mark_of_an_answer_does_not_mind_capitals_and_blanks() -> None:
    assert mark("name", "Tom\n Verhage") == mark("name", "tom verhage")


@pytest.mark.parametrize(
    ("title", "said"), [("", "titel"), ("een twee " * 8, "hoogstens 15 woorden; deze heeft er 16")]
)
def test_a_title_has_one_to_fifteen_words(title: str, said: str) -> None:
    with pytest.raises(CircleError, match=said):
        check_title(title)
    check_title("woord " * 15)
