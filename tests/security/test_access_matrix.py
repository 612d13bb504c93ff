"""Who gets what on every route, and that what one may not see does not exist (quality.md, 3 A)."""

import os
import re
from uuid import UUID

import pytest
from django.urls import reverse

from bolwerk.accounts import access
from bolwerk.accounts.models import Department, Grant, Person
from bolwerk.accounts.routes import HIDDEN, OPEN, all_routes
from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import AT
from bolwerk.audit.models import Line
from bolwerk.deadlines.access import tasks_owned_by
from bolwerk.incidents.access import incidents_for, own_incidents
from bolwerk.incidents.models import Incident
from tests.security import matrix
from tests.security.asking import FEWEST, Found, answer, asks_for_a_thing, result
from tests.security.world import (
    ANONYMOUS,
    DEACTIVATED,
    MANAGER_ELSEWHERE,
    REPORTER,
    World,
    parameters,
)

ROUTES = all_routes()
PARTS = 8  # in which the routes are asked
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
TODAY = AT.date()
RANDOM = 4  # the version of a UUID that is made of chance
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


@pytest.mark.timeout(900)  # many routes, for everybody
@pytest.mark.parametrize("part", range(PARTS))  # a test each, so that they run beside each other
def test_everybody_gets_what_the_table_says_and_what_is_hidden_looks_like_nothing(world: World, part: int) -> None:
    browsers = {who: world.client(who) for who in world.people}
    mine, found = ROUTES[part::PARTS], Found(matrix.table())
    for turn, route in enumerate(mine, start=part):
        found.ask(world, route, browsers, turn)
    if os.environ.get(matrix.WRITE):
        rows = {name: matrix.row(methods) for name, methods in found.results.items()}
        matrix.write(rows if part == 0 else matrix.table() | rows)
        found.agreed = matrix.table()
    new = sorted(found.results.keys() - found.agreed.keys())
    assert not new, (
        f"Not in tests/security/matrix.json: {new}. Run `python -m tests.security.matrix`, read who gets what, commit."
    )
    assert found.wrong() == {}
    assert found.told_apart == [], "Somebody can tell that there is something."
    assert found.changed == {}, "Looking at a page changes something."
    few = [route.name for route in mine if asks_for_a_thing(route) and found.hidden[route.name] < FEWEST]
    assert few == [], "Almost nobody is refused there."


def test_no_route_in_the_table_is_gone() -> None:
    gone = matrix.table().keys() - {route.name for route in ROUTES}
    assert sorted(gone) == [], "These routes are gone: write the table anew."


def test_no_answer_is_ever_403_and_nothing_breaks() -> None:
    statuses = {status for row in matrix.table().values() for groups in row.values() for status in groups}
    assert {status for status in statuses if status.startswith(("403", "5"))} == set()


def test_the_declared_access_agrees_with_the_table() -> None:
    table = matrix.table()
    wrong = [
        f"{route.name} {method}: {role} gets {matrix.status_of(role.value, groups)}, declared is {route.gets(role)}"
        for route in ROUTES
        for method, groups in table[route.name].items()
        for role in Role
        if ((route.gets(role) == HIDDEN) and matrix.status_of(role.value, groups) != "404")
        or (route.gets(role) == OPEN and matrix.status_of(role.value, groups) == matrix.TO_THE_DOOR)
    ]
    assert wrong == []


def test_who_left_gets_no_more_than_a_stranger() -> None:
    for name, methods in matrix.table().items():
        for groups in methods.values():
            together = [who for who in groups.values() if {ANONYMOUS, DEACTIVATED} & set(who)]
            assert all({ANONYMOUS, DEACTIVATED} <= set(who) for who in together), name


@pytest.mark.once  # a method is refused before anything is looked up
@pytest.mark.timeout(900)
def test_other_methods_are_not_answered(world: World) -> None:
    client = world.client(Role.FUNCTIONAL_ADMINISTRATOR)
    answered = [
        f"{method} {route.name}"
        for route in ROUTES
        for method in set(METHODS) - route.methods
        if result(answer(client, method, world.address(route))) != "405"
    ]
    assert answered == []


