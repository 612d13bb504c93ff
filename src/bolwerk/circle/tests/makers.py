"""Makes circles with municipalities and people in them, for tests."""

from datetime import UTC, date, datetime, timedelta

from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import make_person
from bolwerk.circle.models import Case, Circle, Facilitator, Member, Municipality, Participant
from bolwerk.circle.rules.circles import Level

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = MONDAY.date()
RULES = "Wat hier gezegd wordt, blijft hier. Je deelt geen namen."


def make_facilitator(name: str = "Iris Molenaar") -> Person:
    """Somebody who leads circles."""
    return make_person(name, Role.CIRCLE_FACILITATOR)


def make_circle(name: str = "Kring Weerbaar Bestuur", *, by: Person | None = None, at: datetime = MONDAY) -> Circle:
    """A circle of this year, with whoever founded it as its facilitator."""
    founder = by or make_facilitator()
    circle = Circle.objects.create(
        name=name,
        purpose="Leren van elkaars aanpak van intimidatie",
        starts_on=at.date() - timedelta(days=90),
        ends_on=at.date() + timedelta(days=275),
        house_rules=RULES,
        founded_by=founder,
        founded_at=at,
    )
    Facilitator.objects.create(circle=circle, person=founder, since=at)
    return circle


def make_member(circle: Circle, name: str = "Oosterwaard", *, joined_on: date | None = None) -> Member:
    """A municipality in a circle, since the circle began."""
    municipality, _ = Municipality.objects.get_or_create(name=name)
    return Member.objects.create(circle=circle, municipality=municipality, joined_on=joined_on or circle.starts_on)


def make_participant(
    member: Member, name: str = "Pieter Bakker", *, accepted: bool = True, person: Person | None = None
) -> Participant:
    """Somebody who takes part for a municipality, with the house rules accepted unless said otherwise."""
    person = person or make_person(name, Role.CIRCLE_MEMBER)
    return Participant.objects.create(
        member=member,
        person=person,
        name=person.name,
        email=person.email,
        invited_at=MONDAY,
        accepted_version=member.circle.rules_version if accepted else None,
        accepted_at=MONDAY if accepted else None,
    )


def make_case(
    author: Participant, title: str = "Druk op een vergunning", *, level: Level = Level.ORANGE, at: datetime = MONDAY
) -> Case:
    """A case that was shared with the circle."""
    return Case.objects.create(
        circle=author.member.circle,
        member=author.member,
        author=author,
        title=title,
        situation="Een ondernemer belt elke dag met de behandelaar van zijn aanvraag.",
        question="Hoe houden we de behandelaar uit de wind?",
        method="incidentmethode",
        level=level,
        shared_at=at,
        moved_at=at,
    )
