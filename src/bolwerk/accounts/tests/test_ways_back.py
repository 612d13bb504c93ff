"""Somebody lost every second step: two administrators, or one and time to stop it, let them begin anew (ADR 46)."""

from datetime import datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.test import Client
from django.utils import timezone

from bolwerk.accounts.actions import change_person, deactivate_person, erase_people, withdraw_role
from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import Role
from bolwerk.accounts.rules.ways_back import Recognised, Refusal, Situation, WayBackError, refusal
from bolwerk.accounts.signin import ways_back
from bolwerk.accounts.signin.models import FormerAddress, WayBack
from bolwerk.accounts.signin.sessions import sessions_of
from bolwerk.accounts.tests.mails import mailed_to, path_in
from bolwerk.accounts.tests.makers import AT, PASSWORD, make_administrator, make_person, signed_in_client
from bolwerk.accounts.tests.signing import code, give_code, give_password, with_app, with_recovery_codes
from bolwerk.audit.actions import SYSTEM
from bolwerk.audit.models import Line

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SHEET = {"recognised": "in_person", "reason": "telefoon verloren in de trein"}


def make_lost() -> Person:
    """Somebody with an app and recovery codes, which are lost."""
    person = with_app(make_person("Loes Kwijt", Role.ANALYST))
    with_recovery_codes(person)
    return person


def asked_for(person: Person, *, by: Person, at: datetime = AT) -> WayBack:
    """It is asked by an administrator who saw the person."""
    return ways_back.ask(person=person, recognised=Recognised.IN_PERSON, reason="verloren", by=by, at=at)


def is_as_before(person: Person) -> bool:
    """Whether the password and the app still work."""
    return Person.objects.get(pk=person.pk).check_password(PASSWORD) and (
        Authenticator.objects.filter(user=person).count() == 2
    )


def is_as_new(person: Person) -> bool:
    """Whether nothing of before works."""
    fresh = Person.objects.get(pk=person.pk)
    return not fresh.has_usable_password() and not Authenticator.objects.filter(user=person).exists()


def test_nothing_changes_before_somebody_agrees_or_the_time_has_passed() -> None:
    person, bea = make_lost(), make_administrator()
    row = asked_for(person, by=bea)
    assert row.opens_at == AT + DAY
    assert ways_back.open_due(at=AT + DAY - timedelta(seconds=1)) == 0
    assert is_as_before(person)
    assert ways_back.open_due(at=AT + DAY) == 1
    assert is_as_new(person)
    assert ways_back.open_due(at=AT + DAY) == 0


def test_a_second_administrator_makes_it_happen_at_once_and_sessions_end() -> None:
    person, bea, second = make_lost(), make_administrator(), make_administrator("Tweede")
    browser = signed_in_client(person)
    assert browser.get("/profiel/").status_code in (200, 302)
    ways_back.agree(row=asked_for(person, by=bea), by=second, at=AT)
    assert is_as_new(person)
    assert sessions_of(person) == []
    assert browser.get("/profiel/")["Location"].startswith("/inloggen/")
    events = list(Line.objects.filter(subject=person.urn).order_by("sequence").values_list("event", "actor"))
    assert ("accounts.signin.way_back_asked", bea.urn) in events
    assert ("accounts.signin.ways_in_removed", second.urn) in events


def test_whoever_asked_is_not_the_second_and_neither_is_the_person() -> None:
    bea, second = make_administrator(), with_app(make_administrator("Tweede"))
    row = asked_for(second, by=bea)
    for somebody in (bea, second):
        with pytest.raises(ways_back.NotTheSecondError):
            ways_back.agree(row=row, by=somebody, at=AT)
    assert WayBack.objects.get().done_at is None


def test_it_is_done_or_stopped_once() -> None:
    person, bea, second = make_lost(), make_administrator(), make_administrator("Tweede")
    row = asked_for(person, by=bea)
    ways_back.stop(row=row, by=second.urn, at=AT)
    with pytest.raises(ways_back.OverError):
        ways_back.agree(row=row, by=second, at=AT)
    with pytest.raises(ways_back.OverError):
        ways_back.stop(row=row, by=SYSTEM, at=AT)
    assert ways_back.open_due(at=AT + 9 * DAY) == 0
    assert is_as_before(person)
    assert asked_for(person, by=bea, at=AT + DAY).pk != row.pk