def test_a_denial_is_written_down_without_saying_more_than_where(world: World) -> None:
    world.client(Role.ANALYST).get("/mensen/")
    line = Line.objects.order_by("-sequence")[0]
    analyst = world.person(Role.ANALYST)
    assert (line.event, line.subject, line.actor) == ("denied", "urn:bolwerk:route:people", analyst.urn)


def test_a_role_taken_back_is_gone_with_the_next_request(world: World) -> None:
    for role in Role:
        opened = [r for r in ROUTES if r.access and role in r.access.roles and "GET" in r.methods]
        client = world.client(role)
        Grant.objects.filter(person=world.people[role]).update(withdrawn_at=AT)
        still = [route.name for route in opened if client.get(world.address(route)).status_code != 404]
        assert still == [], role


def test_who_is_made_inactive_is_out_with_the_next_request(world: World) -> None:
    client = world.client(Role.FUNCTIONAL_ADMINISTRATOR)
    assert client.get("/mensen/").status_code == 200
    Person.objects.filter(pk=world.person(Role.FUNCTIONAL_ADMINISTRATOR).pk).update(is_active=False)
    assert client.get("/mensen/")["Location"].startswith("/inloggen/")


def test_no_role_brings_another(world: World) -> None:
    for role in Role:
        assert access.roles_of(world.person(role), on=TODAY) == {role}


def test_rows_are_walled_like_pages(world: World) -> None:
    for role in Role:
        person = world.person(role)
        seen = incidents_for(person, on=TODAY).count()
        assert seen == (1 if role in {Role.MANAGER, Role.AGGRESSION_COORDINATOR} else 0), role
        assert not tasks_owned_by(person, at=AT).filter(pk=str(world.things["task_id"])).exists(), role
    assert incidents_for(world.person(MANAGER_ELSEWHERE), on=TODAY).count() == 0
    assert own_incidents(world.person(REPORTER)).count() == 1
    elsewhere = frozenset({Department.objects.get(name="Vergunningen").pk})
    assert access.departments_of(world.person(MANAGER_ELSEWHERE), Role.MANAGER, on=TODAY) == elsewhere


def test_every_thing_in_an_address_is_a_random_number_or_a_known_word(world: World) -> None:
    """Nothing can be found by counting: an id is a UUID with 122 random bits (quality.md, A 4)."""
    guessable = [
        f"{route.name}: {name}"
        for route in ROUTES
        for name in parameters(route)
        if name.endswith("_id")
        and not (isinstance(thing := world.thing(route, name), UUID) and thing.version == RANDOM)
    ]
    assert guessable == []


@pytest.mark.parametrize("page", ["incidents:incident", "incidents:own_incident"])
def test_a_report_number_opens_nothing(world: World, page: str) -> None:
    incident = Incident.objects.get(pk=str(world.things["incident_id"]))
    there = reverse(page, args=[incident.pk]).replace(str(incident.pk), incident.reference)
    found = {world.client(who).get(there).status_code for who in (REPORTER, ANONYMOUS, Role.AGGRESSION_COORDINATOR)}
    assert found == {404}


def test_no_title_or_address_says_what_a_report_is_about(world: World) -> None:
    """Neither the history of a browser nor a shoulder beside it learns anything (quality.md, C 22; ASVS 14.2.1)."""
    incident = Incident.objects.get(pk=str(world.things["incident_id"]))
    told = {
        incident.words,
        incident.place,
        incident.happened_to.name,
        incident.reporter.name,
        incident.get_kind_display(),
    }
    said: list[str] = []
    for who in (REPORTER, Role.AGGRESSION_COORDINATOR):
        client = world.client(who)
        for route in ROUTES:
            if "incident_id" in parameters(route) and "GET" in route.methods:
                title = TITLE.search(client.get(world.address(route)).content.decode())
                said += [world.address(route), title[1] if title else ""]
    assert len(said) > 10
    assert [text for text in said if any(word and word in text for word in told)] == []
