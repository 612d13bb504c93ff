"""Coming in with a personal link, by passkey or password, and beginning anew when that is lost."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django import Settings

from bolwerk.accounts.actions import give_role
from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import signed_in_client
from bolwerk.audit.models import Line
from bolwerk.circle.actions import (
    CircleError,
    Invited,
    accept_rules,
    add_facilitator,
    begin_anew,
    begin_with_passkey,
    choose_first_password,
    invite,
)
from bolwerk.circle.models import Circle, Participant
from bolwerk.circle.queries.circles import is_new
from bolwerk.circle.tasks import send_invitation
from bolwerk.circle.tests.makers import MONDAY, make_circle, make_facilitator, make_member

pytestmark = pytest.mark.django_db
LINK = re.compile(r"/leerkring/uitnodiging/[\w-]+/")
OPTIONS = re.compile(r'<script id="passkey-options" type="application/json">(.*?)</script>')
PASSKEY = {"id": "een", "rawId": "een", "type": "public-key", "response": {}}


@pytest.fixture(autouse=True)
def on_monday() -> Iterator[None]:
    with time_machine.travel(MONDAY, tick=False):
        yield


def guest(circle: Circle, email: str = "bo@veendrecht.example") -> tuple[Participant, Person, str]:
    """Somebody who was invited, the account, and the page that the personal link opens."""
    row, link = invite(member=make_member(circle), invited=Invited("Bo Vis", email), by=circle.founded_by, at=MONDAY)
    assert row.person
    return row, row.person, f"/leerkring/uitnodiging/{link}/"


def with_passkey(circle: Circle, email: str = "bo@veendrecht.example") -> tuple[Participant, Person]:
    """Somebody who came in with a passkey and is in the circle."""
    row, person, _page = guest(circle, email)
    begin_with_passkey(person=person, credential=PASSKEY, at=MONDAY)
    return accept_rules(participant=row, version=1, by=person, at=MONDAY), person


def test_the_page_of_a_link_asks_for_a_passkey_that_signs_in_by_itself() -> None:
    _row, person, page = guest(make_circle())
    found = OPTIONS.search(Client().get(page).content.decode())
    assert found
    asked = json.loads(found[1])["publicKey"]
    wanted = asked["authenticatorSelection"]
    assert (wanted["residentKey"], wanted["userVerification"]) == ("required", "required")
    assert asked["user"]["name"] == person.email


def test_looking_at_a_link_uses_nothing_up() -> None:
    _row, person, page = guest(make_circle())
    for _look in range(3):  # as a scanner of mail does
        assert Client().get(page).status_code == 200
    assert is_new(person)


def test_a_passkey_comes_in_once_and_the_link_is_used() -> None:
    _row, person, page = guest(make_circle())
    begin_with_passkey(person=person, credential=PASSKEY, at=MONDAY)
    assert not person.has_usable_password()
    assert Client().get(page).status_code == 404
    with pytest.raises(CircleError):
        begin_with_passkey(person=person, credential=PASSKEY, at=MONDAY)
    with pytest.raises(CircleError):
        choose_first_password(person=person, password="vier-woorden-op-een-rij", at=MONDAY)
    assert Authenticator.objects.filter(user=person).count() == 1


def test_a_password_comes_in_at_once_and_the_link_is_used() -> None:
    row, person, page = guest(make_circle())
    client = Client()
    answer = client.post(page, {"password": "vier-woorden-op-een-rij"})
    assert (answer.status_code, answer["Location"]) == (302, f"/leerkring/{row.member.circle_id}/huisregels/")
    assert client.session["_auth_user_id"] == str(person.pk)
    assert Client().get(page).status_code == 404


def test_whoever_has_a_password_alone_is_asked_for_a_second_step(settings: Settings) -> None:
    row, person, page = guest(make_circle())
    client = Client()
    client.post(page, {"password": "vier-woorden-op-een-rij"})
    accept_rules(participant=row, version=1, by=person, at=MONDAY)
    settings.SECOND_FACTOR_REQUIRED = True
    answer = client.get(f"/leerkring/{row.member.circle_id}/")
    assert answer["Location"].startswith("/mijn/tweede-stap/")


@pytest.mark.parametrize("sent", ["", "{", "{}", '{"type": "public-key"}', "[]"])
def test_a_passkey_that_is_none_keeps_nothing_and_says_so(sent: str) -> None:
    _row, person, page = guest(make_circle())
    client = Client()
    client.get(page)
    answer = client.post(page, {"credential": sent})
    assert (answer.status_code, "passkey werkte niet" in answer.content.decode()) == (200, True)
    assert is_new(person)


def test_a_passkey_asked_for_one_account_is_not_kept_for_another() -> None:
    circle = make_circle()
    member = make_member(circle)
    pages = []
    for email in ("bo@veendrecht.example", "aya@veendrecht.example"):
        _row, link = invite(member=member, invited=Invited("B", email), by=circle.founded_by, at=MONDAY)
        pages.append(f"/leerkring/uitnodiging/{link}/")
    client = Client()
    client.get(pages[0])
    client.post(pages[1], {"credential": json.dumps(PASSKEY)})
    assert not Authenticator.objects.exists()


def test_who_lost_a_passkey_gets_a_new_link_and_the_old_passkey_and_sessions_are_gone() -> None:
    circle = make_circle()
    row, person = with_passkey(circle)
    away = signed_in_client(person)
    leading = signed_in_client(circle.founded_by)
    address = f"/leerkring/{circle.pk}/deelnemers/{row.pk}/opnieuw/"
    assert "meteen niet meer" in leading.get(address).content.decode()
    found = LINK.search(leading.post(address).content.decode())
    assert found
    assert not Authenticator.objects.exists()
    assert away.get(f"/leerkring/{circle.pk}/").status_code == 302  # to the door
    client = Client()
    assert "Begin opnieuw" in client.get(found[0]).content.decode()
    answer = client.post(found[0], {"password": "vier-woorden-op-een-rij"})
    assert answer["Location"] == f"/leerkring/{circle.pk}/"  # the house rules were accepted already
    assert Client().get(found[0]).status_code == 404
    events = Line.objects.filter(subject=person.urn).values_list("event", flat=True)
    assert {"circle.participant.way_back", "accounts.signin.ways_in_removed"} <= set(events)


def test_a_new_link_by_mail_works_three_days(settings: Settings, mailoutbox: list[EmailMessage]) -> None:
    settings.MAIL_SERVER = "127.0.0.1"
    circle = make_circle()
    row, person = with_passkey(circle)
    page = signed_in_client(circle.founded_by).post(f"/leerkring/{circle.pk}/deelnemers/{row.pk}/opnieuw/")
    assert not LINK.search(page.content.decode())
    send_invitation.call(participant=str(row.pk))
    mail = next(one for one in mailoutbox if LINK.search(str(one.body)))
    (link,) = LINK.findall(str(mail.body))
    assert (mail.to, circle.name in f"{mail.subject}{mail.body}") == ([person.email], False)
    assert Client().get(link).status_code == 200
    with time_machine.travel(MONDAY + timedelta(days=3, minutes=1), tick=False):
        assert Client().get(link).status_code == 404


def test_an_invitation_that_was_used_is_not_mailed_anew(settings: Settings, mailoutbox: list[EmailMessage]) -> None:
    settings.MAIL_SERVER = "127.0.0.1"
    row, _person = with_passkey(make_circle())
    send_invitation.call(participant=str(row.pk))
    assert mailoutbox == []


def test_whoever_leads_one_circle_gets_into_no_other_one_this_way() -> None:
    first, second = make_circle(), make_circle("Kring Oost", by=make_facilitator("Bram Vos"))
    row, person = with_passkey(first)
    given = Invited("Bo Vis", person.email)
    other, _link = invite(member=make_member(second, "Duinrade"), invited=given, by=second.founded_by, at=MONDAY)
    for circle, seat in ((first, row), (second, other)):
        with pytest.raises(CircleError):
            begin_anew(participant=seat, by=circle.founded_by, at=MONDAY)
    page = signed_in_client(first.founded_by).get(f"/leerkring/{first.pk}/deelnemers/{row.pk}/opnieuw/")
    assert "Vraag de beheerder" in page.content.decode()
    assert Authenticator.objects.filter(user=person).exists()


def test_a_link_that_was_seen_in_one_circle_opens_nothing_once_another_circle_invites() -> None:
    first, second = make_circle(), make_circle("Kring Oost", by=make_facilitator("Bram Vos"))
    _row, person, seen = guest(first)
    member = make_member(second, "Duinrade")
    address = f"/leerkring/{second.pk}/deelnemers/{member.pk}/uitnodigen/"
    given = {"name": "Bo Vis", "email": person.email}
    page = signed_in_client(second.founded_by).post(address, given).content.decode()
    assert not LINK.search(page), "somebody of another circle is here: nobody sees this link"
    assert Client().get(seen).status_code == 404
    own = f"/leerkring/{first.pk}/deelnemers/{first.members.get().pk}/uitnodigen/"
    assert not LINK.search(signed_in_client(first.founded_by).post(own, given | {"by_hand": "yes"}).content.decode())


@pytest.mark.parametrize("role", [Role.EMPLOYEE, Role.FUNCTIONAL_ADMINISTRATOR, Role.CIRCLE_FACILITATOR])
def test_an_account_with_another_task_is_never_opened_anew(role: Role) -> None:
    circle = make_circle()
    row, person = with_passkey(circle)
    give_role(person=person, role=role, by="urn:bolwerk:system", at=MONDAY)
    with pytest.raises(CircleError):
        begin_anew(participant=row, by=circle.founded_by, at=MONDAY)


def test_nobody_opens_the_account_of_who_leads_along_nor_the_own_one() -> None:
    circle = make_circle()
    row, person = with_passkey(circle)
    add_facilitator(circle=circle, person=person, by=circle.founded_by, at=MONDAY)
    for by in (circle.founded_by, person):
        with pytest.raises(CircleError):
            begin_anew(participant=row, by=by, at=MONDAY)


def test_who_only_takes_part_has_no_such_page() -> None:
    circle = make_circle()
    row, person = with_passkey(circle)
    client = signed_in_client(person)
    assert client.get(f"/leerkring/{circle.pk}/deelnemers/{row.pk}/opnieuw/").status_code == 404
    assert client.post(f"/leerkring/{circle.pk}/deelnemers/{row.pk}/opnieuw/").status_code == 404
