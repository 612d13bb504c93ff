"""Mijn taken: people see what is theirs, and nothing of anybody else."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings
from time_machine import travel

from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import make_department, make_person
from bolwerk.audit.models import Line
from bolwerk.deadlines.models import Task
from bolwerk.deadlines.queries import first_tasks, time_left, working_calendar
from bolwerk.deadlines.rules import Clock, Term, Unit
from bolwerk.deadlines.tests.makers import CALL, MONDAY, make_task

pytestmark = pytest.mark.django_db
LISTS = ("deadlines:mine", "deadlines:team", "deadlines:overdue")


def page(client: Client, name: str) -> str:
    """A list as it stands there."""
    response = client.get(reverse(name))
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("name", LISTS)
def test_each_list_says_what_would_appear_when_there_is_nothing(client: Client, name: str) -> None:
    client.force_login(make_person())
    assert "bw-empty" in page(client, name)


def test_a_task_stands_in_the_list_of_its_owner_alone(client: Client) -> None:
    owner, other = make_person(), make_person("Mo Idrissi")
    make_task(owner, clock=Clock("canary", "Feed the canary", Term(2, Unit.WORKING_DAYS)), at=datetime.now(UTC))
    client.force_login(owner)
    assert "Feed the canary" in page(client, "deadlines:mine")
    client.force_login(other)
    assert not any("Feed the canary" in page(client, name) for name in LISTS)


def test_a_late_task_stands_in_overdue_and_with_whoever_it_came_to(client: Client) -> None:
    owner, manager = make_person(), make_person("Mo Idrissi")
    make_task(owner, manager)
    with travel(MONDAY + timedelta(days=4), tick=False):
        client.force_login(manager)
        assert "Sanne de Wit" in page(client, "deadlines:team")
        assert "Sanne de Wit" in page(client, "deadlines:overdue")
        assert "Sanne de Wit" not in page(client, "deadlines:mine").split("bw-list")[1]


def test_a_task_by_hand_is_ticked_off_with_one_button(client: Client) -> None:
    owner = make_person()
    task = make_task(owner, clock=CALL)
    client.force_login(owner)
    assert (
        reverse("deadlines:done", args=[task.pk])
        in client.get(reverse("deadlines:task", args=[task.pk])).content.decode()
    )
    client.post(reverse("deadlines:done", args=[task.pk]))
    assert Task.objects.get().status == Task.Status.DONE
    assert client.post(reverse("deadlines:done", args=[task.pk])).status_code == 404


def test_only_the_owner_ticks_off(client: Client) -> None:
    owner, manager = make_person(), make_person("Mo Idrissi")
    task = make_task(owner, manager, clock=CALL)
    client.force_login(manager)
    assert client.post(reverse("deadlines:done", args=[task.pk])).status_code == 404
    assert Task.objects.get().status == Task.Status.OPEN


@pytest.mark.parametrize("name", ["deadlines:task", "deadlines:done"])
def test_a_task_of_another_answers_as_one_that_does_not_exist(client: Client, name: str) -> None:
    task = make_task(make_person(), clock=CALL)
    client.force_login(make_person("Mo Idrissi"))
    method = client.get if name == "deadlines:task" else client.post
    answers = [method(reverse(name, args=[pk])) for pk in (task.pk, uuid4())]
    assert [answer.status_code for answer in answers] == [404, 404]


def address_of_nothing(urn: str, person: object, *, on: object) -> str | None:
    """A room that leads to its subject whoever may see it."""
    return f"/onderwerp/{urn.rsplit(':', 1)[-1]}/" if getattr(person, "name", "") == "Sanne de Wit" else None


def test_a_task_leads_to_its_subject_for_whoever_may_see_that(client: Client, settings: Settings) -> None:
    settings.SUBJECT_ADDRESSES = {"incidents": f"{__name__}.address_of_nothing"}
    owner, manager = make_person(), make_person("Mo Idrissi")
    task = make_task(owner, manager)
    address = reverse("deadlines:task", args=[task.pk])
    client.force_login(owner)
    assert client.get(address).headers["Location"].startswith("/onderwerp/")
    with travel(MONDAY + timedelta(days=4), tick=False):
        client.force_login(manager)
        answer = client.get(address)
    assert answer.status_code == 200
    assert "/onderwerp/" not in answer.content.decode()


def test_a_list_taken_along_as_a_file_stands_in_the_trail(client: Client) -> None:
    owner = make_person()
    make_task(owner)
    client.force_login(owner)
    body = b"".join(client.get(reverse("deadlines:mine"), {"format": "csv"}))
    assert b"Hold the reception talk" in body
    assert Line.objects.get(event="deadlines.tasks.exported").facts == {"rows": 1}


def test_a_list_costs_the_same_however_long(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    team = make_department()
    manager = make_person("Mo Idrissi", Role.MANAGER, Role.AGGRESSION_COORDINATOR, roles_for=team)
    for _number in range(30):
        make_task(Role.MANAGER, department=team)
    client.force_login(manager)
    client.get(reverse("deadlines:team"))
    with django_assert_max_num_queries(12):
        client.get(reverse("deadlines:mine"))


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (timedelta(0), "nog 2 werkdagen (tot en met woensdag)"),
        (timedelta(days=1), "nog 1 werkdag (tot en met woensdag)"),
        (timedelta(days=2), "vandaag is de laatste dag"),
        (timedelta(days=4), "2 werkdagen te laat"),
    ],
)
def test_how_long_still_reads_as_people_say_it(after: timedelta, words: str) -> None:
    task = make_task(make_person(), clock=CALL)
    assert time_left(task, at=MONDAY + after, calendar=working_calendar()) == words


def test_the_last_day_of_a_term_in_hours_tells_the_hour() -> None:
    task = make_task(make_person())
    calendar = working_calendar()
    assert time_left(task, at=task.due_at - timedelta(hours=1), calendar=calendar) == "vandaag vóór 10.00 uur"
    assert time_left(task, at=task.due_at + timedelta(hours=1), calendar=calendar) == "te laat sinds vandaag 10.00 uur"


def test_my_day_shows_what_is_due_first() -> None:
    owner = make_person()
    make_task(owner, clock=CALL)
    make_task(owner)
    lines = first_tasks(owner, at=MONDAY + timedelta(days=3))
    assert [line.late for line in lines] == [True, False]


def test_tasks_of_the_same_kind_are_told_apart_by_what_they_are_about(client: Client) -> None:
    owner = make_person()
    for number in ("FR84-7DGW", "KM22-9QXA"):
        make_task(owner, clock=Clock("call", "Call somebody", Term(2, Unit.DAYS), about=number), at=datetime.now(UTC))
    client.force_login(owner)
    assert all(number in page(client, "deadlines:mine") for number in ("FR84-7DGW", "KM22-9QXA"))
    assert {line.about for line in first_tasks(owner, at=datetime.now(UTC))} == {"FR84-7DGW", "KM22-9QXA"}
