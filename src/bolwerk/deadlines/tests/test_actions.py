"""Clocks start once, end once, and everything is written in the trail."""

from datetime import timedelta

import pytest

from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import make_department, make_person
from bolwerk.audit.actions import SYSTEM
from bolwerk.audit.models import Line
from bolwerk.deadlines import access, queries
from bolwerk.deadlines.actions import Start, cancel, cancel_all, complete, hand_over, keep_away, move, start_clocks
from bolwerk.deadlines.models import Message, Step, Task
from bolwerk.deadlines.queries import Owner
from bolwerk.deadlines.tests.makers import CALL, MONDAY, TALK, make_subject, make_task

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=1)


def test_the_same_clock_of_a_subject_starts_once() -> None:
    person, subject = make_person(), make_subject()
    first = make_task(person, subject=subject)
    assert make_task(person, subject=subject) == first
    assert Task.objects.count() == 1
    assert Line.objects.filter(event="deadlines.task.started").count() == 1


def test_a_clock_plans_two_reminders_and_its_chain() -> None:
    manager, coordinator = make_person(), make_person("Mo Idrissi")
    task = make_task(make_person(), manager, coordinator)
    kinds = list(task.steps.values_list("kind", flat=True))
    assert kinds == [Step.Kind.REMINDER, Step.Kind.REMINDER, Step.Kind.ESCALATION, Step.Kind.ESCALATION]
    moments = list(task.steps.values_list("at", flat=True))
    assert moments[0] - MONDAY == timedelta(hours=36)
    assert moments[2] == task.due_at
    assert moments[3] > task.due_at


def test_clocks_that_start_together_mail_their_owner_once_about_the_first_that_is_due() -> None:
    owner, other, subject = make_person(), make_person("Mo Idrissi"), make_subject()
    starts = [Start(subject, CALL, Owner(owner)), Start(subject, TALK, Owner(owner))]
    starts.append(Start(make_subject(), TALK, Owner(other), begins=LATER))
    call, talk, others = start_clocks(starts=starts, by=SYSTEM, at=MONDAY)
    first = min(call, talk, key=lambda task: task.due_at)
    assert set(Message.objects.values_list("person", "task")) == {(owner.pk, first.pk), (other.pk, others.pk)}
    assert others.due_at - talk.due_at == LATER - MONDAY


def test_of_clocks_that_start_together_one_that_runs_stays_as_it_is() -> None:
    owner = make_person()
    runs = make_task(owner)
    starts = [Start(runs.subject, TALK, Owner(make_person("Mo Idrissi"))), Start(runs.subject, CALL, Owner(owner))]
    again, new = start_clocks(starts=starts, by=SYSTEM, at=LATER)
    assert (again.pk, again.owner_person_id, again.due_at) == (runs.pk, owner.pk, runs.due_at)
    assert new.steps.exists()
    assert Line.objects.filter(event="deadlines.task.started").count() == 2


def test_a_task_is_ticked_off_once() -> None:
    person = make_person()
    task = make_task(person)
    done = complete(subject=task.subject, key="talk", by=person.urn, at=LATER)
    assert done is not None
    assert done.ended_by == person.urn
    assert complete(subject=task.subject, key="talk", by=person.urn, at=LATER) is None
    assert Line.objects.filter(event="deadlines.task.done").count() == 1


def test_closing_a_subject_stops_all_its_clocks() -> None:
    task = make_task(make_person())
    make_task(make_person(), clock=CALL, subject=task.subject)
    assert cancel_all(subject=task.subject, by=SYSTEM, at=LATER) == 2
    assert cancel(subject=task.subject, key="talk", by=SYSTEM, at=LATER) is None
    assert not queries.tasks_of(task.subject).filter(status="open").exists()


def test_moving_a_deadline_moves_what_did_not_happen_yet() -> None:
    task = make_task(make_person(), make_person("Mo Idrissi"))
    later = task.due_at + timedelta(days=2)
    move(subject=task.subject, key="talk", to=later, by=SYSTEM, at=LATER)
    assert task.steps.get(kind=Step.Kind.ESCALATION).at == later
    assert task.steps.filter(kind=Step.Kind.REMINDER).first().at == MONDAY + timedelta(hours=60)  # type: ignore[union-attr]  # there is one


def test_whoever_gets_a_task_sees_it_and_gets_one_mail() -> None:
    team, colleague = make_department(), make_person("Mo Idrissi")
    manager = make_person("Sanne de Wit", Role.MANAGER, roles_for=team)
    task = make_task(Role.MANAGER, department=team)
    hand_over(subject=task.subject, key="talk", to=Owner(person=colleague), by=manager.urn, at=LATER)
    assert list(access.tasks_owned_by(colleague, at=LATER)) == [task]
    assert list(access.tasks_owned_by(manager, at=LATER)) == []
    assert list(access.tasks_of_my_team(manager, at=LATER)) == [task]
    assert Message.objects.filter(person=colleague).count() == 1


def test_a_role_elsewhere_does_not_see_the_task() -> None:
    team, other = make_department(), make_department("Toezicht")
    elsewhere = make_person("Mo Idrissi", Role.MANAGER, roles_for=other)
    make_task(Role.MANAGER, department=team)
    assert not access.tasks_visible_to(elsewhere, at=LATER).exists()
    assert not Message.objects.filter(person=elsewhere).exists()


def test_an_escalated_task_is_seen_from_its_moment_on_even_without_a_worker() -> None:
    coordinator = make_person("Mo Idrissi", Role.AGGRESSION_COORDINATOR)
    task = make_task(make_person(), Role.AGGRESSION_COORDINATOR)
    assert not access.tasks_visible_to(coordinator, at=task.due_at - timedelta(seconds=1)).exists()
    assert access.tasks_visible_to(coordinator, at=task.due_at).get() == task


def test_somebody_named_in_a_subject_is_kept_away_from_its_tasks_and_mail() -> None:
    accused = make_person("Mo Idrissi", Role.AGGRESSION_COORDINATOR)
    subject = make_subject()
    keep_away(subject=subject, person=accused, by=SYSTEM, at=MONDAY)
    make_task(Role.AGGRESSION_COORDINATOR, subject=subject)
    assert not access.tasks_visible_to(accused, at=LATER).exists()
    assert not Message.objects.filter(person=accused).exists()
