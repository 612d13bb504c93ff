"""No page asks the database more than twelve times, however much there is on it (quality.md, 3 I 55)."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse

from bolwerk.accounts.models import Person
from bolwerk.accounts.routes import Route, all_routes
from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import AT, make_department, make_person, signed_in_client
from bolwerk.incidents.actions import assign, give_feedback
from bolwerk.incidents.rules import Duty
from bolwerk.incidents.tests.care_makers import care_for
from bolwerk.incidents.tests.makers import make_incident
from tests.queries import counted
from tests.security.world import REPORTER, World

CEILING = 12
# What the doctor sees, of every part of the house; and every kind of record that is kept, with what is due of it.
# A phone in an exercise is at a door: the throttle asks as often as it does at sign-in.
LOOKS_EVERYWHERE = {"state": 18, "incidents:answer_exercise": 16}
CROWD = 30  # more than one page of any list
ASKS_EVERY_ROOM = {"trail:lines"}  # what its lines are about has a name in some room: one question to each of them
HEAD = "head of a sector"  # manager of a department with others below it
EVERYDAY = (REPORTER, HEAD, Role.AGGRESSION_COORDINATOR)
PAGES = [route for route in all_routes() if "GET" in route.methods]


@pytest.fixture
def house(world: World) -> World:
    """The world, with many of everything in a tree of departments, and an incident about which much was written."""
    reporter = world.person(REPORTER)
    sector = make_department("Sector")
    assert reporter.department
    reporter.department.parent = make_department("Middle", parent=sector)
    reporter.department.save()
    world.people[HEAD] = head = make_person("Hella Head", Role.MANAGER, roles_for=sector)
    for number in range(CROWD):
        colleague = make_person(f"Colleague {number}", Role.MANAGER, department=reporter.department, roles_for=sector)
        make_incident(reporter if number % 2 else colleague)
        make_department(f"Team {number}", parent=sector)
    _write_much(world, head)
    return world


def _write_much(world: World, head: Person) -> None:
    incident = make_incident(world.person(REPORTER))
    world.things["incident_id"] = incident.pk
    for number in range(CROWD):
        at = AT + timedelta(minutes=number)
        assign(incident=incident, to=head, by=head, at=at, seen=incident.version)
        incident.refresh_from_db()
    give_feedback(incident=incident, text="Bedankt voor je melding.", by=head, at=AT, seen=incident.version)
    for duty in (Duty.CONTACT, Duty.RECEPTION_TALK):
        care_for(incident, duty, head, at=AT)


def visitors(route: Route) -> list[str]:
    """Who opens this page in the test: everyday visitors, and one of every role that it is declared for."""
    named = route.access.roles if route.access else frozenset()
    return [*EVERYDAY, *sorted(named - {Role.AGGRESSION_COORDINATOR})]


def visitor(person: Person) -> Client:
    """Somebody who opened a page before: the first one of a session writes when that began."""
    client = signed_in_client(person)
    client.get(reverse("ui:more"))
    return client


def ceiling(route: Route) -> int:
    """How often this page may ask."""
    return LOOKS_EVERYWHERE.get(route.name, CEILING) + (len(settings.NAME_OF) if route.name in ASKS_EVERY_ROOM else 0)


@time_machine.travel(AT, tick=False)  # a session notes once a minute that it is in use
def test_no_page_asks_more_than_the_ceiling(house: World) -> None:
    above = {}
    browsers: dict[str, Client] = {}
    for route in PAGES:
        for who in visitors(route):
            client = browsers.get(who) or browsers.setdefault(who, visitor(house.person(who)))
            with counted() as statements:
                answer = client.get(house.address(route))
            if answer.status_code == 200 and len(statements) > ceiling(route):
                above[f"{route.name} for {who}"] = len(statements)
    assert above == {}
