"""Reports that waited on a phone: closed all the way, whose they are, and exactly once."""

import json
import os
from base64 import b64encode
from datetime import datetime, timedelta
from random import Random
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.utils import timezone
from nacl.public import PublicKey, SealedBox

from bolwerk.accounts.models import Person
from bolwerk.accounts.tests.makers import make_department, make_person
from bolwerk.audit.models import Line
from bolwerk.deadlines.models import Task
from bolwerk.incidents.actions import renew_sealing_key, sealing_key
from bolwerk.incidents.models import Concerned, Incident
from bolwerk.incidents.queries import sender_of
from bolwerk.incidents.rules import NotReadableError, clock_offset, corrected, open_report
from bolwerk.incidents.tests.makers import MONDAY
from bolwerk.vault.rules.padding import pad
from bolwerk.vault.rules.sealing import new_pair

DOOR = "/meldingen/nieuw/zonder-netwerk/binnen/"
FULL_SIZE = os.environ.get("BOLWERK_FULL_SIZE")
db = pytest.mark.django_db


def sealed(person: Person, *, pressed_at: datetime | None = None, public: str = "", **answers: str) -> dict[str, str]:
    """What a phone sends for somebody."""
    usual = {"submission_key": str(uuid4()), "safety": "yes", "kind": "threat", "channel": "street", "when": "now"}
    now = timezone.now()
    moment = (pressed_at or now).isoformat()
    inside = {"sender": sender_of(person), "pressed_at": moment, "answers": usual | answers}
    key = public or sealing_key(at=now).public
    box = SealedBox(PublicKey(bytes.fromhex(key))).encrypt(pad(json.dumps(inside).encode()))
    return {"sealed": b64encode(box).decode(), "key": key, "phone": now.isoformat()}


@pytest.fixture
def reporter(client: Client) -> Person:
    person = make_person("Sanne de Wit", department=make_department())
    client.force_login(person)
    return person


@pytest.mark.parametrize("content", [b"", b"no json", b"[]", b'{"sender": "x", "pressed_at": "2026-11-23T09:00:00"}'])
def test_what_our_page_did_not_seal_is_refused(content: bytes) -> None:
    pair = new_pair()
    box = SealedBox(PublicKey(pair.public)).encrypt(pad(content))
    with pytest.raises(NotReadableError):
        open_report(box, private=pair.private)


def test_a_clock_that_is_a_day_wrong_is_set_right_and_a_slow_network_is_not_a_wrong_clock() -> None:
    day = timedelta(days=1)
    assert clock_offset(phone=MONDAY + day, at=MONDAY) == -day
    assert clock_offset(phone=MONDAY - timedelta(seconds=90), at=MONDAY) == timedelta()
    assert corrected(MONDAY + day, offset=-day, at=MONDAY + timedelta(hours=1)) == (MONDAY, True)


def test_a_clock_that_was_set_right_in_between_gives_no_future() -> None:
    assert corrected(MONDAY + timedelta(days=1), offset=timedelta(), at=MONDAY) == (MONDAY, True)


@db
def test_a_report_that_waited_arrives_once(client: Client, reporter: Person) -> None:
    sent = sealed(reporter, words="Hij wist waar ik woon 🙈 שלום")
    first, second = client.post(DOOR, sent), client.post(DOOR, sent)
    incident = Incident.objects.get()
    assert first.json() == second.json() == {"state": "arrived", "number": incident.reference}
    assert (incident.reporter, incident.words) == (reporter, "Hij wist waar ik woon 🙈 שלום")
    assert Line.objects.filter(event="incidents.incident.arrived_later").count() == 1


@db
def test_a_report_of_somebody_else_is_not_taken_in(client: Client, reporter: Person) -> None:
    assert client.post(DOOR, sealed(make_person())).status_code == 409
    assert not Incident.objects.exists()


@db
def test_without_a_session_nothing_is_taken_in(client: Client) -> None:
    assert client.post(DOOR, sealed(make_person())).status_code == 302
    assert not Incident.objects.exists()


@db
def test_an_older_key_still_opens(client: Client, reporter: Person) -> None:
    sent = sealed(reporter)
    renew_sealing_key(at=timezone.now())
    assert sealing_key(at=timezone.now()).public != sent["key"]
    assert client.post(DOOR, sent).status_code == 200


@db
@pytest.mark.parametrize("wrong", [{"sealed": "?"}, {"sealed": "AAAA"}, {"key": "0" * 64}, {"phone": "nu"}])
def test_what_does_not_open_is_refused_and_kept_by_the_phone(
    client: Client, reporter: Person, wrong: dict[str, str]
) -> None:
    assert client.post(DOOR, sealed(reporter) | wrong).status_code == 422
    assert not Incident.objects.exists()


@db
def test_both_clocks_are_noted_and_the_moment_is_by_ours(client: Client, reporter: Person) -> None:
    now, day = timezone.now(), timedelta(days=1)
    sent = sealed(reporter, pressed_at=now + day - timedelta(hours=2)) | {"phone": (now + day).isoformat()}
    client.post(DOOR, sent)
    incident = Incident.objects.get()
    assert abs(incident.occurred_at - (now - timedelta(hours=2))) < timedelta(minutes=1)
    assert incident.occurred_uncertain
    facts = Line.objects.get(event="incidents.incident.arrived_later").facts
    assert facts == {"pressed_at": (now + day - timedelta(hours=2)).isoformat(), "phone": (now + day).isoformat()}


@db
def test_a_colleague_whom_we_do_not_know_goes_into_the_words(client: Client, reporter: Person) -> None:
    client.post(DOOR, sealed(reporter, words="Bij de slagboom.", colleague="Piet van buiten"))
    assert Incident.objects.get().words.endswith("Piet van buiten")


@db
def test_the_page_that_a_phone_keeps_is_of_nobody(client: Client, reporter: Person) -> None:
    page = client.get("/meldingen/nieuw/zonder-netwerk/").content.decode()
    assert sealing_key(at=MONDAY).public in page
    for word in ("Sanne", reporter.email, str(reporter.pk), sender_of(reporter), "csrfmiddlewaretoken"):
        assert word not in page


@db
@pytest.mark.timeout(3600 if FULL_SIZE else 300)  # seconds; every report locks the trail
def test_reports_that_come_twice_and_out_of_order_arrive_once(client: Client, reporter: Person) -> None:
    """10,000 of them at full size (`make slow`), 100 every time: each sealed by itself, and sent twice by the phone."""
    count = 10_000 if FULL_SIZE else 100
    public = sealing_key(at=MONDAY).public
    keys = [str(UUID(int=number + 1)) for number in range(count)]
    sent = [sealed(reporter, public=public, submission_key=key, words=f"Melding {key}") for key in keys]
    order = list(range(count)) * 2
    Random(4).shuffle(order)
    numbers: dict[int, str] = {}
    for which in order:
        answer = client.post(DOOR, sent[which])
        assert answer.status_code == 200
        assert numbers.setdefault(which, answer.json()["number"]) == answer.json()["number"]
    assert len(set(numbers.values())) == count
    assert {str(key) for key in Incident.objects.values_list("submission_key", flat=True)} == set(keys)
    assert Incident.objects.count() == count
    for row in Incident.objects.iterator():
        assert row.words == f"Melding {row.submission_key}"
    for event in ("incidents.incident.reported", "incidents.incident.arrived_later"):
        assert Line.objects.filter(event=event).count() == count
    assert Concerned.objects.count() == count
    running = Task.objects.values("subject", "key").distinct().count()
    assert running == Task.objects.count() > count, "each clock once, and every report has some"
