"""Who sees a task: its owner, whoever it was escalated to, and nobody who is named in its subject."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from bolwerk.accounts.access import standing_of
from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import Role
from bolwerk.deadlines.models import ClosingDay, Feed, KeptAway, Step, Task, TaskQuerySet
from bolwerk.deadlines.rules import ZONE, token_hash

CLOSERS = frozenset({Role.FUNCTIONAL_ADMINISTRATOR})  # say on which days the municipality is closed


def _held_by(person: Person, at: datetime, *, role_field: str, department_field: str) -> Q:
    """Rows that belong to a role which `person` holds there. Without a department: held for the installation."""
    found = Q(pk__in=[])
    for role, there in holdings(person, on=at.astimezone(ZONE).date()).items():
        rows = Q(**{role_field: role})
        found |= rows if there is None else rows & Q(**{f"{department_field}__in": there})
    return found


def holdings(person: Person, *, on: date) -> dict[Role, frozenset[UUID] | None]:
    """Every role of `person` on a day with the departments for which it holds; None is the whole installation."""
    standing = standing_of(person, on=on)
    return {role: standing.reach(role) for role in standing.roles}


def _of_my_roles(person: Person, at: datetime) -> Q:
    return _held_by(person, at, role_field="owner_role", department_field="owner_department")


def _without_kept_away(tasks: TaskQuerySet, person: Person) -> TaskQuerySet:
    named = KeptAway.objects.filter(person=person, subject=OuterRef("subject"))
    return tasks.filter(~Exists(named))


def _mine(person: Person, at: datetime) -> Q:
    return Q(owner_person=person) | (Q(owner_person=None) & _of_my_roles(person, at))


def tasks_owned_by(person: Person, *, at: datetime) -> TaskQuerySet:
    """Tasks that `person` has to do: given to the person, or to a role held there and nobody in particular."""
    return _without_kept_away(Task.objects.filter(_mine(person, at)), person)


def tasks_visible_to(person: Person, *, at: datetime) -> TaskQuerySet:
    """Tasks that exist for `person` at a moment: own tasks, those of own roles, and those escalated by then."""
    reached = Q(person=person) | _held_by(person, at, role_field="role", department_field="department")
    escalated: QuerySet[Step] = Step.objects.filter(reached, kind=Step.Kind.ESCALATION, at__lte=at, task=OuterRef("pk"))
    mine = Q(owner_person=person) | _of_my_roles(person, at) | Exists(escalated)
    return _without_kept_away(Task.objects.filter(mine), person)


def tasks_of_my_team(person: Person, *, at: datetime) -> TaskQuerySet:
    """Tasks that others do under a role of `person`, and those that came to `person` because they are late."""
    return tasks_visible_to(person, at=at).exclude(_mine(person, at))


def task_for(person: Person, task_id: UUID, *, at: datetime) -> Task:
    """The task, or 404 when it does not exist for this person."""
    tasks = tasks_visible_to(person, at=at).select_related("owner_person", "owner_department")
    return get_object_or_404(tasks, pk=task_id)


def task_to_do(person: Person, task_id: UUID, *, at: datetime) -> Task:
    """A task that `person` may tick off by hand, or 404."""
    return get_object_or_404(tasks_owned_by(person, at=at).open(), pk=task_id, by_hand=True)


def may_tick_off(person: Person, task: Task, *, at: datetime) -> bool:
    """Whether `person` gets the button: an open task of one's own that is done by hand."""
    return task.by_hand and tasks_owned_by(person, at=at).open().filter(pk=task.pk).exists()


def closing_day_or_404(day: date) -> ClosingDay:
    """A day on which this municipality is closed, or 404."""
    return get_object_or_404(ClosingDay, day=day)


def person_of_feed(token: str) -> Person:
    """Whose calendar address this is, or 404: unknown, revoked, or of somebody who left."""
    feeds = Feed.objects.select_related("person").filter(revoked_at=None, person__is_active=True)
    return get_object_or_404(feeds, token_hash=token_hash(token)).person
