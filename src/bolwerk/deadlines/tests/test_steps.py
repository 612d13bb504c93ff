"""People hear of a task once per moment, in words that say nothing."""

from datetime import timedelta

import pytest

from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import make_person
from bolwerk.audit.actions import SYSTEM
from bolwerk.deadlines.actions import complete, move, take_due_steps
from bolwerk.deadlines.models import Message, Step
from bolwerk.deadlines.tests.makers import MONDAY, make_task

pytestmark = pytest.mark.django_db
HALF_WAY, LAST_CALL, DUE = (MONDAY + timedelta(hours=hours) for hours in (36, 64.8, 72))


def kinds_for(person: Person) -> list[str]:
    """The kinds of mail that wait for somebody, first one first."""
    return list(Message.objects.filter(person=person).order_by("created_at").values_list("kind", flat=True))


def test_the_owner_is_reminded_half_way_and_near_the_end() -> None:
    owner = make_person()
    make_task(owner)
    assert take_due_steps(at=HALF_WAY - timedelta(seconds=1)) == 0
    assert take_due_steps(at=HALF_WAY) == 1
    assert take_due_steps(at=LAST_CALL) == 1
    assert kinds_for(owner) == [Message.Kind.TASK, Message.Kind.REMINDER, Message.Kind.REMINDER]


def test_a_step_is_taken_once_however_often_the_clock_ticks() -> None:
    owner = make_person()
    make_task(owner)
    assert [take_due_steps(at=HALF_WAY) for _tick in range(3)] == [1, 0, 0]
    assert kinds_for(owner) == [Message.Kind.TASK, Message.Kind.REMINDER]


def test_a_late_task_climbs_the_chain_one_working_day_apart() -> None:
    manager, coordinator = make_person("Mo Idrissi"), make_person("Ans Bos")
    make_task(make_person(), manager, coordinator)
    take_due_steps(at=DUE)
    assert kinds_for(manager) == [Message.Kind.ESCALATION]
    assert kinds_for(coordinator) == []
    take_due_steps(at=DUE + timedelta(days=2))
    assert kinds_for(coordinator) == [Message.Kind.ESCALATION]


def test_after_a_pause_of_the_worker_one_reminder_is_enough() -> None:
    owner = make_person()
    make_task(owner)
    assert take_due_steps(at=LAST_CALL) == 2
    assert kinds_for(owner) == [Message.Kind.TASK, Message.Kind.REMINDER]


def test_a_done_task_is_silent() -> None:
    owner = make_person()
    task = make_task(owner, make_person("Mo Idrissi"))
    complete(subject=task.subject, key=task.key, by=owner.urn, at=MONDAY)
    assert take_due_steps(at=DUE + timedelta(days=9)) == 0
    assert not Step.objects.exists()


def test_a_moved_task_reminds_at_the_new_moments() -> None:
    owner = make_person()
    task = make_task(owner)
    move(subject=task.subject, key=task.key, to=task.due_at + timedelta(days=30), by=SYSTEM, at=MONDAY)
    assert take_due_steps(at=LAST_CALL) == 0


def test_a_role_that_nobody_holds_is_passed_over_at_once() -> None:
    last = make_person("Ans Bos")
    make_task(make_person(), Role.AGGRESSION_COORDINATOR, last)
    take_due_steps(at=DUE)
    take_due_steps(at=DUE)
    assert kinds_for(last) == [Message.Kind.ESCALATION]
    assert Step.objects.get(role=Role.AGGRESSION_COORDINATOR).reached == 0
