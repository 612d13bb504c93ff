"""A town as large as the pages benchmark asks for, written straight into the tables: actions make rows one by one.

It has the shape of a house in use: departments below departments, two incidents per employee per year at a steady pace,
so that what is open depends on the pace and not on how long ago the house began; most duties done in time and some not;
and everything that is written down along the way: steps, care, answers, reminders and escalations that were sent.
"""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from uuid import uuid5

from django.db import connection, models

from bolwerk.accounts.models import Department, Grant, Person
from bolwerk.accounts.rules import Role
from bolwerk.audit.models import Head, Line
from bolwerk.audit.rules.chain import GENESIS, chained_hash
from bolwerk.config.upkeep import count_rows
from bolwerk.deadlines.models import Step, Task
from bolwerk.incidents.actions.care.clocks import PAGE, WORDS
from bolwerk.incidents.actions.clocks import FEEDBACK, FEEDBACK_PAGE
from bolwerk.incidents.models import Assignment, Care, CareMoment, Concerned, Feedback, Incident, StatusChange
from bolwerk.incidents.queries.names import care_urn
from bolwerk.incidents.rules import DEFAULT_TERMS, NEVER, Channel, Duty, Kind, Outcome, Safety, Status
from bolwerk.incidents.rules.care import Capacity
from tests.bench.pouring import pour, pour_values
from tests.owner import without_refusals

LINE = ("sequence", "at", "event", "subject", "actor", "reason", "trace_id", "facts_json", "previous_hash", "hash")
READ = "incidents.incident.read"
SECTORS, DEPARTMENTS = 6, 60
MANAGERS = 174
COORDINATORS = 20
BATCH = 5_000
CHAIN = 100_000  # lines hashed and inserted per round, so that memory stays flat
A_YEAR = 20_000  # incidents: two for each of 10,000 employees, so that 100,000 are five years
OPEN_FOR = timedelta(days=14)  # what is older is closed
DUE_AFTER = {Duty.CONTACT: timedelta(days=1), Duty.RECEPTION_TALK: timedelta(days=3), Duty.FEEDBACK: timedelta(days=7)}
LATE_SHARE = 0.1  # of the duties


def people(count: int) -> list[Person]:
    """`count` employees in 60 departments of 6 sectors: managers come first, then whoever heads a sector; last come the
    coordinators.
    """
    sectors = Department.objects.bulk_create(Department(code=f"s-{n}", name=f"Sector {n}") for n in range(SECTORS))
    departments = Department.objects.bulk_create(
        Department(code=f"afd-{n}", name=f"Afdeling {n}", parent=sectors[n % SECTORS]) for n in range(DEPARTMENTS)
    )
    town = Person.objects.bulk_create(
        (
            Person(email=f"p{n}@groot.example", name=f"Medewerker {n}", department=departments[n % DEPARTMENTS])
            for n in range(count)
        ),
        batch_size=BATCH,
    )
    grants = [Grant(person=person, role=Role.EMPLOYEE) for person in town]
    grants += [Grant(person=one, role=Role.MANAGER, department=one.department) for one in managers(town)]
    heads = zip(town[MANAGERS:], sectors, strict=False)
    grants += [Grant(person=one, role=Role.MANAGER, department=sector) for one, sector in heads]
    grants += [Grant(person=one, role=Role.AGGRESSION_COORDINATOR) for one in town[-COORDINATORS:]]
    Grant.objects.bulk_create(grants, batch_size=BATCH)
    return town


def managers(town: list[Person]) -> list[Person]:
    """The managers among the people: nearly three in each department."""
    return town[:MANAGERS]


def handlers(town: list[Person]) -> list[Person]:
    """The 200 people who look after incidents: managers, then heads of sectors, then coordinators."""
    return [*managers(town), *town[MANAGERS : MANAGERS + SECTORS], *town[-COORDINATORS:]]


def _status(age: timedelta, chance: random.Random) -> Status:
    if age > OPEN_FOR:
        return Status.CLOSED
    return Status.NEW if age < timedelta(days=1) or chance.random() < LATE_SHARE else Status.IN_PROGRESS


def _incident(number: int, town: list[Person], chance: random.Random, at: datetime) -> Incident:
    person = chance.choice(town)
    reported = at - timedelta(days=number * 365 / A_YEAR, minutes=chance.randrange(1, 60))
    status = _status(at - reported, chance)
    return Incident(
        reference=f"B{number:08d}",
        submission_key=f"00000000-0000-4000-8000-{number:012d}",
        reporter=person,
        happened_to=person,
        department=person.department,
        kind=chance.choice(list(Kind)),
        channel=chance.choice(list(Channel)),
        occurred_at=reported,
        safety=Safety.YES,
        words="Iemand werd boos aan de balie en ging weg na een waarschuwing.",
        status=status,
        assigned_to=None if status is Status.NEW else _manager_of(person, town),
        reported_at=reported,
    )


def _manager_of(person: Person, town: list[Person]) -> Person:
    return next(one for one in managers(town) if one.department_id == person.department_id)


