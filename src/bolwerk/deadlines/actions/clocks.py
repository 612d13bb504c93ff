"""Every change to a task whose clock runs: tick it off, stop it, move it, hand it over."""

from collections.abc import Sequence
from datetime import datetime
from functools import reduce
from operator import or_

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from bolwerk.accounts.models import Person
from bolwerk.audit.actions import record
from bolwerk.deadlines.actions.starting import reminders, tell_owners
from bolwerk.deadlines.models import KeptAway, Message, Step, Task
from bolwerk.deadlines.queries import Owner, working_calendar
from bolwerk.deadlines.rules import due


@transaction.atomic
def forget_subjects(*, subjects: Sequence[str]) -> None:
    """Forget the tasks of things that are gone, mail about them, and who was kept away from them.

    No line in the trail: whoever erases the things writes that down.
    """
    Task.objects.filter(subject__in=subjects).delete()
    KeptAway.objects.filter(subject__in=subjects).delete()
    about_them = (Q(cause__startswith=f"{subject}:") for subject in subjects)
    Message.objects.filter(reduce(or_, about_them, Q(pk__in=[]))).delete()


def _open_task(subject: str, key: str) -> Task | None:
    return Task.objects.select_for_update().filter(subject=subject, key=key, status=Task.Status.OPEN).first()


def _end(task: Task, status: Task.Status, *, by: str, at: datetime) -> Task:
    task.status, task.ended_at, task.ended_by = status, at, by
    task.save(update_fields=["status", "ended_at", "ended_by"])
    task.steps.filter(taken_at=None).delete()  # nobody is told about it any more
    late = at > task.due_at
    record(f"deadlines.task.{status}", subject=task.subject, actor=by, at=at, task=str(task.pk), late=late)
    return task


@transaction.atomic
def complete(*, subject: str, key: str, by: str, at: datetime) -> Task | None:
    """Tick off a task. A task that is not open (any more) stays as it is, and the answer is None."""
    task = _open_task(subject, key)
    return _end(task, Task.Status.DONE, by=by, at=at) if task else None


@transaction.atomic
def cancel(*, subject: str, key: str, by: str, at: datetime, reason: str = "") -> Task | None:
    """Stop a clock that is no longer needed. `reason` is a short code for the trail. None when nothing was open."""
    task = _open_task(subject, key)
    if task is None:
        return None
    record("deadlines.task.stopped", subject=subject, actor=by, at=at, reason=reason, task=str(task.pk))
    return _end(task, Task.Status.CANCELLED, by=by, at=at)


@transaction.atomic
def cancel_all(*, subject: str, by: str, at: datetime) -> int:
    """Stop every clock of a subject, as when it is closed. Returns how many ran."""
    keys = Task.objects.filter(subject=subject, status=Task.Status.OPEN).values_list("key", flat=True)
    return sum(cancel(subject=subject, key=key, by=by, at=at) is not None for key in list(keys))


@transaction.atomic
def move(*, subject: str, key: str, to: datetime, by: str, at: datetime, reason: str = "") -> Task | None:
    """Give a task another last moment; its reminders and escalations that did not happen yet move along."""
    task = _open_task(subject, key)
    if task is None:
        return None
    task.due_at = to
    task.save(update_fields=["due_at"])
    moved_reminders = {step.position: step.at for step in reminders(task=task)}
    calendar, moment = working_calendar(), to
    for step in task.steps.filter(taken_at=None):
        if step.kind == Step.Kind.REMINDER:
            step.at = moved_reminders.get(step.position, to)
        else:
            step.at, moment = moment, due(moment, settings.DEADLINES_ESCALATE_EVERY, calendar)
        step.save(update_fields=["at"])
    record("deadlines.task.moved", subject=subject, actor=by, at=at, reason=reason, task=str(task.pk))
    return task


@transaction.atomic
def hand_over(*, subject: str, key: str, to: Owner, by: str, at: datetime) -> Task | None:
    """Give a task to somebody else. From a role to a person: the holders of the role go on seeing it."""
    task = _open_task(subject, key)
    if task is None:
        return None
    task.owner_person = to.person
    if to.role is not None:
        task.owner_role, task.owner_department = to.role, to.department
    task.save(update_fields=["owner_person", "owner_role", "owner_department"])
    record("deadlines.task.handed_over", subject=subject, actor=by, at=at, task=str(task.pk))
    tell_owners(tasks=[task], at=at)
    return task


@transaction.atomic
def keep_away(*, subject: str, person: Person, by: str, at: datetime) -> None:
    """Let the tasks of a subject not exist for somebody who is named in it: not in a list, a mail or a feed."""
    _, new = KeptAway.objects.get_or_create(subject=subject, person=person)
    if new:
        record("deadlines.person.kept_away", subject=subject, actor=by, at=at)


@transaction.atomic
def let_near(*, subject: str, person: Person, by: str, at: datetime) -> None:
    """Let the tasks of a subject exist again for somebody from whom they were kept. Mail that was not sent stays so."""
    gone, _ = KeptAway.objects.filter(subject=subject, person=person).delete()
    if gone:
        record("deadlines.person.let_near", subject=subject, actor=by, at=at)


def record_export(*, by: Person, rows: int, at: datetime) -> None:
    """Write in the trail that somebody took a list of tasks along as a file."""
    record("deadlines.tasks.exported", subject=by.urn, actor=by.urn, at=at, rows=rows)
