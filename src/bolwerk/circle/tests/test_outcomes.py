"""What came of a card for all together: only through the gate, once a quarter, and never a single municipality."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from bolwerk.accounts.models import Person
from bolwerk.accounts.tests.makers import signed_in_client
from bolwerk.circle.actions.adoptions import move_adoption, take_over, tell_result
from bolwerk.circle.actions.outcomes import publish_outcomes
from bolwerk.circle.models import Adoption, Card, OutcomeRelease
from bolwerk.circle.queries.outcomes import outcomes_of
from bolwerk.circle.rules.adoptions import KnownBy, Move, Outcome, Plan, Result, Step
from bolwerk.circle.rules.outcomes import Told, shown_in, through_the_gate
from bolwerk.circle.tests.card_makers import make_card, make_reader
from bolwerk.circle.tests.makers import MONDAY
from knooppunt.disclosure import LEAST_GROUP

pytestmark = pytest.mark.django_db
NEXT_QUARTER = datetime(2027, 1, 4, 9, tzinfo=UTC)  # MONDAY lies in the last quarter of 2026


@pytest.fixture
def card() -> Card:
    return make_card(make_reader("Schrijfstad", "Sanne Pen"))


def tell(card: Card, number: int, outcome: Outcome, *, at: datetime = MONDAY, shared: bool = False) -> Adoption:
    reader = make_reader(f"Gemeente {number}", f"Lezer {number}")
    version = card.versions.get(number=card.current)
    adoption = take_over(card=card, version=version, plan=Plan(shared=shared), by=reader, at=at)
    step = Step(Move.START, at.date())
    adoption = move_adoption(adoption=adoption, step=step, by=reader, at=at, seen=adoption.version)
    result = Result(outcome, KnownBy.IMPRESSION)
    return tell_result(adoption=adoption, result=result, by=reader, at=at, seen=adoption.version)


def figures(card: Card) -> dict[str, int | None]:
    return dict(OutcomeRelease.objects.filter(card=card).order_by("-before")[0].cells)


def test_nothing_is_shown_below_five_or_before_the_quarter_is_over(card: Card) -> None:
    for number in range(LEAST_GROUP - 1):
        tell(card, number, Outcome.MUCH)
    assert publish_outcomes(at=NEXT_QUARTER) == []
    tell(card, 9, Outcome.SOME)
    assert publish_outcomes(at=MONDAY + timedelta(days=1)) == []
    assert len(publish_outcomes(at=NEXT_QUARTER)) == 1
    assert publish_outcomes(at=NEXT_QUARTER) == []


def test_a_single_municipality_that_says_otherwise_cannot_be_worked_out(card: Card) -> None:
    for number in range(6):
        tell(card, number, Outcome.MUCH)
    tell(card, 6, Outcome.WORSE)
    publish_outcomes(at=NEXT_QUARTER)
    shown = figures(card)
    assert shown["not"] is None
    assert shown["total"] is None or shown["helps"] is None


def test_large_groups_are_shown_with_those_that_keep_it_to_themselves(card: Card) -> None:
    for number in range(6):
        tell(card, number, Outcome.SOME)
    for number in range(6, 12):
        tell(card, number, Outcome.NONE)
    for number in range(12, 17):
        tell(card, number, Outcome.UNKNOWN)
    publish_outcomes(at=NEXT_QUARTER)
    assert figures(card) == {"helps": 6, "not": 6, "unknown": 5, "total": 17}


def test_what_one_tells_later_cannot_be_read_from_two_releases() -> None:
    told = [Told(f"g{number}", Outcome.SOME, "2026-1") for number in range(6)]
    first = through_the_gate("x", told, earlier=None)
    later = [*told, Told("g9", Outcome.WORSE, "2026-2")]
    second = shown_in(through_the_gate("x", later, earlier=first.memory))
    assert shown_in(first)["helps"] == 6 or shown_in(first)["total"] == 6
    assert second["not"] is None
    assert second["total"] is None or shown_in(first)["total"] is None


@pytest.fixture
def client(card: Card) -> Client:
    reader: Person = make_reader("Leesdorp", "Lot Lees")
    return signed_in_client(reader)


def test_the_figures_stand_on_the_card_and_in_the_comparison(card: Card, client: Client) -> None:
    other = make_card(make_reader("Anderstad", "Anne Ander"), "Andere kaart")
    for number in range(12):
        tell(card, number, Outcome.SOME if number < 6 else Outcome.NONE)
    publish_outcomes(at=NEXT_QUARTER)
    page = client.get(reverse("circle:card", args=[card.pk])).content.decode()
    assert "12 gemeenten vertelden wat ervan kwam." in page
    page = client.get(reverse("circle:compare_cards"), {"card": [str(card.pk), str(other.pk)]}).content.decode()
    assert "12 gemeenten vertelden het" in page
    assert "Nog niet genoeg gemeenten vertelden het." in page
    assert set(outcomes_of([card.pk, other.pk])) == {card.pk}