def incidents(count: int, town: list[Person], *, at: datetime) -> None:
    """Write down `count` incidents with their three tasks each, and everything that was written down about them."""
    chance = random.Random(7)
    for first in range(0, count, BATCH):
        rows = [_incident(n, town, chance, at) for n in range(first, min(first + BATCH, count))]
        tasks = {row.pk: [_task(row, duty, chance, at) for duty in DUE_AFTER] for row in rows}
        for row in rows:
            row.next_due_at = min((t.due_at for t in tasks[row.pk] if t.status == Task.Status.OPEN), default=NEVER)
        pour(rows)
        pour(task for row in rows for task in tasks[row.pk])
        pour(step for row in rows for task in tasks[row.pk] for step in _steps(task, at))
        pour(Care(incident=row, next_due_at=row.next_due_at) for row in rows)
        pour(concerned(row) for row in rows)
        pour(part for row in rows for part in _story(row))


def concerned(incident: Incident) -> Concerned:
    """Whoever it happened to, in the care track: its key follows from that of the incident."""
    return Concerned(
        pk=uuid5(incident.pk, "victim"),
        incident=incident,
        capacity=Capacity.VICTIM,
        person=incident.happened_to,
        added_by=incident.reporter,
        added_at=incident.reported_at,
    )


def _task(incident: Incident, duty: Duty, chance: random.Random, at: datetime) -> Task:
    due_at = incident.reported_at + DUE_AFTER[duty]
    is_done = incident.status == Status.CLOSED or (due_at < at and chance.random() > LATE_SHARE)
    mine = duty is not Duty.FEEDBACK
    return Task(
        subject=care_urn(incident) if mine else incident.urn,
        key=f"{duty.value}:{concerned(incident).pk}" if mine else duty.value,
        about=incident.reference,
        what=WORDS[duty] if mine else FEEDBACK,
        page=PAGE if mine else FEEDBACK_PAGE,
        term=DEFAULT_TERMS[duty].term.as_data(),
        started_at=incident.reported_at,
        due_at=due_at,
        status=Task.Status.DONE if is_done else Task.Status.OPEN,
        owner_role=Role.MANAGER if mine else Role.AGGRESSION_COORDINATOR,
        owner_department=incident.department if mine else None,
        owner_person=None if mine else incident.assigned_to,
    )


def _steps(task: Task, at: datetime) -> Iterator[Step]:
    """Two reminders and an escalation while it is open; of what is done, only what was sent in time."""
    share = int(task.subject[-2:], 16) / 256
    half, almost = (task.started_at + (task.due_at - task.started_at) * part for part in (0.5, 0.9))
    is_open = task.status == Task.Status.OPEN
    if is_open or share < 0.5:
        yield Step(task=task, position=0, kind=Step.Kind.REMINDER, at=half, taken_at=half if half < at else None)
    if is_open or share < 3 * LATE_SHARE:
        yield Step(task=task, position=1, kind=Step.Kind.REMINDER, at=almost, taken_at=almost if almost < at else None)
    if task.owner_role == Role.MANAGER and (is_open or share < LATE_SHARE):
        due_at = task.due_at
        taken_at = due_at if due_at < at else None
        role = Role.AGGRESSION_COORDINATOR
        yield Step(task=task, position=2, kind=Step.Kind.ESCALATION, at=due_at, taken_at=taken_at, role=role)


def _story(incident: Incident) -> Iterator[models.Model]:
    """What was written down about an incident that somebody picked up."""
    by = incident.assigned_to
    if by is None:
        return
    about = {"incident": incident, "by": by, "at": incident.reported_at + timedelta(hours=2)}
    yield Assignment(**about, to=by)
    yield StatusChange(**about, from_status=Status.NEW, to_status=Status.IN_PROGRESS)
    for duty in (Duty.CONTACT, Duty.RECEPTION_TALK):
        yield CareMoment(
            **about, concerned=concerned(incident), duty=duty, held_on=incident.reported_at.date(), outcome=Outcome.HELD
        )
    if incident.status == Status.CLOSED:
        yield Feedback(**about, text="We hebben met de bezoeker gesproken. Hij krijgt een brief.")
        yield StatusChange(**about, from_status=Status.IN_PROGRESS, to_status=Status.CLOSED)


def trail(count: int, town: list[Person], *, at: datetime) -> None:
    """Write `count` lines, rightly chained. Its triggers would do row by row what is done here at once."""
    Head.objects.get_or_create(pk=1)
    with without_refusals(connection):
        Line.objects.all().delete()
        lines = _lines(count, [person.urn for person in town], at)
        last: tuple[object, ...] = (0, GENESIS)
        while part := list(islice(lines, CHAIN)):
            pour_values(Line, LINE, part)
            last = part[-1]
        Head.objects.filter(pk=1).update(sequence=last[0], hash=last[-1])


def _lines(count: int, actors: list[str], at: datetime) -> Iterator[tuple[object, ...]]:
    """Values in the order of LINE: somebody reads an incident, again and again."""
    previous = GENESIS
    for sequence in range(1, count + 1):
        moment = at - timedelta(milliseconds=count - sequence)
        words = (READ, f"urn:bolwerk:incidents:incident:{sequence % 9973}", actors[sequence % len(actors)], "", "")
        digest = chained_hash(previous_hash=previous, sequence=sequence, at=moment, words=words, facts="{}")
        yield (sequence, moment, *words, "{}", previous, digest)
        previous = digest


def settle() -> None:
    """Let the database count and tidy what it holds, as the worker and PostgreSQL itself do every day.

    A past of years was vacuumed long ago; without this PostgreSQL would begin with all of it a minute later, in the
    middle of what is measured.
    """
    count_rows()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
