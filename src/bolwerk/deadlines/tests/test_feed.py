"""The personal calendar: secret, revocable, and without a word of content."""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from bolwerk.accounts.models import Person
from bolwerk.accounts.tests.makers import make_person
from bolwerk.deadlines.actions import make_feed, revoke_feed
from bolwerk.deadlines.models import Feed, Task
from bolwerk.deadlines.rules import Clock, Term, Unit
from bolwerk.deadlines.tests.makers import CALL, MONDAY, make_task

pytestmark = pytest.mark.django_db
CANARY = "kanarie-4711"


def read(client: Client, secret: str) -> bytes:
    """What a calendar program gets, without signing in."""
    response = client.get(reverse("deadlines:feed", args=[secret]))
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("text/calendar")
    return response.content


def test_a_calendar_reads_the_moments_in_the_time_of_the_netherlands(client: Client) -> None:
    person = make_person()
    make_task(person)
    make_task(person, clock=CALL)
    calendar = Calendar.from_ical(read(client, make_feed(person=person, at=MONDAY)))
    events = {event.decoded("dtstart"): event for event in calendar.walk("VEVENT")}
    assert date(2026, 11, 25) in events
    ends = [event.decoded("dtend") for event in events.values()]
    assert datetime(2026, 11, 26, 10, 0, tzinfo=ZoneInfo("Europe/Amsterdam")) in ends
    assert calendar.walk("VTIMEZONE")[0]["TZID"] == "Europe/Amsterdam"


@pytest.mark.parametrize(
    "due",
    [
        datetime(2027, 3, 28, 1, 15, tzinfo=UTC),  # quarter of an hour after the clock went from two to three
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),  # half past two, the first time
        datetime(2026, 10, 25, 1, 30, tzinfo=UTC),  # half past two, an hour later
        datetime(2026, 10, 25, 2, 15, tzinfo=UTC),
        datetime(2026, 12, 31, 23, 15, tzinfo=UTC),  # in the new year here
        datetime(2028, 2, 28, 23, 10, tzinfo=UTC),  # on the leap day here
    ],
)
def test_half_an_hour_is_half_an_hour_when_the_clock_changes_and_the_year_ends(due: datetime, client: Client) -> None:
    person = make_person()
    Task.objects.filter(pk=make_task(person).pk).update(due_at=due)
    calendar = Calendar.from_ical(read(client, make_feed(person=person, at=MONDAY)))
    event = calendar.walk("VEVENT")[0]
    start, end = event.decoded("dtstart").astimezone(UTC), event.decoded("dtend").astimezone(UTC)
    assert (start, end) == (due - timedelta(minutes=30), due)


def test_a_calendar_says_nothing_of_what_tasks_are_about(client: Client) -> None:
    person = make_person(f"Sanne {CANARY}")
    make_task(
        person,
        clock=Clock(CANARY, f"Call {CANARY}", Term(1, Unit.DAYS)),
        subject=f"urn:bolwerk:incidents:incident:{CANARY}",
    )
    text = read(client, make_feed(person=person, at=MONDAY)).decode()
    assert CANARY not in text
    assert "Taak in Bolwerk" in text


def test_a_calendar_holds_only_ones_own_open_tasks(client: Client) -> None:
    person = make_person()
    make_task(make_person("Mo Idrissi"))
    assert b"VEVENT" not in read(client, make_feed(person=person, at=MONDAY))


def test_the_address_is_shown_once_and_kept_as_a_hash_only(client: Client) -> None:
    client.force_login(make_person())
    shown = client.post(reverse("deadlines:calendar")).content.decode()
    found = re.search(r"/agenda/([\w-]{43})\.ics", shown)
    assert found
    secret = found.group(1)
    assert read(Client(), secret)
    assert secret not in client.get(reverse("deadlines:calendar")).content.decode()
    assert secret not in str(list(Feed.objects.values()))


def test_a_new_address_ends_the_old_one(client: Client) -> None:
    person = make_person()
    old, new = (make_feed(person=person, at=MONDAY + timedelta(hours=hour)) for hour in range(2))
    assert client.get(reverse("deadlines:feed", args=[old])).status_code == 404
    assert read(client, new)


def test_a_withdrawn_or_unknown_address_or_one_of_a_leaver_does_not_exist(client: Client) -> None:
    person, leaver = make_person(), make_person("Mo Idrissi")
    withdrawn, left = make_feed(person=person, at=MONDAY), make_feed(person=leaver, at=MONDAY)
    revoke_feed(person=person, at=MONDAY)
    Person.objects.filter(pk=leaver.pk).update(is_active=False)
    for secret in (withdrawn, left, "x" * 43):
        assert client.get(reverse("deadlines:feed", args=[secret])).status_code == 404


def test_its_owner_sees_that_a_calendar_reads_it(client: Client) -> None:
    person = make_person()
    read(client, make_feed(person=person, at=MONDAY))
    assert Feed.objects.get().last_read_at is not None