def test_one_at_a_time() -> None:
    person, bea = make_lost(), make_administrator()
    asked_for(person, by=bea)
    with pytest.raises(WayBackError) as error:
        asked_for(person, by=make_administrator("Tweede"))
    assert error.value.why == Refusal.RUNNING


def test_whoever_shows_the_second_step_has_not_lost_it() -> None:
    person, bea = make_lost(), make_administrator()
    asked_for(person, by=bea)
    client = Client()
    give_password(client, person)
    assert WayBack.objects.get().stopped_at is None  # a password alone proves little
    assert give_code(client, code()) == "/"
    assert WayBack.objects.get().stopped_at is not None
    assert "gestopt" in client.get("/", follow=True).content.decode()


def test_the_person_stops_it_with_the_mail_and_a_scanner_does_not() -> None:
    person, bea = make_lost(), make_administrator()
    asked_for(person, by=bea, at=timezone.now())
    link = path_in(person.email, "opnieuw")
    assert "stop dit" in Client().get(link).content.decode()
    assert WayBack.objects.get().stopped_at is None
    assert "Gestopt" in Client().post(link).content.decode()
    assert WayBack.objects.get().stopped_at is not None
    assert "niets te stoppen" in Client().post(link).content.decode()
    assert "niets te stoppen" in Client().get("/inloggen/opnieuw/zomaar-iets/").content.decode()
    assert Line.objects.filter(event="accounts.signin.way_back_stopped", actor=person.urn).count() == 1


def test_mails_say_nothing_but_a_link_and_go_to_the_right_people() -> None:
    person, bea, second = make_lost(), make_administrator(), make_administrator("Tweede")
    row = asked_for(person, by=bea)
    assert mailed_to(bea.email) == []
    assert len(mailed_to(second.email)) == len(mailed_to(person.email)) == 1
    assert path_in(second.email, "akkoord") == f"/mensen/{person.pk}/opnieuw/"
    ways_back.agree(row=row, by=second, at=AT)
    assert len(mailed_to(person.email)) == 3
    told = " ".join(f"{one.subject} {one.body}" for one in mail.outbox)
    assert not any(word in told for word in (person.name, bea.name, person.email, "verloren in", SHEET["reason"]))


def test_the_link_that_comes_lets_the_person_choose_a_password_and_a_new_second_step() -> None:
    person, bea, second = make_lost(), make_administrator(), make_administrator("Tweede")
    ways_back.agree(row=asked_for(person, by=bea), by=second, at=AT)
    client = Client()
    form = client.get(path_in(person.email, "begin opnieuw"))["Location"]
    new = {"password1": "een-heel-nieuw-wachtwoord", "password2": "een-heel-nieuw-wachtwoord"}
    assert client.post(form, new)["Location"] == "/wachtwoord/gekozen/"
    assert give_password(client, person, new["password1"]) == "/"


def test_a_changed_address_hears_it_and_nobody_gets_in_by_changing_it() -> None:
    person, bea = make_lost(), make_administrator()
    before = person.email
    change_person(person=person, email="kaper@zilverdam.example", name=person.name, department=None, by=bea.urn, at=AT)
    assert len(mailed_to(before)) == 1
    assert ways_back.why_not(person, by=bea, at=AT + 7 * DAY - timedelta(seconds=1)) == Refusal.NEW_ADDRESS
    asked_for(person, by=bea, at=AT + 7 * DAY)
    assert len(mailed_to(before)) == 2  # and can stop it
    ways_back.tidy(at=AT + 30 * DAY)
    assert not FormerAddress.objects.exists()


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({}, None),
        ({"is_self": True}, Refusal.SELF),
        ({"is_active": False}, Refusal.LEFT),
        ({"comes_from_home": True}, None),
        ({"comes_from_home": True, "has_second_step": False}, Refusal.HOME),
        ({"has_second_step": False}, Refusal.NO_SECOND),
        ({"is_running": True}, Refusal.RUNNING),
        ({"address_since": AT - 7 * DAY}, None),
        ({"address_since": AT - 6 * DAY}, Refusal.NEW_ADDRESS),
    ],
)
def test_each_reason_why_not(changes: dict[str, object], why: Refusal | None) -> None:
    usual: dict[str, object] = {"is_self": False, "is_active": True, "comes_from_home": False}
    usual |= {"has_second_step": True, "address_since": None, "is_running": False}
    assert refusal(Situation(**(usual | changes)), at=AT, address_rests=7 * DAY) == why  # type: ignore[arg-type]  # a drawn row


