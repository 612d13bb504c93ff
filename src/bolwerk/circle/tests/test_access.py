"""A circle sees nothing of another; whoever left, or did not accept the house rules, sees none."""

from datetime import timedelta

import pytest

from bolwerk.accounts.models import Person
from bolwerk.circle.access import circles_led_by, circles_of, own_participant
from bolwerk.circle.tests.makers import TODAY, make_circle, make_facilitator, make_member, make_participant

pytestmark = pytest.mark.django_db


def person_of(participant: object) -> Person:
    """The account of a participant who took up the invitation."""
    person = getattr(participant, "person", None)
    assert isinstance(person, Person)
    return person


def test_a_participant_sees_the_own_circle_and_no_other() -> None:
    mine, other = make_circle(), make_circle("Kring Zuid")
    person = person_of(make_participant(make_member(mine)))
    make_member(other, "Veendrecht")
    assert list(circles_of(person, on=TODAY)) == [mine]
    assert list(circles_led_by(person)) == []


def test_a_municipality_can_be_in_several_circles() -> None:
    first, second = make_circle(), make_circle("Kring Zuid")
    for circle in (first, second):
        make_participant(make_member(circle))
    assert {member.municipality.name for circle in (first, second) for member in circle.members.all()} == {
        "Oosterwaard"
    }


def test_who_did_not_accept_the_house_rules_as_they_are_now_is_not_in_yet() -> None:
    circle = make_circle()
    member = make_member(circle)
    waiting, inside = make_participant(member, accepted=False), make_participant(member, "Aisha Amrani")
    assert list(circles_of(person_of(waiting), on=TODAY)) == []
    circle.rules_version += 1
    circle.save()
    assert list(circles_of(person_of(inside), on=TODAY)) == []


def test_a_municipality_that_left_is_out_from_that_day() -> None:
    circle = make_circle()
    member = make_member(circle)
    participant = make_participant(member)
    member.left_on = TODAY
    member.save()
    assert list(circles_of(person_of(participant), on=TODAY)) == []
    assert list(circles_of(person_of(participant), on=TODAY - timedelta(days=1))) == [circle]
    assert own_participant(person_of(participant), circle, on=TODAY) is None


def test_who_leads_a_circle_sees_it_until_they_leave() -> None:
    founder = make_facilitator()
    circle = make_circle(by=founder)
    assert list(circles_led_by(founder)) == list(circles_of(founder, on=TODAY)) == [circle]
    circle.facilitators.update(left_at="2026-11-23T10:00:00Z")
    assert list(circles_of(founder, on=TODAY)) == []
