"""The worklist: what a handler looks after, filtered and sorted."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, QuerySet

from bolwerk.accounts.models import Department, Person
from bolwerk.incidents.access import handled_incidents
from bolwerk.incidents.models import IncidentQuerySet
from bolwerk.incidents.rules import Kind, Status

OPEN = "open"  # new and in progress: what somebody still has to do something for
SORTS = {
    "due": (F("next_due_at").asc(nulls_last=True), "-reported_at"),
    "newest": ("-reported_at",),
    "oldest": ("reported_at",),
}


@dataclass(frozen=True)
class WorklistFilter:
    """What to show. Empty means everything that this person may see."""

    status: str = OPEN
    kind: Kind | None = None
    department: UUID | None = None
    reference: str = ""
    overdue: bool = False
    mine: bool = False
    sort: str = "due"

    def names(self) -> str:
        """The filters in use, for the trail: names only, never what was looked for."""
        used = {"kind": self.kind, "department": self.department, "reference": self.reference}
        used |= {"overdue": self.overdue, "mine": self.mine, "status": self.status}
        return ",".join(name for name, value in used.items() if value)


def worklist(person: Person, *, wanted: WorklistFilter, at: datetime, on: date) -> IncidentQuerySet:
    """The incidents that `person` looks after on a day, filtered and in order, with the people that a row shows."""
    rows = handled_incidents(person, on=on)
    if wanted.status == OPEN:
        rows = rows.exclude(status=Status.CLOSED)
    elif wanted.status:
        rows = rows.filter(status=wanted.status)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.department:
        rows = rows.filter(department=wanted.department)
    if wanted.reference:
        rows = rows.filter(reference__istartswith=wanted.reference.strip())
    if wanted.overdue:
        rows = rows.filter(next_due_at__lt=at)
    if wanted.mine:
        rows = rows.filter(assigned_to=person)
    return rows.order_by(*SORTS[wanted.sort]).with_people()


def departments_handled(person: Person, *, on: date) -> QuerySet[Department]:
    """The departments that a person's worklist can be filtered by: those with an incident in it."""
    return Department.objects.filter(pk__in=handled_incidents(person, on=on).order_by().values("department"))
