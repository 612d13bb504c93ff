"""The care that somebody looks after, as the list part of the house shows it."""

from datetime import date, datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext_lazy

from bolwerk.accounts.models import Person
from bolwerk.deadlines.queries import shown_calendar
from bolwerk.deadlines.rules import working_days_between
from bolwerk.incidents.access import cared_incidents
from bolwerk.incidents.models import Care
from bolwerk.incidents.rules import NEVER
from bolwerk.ui.dates import days_left_in_words, local_day, short_moment
from bolwerk.ui.lists import Column, Filter, ListSpec, Rows

RUNNING, OVER, LATE = "running", "over", "late"
STATES = [
    (RUNNING, pgettext_lazy("care", "running")),
    (LATE, pgettext_lazy("care", "late")),
    (OVER, pgettext_lazy("care", "over")),
]


def care_rows(person: Person, *, on: date) -> QuerySet[Care]:
    """The care tracks that this person reads, with what a row shows."""
    mine = cared_incidents(person, on=on).order_by()
    rows = Care.objects.filter(incident__in=mine).select_related("incident__department")
    return rows.defer("incident__place", "incident__words")


def _address(care: Care) -> str:
    return reverse("incidents:care", args=[care.pk])


def care_spec(*, at: datetime) -> ListSpec:
    """The list of care: most urgent first, then what is over, newest first."""
    calendar, today = shown_calendar(), local_day(at)

    def left(care: Care) -> str:
        if care.next_due_at == NEVER:
            return ""
        last_day = local_day(care.next_due_at)
        return days_left_in_words(working_days_between(today, last_day, calendar), last_day=last_day, on=today)

    def narrowed(rows: Rows, code: str) -> Rows:
        if code == OVER:
            return rows.filter(next_due_at=NEVER)
        return rows.filter(next_due_at__lt=at if code == LATE else NEVER)

    return ListSpec(
        name="incidents.care",
        columns=(
            Column("kind", gettext_lazy("Kind"), lambda care: care.incident.get_kind_display(), href=_address),
            Column("reference", gettext_lazy("Number"), lambda care: care.incident.reference, kind="quiet"),
            Column("due", gettext_lazy("How long still"), left, ("next_due_at", "-incident__reported_at")),
            Column("department", gettext_lazy("Department"), lambda care: care.incident.department or ""),
            Column(
                "reported",
                gettext_lazy("Reported"),
                lambda care: short_moment(care.incident.reported_at, on=today),
                ("-incident__reported_at",),
                kind="short",
                before=gettext_lazy("reported"),
            ),
        ),
        filters=(Filter("state", gettext_lazy("Show"), STATES, narrowed),),
        search=lambda rows, words: rows.filter(incident__reference__istartswith=words.strip()),
        sort="due",
        downloadable=False,  # what is read here stays here
    )
