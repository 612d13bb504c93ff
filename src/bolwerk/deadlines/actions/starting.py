"""Starting clocks: one, or all that one act asks for, with one mail to whoever has to do with them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from bolwerk.accounts.models import Person
from bolwerk.audit.actions import Entry, record_all
from bolwerk.deadlines.models import Message, Step, Task
from bolwerk.deadlines.queries import Owner, people_of_all, working_calendar
from bolwerk.deadlines.rules import Clock, WorkingCalendar, due, part_of

TASKS_PATH = "/taken/"  # mail leads to the list, never to a subject: an address in a mailbox tells nothing


@dataclass(frozen=True)
class Start:
    """A clock to start for a subject (URN), whose task it is, and who hears of it when it is late.

    The first of `escalate_to` hears of it when it is late, each next one DEADLINES_ESCALATE_EVERY later.
    `begins` is the moment from which the term counts, where that is not the moment of starting.
    """

    subject: str
    clock: Clock
    owner: Owner
    escalate_to: Sequence[Owner] = ()
    begins: datetime | None = None


def start_clock(
    *, subject: str, clock: Clock, owner: Owner, at: datetime, by: str, escalate_to: Sequence[Owner] = ()
) -> Task:
    """Start one clock, as `start_clocks` does; `subject` and `by` are URNs. Return its task."""
    return start_clocks(starts=[Start(subject, clock, owner, escalate_to)], by=by, at=at)[0]


@transaction.atomic(savepoint=False)
def start_clocks(*, starts: Sequence[Start], by: str, at: datetime, are_new: bool = False) -> list[Task]:
    """Start clocks together, plan their reminders and escalations, and return their tasks in the order given.

    The same clock of the same subject starts once: a second time the task that is there comes back, as it is.
    Whoever owns several of them gets one mail, about the one that is due first. `are_new` spares a look: nobody else
    knows these subjects yet.
    """
    calendar = working_calendar()
    there = {} if are_new else _there(starts)
    new = [_task(start, calendar, at) for start in starts if (start.subject, start.clock.key) not in there]
    try:
        with transaction.atomic(savepoint=not are_new):
            Task.objects.bulk_create(new)
    except IntegrityError:  # somebody started one of them at the same time: that one is there by now
        return start_clocks(starts=starts, by=by, at=at)
    there |= {(task.subject, task.key): task for task in new}
    steps: list[Step] = []
    chains = {(start.subject, start.clock.key): start.escalate_to for start in starts}
    for task in new:
        steps += reminders(task=task) + _escalations(task, chains[task.subject, task.key], calendar)
    Step.objects.bulk_create(steps)
    record_all(entries=[_started(task) for task in new], actor=by, at=at)
    tell_owners(tasks=new, owners=[start.owner for start in starts], at=at)
    return [there[start.subject, start.clock.key] for start in starts]


def _there(starts: Iterable[Start]) -> dict[tuple[str, str], Task]:
    asked = {(start.subject, start.clock.key) for start in starts}
    subjects, keys = {subject for subject, _key in asked}, {key for _subject, key in asked}
    found = {(task.subject, task.key): task for task in Task.objects.filter(subject__in=subjects, key__in=keys)}
    return {name: task for name, task in found.items() if name in asked}


def _task(start: Start, calendar: WorkingCalendar, at: datetime) -> Task:
    clock, begins = start.clock, start.begins or at
    return Task(
        subject=start.subject,
        key=clock.key,
        what=clock.what,
        about=clock.about,
        page=clock.page,
        by_hand=clock.by_hand,
        term=clock.term.as_data(),
        started_at=begins,
        due_at=due(begins, clock.term, calendar),
        owner_person=start.owner.person,
        owner_role=start.owner.role or "",
        owner_department=start.owner.department,
    )


def _started(task: Task) -> Entry:
    return Entry("deadlines.task.started", subject=task.subject, facts={"task": str(task.pk), "key": task.key})


def reminders(*, task: Task) -> list[Step]:
    """The reminders of a task by its term."""
    return [
        Step(task=task, position=position, kind=Step.Kind.REMINDER, at=part_of(task.started_at, task.due_at, percent))
        for position, percent in enumerate(settings.DEADLINES_REMIND_AT_PERCENT)
    ]


def _escalations(task: Task, chain: Sequence[Owner], calendar: WorkingCalendar) -> list[Step]:
    moment, steps = task.due_at, []
    for position, target in enumerate(chain, start=len(settings.DEADLINES_REMIND_AT_PERCENT)):
        steps.append(
            Step(
                task=task,
                position=position,
                kind=Step.Kind.ESCALATION,
                at=moment,
                person=target.person,
                role=target.role or "",
                department=target.department,
            )
        )
        moment = due(moment, settings.DEADLINES_ESCALATE_EVERY, calendar)
    return steps


def tell_owners(*, tasks: Sequence[Task], owners: Iterable[Owner] = (), at: datetime) -> None:
    """Let one mail wait for everybody whose task one of these is, about the one of theirs that is due first."""
    first: dict[Person, Task] = {}
    for task, people in people_of_all(tasks, owners=owners, at=at):
        for person in people:
            if person not in first or task.due_at < first[person].due_at:
                first[person] = task
    Message.objects.bulk_create(
        Message(
            person=person,
            kind=Message.Kind.TASK,
            path=TASKS_PATH,
            cause=f"{task.urn}:{at.isoformat()}",
            created_at=at,
            send_after=at,
            task=task,
        )
        for person, task in first.items()
    )
