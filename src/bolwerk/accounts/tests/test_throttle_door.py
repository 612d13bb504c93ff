"""Guessing is slow, and nobody else is kept out."""

import time
from collections.abc import Iterator
from functools import partial

import pytest
import time_machine
from django.test import Client, RequestFactory
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from bolwerk.accounts.models import Person
from bolwerk.accounts.signin import rules, throttling
from bolwerk.accounts.signin.models import Attempt
from bolwerk.accounts.tests.makers import PASSWORD, make_person

pytestmark = pytest.mark.django_db

OFFICE = "192.0.2.10"  # addresses of RFC 5737, for examples
HOME = "198.51.100.7"


@pytest.fixture(autouse=True)
def the_clock_stands_still() -> Iterator[None]:
    """The first wait is one second: on a busy machine it would be over before the next attempt."""
    with time_machine.travel(time.time(), tick=False):
        yield


def attempt(client: Client, email: str, password: str, *, address: str = OFFICE, **more: str) -> int:
    """Try once from an address; the status: 302 in, 200 refused, 429 must wait."""
    headers = {"X-Forwarded-For": more["forwarded"]} if "forwarded" in more else None
    response = client.post("/inloggen/", {"login": email, "password": password}, headers=headers, REMOTE_ADDR=address)
    if response.status_code == 429:
        assert int(response["Retry-After"]) >= 1
    return response.status_code


def fail_without_hashing(email: str, *, times: int, address: str = OFFICE) -> None:
    """Write failures down as the door does, without paying for a hash each time."""
    request = RequestFactory(REMOTE_ADDR=address).post("/inloggen/")
    row = partial(throttling.row_of, request, purpose="password", account=email, at=timezone.now())
    Attempt.objects.bulk_create(row() for _ in range(times))


def test_the_sixth_wrong_attempt_must_wait_and_even_the_right_password_is_not_looked_at(client: Client) -> None:
    person = make_person()
    assert [attempt(client, person.email, "verkeerd-12345") for _ in range(6)] == [200] * 5 + [429]
    assert attempt(client, person.email, PASSWORD) == 429


def test_the_owner_still_gets_in_from_elsewhere_and_after_the_wait(client: Client) -> None:
    person = make_person()
    with time_machine.travel(time.time(), tick=False) as clock:
        fail_without_hashing(person.email, times=9)
        assert attempt(client, person.email, PASSWORD) == 429
        assert attempt(Client(), person.email, PASSWORD, address=HOME) == 302
        clock.shift(17)
        assert attempt(client, person.email, PASSWORD) == 302


def test_a_known_device_gets_in_while_others_guess_at_the_same_office() -> None:
    person = make_person()
    known = Client()
    assert attempt(known, person.email, PASSWORD) == 302
    known.post("/uitloggen/")
    fail_without_hashing(person.email, times=40)
    for number in range(rules.ACCOUNTS_AT_ADDRESS + 10):
        fail_without_hashing(f"geraden{number}@zilverdam.example", times=1)
    assert attempt(Client(), person.email, PASSWORD) == 429
    assert attempt(known, person.email, PASSWORD) == 302


def test_an_office_of_forty_people_who_mistype_keeps_nobody_out(client: Client) -> None:
    for number in range(40):
        fail_without_hashing(f"collega{number}@zilverdam.example", times=3)
    assert attempt(client, make_person().email, PASSWORD) == 302


def test_spraying_one_password_over_many_accounts_must_wait(client: Client) -> None:
    for number in range(rules.ACCOUNTS_AT_ADDRESS):
        fail_without_hashing(f"geraden{number}@zilverdam.example", times=1)
    assert attempt(client, "nog-een@zilverdam.example", "Welkom01-welkom") == 429
    assert attempt(client, "nog-een@zilverdam.example", "Welkom01-welkom", address=HOME) == 200


def test_guesses_from_everywhere_slow_down_unknown_devices_only(client: Client) -> None:
    person = make_person()
    for number in range(rules.FAILURES_ELSEWHERE + 3):
        fail_without_hashing(person.email, times=1, address=f"203.0.113.{number}")
    assert attempt(client, person.email, PASSWORD, address=HOME) == 429


def test_a_forwarded_address_is_believed_only_from_our_own_proxy(client: Client, settings: Settings) -> None:
    person = make_person()
    answers = [attempt(client, person.email, "verkeerd-12345", forwarded=f"203.0.113.{n}") for n in range(6)]
    assert answers[-1] == 429  # a new address in the header each time changes nothing
    settings.TRUSTED_PROXIES = ["10.0.0.0/8"]
    fail_without_hashing("ander@zilverdam.example", times=8, address=HOME)
    for header in (HOME, f"203.0.113.99, {HOME}", f"203.0.113.99, {HOME}, 10.0.0.9"):
        assert attempt(client, "ander@zilverdam.example", "x", address="10.0.0.1", forwarded=header) == 429
    assert attempt(client, "ander@zilverdam.example", "x", address="10.0.0.1", forwarded=f"{HOME}, 203.0.113.99") == 200


def test_all_addresses_of_one_ipv6_network_count_as_one(client: Client) -> None:
    person = make_person()
    answers = [attempt(client, person.email, "verkeerd-12345", address=f"2001:db8:1:2::{n:x}") for n in range(1, 7)]
    assert answers == [200] * 5 + [429]


def test_the_table_of_attempts_holds_no_address_and_forgets(client: Client) -> None:
    with time_machine.travel(time.time(), tick=False) as clock:
        attempt(client, "iemand@zilverdam.example", "verkeerd-12345")
        row = str(Attempt.objects.values().get())
        assert "iemand" not in row
        assert OFFICE not in row
        clock.shift(rules.WINDOW.total_seconds() + 1)
        attempt(client, "ander@zilverdam.example", "verkeerd-12345")
    assert Attempt.objects.count() == 1


def test_a_right_password_forgives_the_mistakes_before_it(client: Client) -> None:
    person = make_person()
    for _ in range(4):
        attempt(client, person.email, "verkeerd-12345")
    assert attempt(client, person.email, PASSWORD) == 302
    assert not Attempt.objects.exists()


def test_one_mailbox_gets_three_links_an_hour_at_most(client: Client) -> None:
    person = make_person()
    addresses = [f"203.0.113.{number}" for number in range(8)]
    answers = [
        client.post("/wachtwoord/vergeten/", {"email": person.email}, REMOTE_ADDR=address).status_code
        for address in addresses
    ]
    assert answers == [302] * 8
    wanted = [task.args_kwargs["kwargs"]["person"] for task in DBTaskResult.objects.all()]
    assert wanted.count(str(person.pk)) == 3
    assert wanted.count("") == 5


def test_asking_links_again_and_again_from_one_place_must_wait(client: Client) -> None:
    answers = [client.post("/wachtwoord/vergeten/", {"email": "x@zilverdam.example"}) for _ in range(7)]
    assert [answer.status_code for answer in answers][-1] == 429
    assert int(answers[-1]["Retry-After"]) >= 1
    assert not Person.objects.filter(email="x@zilverdam.example").exists()
