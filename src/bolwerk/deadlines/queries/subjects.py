"""The tasks of a subject, whose they are, and the days that count."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.conf import settings
from django.core.cache import cache
from django.db.models import QuerySet

from bolwerk.accounts.models import Department, Grant, Person
from bolwerk.accounts.queries import reaching
from bolwerk.accounts.rules import Role
from bolwerk.deadlines.models import ClosingDay, KeptAway, Task
from bolwerk.deadlines.rules import ZONE, WorkingCalendar

CLOSED_CACHED = "deadlines.closed"
CLOSED_KEPT_FOR = 10  # seconds


@dataclass(frozen=True)
class Owner:
    """Whose task it is: a person, or whoever has a role for a department (None: for the installation).

    `holders` are the people who have that role there today, where somebody looked them up already.
    """

    person: Person | None = None
    role: Role | None = None
    department: Department | None = None
    holders: Sequence[Person] | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        if self.person is None and self.role is None:
            raise ValueError("a task needs an owner: a person or a role")


def working_calendar() -> WorkingCalendar:
    """The calendar of this municipality: its own closing days, and the holidays on which it works.

    Terms are set with this one, which is asked every time; pages that say how long is left take `shown_calendar`.
    """
    return _calendar(_closed())


def shown_calendar() -> WorkingCalendar:
    """The calendar for a page: a closing day that another process added shows CLOSED_KEPT_FOR seconds later."""
    closed: frozenset[date] | None = cache.get(CLOSED_CACHED)
    if closed is None:
        closed = _closed()
        cache.set(CLOSED_CACHED, closed, CLOSED_KEPT_FOR)
    return _calendar(closed)


def _closed() -> frozenset[date]:
    return frozenset(ClosingDay.objects.values_list("day", flat=True))


def _calendar(closed: frozenset[date]) -> WorkingCalendar:
    return WorkingCalendar(closed=closed, worked=frozenset(settings.DEADLINES_WORKED_HOLIDAYS))


def holders(role: Role, department: Department | None, *, on: date) -> QuerySet[Person]:
    """Active people who hold a role there on a day: for that department, above it, or for the installation.

    Without a department only the holders for the whole installation count: the same people who see such a task.
    """
    grants = Grant.objects.on(on).filter(reaching(department), role=role)
    return Person.objects.filter(is_active=True, pk__in=grants.values("person_id"))


def people_of(
    person: Person | None, role: str, department: Department | None, *, subject: str, at: datetime
) -> Sequence[Person]:
    """Who are meant by an owner or a step today, without those who are named in the subject."""
    found = _meant(person, role, department, on=at.astimezone(ZONE).date())
    return list(found.exclude(pk__in=KeptAway.objects.filter(subject=subject).values("person_id")))


def people_of_all(
    tasks: Sequence[Task], *, owners: Iterable[Owner] = (), at: datetime
) -> list[tuple[Task, list[Person]]]:
    """Each of these tasks with whose it is today, as `people_of`; owners that return are asked for once.

    Of `owners` with their holders nobody is asked for again.
    """
    day = at.astimezone(ZONE).date()
    kept = KeptAway.objects.filter(subject__in={task.subject for task in tasks})
    away = set(kept.values_list("subject", "person_id"))
    meant: dict[tuple[object, ...], Sequence[Person]] = {
        (None, owner.role, owner.department and owner.department.pk): owner.holders
        for owner in owners
        if owner.holders is not None
    }
    found = []
    for task in tasks:
        owner = task.owner_person_id, task.owner_role, task.owner_department_id
        if owner not in meant:
            meant[owner] = list(_meant(task.owner_person, task.owner_role, task.owner_department, on=day))
        found.append((task, [person for person in meant[owner] if (task.subject, person.pk) not in away]))
    return found


def _meant(person: Person | None, role: str, department: Department | None, *, on: date) -> QuerySet[Person]:
    if person is not None:
        return Person.objects.filter(pk=person.pk, is_active=True)
    return holders(Role(role), department, on=on)


def tasks_of(subject: str) -> QuerySet[Task]:
    """All tasks of a subject (URN), first due first; the room decides who sees that subject."""
    return Task.objects.filter(subject=subject).select_related("owner_person", "owner_department")
