"""Taking over: a copy with where it came from; the own list; others see what is shared and nothing else."""

from datetime import timedelta

import pytest
from django.urls import reverse

from bolwerk.accounts.models import Person
from bolwerk.accounts.tests.makers import signed_in_client
from bolwerk.circle.actions.adoptions import (
    AdoptionChangedError,
    move_adoption,
    second_wish,
    take_over,
    tell_result,
    wish_for,
)
from bolwerk.circle.actions.cards import withdraw_card
from bolwerk.circle.models import Adoption, Card
from bolwerk.circle.queries.adoptions import adopters_of, who_uses_what, wishes
from bolwerk.circle.queries.library import library
from bolwerk.circle.rules.adoptions import AdoptionError, KnownBy, Move, Outcome, Plan, Result, Step
from bolwerk.circle.tests.card_makers import TEXT, make_card, make_reader
from bolwerk.circle.tests.makers import MONDAY, TODAY, make_facilitator
from bolwerk.deadlines.models import Task

pytestmark = pytest.mark.django_db


def adopted(card: Card, by: Person, *, shared: bool = True) -> Adoption:
    """A card taken over by the municipality of somebody."""
    version = card.versions.get(number=card.current)
    return take_over(card=card, version=version, plan=Plan(shared=shared), by=by, at=MONDAY)


def started(adoption: Adoption, by: Person) -> Adoption:
    """The same, in use."""
    return move_adoption(adoption=adoption, step=Step(Move.START, TODAY), by=by, at=MONDAY, seen=adoption.version)


def test_a_copy_keeps_where_it_came_from_also_when_the_card_goes() -> None:
    writer, taker = make_reader(), make_reader("Veendrecht", "Aisha Amrani")
    card = make_card(writer)
    adoption = adopted(card, taker)
    withdraw_card(card=card, by=writer, at=MONDAY)
    assert (adoption.source, adoption.number, adoption.card_content.text("nl").title) == ("Oosterwaard", 1, TEXT.title)
    assert signed_in_client(taker).get(reverse("circle:adoption", args=[adoption.pk])).status_code == 200


def test_a_municipality_takes_a_card_over_once_and_who_only_leads_a_circle_not_at_all() -> None:
    taker = make_reader("Veendrecht", "Aisha Amrani")
    card = make_card(make_reader())
    adopted(card, taker)
    for who in (taker, make_facilitator("Bo Vis")):
        with pytest.raises(AdoptionError):
            adopted(card, who)


def test_others_see_only_what_is_shared_and_open_only_their_own() -> None:
    writer, taker = make_reader(), make_reader("Veendrecht", "Aisha Amrani")
    card, hidden = make_card(writer), make_card(writer, "Andere")
    adoption = adopted(card, taker)
    adopted(hidden, taker, shared=False)
    assert [one.municipality.name for one in adopters_of(card, writer, on=TODAY)[1]] == ["Veendrecht"]
    assert adopters_of(hidden, writer, on=TODAY) == (None, [])
    assert [line.name for line in who_uses_what(library()).lines] == ["Veendrecht"]
    assert signed_in_client(writer).get(reverse("circle:adoption", args=[adoption.pk])).status_code == 404


def test_after_a_start_somebody_is_asked_what_came_of_it_until_they_tell() -> None:
    taker = make_reader("Veendrecht", "Aisha Amrani")
    adoption = started(adopted(make_card(make_reader()), taker), taker)
    task = Task.objects.get(subject=adoption.urn)
    assert task.due_at > MONDAY + timedelta(days=80)
    result = Result(Outcome.SOME, KnownBy.ASKED, "Rustiger aan de balie.")
    tell_result(adoption=adoption, result=result, by=taker, at=MONDAY, seen=adoption.version)
    task.refresh_from_db()
    assert task.status == Task.Status.DONE


def test_a_result_before_a_start_and_a_stop_without_a_why_are_refused() -> None:
    taker = make_reader("Veendrecht", "Aisha Amrani")
    adoption = adopted(make_card(make_reader()), taker)
    with pytest.raises(AdoptionError):
        tell_result(adoption=adoption, result=Result(Outcome.MUCH, KnownBy.ASKED), by=taker, at=MONDAY, seen=1)
    with pytest.raises(AdoptionError):
        move_adoption(adoption=adoption, step=Step(Move.STOP, TODAY), by=taker, at=MONDAY, seen=1)
    with pytest.raises(AdoptionError):
        move_adoption(adoption=adoption, step=Step(Move.START, TODAY + timedelta(days=1)), by=taker, at=MONDAY, seen=1)


def test_two_people_at_once_the_second_is_told_and_keeps_what_was_typed() -> None:
    taker = make_reader("Veendrecht", "Aisha Amrani")
    adoption = started(adopted(make_card(make_reader()), taker), taker)
    with pytest.raises(AdoptionChangedError):
        move_adoption(adoption=adoption, step=Step(Move.STOP, TODAY, "Druk"), by=taker, at=MONDAY, seen=1)
    typed = {"outcome": "some", "known_by": "asked", "words": "Rustiger", "seen": 1}
    answer = signed_in_client(taker).post(reverse("circle:adoption_result", args=[adoption.pk]), typed)
    assert answer.status_code == 409
    assert "Rustiger" in answer.content.decode()


def test_what_is_missing_gathers_voices_and_each_counts_once() -> None:
    first, second = make_reader(), make_reader("Veendrecht", "Aisha Amrani")
    wish = wish_for(words="Gesprek met een raadslid", why="", by=first, at=MONDAY)
    for _again in range(2):
        second_wish(wish=wish, by=second, at=MONDAY)
    (row,) = wishes(second)
    assert (getattr(row, "voice_count", 0), getattr(row, "is_mine", False)) == (2, True)
