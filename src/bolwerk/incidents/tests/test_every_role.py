"""Every state, every step, every role: who may do what, from the person down to the table of moves.

The tables themselves are tested by hat and step where the rules are (test_rules, test_response_rules, test_care,
test_police_rules, test_norm_rules). Here each person of a small house is set before each state of each machine.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.utils import timezone

from bolwerk.accounts.models import Department, Person
from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import make_department, make_person, signed_in_client
from bolwerk.incidents.access import (
    care_hats_of,
    cared_incidents,
    handled_incidents,
    hats_for,
    hats_of,
    measures_to_decide,
    policed_incidents,
)
from bolwerk.incidents.actions.norms import plan_meeting
from bolwerk.incidents.actions.police import add_damage
from bolwerk.incidents.actions.response import Received, propose, receive_objection
from bolwerk.incidents.models import DamageItem, Incident, Measure, NormMeeting, Objection, PoliceReport
from bolwerk.incidents.queries.response import events_now
from bolwerk.incidents.rules import Status, steps_for
from bolwerk.incidents.rules import police as police_rules
from bolwerk.incidents.rules.care import CareEvent, CareState, care_events_for
from bolwerk.incidents.rules.damage import DamageState
from bolwerk.incidents.rules.measures import Event, Route, State
from bolwerk.incidents.rules.norms import NormMove, NormState
from bolwerk.incidents.rules.objections import ObjectionState, Verdict
from bolwerk.incidents.tests.makers import MONDAY, make_incident
from bolwerk.incidents.tests.norm_makers import make_norm_draft
from bolwerk.incidents.tests.police_makers import JACKET, make_police_report
from bolwerk.incidents.tests.response_makers import make_established, make_plan

pytestmark = pytest.mark.django_db
ELSEWHERE, VICTIM, REPORTER, NOBODY = "manager elsewhere", "victim", "reporter", "without a role"
WHO = [*Role.values, ELSEWHERE, VICTIM, REPORTER, NOBODY]
EVERYBODY = pytest.mark.parametrize("who", WHO)
MANAGER, COORDINATOR, BOARD, CARE = "manager", "aggression_coordinator", "board", "care_team"
HANDLE = {MANAGER, COORDINATOR}
ONCE = pytest.mark.once  # who has no part in it is refused by rows that the tests for EVERYBODY ask of both databases
EVERYBODY_TRIES = pytest.mark.parametrize(
    "who", [who if who in {*HANDLE, BOARD, VICTIM} else pytest.param(who, marks=ONCE) for who in WHO]
)


@dataclass(frozen=True)
class House:
    """A report of one colleague about what happened to another, and somebody in one capacity."""

    incident: Incident
    department: Department
    person: Person


def house(who: str) -> House:
    """The house with this person in it. Manager and care team are of the department; other roles of all of it."""
    department = make_department()
    reporter, victim = make_person("Rik", department=department), make_person("Vera", department=department)
    incident = make_incident(reporter, happened_to=victim)
    people: dict[str, Callable[[], Person]] = {
        VICTIM: lambda: victim,
        REPORTER: lambda: reporter,
        NOBODY: lambda: make_person("Nel", department=department),
        ELSEWHERE: lambda: make_person("Els", Role.MANAGER, roles_for=make_department("Elders")),
    }
    reach = department if who in {MANAGER, CARE} else None
    person = people[who]() if who in people else make_person("Iemand", Role(who), roles_for=reach)
    return House(incident, department, person)


def tried(who: str, states: Iterable[Any], steps: Iterable[Any]) -> list[tuple[Any, Any]]:
    """What somebody tries: every step from every state; whoever is shown no page at all, one step from every state."""
    every = list(product(states, steps))
    return every if who in HANDLE else list({now: (now, step) for now, step in every}.values())


@EVERYBODY
def test_the_incident(who: str) -> None:
    here = house(who)
    hats = hats_of(here.person, here.incident, on=MONDAY.date())
    handled = Incident.objects.filter(pk=here.incident.pk) & handled_incidents(here.person, on=MONDAY.date())
    assert handled.exists() is (who in HANDLE)
    allowed = {
        (Status.NEW, Status.IN_PROGRESS): HANDLE,
        (Status.NEW, Status.CLOSED): {COORDINATOR},
        (Status.NEW, Status.WITHDRAWN): {REPORTER},
        (Status.IN_PROGRESS, Status.CLOSED): HANDLE,
        (Status.IN_PROGRESS, Status.WITHDRAWN): {REPORTER},
        (Status.CLOSED, Status.IN_PROGRESS): {COORDINATOR},
        (Status.WITHDRAWN, Status.IN_PROGRESS): {COORDINATOR},
    }
    for now, to in product(Status, Status):
        assert (to in steps_for(now, hats)) is (who in allowed.get((now, to), set())), (now, to)


@EVERYBODY
def test_the_care_track(who: str) -> None:
    here = house(who)
    hats = care_hats_of(here.person, here.incident, on=MONDAY.date())
    reads = cared_incidents(here.person, on=MONDAY.date()).filter(pk=here.incident.pk).exists()
    assert reads is (who in {MANAGER, CARE})
    allowed = {
        (CareState.RUNNING, CareEvent.DECLINE): {MANAGER, CARE, VICTIM},
        (CareState.DECLINED, CareEvent.RESUME): {MANAGER, CARE, VICTIM},
    }
    for now, event in product(CareState, CareEvent):
        assert (event in care_events_for(now, hats)) is (who in allowed.get((now, event), set())), (now, event)


@EVERYBODY
def test_the_response_track(who: str) -> None:
    here = house(who)
    writer = make_person("Carla", Role.AGGRESSION_COORDINATOR)
    make_established(here.incident, writer)
    measure = propose(incident=here.incident, plan=make_plan(), by=writer, at=MONDAY)  # the board decides a ban
    allowed = {
        (State.PROPOSED, Event.CHANGE): HANDLE,
        (State.PROPOSED, Event.ASK): HANDLE,
        (State.PROPOSED, Event.WITHDRAW): HANDLE,
        (State.ASKED, Event.DECIDE): {BOARD},
        (State.ASKED, Event.REFUSE): {BOARD},
        (State.ASKED, Event.WITHDRAW): HANDLE,
        (State.DECIDED, Event.SEND): HANDLE,
        (State.DECIDED, Event.WITHDRAW): {BOARD},
        (State.SENT, Event.REVIEW): HANDLE | {BOARD},
        (State.SENT, Event.BREACH): HANDLE,
        (State.SENT, Event.LIFT): {BOARD},
    }
    today = MONDAY.date()
    for state in State:
        Measure.objects.filter(pk=measure.pk).update(state=state)
        now = Measure.objects.get(pk=measure.pk)
        now.incident = here.incident
        asked = measures_to_decide(here.person, on=today).filter(pk=measure.pk).exists()
        assert asked is (who == BOARD and state not in {State.PROPOSED, State.WITHDRAWN}), state
        found = events_now(now, hats=hats_for(here.person, now, on=today), on=today)
        assert set(found) == {event for event in Event if who in allowed.get((state, event), set())}, state


@EVERYBODY_TRIES
def test_objections_and_complaints(who: str) -> None:
    here = house(who)
    writer = make_person("Carla", Role.AGGRESSION_COORDINATOR)
    make_established(here.incident, writer)
    measure = propose(incident=here.incident, plan=make_plan(), by=writer, at=MONDAY)
    Measure.objects.filter(pk=measure.pk).update(state=State.SENT, sent_on=MONDAY.date())
    measure.refresh_from_db()
    received = Received(Route.OBJECTION, MONDAY.date())
    objection = receive_objection(measure=measure, received=received, by=writer, at=MONDAY)
    client = signed_in_client(here.person)
    address = f"/meldingen/{here.incident.pk}/reactie/bezwaar/{objection.pk}/"
    for now, verdict in tried(who, ObjectionState, [*Verdict.values, "withdrawn"]):
        objection.state, objection.verdict, objection.answer = now, "", ""
        objection.save()
        answer = client.post(address, {"verdict": verdict, "answer": "Omdat."})
        row = Objection.objects.get(pk=objection.pk)
        if who in HANDLE and now == ObjectionState.RUNNING:
            to = ObjectionState.WITHDRAWN if verdict == "withdrawn" else ObjectionState.DECIDED
            assert (answer.status_code, row.state) == (302, to), verdict
        else:
            assert (row.state, row.answer) == (now, ""), (now, verdict)
            assert answer.status_code == (404 if who not in HANDLE else answer.status_code)


@EVERYBODY_TRIES
def test_reports_to_the_police(who: str) -> None:
    here, today = house(who), timezone.localdate()
    writer = make_person("Carla", Role.AGGRESSION_COORDINATOR)
    client = signed_in_client(here.person)
    assert policed_incidents(here.person, on=today).filter(pk=here.incident.pk).exists() is (who in HANDLE)
    for kind in police_rules.ReportKind:
        report = make_police_report(here.incident, writer, at=timezone.now(), on=today, kind=kind, reported_on=today)
        address = f"/meldingen/{here.incident.pk}/politie/{report.pk}/stand/"
        for now, to in tried(who, police_rules.State, police_rules.State):
            PoliceReport.objects.filter(pk=report.pk).update(state=now, outcome="", version=1)
            outcome = police_rules.outcomes_for(kind)[0] if to is police_rules.State.OVER else ""
            told = {"to": to, "on": today.isoformat(), "outcome": outcome, "seen": 1}
            answer = client.post(address, told)
            row = PoliceReport.objects.get(pk=report.pk)
            if who in HANDLE and to in police_rules.MOVES[kind][now]:
                assert (answer.status_code, row.state) == (302, to), (kind, now, to)
            else:
                assert (row.state, row.version) == (now, 1), (kind, now, to)
                assert answer.status_code == (200 if who in HANDLE else 404), (kind, now, to)


@EVERYBODY_TRIES
def test_damage(who: str) -> None:
    here = house(who)
    open_again = {(DamageState.SETTLED, DamageState.AWARDED), (DamageState.REFUSED, DamageState.CLAIMED)}
    ended = {DamageState.SETTLED, DamageState.REFUSED}
    allowed = {(now, to): HANDLE for now, to in product(DamageState, DamageState) if now == to or now not in ended} | {
        move: {COORDINATOR} for move in open_again
    }
    item = add_damage(incident=here.incident, item=JACKET, by=here.incident.reporter, at=MONDAY)
    client = signed_in_client(here.person)
    address = f"/meldingen/{here.incident.pk}/politie/schade/{item.pk}/"
    told = {"party": "victim", "loss": "goods", "amount": "129,95", "way": "criminal", "recovered": "10", "seen": 1}
    for now, to in tried(who, DamageState, DamageState):
        DamageItem.objects.filter(pk=item.pk).update(state=now, version=1)
        answer = client.post(address, told | {"state": to})
        row = DamageItem.objects.get(pk=item.pk)
        if who in allowed.get((now, to), set()):
            assert (answer.status_code, row.state, row.version) == (302, to, 2), (now, to)
        else:
            assert (row.state, row.version) == (now, 1), (now, to)
            assert answer.status_code == (200 if who in HANDLE else 404), (now, to)


@EVERYBODY_TRIES
def test_the_norm(who: str) -> None:
    here = house(who)
    writer = make_person("Carla", Role.AGGRESSION_COORDINATOR)
    norm = make_norm_draft(writer)
    client = signed_in_client(here.person)
    slugs = {NormMove.OFFER: "aanbieden", NormMove.ADOPT: "vaststellen", NormMove.SEND_BACK: "terugsturen"}
    allowed = {
        (NormState.DRAFT, NormMove.OFFER): ({COORDINATOR}, NormState.OFFERED),
        (NormState.OFFERED, NormMove.ADOPT): ({BOARD}, NormState.ADOPTED),
        (NormState.OFFERED, NormMove.SEND_BACK): ({BOARD}, NormState.DRAFT),
    }
    today = timezone.localdate()
    for now, move in product(NormState, NormMove):
        type(norm).objects.filter(pk=norm.pk).update(
            state=now, version=1, adopted_by=writer if now == NormState.ADOPTED else None, valid_from=today
        )
        told = {"seen": 1, "valid_from": today.isoformat(), "words": "Nog eens kijken."}
        client.post(f"/meldingen/norm/{norm.pk}/{slugs[move]}/", told)
        row = type(norm).objects.get(pk=norm.pk)
        people, to = allowed.get((now, move), (set(), now))
        assert row.state == (to if who in people else now), (now, move)
        type(norm).objects.filter(pk=norm.pk).update(state=NormState.DRAFT)


@EVERYBODY_TRIES
def test_meetings_about_the_norm(who: str) -> None:
    here, today, now = house(who), timezone.localdate(), timezone.now()
    writer = make_person("Carla", Role.AGGRESSION_COORDINATOR)
    client = signed_in_client(here.person)
    over: dict[str, dict[str, object]] = {
        "planned": {"held_at": None, "cancelled_at": None, "over_at": None},
        "held": {"held_at": now, "cancelled_at": None, "over_at": now},
        "cancelled": {"held_at": None, "cancelled_at": now, "over_at": now},
    }
    later = (today + timedelta(days=7)).isoformat()
    steps: dict[str, dict[str, str]] = {
        "plan/verzetten/": {"planned_on": later, "why": "Ziek."},
        "plan/afzeggen/": {"why": "Ziek."},
        "afronden/": {"present": "5", "outcomes": "Schreeuwen is rood."},
    }
    meeting = plan_meeting(department=here.department, planned_on=today, by=writer, at=now)
    for state, (step, told) in product(over, steps.items()):
        NormMeeting.objects.filter(pk=meeting.pk).update(version=1, planned_on=today, **over[state])
        answer = client.post(f"/meldingen/norm/bijeenkomst/{meeting.pk}/{step}", told | {"seen": "1"})
        row = NormMeeting.objects.get(pk=meeting.pk)
        if who in HANDLE and state == "planned":
            assert (answer.status_code, row.version) == (302, 2), (state, step)
        else:
            assert row.version == 1, (state, step)
            assert who in HANDLE or answer.status_code == 404, (state, step)
