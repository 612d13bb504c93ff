"""Makes cards in the library, for tests."""

from dataclasses import replace
from datetime import datetime

from bolwerk.accounts.models import Person
from bolwerk.circle.actions.cards import begin_card, publish_card
from bolwerk.circle.models import Card
from bolwerk.circle.rules.cards import CardContent, CardText, CostClass, Evidence, Group, Licence
from bolwerk.circle.tests.makers import MONDAY, make_circle, make_member, make_participant

TEXT = CardText(
    title="Normbijeenkomst per team",
    problem="De een vindt schreeuwen gewoon, de ander niet.",
    goals=("Iedereen weet wat mag",),
    steps=("Leg kaarten neer.", "Praat erover."),
    experience="Het gesprek liep vanzelf.",
)


def make_content(title: str = TEXT.title, **changes: object) -> CardContent:
    """A card that is whole."""
    content = CardContent(
        code="new",
        number=1,
        language="nl",
        provenance="Oosterwaard",
        licence=Licence.BY,
        evidence=Evidence.DESCRIBED,
        cost_class=CostClass.HOURS,
        hours=16,
        themes=("veiligheid",),
        groups=(Group.DESK,),
        texts={"nl": replace(TEXT, title=title)},
    )
    return replace(content, **changes)  # type: ignore[arg-type]  # names and values as a test gives them


def make_reader(municipality: str = "Oosterwaard", name: str = "Pieter Bakker") -> Person:
    """Somebody who takes part in a circle for a municipality."""
    participant = make_participant(make_member(make_circle(), municipality), name)
    assert participant.person
    return participant.person


def make_card(by: Person, title: str = TEXT.title, *, at: datetime = MONDAY, **changes: object) -> Card:
    """A card in the library."""
    card = begin_card(content=make_content(title, **changes), by=by, at=at)
    publish_card(card=card, by=by, at=at)
    card.refresh_from_db()
    return card
