"""Small promises: who hears what changed, what is taken back after a circle, and what goes when nobody came."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bolwerk.accounts.actions import give_role
from bolwerk.accounts.models import Grant, Person
from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import make_person, signed_in_client
from bolwerk.audit.actions import SYSTEM
from bolwerk.audit.models import Line
from bolwerk.circle.actions import change_circle, end_member, end_participation, invite, place_municipality
from bolwerk.circle.actions.adoptions import fulfil_wish, move_adoption, second_wish, take_over, wish_for
from bolwerk.circle.actions.invitation_retention import INVITATION_RETENTION, erase
from bolwerk.circle.actions.library_retention import adoptions_waiting
from bolwerk.circle.actions.members import Invited
from bolwerk.circle.actions.roles import take_back_roles
from bolwerk.circle.models import Adoption, Participant, Session, Wish
from bolwerk.circle.queries.circles import plan_of
from bolwerk.circle.rules.adoptions import Move, Plan, Step
from bolwerk.circle.rules.circles import CirclePlan
from bolwerk.circle.tests.card_makers import make_card, make_reader
from bolwerk.circle.tests.makers import MONDAY, make_circle, make_member, make_participant
from bolwerk.circle.tests.session_makers import make_session
from bolwerk.deadlines.models import Message
from bolwerk.vault.rules.retention import Stage

pytestmark = pytest.mark.django_db


def mails() -> list[tuple[str, str]]:
    rows = Message.objects.filter(kind=Message.Kind.NEWS).order_by("person__name")
    return [(row.person.name, row.path) for row in rows]


def has_role(person: Person) -> bool:
    return Grant.objects.filter(person=person, role=Role.CIRCLE_MEMBER, withdrawn_at=None).exists()


def test_new_house_rules_are_told_to_everybody_but_who_wrote_them() -> None:
    circle = make_circle()
    seat = make_participant(make_member(circle), "Noor Jansen")
    make_participant(make_member(circle, "Veendrecht"), "Bo Vis")
    old = plan_of(circle)
    Message.objects.all().delete()
    by, at = circle.founded_by, MONDAY
    same = change_circle(circle=circle, plan=old, seen=circle.version, by=by, at=at)
    assert mails() == []
    plan = CirclePlan(old.name, old.purpose, old.starts_on, old.ends_on, "Nieuwe regels.")
    change_circle(circle=circle, plan=plan, seen=same.version, by=by, at=at)
    there = f"/leerkring/{circle.pk}/huisregels/"
    assert mails() == [("Bo Vis", there), ("Noor Jansen", there)]
    assert seat.person
    assert signed_in_client(seat.person).get(there).status_code == 200


def test_a_session_is_cancelled_with_a_reason_that_stands_on_its_page_and_in_no_mail() -> None:
    circle = make_circle()
    seat = make_participant(make_member(circle), "Noor Jansen")
    session = make_session(circle)
    Message.objects.all().delete()
    client = signed_in_client(circle.founded_by)
    address = reverse("circle:cancel_session", args=[circle.pk, session.pk])
    assert client.get(address).status_code == 200
    client.post(address, {"why": " ", "seen": session.version})
    assert Session.objects.get().state == "planned"
    client.post(address, {"why": "De gastheer heeft geen zaal.", "seen": session.version})
    assert Session.objects.get().state == "cancelled"
    assert mails() == [("Noor Jansen", f"/leerkring/{circle.pk}/bijeenkomsten/{session.pk}/")]
    assert seat.person
    page = signed_in_client(seat.person).get(mails()[0][1]).content.decode()
    assert "De gastheer heeft geen zaal." in page
    assert signed_in_client(seat.person).get(address).status_code == 404
    late = client.post(address, {"why": "Nog eens.", "seen": session.version})
    assert late.status_code in (200, 302)
    assert Session.objects.get().cancelled_why == "De gastheer heeft geen zaal."


def test_the_role_of_a_member_goes_with_the_last_circle() -> None:
    first, second = make_circle(), make_circle("Kring Zuid")
    seat = make_participant(make_member(first), "Noor Jansen")
    person = seat.person
    assert person
    other = make_participant(make_member(second, "Zuidstad"), person=person)
    end_participation(participant=seat, by=person, at=MONDAY)
    assert has_role(person)
    end_participation(participant=other, by=person, at=MONDAY)
    assert not has_role(person)
    assert Line.objects.filter(event="accounts.role.withdrawn", subject=person.urn).exists()


def test_who_leaves_with_the_municipality_loses_the_role_when_the_day_has_come() -> None:
    circle = make_circle()
    member = make_member(circle)
    seat = make_participant(member, "Noor Jansen")
    person = seat.person
    assert person
    end_member(member=member, on=MONDAY.date() + timedelta(days=3), by=circle.founded_by, at=MONDAY)
    assert take_back_roles(at=MONDAY) == 0
    assert take_back_roles(at=MONDAY + timedelta(days=3)) == 1
    assert not has_role(person)


def test_a_role_that_was_given_by_hand_to_somebody_without_a_circle_stays() -> None:
    reader = make_person("Lees Maar")
    give_role(person=reader, role=Role.CIRCLE_MEMBER, by=SYSTEM, at=MONDAY)
    assert take_back_roles(at=MONDAY) == 0
    assert has_role(reader)


def invited(name: str, email: str) -> Participant:
    circle = make_circle()
    row, _link = invite(member=make_member(circle), invited=Invited(name, email), by=circle.founded_by, at=MONDAY)
    return row


def test_an_invitation_that_nobody_took_up_goes_with_its_account() -> None:
    row = invited("Nooit Gekomen", "nooit@veendrecht.example")
    person = row.person
    assert person
    assert row.invitation_ends_at
    late = row.invitation_ends_at + timedelta(days=1)
    assert list(INVITATION_RETENTION.waiting(stage=Stage.RECORD, began_before=late)) == [row]
    assert list(INVITATION_RETENTION.waiting(stage=Stage.RECORD, began_before=MONDAY)) == []
    erase(stage=Stage.RECORD, keys=[row.pk], by=SYSTEM, at=late)
    person.refresh_from_db()
    assert not Participant.objects.exists()
    assert (person.is_active, "Nooit" in person.name, "nooit@" in person.email) == (False, False, False)


def test_a_colleague_who_did_not_come_keeps_the_account() -> None:
    colleague = make_person("Carla Vos")
    row = invited("Carla Vos", colleague.email)
    erase(stage=Stage.RECORD, keys=[row.pk], by=SYSTEM, at=MONDAY + timedelta(days=200))
    colleague.refresh_from_db()
    assert (colleague.is_active, colleague.name) == (True, "Carla Vos")


def test_who_took_it_up_meanwhile_is_never_erased() -> None:
    seat = make_participant(make_member(make_circle()), "Noor Jansen")
    erase(stage=Stage.RECORD, keys=[seat.pk], by=SYSTEM, at=MONDAY)
    assert Participant.objects.filter(pk=seat.pk).exists()


def test_the_period_of_an_adoption_begins_when_it_is_stopped_or_never_began() -> None:
    reader = make_reader()
    card = make_card(reader)
    adoption = take_over(card=card, version=card.versions.get(), plan=Plan(), by=reader, at=MONDAY)
    assert adoption.over_at == MONDAY
    step = Step(Move.START, MONDAY.date())
    adoption = move_adoption(adoption=adoption, step=step, by=reader, at=MONDAY, seen=adoption.version)
    later = MONDAY + timedelta(days=400)
    assert not adoptions_waiting(stage=Stage.RECORD, began_before=later + timedelta(days=9_000)).exists()
    step = Step(Move.STOP, later.date(), "Te veel werk")
    move_adoption(adoption=adoption, step=step, by=reader, at=later, seen=adoption.version)
    assert Adoption.objects.get().over_at == later
    assert adoptions_waiting(stage=Stage.PERSONAL, began_before=later + timedelta(days=1)).count() == 1


@pytest.fixture
def asked() -> Any:
    asker, other = make_reader("Oosterwaard", "Tom Vraag"), make_reader("Veendrecht", "Bo Ook")
    wish = wish_for(words="Een gesprek over gunsten", why="", by=asker, at=MONDAY)
    second_wish(wish=wish, by=other, at=MONDAY)
    return asker, other, wish


def test_a_wish_gets_a_card_as_its_answer_and_who_looked_for_it_hears_it(asked: Any) -> None:
    asker, other, wish = asked
    writer = make_reader("Kanaalstad", "Kim Schrijft")
    card = make_card(writer, "Nee zeggen tegen gunsten")
    Message.objects.all().delete()
    client: Client = signed_in_client(writer)
    address = reverse("circle:fulfil_wish", args=[wish.pk])
    assert "Nee zeggen tegen gunsten" in client.get(address).content.decode()
    assert "Geen kaart met deze woorden" in client.post(address, {"find": "qqqqzzzz", "how": "find"}).content.decode()
    client.post(address, {"find": "gunsten", "how": "answer"})
    assert Wish.objects.get().closed_at is None
    client.post(address, {"find": "gunsten", "how": "answer", "card": str(card.pk)})
    assert Wish.objects.get().card == card
    assert [name for name, _path in mails()] == ["Bo Ook", "Tom Vraag"]
    assert not fulfil_wish(wish=wish, card=card, by=writer, at=MONDAY)
    assert client.get(address).status_code == 404
    reopen = reverse("circle:reopen_wish", args=[wish.pk])
    assert client.post(reopen).status_code == 404
    assert "Nee zeggen" in signed_in_client(asker).get(reverse("circle:wishes")).content.decode()
    signed_in_client(other).post(reopen)
    assert Wish.objects.get().closed_at is None


def test_a_municipality_stands_on_the_map_when_somebody_said_where_it_is() -> None:
    circle = make_circle()
    member = make_member(circle)
    client = signed_in_client(circle.founded_by)
    address = reverse("circle:place", args=[circle.pk, member.pk])
    for wrong in ("hier", "5.1, 52.0", "99.0, 5.0"):
        assert client.post(address, {"place": wrong}).status_code == 200
    client.post(address, {"place": "52.0907, 5.1214"})
    member.municipality.refresh_from_db()
    assert (member.municipality.longitude, member.municipality.latitude) == (5.1214, 52.0907)
    place_municipality(member=member, place=None, by=circle.founded_by, at=MONDAY)
    member.municipality.refresh_from_db()
    assert member.municipality.latitude is None


def test_who_uses_what_has_a_map_beside_its_table() -> None:
    reader = make_reader()
    card = make_card(reader)
    take_over(card=card, version=card.versions.get(), plan=Plan(shared=True), by=reader, at=MONDAY)
    client = signed_in_client(reader)
    assert "Op de kaart" not in client.get(reverse("circle:who_uses_what")).content.decode()
    seat = Participant.objects.get(person=reader)
    place_municipality(member=seat.member, place=(6.18, 52.22), by=reader, at=MONDAY)
    page = client.get(reverse("circle:who_uses_what")).content.decode()
    assert "Op de kaart" in page
    assert "6.18" in page