def test_who_was_taken_out_of_office_lets_nobody_in() -> None:
    person, bea = make_lost(), make_administrator()
    make_administrator("Tweede")
    asked_for(person, by=bea)
    withdraw_role(grant=bea.grants.get(role=Role.FUNCTIONAL_ADMINISTRATOR), by=SYSTEM, at=AT)
    assert ways_back.open_due(at=AT + DAY) == 1
    assert is_as_before(person)
    assert WayBack.objects.get().stopped_at is not None


def test_who_left_meanwhile_does_not_come_back() -> None:
    person, bea = make_lost(), make_administrator()
    asked_for(person, by=bea)
    deactivate_person(person=person, by=SYSTEM, at=AT)
    ways_back.open_due(at=AT + DAY)
    assert WayBack.objects.get().done_at is None


def test_old_rows_go_and_an_erased_person_leaves_none() -> None:
    person, other, bea = make_lost(), with_app(make_person("Ander")), make_administrator()
    ways_back.stop(row=asked_for(person, by=bea), by=SYSTEM, at=AT)
    ways_back.tidy(at=AT + 89 * DAY)
    assert WayBack.objects.count() == 1
    ways_back.tidy(at=AT + 90 * DAY)
    assert WayBack.objects.count() == 0
    change_person(person=other, email="nieuw@zilverdam.example", name="Ander", department=None, by=SYSTEM, at=AT)
    erase_people(keys=[other.pk], at=AT)
    assert not FormerAddress.objects.exists()


def test_who_signs_in_with_the_work_account_is_sent_there() -> None:
    person, bea = make_person("Thuis"), make_administrator()
    SocialAccount.objects.create(user=person, provider="gemeente", uid="1")
    page = signed_in_client(bea).get(f"/mensen/{person.pk}/opnieuw/").content.decode()
    assert "werkaccount" in page
    assert "<form" not in page.split("</h1>")[1].split("</main>")[0]


def test_an_administrator_asks_and_another_agrees_in_the_browser() -> None:
    person, bea, second = make_lost(), make_administrator(), make_administrator("Tweede")
    page = f"/mensen/{person.pk}/opnieuw/"
    asking, agreeing = signed_in_client(bea), signed_in_client(second)
    assert "Telefoon" in asking.get(f"/mensen/{person.pk}/").content.decode()
    assert asking.post(page, {"recognised": "", "reason": "verloren"}).status_code == 200
    assert not WayBack.objects.exists()
    assert asking.post(page, SHEET)["Location"] == page
    row = WayBack.objects.get()
    assert person.name in agreeing.get("/mensen/").content.decode().split("<table")[0]
    assert asking.post(f"{page}{row.pk}/akkoord/", follow=True).status_code == 200
    assert WayBack.objects.get().done_at is None
    assert agreeing.post(f"{page}{row.pk}/akkoord/")["Location"] == page
    assert is_as_new(person)
    assert agreeing.post(f"{page}{row.pk}/stoppen/", follow=True).status_code == 200
    assert WayBack.objects.get().stopped_at is None


def test_another_person_is_no_way_to_a_row() -> None:
    person, bea, second = make_lost(), make_administrator(), make_administrator("Tweede")
    row = asked_for(person, by=bea)
    for step in ("akkoord", "stoppen"):
        assert signed_in_client(second).post(f"/mensen/{bea.pk}/opnieuw/{row.pk}/{step}/").status_code == 404
    assert WayBack.objects.get().stopped_at is None


def test_somebody_added_by_hand_gets_a_link() -> None:
    data = {"name": "Nora Nieuw", "email": "nora@zilverdam.example", "department": ""}
    signed_in_client(make_administrator()).post("/mensen/nieuw/", data)
    assert len(mailed_to("nora@zilverdam.example")) == 1


def test_the_machine_helps_at_once_when_no_administrator_can() -> None:
    bea = with_app(make_administrator())
    ways_back.open_at_once(person=bea, at=AT)
    assert is_as_new(bea)
    assert len(mailed_to(bea.email)) == 2
    with pytest.raises(WayBackError):
        ways_back.open_at_once(person=bea, at=AT)
