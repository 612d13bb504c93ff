"""Zilverdam is believable: everybody has a place, every story a department, every report a life in the right order."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from django.utils import timezone

from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import Role
from bolwerk.audit.models import Line
from bolwerk.deadlines.models import Task
from bolwerk.demo.building import version
from bolwerk.demo.content import read
from bolwerk.demo.people import DOMAIN, address_of, guests, settle
from bolwerk.demo.reports import CLOSES, OPENS, in_office_hours, year_of_reports
from bolwerk.incidents.models import Incident
from bolwerk.incidents.rules import Channel, Kind, Status

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
BEGUN = NOW - timedelta(days=400)


def test_every_address_is_one_that_cannot_exist() -> None:
    assert DOMAIN.endswith(".example")
    assert all(guest.email.endswith(".example") for guest in guests())
    assert address_of("Gert-Jan de Boer") == f"gertjan.deboer@{DOMAIN}"


def test_one_can_sign_in_with_every_role_that_has_something_to_do_here() -> None:
    assert {guest.role for guest in guests()} == set(Role)


def test_every_story_has_a_kind_a_channel_and_a_department_with_people() -> None:
    staffed = set(read("people")["employees"])
    for story in read("stories"):
        assert Kind(story["kind"])
        assert Channel(story["channel"])
        assert story["department"] in staffed


@pytest.mark.parametrize("hours", range(0, 24 * 7, 5))
def test_nothing_happens_outside_office_hours(hours: int) -> None:
    local = timezone.localtime(in_office_hours(NOW + timedelta(hours=hours)))
    assert OPENS <= local.hour < CLOSES
    assert local.weekday() < 5


def test_the_version_is_the_same_as_long_as_nothing_changes() -> None:
    assert version() == version()


@pytest.mark.django_db
def test_a_year_of_reports_is_told_in_order_and_leaves_work_to_do() -> None:
    town = settle(at=BEGUN)
    events = year_of_reports(town, until=NOW, dice=Random(3), reports=48)
    for moment, deed in events:
        deed(moment)
    assert [event[0] for event in events] == sorted(event[0] for event in events)
    assert {Status.NEW, Status.CLOSED} <= set(Incident.objects.values_list("status", flat=True))
    assert Task.objects.overdue(NOW).exists()
    assert not Line.objects.filter(at__gt=NOW).exists()
    assert Person.objects.count() >= 60
