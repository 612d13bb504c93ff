"""The clock: whoever should hear of a task at a moment, hears of it once."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from bolwerk.accounts.models import Person
from bolwerk.audit.actions import SYSTEM, record
from bolwerk.deadlines.actions.outbox import escalate_early, queue_mail
from bolwerk.deadlines.actions.starting import TASKS_PATH
from bolwerk.deadlines.models import Message, Step, Task
from bolwerk.deadlines.queries import people_of


def take_due_steps(*, at: datetime, most: int = 500) -> int:
    """Tell whoever has to hear of a task by now: the owner of a reminder, the next in the chain when it is late.

    Each step is taken once, in one transaction with the mail it causes, however many workers do this at the same
    time. After a pause only the last of several reminders is mailed. Returns how many steps were taken.
    """
    waiting = list(_due(at).values_list("pk", flat=True)[:most])
    return sum(_take(step_id, at) for step_id in waiting)


def _due(at: datetime) -> QuerySet[Step]:
    return Step.objects.filter(taken_at=None, at__lte=at, task__status=Task.Status.OPEN).order_by("at", "position")


@transaction.atomic
def _take(step_id: UUID, at: datetime) -> bool:
    step = _due(at).filter(pk=step_id).select_for_update(skip_locked=True, of=("self",)).first()
    if step is None:
        return False
    overtaken = _overtaken(step, at)
    people = [] if overtaken else _meant(step, at)
    for person in people:
        queue_mail(person=person, kind=Message.Kind(step.kind), path=TASKS_PATH, cause=step.urn, at=at, task=step.task)
    step.taken_at, step.reached = at, len(people)
    step.save(update_fields=["taken_at", "reached"])
    record(
        f"deadlines.{step.kind}.taken",
        subject=step.task.subject,
        actor=SYSTEM,
        at=at,
        task=str(step.task_id),
        position=step.position,
        reached=step.reached,
    )
    if not people and not overtaken:
        escalate_early(task=step.task, at=at)
    return True


def _overtaken(step: Step, at: datetime) -> bool:
    """Whether a later step of the same task is due as well, so that this reminder says nothing new."""
    later = Step.objects.filter(task=step.task, position__gt=step.position, taken_at=None, at__lte=at)
    return step.kind == Step.Kind.REMINDER and later.exists()


def _meant(step: Step, at: datetime) -> Sequence[Person]:
    task = step.task
    if step.kind == Step.Kind.REMINDER:
        return people_of(task.owner_person, task.owner_role, task.owner_department, subject=task.subject, at=at)
    return people_of(step.person, step.role, step.department, subject=task.subject, at=at)
