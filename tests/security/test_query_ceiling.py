"""No page asks the database more than twelve times, however much there is on it (quality.md, 3 I 55)."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse

from bolwerk.accounts.models import Person
from bolwerk.accounts.routes import Route, all_routes
from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import AT, make_department, make_person, signed_in_client
from bolwerk.circle.actions.harvest import Attendance, Words, capture, keep_attendance
from bolwerk.circle.actions.sessions import answer_poll, end_session, start_session
from bolwerk.circle.models import Intervision, Participant, Photo, Preparation, Recognised, Session
from bolwerk.circle.queries.methods import copy_of
from bolwerk.circle.rules import Level
from bolwerk.circle.rules.sessions import Answer, Captured
from bolwerk.circle.tests.advice_makers import make_worked_on
from bolwerk.circle.tests.makers import make_circle, make_member, make_participant
from bolwerk.circle.tests.run_makers import person_of
from bolwerk.circle.tests.session_makers import make_session
from bolwerk.incidents.actions import assign, give_feedback
from bolwerk.incidents.rules import Duty
from bolwerk.incidents.tests.care_makers import care_for
from bolwerk.incidents.tests.makers import make_incident
from tests.queries import counted
from tests.security.asking import WHOLE
from tests.security.world import REPORTER, World

CEILING = 12
# What the doctor sees, of every part of the house; and every kind of record that is kept, with what is due of it.
# A phone in an exercise is at a door: the throttle asks as often as it does at sign-in.
LOOKS_EVERYWHERE = {"state": 18, "incidents:answer_exercise": 16}
CROWD = 30  # more than one page of any list
ASKS_EVERY_ROOM = {"trail:lines"}  # what its lines are about has a name in some room: one question to each of them
HEAD = "head of a sector"  # manager of a department with others below it
EVERYDAY = (REPORTER, HEAD, Role.AGGRESSION_COORDINATOR)
METHOD = copy_of("balint", case_known=True)
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


@pytest.mark.once  # Django asks as many questions of either database
@time_machine.travel(AT, tick=False)  # a session notes once a minute that it is in use
def test_no_page_asks_more_than_the_ceiling(house: World) -> None:
    above = {}
    browsers: dict[str, Client] = {}
    for turn, route in enumerate(PAGES):
        for who in visitors(route) if WHOLE else visitors(route)[turn % 2 :: 2]:  # every other one, in turns
            client = browsers.get(who) or browsers.setdefault(who, visitor(house.person(who)))
            with counted() as statements:
                answer = client.get(house.address(route))
            if answer.status_code == 200 and len(statements) > ceiling(route):
                above[f"{route.name} for {who}"] = len(statements)
    assert above == {}


def full_session(seats: list[Participant], *moments: datetime) -> Session:
    """A session with much of everything that its page shows; with more than one moment the poll for its day runs."""
    circle = seats[0].member.circle
    by, session = circle.founded_by, make_session(circle, *moments)
    for number, seat in enumerate(seats):
        assert seat.person
        days = dict.fromkeys(session.days.all(), Answer.YES)
        answer_poll(session=session, participant=seat, answers=days, by=seat.person, at=AT)
        case = make_worked_on(seat, *seats)
        Intervision.objects.create(
            circle=circle, session=session, case=case, method="balint", kept=METHOD, led_by=by, planned_at=AT
        )
        Preparation.objects.create(session=session, to=seat if number else None, words="Lees dit.", by=by, at=AT)
    return session


def brought(session: Session, seats: list[Participant]) -> None:
    """Lessons, quotes, promises and photos of everybody."""
    for seat in seats:
        assert seat.person
        for kind in Captured:
            capture(session=session, words=Words(kind, "Bel terug.", Level.GREEN, seat), by=seat.person, at=AT)
        photo = Photo.objects.create(session=session, by=session.circle.founded_by, at=AT)
        Recognised.objects.bulk_create(Recognised(photo=photo, participant=one) for one in seats)
    keep_attendance(session=session, present=Attendance(seats), by=session.circle.founded_by, at=AT)


@time_machine.travel(AT, tick=False)
def test_a_session_asks_no_more_than_the_ceiling_in_any_state(db: None) -> None:
    circle = make_circle(at=AT)
    seats = [make_participant(make_member(circle, f"Gemeente {n}"), f"Wie {n}") for n in range(6)]
    before = full_session(seats, AT)
    before = start_session(session=before, seen=before.version, by=circle.founded_by, at=AT)
    brought(before, seats)
    end_session(session=before, seen=before.version, by=circle.founded_by, at=AT)
    polled = full_session(seats, AT + timedelta(days=7), AT + timedelta(days=8))
    planned, running = full_session(seats, AT), full_session(seats, AT)
    start_session(session=running, seen=running.version, by=circle.founded_by, at=AT)
    running.refresh_from_db()
    brought(running, seats)
    browsers = {"leads": visitor(circle.founded_by), "takes part": visitor(person_of(seats[0]))}
    above = {}
    for name, one in (("ended", before), ("poll", polled), ("planned", planned), ("running", running)):
        for who, client in browsers.items():
            for page in ("session", "session_screen", "rate", "capture"):
                with counted() as statements:
                    answer = client.get(reverse(f"circle:{page}", args=[circle.pk, one.pk]))
                if answer.status_code == 200 and len(statements) > CEILING:
                    above[f"{page}, {name}, {who}"] = len(statements)
    assert above == {}
