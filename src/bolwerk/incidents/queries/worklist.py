"""The worklist: what a handler looks after, as the list part of the house shows it."""

from datetime import date, datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bolwerk.accounts.models import Department, Person
from bolwerk.incidents.access import handled_incidents
from bolwerk.incidents.models import Incident, IncidentQuerySet
from bolwerk.incidents.rules import Kind, Status
from bolwerk.ui.lists import Column, Filter, ListSpec, Rows

OPEN = "open"  # new or in progress: somebody still has to do something
STATUSES = [(OPEN, gettext_lazy("open")), *Status.choices]
ATTENTION = [("overdue", gettext_lazy("late")), ("mine", gettext_lazy("assigned to me"))]


def worklist(person: Person, *, on: date) -> IncidentQuerySet:
    """The incidents that `person` looks after on a day, with the people that a row shows."""
    return handled_incidents(person, on=on).with_people()


def departments_handled(person: Person, *, on: date) -> QuerySet[Department]:
    """The departments that a person's worklist can be narrowed to: those with an incident in it."""
    return Department.objects.filter(pk__in=handled_incidents(person, on=on).order_by().values("department"))


def _address(incident: Incident) -> str:
    return reverse("incidents:incident", args=[incident.pk])


def _with_status(rows: Rows, code: str) -> Rows:
    return rows.filter(status__in=[Status.NEW, Status.IN_PROGRESS] if code == OPEN else [code])


def worklist_spec(person: Person, *, at: datetime) -> ListSpec:
    """The worklist as `person` sees it at a moment: columns, filters and search by number."""

    def narrowed(rows: Rows, code: str) -> Rows:
        return rows.filter(assigned_to=person) if code == "mine" else rows.filter(next_due_at__lt=at)

    def departments() -> list[tuple[str, str]]:
        return [(str(pk), name) for pk, name in departments_handled(person, on=at.date()).values_list("pk", "name")]

    return ListSpec(
        name="incidents.worklist",
        columns=(
            Column("kind", gettext_lazy("Kind"), lambda i: i.get_kind_display(), href=_address),
            Column("reference", gettext_lazy("Number"), lambda i: i.reference, sort=("reference",), kind="quiet"),
            Column("department", gettext_lazy("Department"), lambda i: i.department or ""),
            Column("reported", gettext_lazy("Reported"), lambda i: i.reported_at, sort=("-reported_at",)),
            Column("status", gettext_lazy("Status"), lambda i: i.get_status_display(), kind="badge"),
            Column("assigned", gettext_lazy("Handled by"), lambda i: i.assigned_to or _("nobody yet")),
            Column("due", gettext_lazy("Next deadline"), lambda i: i.due_at, sort=("next_due_at",)),
        ),
        filters=(
            Filter("status", gettext_lazy("Status"), STATUSES, _with_status),
            Filter("department", gettext_lazy("Department"), departments, lambda r, pk: r.filter(department=pk)),
            Filter("kind", gettext_lazy("Kind"), Kind.choices, lambda rows, code: rows.filter(kind=code)),
            Filter("attention", gettext_lazy("Show"), ATTENTION, narrowed),
        ),
        search=lambda rows, words: rows.filter(reference__istartswith=words.strip()),
        sort="due",
    )
