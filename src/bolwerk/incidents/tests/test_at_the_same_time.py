"""Two people, or one impatient thumb, at the same moment: one wins, nothing is doubled, nothing is lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from bolwerk.accounts.tests.makers import make_department, make_person
from bolwerk.deadlines.models import Task
from bolwerk.incidents.actions import ChangedMeanwhileError, change_status, report
from bolwerk.incidents.actions.response import move_measure
from bolwerk.incidents.models import CareMoment, Incident, MeasureEvent, StatusChange
from bolwerk.incidents.rules import Duty, Status
from bolwerk.incidents.rules.measures import Event
from bolwerk.incidents.tests.care_makers import care_for
from bolwerk.incidents.tests.makers import MONDAY, make_coordinator, make_facts, make_incident
from bolwerk.incidents.tests.response_makers import make_asked, make_board

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 6


def at_once(act: Callable[[int], object]) -> list[object]:
    """Do the same in several threads that start together; what they return, or the conflict they met."""
    start = Barrier(AT_ONCE)

    def run(number: int) -> object:
        try:
            start.wait()
            return act(number)
        except ChangedMeanwhileError as conflict:
            return conflict
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return list(threads.map(run, range(AT_ONCE)))


def test_a_report_that_arrives_six_times_at_once_is_one_report() -> None:
    person, key = make_person(department=make_department()), uuid4()

    def send(_number: int) -> object:
        return report(facts=make_facts(), happened_to=person, by=person, at=MONDAY, submission_key=key).pk

    assert len(set(at_once(send))) == 1
    assert Incident.objects.count() == 1
    assert Task.objects.count() == 5  # contact, talk, feedback, the first reaction to the person, and the police


def test_of_six_handlers_one_wins_and_five_are_told() -> None:
    coordinator, incident = make_coordinator(), make_incident()

    def pick_up(_number: int) -> object:
        return change_status(incident=incident, to=Status.IN_PROGRESS, by=coordinator, at=MONDAY, seen=1)

    outcomes = at_once(pick_up)
    assert sum(isinstance(outcome, ChangedMeanwhileError) for outcome in outcomes) == AT_ONCE - 1
    assert StatusChange.objects.count() == 1


def test_care_that_is_written_down_at_once_agrees_on_what_is_due_next() -> None:
    coordinator, incident = make_coordinator(), make_incident()
    duties = [Duty.CONTACT, Duty.RECEPTION_TALK]

    def care(number: int) -> object:
        return care_for(incident, duties[number % 2], coordinator).pk

    at_once(care)
    incident.refresh_from_db()
    assert CareMoment.objects.count() == len(duties)
    assert incident.next_due_at == Task.objects.open().get(key=Duty.FEEDBACK).due_at


def test_of_six_people_who_decide_a_measure_one_wins_and_five_are_told() -> None:
    measure, board = make_asked(make_incident(), make_coordinator()), make_board()

    def decide(_number: int) -> object:
        return move_measure(measure=measure, event=Event.DECIDE, by=board, at=MONDAY, seen=measure.version)

    outcomes = at_once(decide)
    assert sum(isinstance(outcome, ChangedMeanwhileError) for outcome in outcomes) == AT_ONCE - 1
    assert MeasureEvent.objects.filter(event=Event.DECIDE).count() == 1
