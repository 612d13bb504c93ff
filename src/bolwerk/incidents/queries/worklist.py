"""The worklist: what a handler looks after, as the list part of the house shows it."""

from dataclasses import replace
from datetime import date, datetime

from django.utils.translation import gettext, gettext_lazy, ngettext

from bolwerk.accounts.models import Person
from bolwerk.deadlines.queries import shown_calendar
from bolwerk.deadlines.rules import WorkingCalendar, working_days_between
from bolwerk.incidents.access import departments_handled, handled_incidents
from bolwerk.incidents.models import Incident, IncidentQuerySet
from bolwerk.incidents.rules import Kind, Status
from bolwerk.ui.addresses import address_of_one
from bolwerk.ui.dates import at_the_latest, days_left_in_words, local_day, short_moment
from bolwerk.ui.lists import Column, Filter, ListSpec, Rows

OPEN = "open"  # new or in progress: somebody still has to do something
STATUSES = [(OPEN, gettext_lazy("open")), *Status.choices]
ATTENTION = [("overdue", gettext_lazy("late")), ("mine", gettext_lazy("assigned to me"))]


def worklist(person: Person, *, on: date) -> IncidentQuerySet:
    """The incidents that `person` looks after on a day, with what a row shows."""
    return handled_incidents(person, on=on).with_handler()


def _address(incident: Incident) -> str:
    return address_of_one("incidents:incident", incident.pk)


def _with_status(rows: Rows, code: str) -> Rows:
    return rows.filter(status__in=[Status.NEW, Status.IN_PROGRESS] if code == OPEN else [code])


def _left(incident: Incident, at: datetime, calendar: WorkingCalendar) -> str:
    """How long is left until the first deadline; nothing when nothing is due."""
    if incident.due_at is None:
        return ""
    today, last_day = local_day(at), local_day(incident.due_at)
    days = working_days_between(today, last_day, calendar)
    if last_day > today and days == 0:
        return at_the_latest(last_day, on=today)
    if last_day > today:
        return ngettext("%(n)s working day left", "%(n)s working days left", days) % {"n": days}
    if last_day == today and incident.due_at < at:
        return gettext("late since today")
    return days_left_in_words(days, last_day=last_day, on=today)


KIND = Column("kind", gettext_lazy("Kind"), lambda i: i.get_kind_display(), href=_address)
REFERENCE = Column("reference", gettext_lazy("Number"), lambda i: i.reference, ("reference",), kind="quiet")
DEPARTMENT = Column("department", gettext_lazy("Department"), lambda i: i.department or "")
STATUS = Column("status", gettext_lazy("Status"), lambda i: Status(i.status).label, kind="badge")
HANDLER = Column("assigned", gettext_lazy("Handled by"), lambda i: i.assigned_to or gettext("nobody yet"))
REPORTED_BEFORE = gettext_lazy("reported")  # "reported 16 November", where a row is read as a sentence
DUE_FIRST, NEWEST_FIRST = ("next_due_at", "-reported_at"), ("-reported_at",)


def worklist_spec(person: Person, *, at: datetime) -> ListSpec:
    """The worklist as `person` sees it at a moment: most urgent first, then what was closed, newest first."""
    calendar, today = shown_calendar(), local_day(at)

    def narrowed(rows: Rows, code: str) -> Rows:
        return rows.filter(assigned_to=person) if code == "mine" else rows.filter(next_due_at__lt=at)

    def departments() -> list[tuple[str, str]]:
        return [(str(pk), name) for pk, name in departments_handled(person, on=today).values_list("pk", "name")]

    def reported(incident: Incident) -> str:
        return short_moment(incident.reported_at, on=today)

    def left(incident: Incident) -> str:
        return _left(incident, at, calendar)

    return ListSpec(
        name="incidents.worklist",
        columns=(
            KIND,
            STATUS,
            Column("due", gettext_lazy("How long still"), left, DUE_FIRST),
            DEPARTMENT,
            Column("reported", gettext_lazy("Reported"), reported, NEWEST_FIRST, kind="short", before=REPORTED_BEFORE),
            HANDLER,
        ),
        filters=(
            Filter("status", gettext_lazy("Status"), STATUSES, _with_status),
            Filter("department", gettext_lazy("Department"), departments, lambda rows, pk: rows.filter(department=pk)),
            Filter("kind", gettext_lazy("Kind"), Kind.choices, lambda rows, code: rows.filter(kind=code)),
            Filter("attention", gettext_lazy("Show"), ATTENTION, narrowed),
        ),
        search=lambda rows, words: rows.filter(reference__istartswith=words.strip()),
        sort="due",
    )


def export_spec(person: Person, *, at: datetime) -> ListSpec:
    """The same list as a file: moments instead of words about them, and nobody's name."""
    columns = (
        REFERENCE,
        KIND,
        DEPARTMENT,
        Column("channel", gettext_lazy("Where"), lambda i: i.get_channel_display()),
        Column("occurred", gettext_lazy("When"), lambda i: i.occurred_at),
        Column("reported", gettext_lazy("Reported"), lambda i: i.reported_at, NEWEST_FIRST),
        STATUS,
        Column("due", gettext_lazy("Next deadline"), lambda i: i.due_at, DUE_FIRST),
    )
    return replace(worklist_spec(person, at=at), columns=columns)
