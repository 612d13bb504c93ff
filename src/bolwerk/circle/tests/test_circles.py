"""Founding a circle, letting municipalities in, and accepting the house rules."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django import Settings

from bolwerk.accounts.access import roles_of
from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import make_person, signed_in_client
from bolwerk.circle.access import circles_of
from bolwerk.circle.actions import (
    ChangedMeanwhileError,
    CircleError,
    Invited,
    accept_rules,
    add_facilitator,
    add_member,
    change_circle,
    choose_first_password,
    end_member,
    end_participation,
    invite,
    stop_leading,
)
from bolwerk.circle.actions.retention import erase
from bolwerk.circle.models import Circle, Participant
from bolwerk.circle.queries.circles import plan_of, tables_of
from bolwerk.circle.queries.house import doors
from bolwerk.circle.rules.circles import CirclePlan
from bolwerk.circle.tasks import send_invitation
from bolwerk.circle.tests.makers import MONDAY, TODAY, make_circle, make_facilitator, make_member, make_participant
from bolwerk.deadlines.models import Message
from bolwerk.vault.rules.retention import Stage

pytestmark = pytest.mark.django_db
LINK = re.compile(r"/leerkring/uitnodiging/([\w-]+)/")


@pytest.fixture(autouse=True)
def on_monday() -> object:
    with time_machine.travel(MONDAY, tick=False):
        yield


def filled_in(**changes: object) -> dict[str, object]:
    usual = {
        "name": "Kring Oost",
        "purpose": "Leren over bedreiging",
        "starts_on": "2026-11-23",
        "ends_on": "2027-11-23",
        "house_rules": "Wat hier gezegd wordt, blijft hier.",
    }
    return usual | changes


def test_a_facilitator_founds_a_circle_with_house_rules_that_come_along() -> None:
    client = signed_in_client(make_facilitator())
    page = client.get("/leerkring/nieuw/").content.decode()
    assert "Wat je hier hoort, mag je gebruiken" in page
    answer = client.post("/leerkring/nieuw/", filled_in())
    circle = Circle.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/leerkring/{circle.pk}/deelnemers/")


def test_a_circle_that_ends_before_it_starts_is_refused_and_what_was_typed_stays() -> None:
    client = signed_in_client(make_facilitator())
    page = client.post("/leerkring/nieuw/", filled_in(ends_on="2026-01-01")).content.decode()
    assert "De laatste dag ligt voor de eerste" in page
    assert "Leren over bedreiging" in page
    assert not Circle.objects.exists()


def test_nobody_else_founds_one() -> None:
    assert signed_in_client(make_person("Pieter", Role.CIRCLE_MEMBER)).get("/leerkring/nieuw/").status_code == 404


def test_two_who_change_a_circle_at_once_the_second_is_told() -> None:
    founder = make_facilitator()
    circle = make_circle(by=founder)
    seen = circle.version
    change_circle(circle=circle, plan=plan_of(circle), seen=seen, by=founder, at=MONDAY)
    with pytest.raises(ChangedMeanwhileError):
        change_circle(circle=circle, plan=plan_of(circle), seen=seen, by=founder, at=MONDAY)


def test_new_house_rules_are_accepted_anew() -> None:
    founder = make_facilitator()
    circle = make_circle(by=founder)
    row = make_participant(make_member(circle))
    plan = CirclePlan(circle.name, circle.purpose, circle.starts_on, circle.ends_on, "Geen foto's.")
    change_circle(circle=circle, plan=plan, seen=circle.version, by=founder, at=MONDAY)
    assert row.person
    client = signed_in_client(row.person)
    assert client.get(f"/leerkring/{circle.pk}/").status_code == 404
    assert "Geen foto" in client.get(f"/leerkring/{circle.pk}/huisregels/").content.decode()
    with pytest.raises(CircleError):
        accept_rules(participant=row, version=1, by=row.person, at=MONDAY)
    assert client.post(f"/leerkring/{circle.pk}/huisregels/", {"version": 2, "agreed": "on"}).status_code == 302
    assert client.get(f"/leerkring/{circle.pk}/").status_code == 200


def test_whoever_is_new_comes_in_by_a_personal_link_that_works_once() -> None:
    founder = make_facilitator()
    circle = make_circle(by=founder)
    member = make_member(circle)
    leading = signed_in_client(founder)
    invited = {"name": "Aisha Amrani", "email": "aisha@oosterwaard.example"}
    page = leading.post(f"/leerkring/{circle.pk}/deelnemers/{member.pk}/uitnodigen/", invited).content.decode()
    (link,) = set(LINK.findall(page))
    guest = Client()
    assert "Kies een wachtwoord" in guest.get(f"/leerkring/uitnodiging/{link}/").content.decode()
    answer = guest.post(f"/leerkring/uitnodiging/{link}/", {"password": "vier-woorden-op-een-rij"})
    assert answer.status_code == 302
    person = Person.objects.get(email="aisha@oosterwaard.example")
    assert person.check_password("vier-woorden-op-een-rij")
    assert roles_of(person, on=TODAY) == frozenset()
    row = Participant.objects.get(person=person)
    accept_rules(participant=row, version=1, by=person, at=MONDAY)
    assert roles_of(person, on=TODAY) == {Role.CIRCLE_MEMBER}
    assert list(circles_of(person, on=TODAY)) == [circle]
    assert guest.get(f"/leerkring/uitnodiging/{link}/").status_code == 404


def test_a_link_never_replaces_the_password_of_an_account_in_use() -> None:
    circle, known = make_circle(), make_person("Karel Bos")
    founder = circle.founded_by
    given = Invited("Karel Bos", known.email)
    row, link = invite(member=make_member(circle), invited=given, by=founder, at=MONDAY)
    page = Client().get(f"/leerkring/uitnodiging/{link}/").content.decode()
    assert "Kies een wachtwoord" not in page
    Client().post(f"/leerkring/uitnodiging/{link}/", {"password": "vier-woorden-op-een-rij"})
    known.refresh_from_db()
    assert not known.check_password("vier-woorden-op-een-rij")
    assert row.person == known


def test_a_link_never_opens_the_account_of_a_colleague_who_has_no_password_yet() -> None:
    circle = make_circle()
    colleague = make_person("Bart Willems", Role.FUNCTIONAL_ADMINISTRATOR)
    colleague.set_unusable_password()  # as after a file with people, or where one comes in by single sign-on
    colleague.save()
    given = Invited("Bart Willems", colleague.email)
    _row, link = invite(member=make_member(circle), invited=given, by=circle.founded_by, at=MONDAY)
    assert "Kies een wachtwoord" not in Client().get(f"/leerkring/uitnodiging/{link}/").content.decode()
    Client().post(f"/leerkring/uitnodiging/{link}/", {"password": "vier-woorden-op-een-rij"})
    with pytest.raises(CircleError):
        choose_first_password(person=colleague, password="vier-woorden-op-een-rij", at=MONDAY)
    colleague.refresh_from_db()
    assert not colleague.has_usable_password()


def test_an_old_and_a_replaced_link_open_nothing() -> None:
    circle = make_circle()
    member, given = make_member(circle), Invited("Aisha", "aisha@oosterwaard.example")
    _row, first = invite(member=member, invited=given, by=circle.founded_by, at=MONDAY)
    _row, second = invite(member=member, invited=given, by=circle.founded_by, at=MONDAY + timedelta(hours=1))
    assert Client().get(f"/leerkring/uitnodiging/{first}/").status_code == 404
    assert Client().get(f"/leerkring/uitnodiging/{second}/").status_code == 200
    with time_machine.travel(MONDAY + timedelta(days=15), tick=False):
        assert Client().get(f"/leerkring/uitnodiging/{second}/").status_code == 404


def test_the_mail_of_an_invitation_names_no_circle_and_goes_to_who_can_sign_in() -> None:
    circle, known = make_circle(), make_person("Karel Bos")
    known.set_password("vier-woorden-op-een-rij")
    known.save()
    member = make_member(circle)
    for email in (known.email, "nieuw@oosterwaard.example"):
        invite(member=member, invited=Invited("A", email), by=circle.founded_by, at=MONDAY)
    message = Message.objects.get()
    assert (message.person, message.path, message.kind) == (known, "/leerkring/", Message.Kind.NEWS)


def test_who_is_new_gets_a_personal_link_by_mail_that_stands_nowhere_else(
    settings: Settings, mailoutbox: list[EmailMessage]
) -> None:
    settings.MAIL_SERVER = "127.0.0.1"
    circle = make_circle()
    address = f"/leerkring/{circle.pk}/deelnemers/{make_member(circle).pk}/uitnodigen/"
    invited = {"name": "Aisha Amrani", "email": "aisha@oosterwaard.example"}
    page = signed_in_client(circle.founded_by).post(address, invited).content.decode()
    assert not LINK.search(page)
    send_invitation.call(participant=str(Participant.objects.get().pk))
    (mail,) = mailoutbox
    (link,) = LINK.findall(str(mail.body))
    assert circle.name not in f"{mail.subject}{mail.body}"
    assert "Kies een wachtwoord" in Client().get(f"/leerkring/uitnodiging/{link}/").content.decode()
    page = signed_in_client(circle.founded_by).post(address, invited | {"by_hand": "yes"}).content.decode()
    assert LINK.search(page)
    assert Client().get(f"/leerkring/uitnodiging/{link}/").status_code == 404


def test_an_invitation_that_was_taken_back_is_not_mailed(settings: Settings, mailoutbox: list[EmailMessage]) -> None:
    circle = make_circle()
    given = Invited("A", "a@b.example")
    row, _link = invite(member=make_member(circle), invited=given, by=circle.founded_by, at=MONDAY)
    send_invitation.call(participant=str(row.pk))  # no mail server: nothing is made
    settings.MAIL_SERVER = "127.0.0.1"
    end_participation(participant=row, by=circle.founded_by, at=MONDAY)
    send_invitation.call(participant=str(row.pk))
    assert mailoutbox == []


def test_a_municipality_joins_once_and_leaves_on_a_day() -> None:
    circle = make_circle()
    founder = circle.founded_by
    member = add_member(circle=circle, name="Veendrecht", on=TODAY, by=founder, at=MONDAY)
    with pytest.raises(CircleError):
        add_member(circle=circle, name="veendrecht ", on=TODAY, by=founder, at=MONDAY)
    with pytest.raises(CircleError):
        end_member(member=member, on=TODAY - timedelta(days=1), by=founder, at=MONDAY)
    end_member(member=member, on=TODAY, by=founder, at=MONDAY)
    (table,) = tables_of(circle, on=TODAY)
    assert (table.gone, list(table.seats)) == (True, [])


def test_the_last_who_leads_cannot_stop() -> None:
    circle = make_circle()
    founder, other = circle.founded_by, make_facilitator("Bram Vos")
    with pytest.raises(CircleError):
        stop_leading(circle=circle, by=founder, at=MONDAY)
    add_facilitator(circle=circle, person=other, by=founder, at=MONDAY)
    stop_leading(circle=circle, by=founder, at=MONDAY)
    assert list(circles_of(founder, on=TODAY)) == []


def test_who_leads_along_finds_the_circles_in_the_navigation() -> None:
    circle, other = make_circle(), make_person("Annelies Hoekstra", Role.BOARD)
    assert not doors(other, on=TODAY)
    add_facilitator(circle=circle, person=other, by=circle.founded_by, at=MONDAY)
    assert doors(other, on=TODAY)


def test_who_is_taken_out_sees_nothing_from_the_next_request() -> None:
    circle = make_circle()
    row = make_participant(make_member(circle))
    assert row.person
    client = signed_in_client(row.person)
    assert client.get(f"/leerkring/{circle.pk}/").status_code == 200
    end_participation(participant=row, by=circle.founded_by, at=MONDAY)
    assert client.get(f"/leerkring/{circle.pk}/").status_code == 404


def test_names_go_before_the_circle_does() -> None:
    circle = make_circle()
    make_participant(make_member(circle))
    erase(stage=Stage.PERSONAL, keys=[circle.pk], by="urn:bolwerk:system", at=MONDAY)
    assert not Participant.objects.exists()
    assert str(Circle.objects.get().founded_by.pk).startswith("00000000")
    erase(stage=Stage.RECORD, keys=[circle.pk], by="urn:bolwerk:system", at=MONDAY)
    assert not Circle.objects.exists()
