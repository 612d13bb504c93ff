"""Tasks as people read them: what, how long still, whose."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from bolwerk.accounts.access import roles_of
from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import Role
from bolwerk.deadlines.access import CLOSERS, tasks_owned_by
from bolwerk.deadlines.models import Task
from bolwerk.deadlines.queries.subjects import shown_calendar
from bolwerk.deadlines.rules import ZONE, Unit, WorkingCalendar, working_days_between
from bolwerk.ui.addresses import address_of_one
from bolwerk.ui.dates import days_left_in_words
from bolwerk.ui.lists import Column, ListSpec
from bolwerk.ui.navigation import Door


@dataclass(frozen=True)
class TaskLine:
    """A task on Mijn dag: what it is, of which thing, how long still, where it leads."""

    what: str
    about: str
    left: str | Promise
    late: bool
    address: str


def doors(person: Person, *, on: date) -> list[Door]:
    """Everybody may have tasks; the functional administrator says on which days the house is closed."""
    label, short = gettext_lazy("My tasks"), pgettext_lazy("in the bar", "Tasks")
    mine = [Door("deadlines:mine", label, "checklist", on_phone=True, short=short)]
    if roles_of(person, on=on) & CLOSERS:
        mine.append(Door("deadlines:closing_days", gettext_lazy("Closing days"), "calendar", place="more"))
    return mine


def time_left(task: Task, *, at: datetime, calendar: WorkingCalendar) -> str:
    """ "nog 2 werkdagen (tot en met woensdag)"; on the last day of a term in hours the hour as well."""
    due, now = task.due_at.astimezone(ZONE), at.astimezone(ZONE)
    if now > due and now.date() == due.date():
        return _("late since %(hour)s:%(minute)s today") % _clock(due)
    if task.term["unit"] in {Unit.HOURS, Unit.WORKING_HOURS} and now.date() == due.date():
        return _("today before %(hour)s:%(minute)s") % _clock(due)
    days = working_days_between(now.date(), due.date(), calendar)
    return days_left_in_words(days, last_day=due.date(), on=now.date())


def _clock(moment: datetime) -> dict[str, str]:
    return {"hour": f"{moment:%H}", "minute": f"{moment:%M}"}


def owner_in_words(task: Task) -> str:
    """Who does it: a name, or a role with its department."""
    if task.owner_person is not None:
        return task.owner_person.name
    role = str(Role(task.owner_role).label)
    return f"{role} · {task.owner_department.name}" if task.owner_department else role


def _address(task: Task) -> str:
    return address_of_one("deadlines:task", task.pk)


def tasks_spec(*, at: datetime) -> ListSpec:
    """The list of tasks as it reads at a moment; give it tasks with their owners joined."""
    calendar = shown_calendar()
    return ListSpec(
        name="deadlines.tasks",
        columns=(
            Column("what", gettext_lazy("What"), str, href=_address),
            Column("about", gettext_lazy("About"), lambda task: task.about, kind="short"),
            Column(
                "due",
                gettext_lazy("How long still"),
                lambda task: time_left(task, at=at, calendar=calendar),
                sort=("due_at",),
            ),
            Column("owner", gettext_lazy("Whose"), owner_in_words, kind="quiet"),
        ),
        sort="due",
    )


def first_tasks(person: Person, *, at: datetime, most: int = 5) -> list[TaskLine]:
    """What `person` has to do first, for Mijn dag."""
    calendar = shown_calendar()
    return [
        TaskLine(
            what=str(task),
            about=task.about,
            left=time_left(task, at=at, calendar=calendar),
            late=task.due_at < at,
            address=_address(task),
        )
        for task in tasks_owned_by(person, at=at).open()[:most]
    ]
