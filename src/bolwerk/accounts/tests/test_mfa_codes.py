"""The second factor: codes that count once, and nobody past it who must show one."""

import time

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from bolwerk.accounts.actions import give_role
from bolwerk.accounts.rules import SECOND_FACTOR_ROLES, Role
from bolwerk.accounts.tests.makers import AT, make_person
from bolwerk.accounts.tests.signing import SECRET, app_of, code, give_code, give_password, with_app, with_recovery_codes
from bolwerk.audit.actions import SYSTEM
from bolwerk.audit.models import Line

pytestmark = pytest.mark.django_db
SECOND_STEP = "/inloggen/tweede-stap/"


@pytest.fixture(autouse=True)
def as_in_production(settings: Settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = True


def test_the_password_alone_opens_nothing_for_who_has_an_app(client: Client) -> None:
    person = with_app(make_person())
    assert give_password(client, person) == SECOND_STEP
    for later in ("/", "/mijn/beveiliging/", "/mijn/sessies/", "/mijn/tweede-stap/"):
        assert client.get(later)["Location"].startswith("/inloggen/?next=")
    assert give_code(client, code()) == "/"
    assert client.get("/").status_code == 200


@time_machine.travel(1_795_000_010, tick=False)
@pytest.mark.parametrize("again", [-1, 0])
def test_a_code_is_refused_the_second_time_in_its_own_and_the_adjacent_step(again: int) -> None:
    person = with_app(make_person())
    first, second = Client(), Client()
    give_password(first, person)
    assert give_code(first, code()) == "/"
    give_password(second, person)
    assert give_code(second, code(steps=again)) == ""


def test_the_same_code_is_refused_in_the_next_step_in_which_it_would_still_be_accepted() -> None:
    person = with_app(make_person())
    with time_machine.travel(1_795_000_010, tick=False) as clock:
        used = code()
        first, second = Client(), Client()
        give_password(first, person)
        assert give_code(first, used) == "/"
        clock.shift(30)
        give_password(second, person)
        assert give_code(second, used) == ""
        assert give_code(second, code()) == "/"


def test_a_code_from_three_steps_ago_is_refused(client: Client) -> None:
    person = with_app(make_person())
    give_password(client, person)
    assert give_code(client, code(steps=-3)) == ""


def test_a_recovery_code_works_once(client: Client) -> None:
    person = with_app(make_person())
    first, *_ = with_recovery_codes(person)
    give_password(client, person)
    assert give_code(client, f"{first[:4]} {first[4:]}") == "/"
    other = Client()
    give_password(other, person)
    assert give_code(other, first) == ""


def test_the_seed_lies_encrypted(client: Client) -> None:
    person = make_person()
    give_password(client, person)
    secret = client.get("/mijn/beveiliging/app/").context["form"].secret
    assert client.post("/mijn/beveiliging/app/", {"code": code(secret=secret)}).status_code == 302
    assert secret not in str(app_of(person).data)
    assert give_code(Client(), code(secret=secret)) == "/inloggen/"  # the second step without the first


@pytest.mark.parametrize("role", sorted(SECOND_FACTOR_ROLES))
def test_each_of_these_roles_reaches_nothing_without_a_second_factor(client: Client, role: Role) -> None:
    give_password(client, make_person("Zonder app", role))
    for page in ("/", "/mijn/sessies/", "/mijn/beveiliging/", "/mijn/beveiliging/herstelcodes/"):
        assert client.get(page)["Location"].startswith("/mijn/tweede-stap/?next=")
    assert client.post("/mijn/sessies/", {"session": "others"})["Location"] == "/mijn/tweede-stap/?next=%2F"
    assert client.get("/mijn/tweede-stap/").status_code == 200


def test_an_employee_needs_none(client: Client) -> None:
    give_password(client, make_person())
    assert client.get("/").status_code == 200


@pytest.mark.django_db(transaction=True)  # allauth tells the adapter when the app is kept: after the commit
def test_setting_up_an_app_opens_the_house(client: Client) -> None:
    person = make_person("Coördinator", Role.AGGRESSION_COORDINATOR)
    give_password(client, person)
    secret = client.get("/mijn/beveiliging/app/").context["form"].secret
    first_code = code(secret=secret)
    done = client.post("/mijn/beveiliging/app/", {"code": first_code})
    assert done["Location"] == "/mijn/beveiliging/herstelcodes/"
    assert len(client.get(done["Location"]).context["unused_codes"]) == 10
    assert client.get("/").status_code == 200
    assert Line.objects.filter(event="accounts.signin.totp_activated", subject=person.urn).count() == 1
    other = Client()
    give_password(other, person)
    assert give_code(other, first_code) == ""  # the code of the set-up is used up by it


def test_a_role_given_today_asks_with_the_next_click(client: Client) -> None:
    person = make_person()
    give_password(client, person)
    assert client.get("/").status_code == 200
    give_role(person=person, role=Role.CONFIDANT, by=SYSTEM, at=AT)
    assert client.get("/")["Location"].startswith("/mijn/tweede-stap/")


def test_a_session_from_before_the_app_must_show_it_and_may_not_remove_it() -> None:
    person = make_person("Coördinator", Role.AGGRESSION_COORDINATOR)
    old = Client()
    give_password(old, person)
    with_app(person)
    for page in ("/", "/mijn/beveiliging/app/weg/", "/mijn/beveiliging/passkeys/toevoegen/", "/mijn/tweede-stap/"):
        assert old.get(page)["Location"].startswith("/bevestigen/code/?next=")
    assert old.post("/bevestigen/code/?next=/", {"code": code()})["Location"] == "/"
    assert old.get("/").status_code == 200


def test_the_only_factor_of_somebody_who_must_have_one_stays(client: Client) -> None:
    person = with_app(make_person("Coördinator", Role.AGGRESSION_COORDINATOR))
    give_password(client, person)
    give_code(client, code())
    page = client.post("/mijn/beveiliging/app/weg/")
    assert "je enige" in page.content.decode()
    assert app_of(person)


def test_wrong_codes_must_wait_and_are_written_down(client: Client) -> None:
    person = with_app(make_person())
    give_password(client, person)
    answers = [client.post(SECOND_STEP, {"code": "000000"}) for _ in range(7)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429] * 2
    assert int(answers[-1]["Retry-After"]) >= 1
    assert Line.objects.filter(event="accounts.signin.failed", subject=person.urn).count() == 5
    assert SECRET not in str(list(Line.objects.values()))


def test_the_second_step_waits_no_longer_than_a_quarter_of_an_hour(client: Client) -> None:
    person = with_app(make_person())
    with time_machine.travel(time.time(), tick=False) as clock:
        give_password(client, person)
        clock.shift(15 * 60 + 1)
        assert give_code(client, code()) == "/inloggen/"
