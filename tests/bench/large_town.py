"""A town as large as the pages benchmark asks for, written straight into the tables: actions make rows one by one."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import connection

from bolwerk.accounts.models import Department, Grant, Person
from bolwerk.accounts.rules import Role
from bolwerk.audit.models import Head, Line
from bolwerk.audit.rules.chain import GENESIS, chained_hash
from bolwerk.deadlines.models import Task
from bolwerk.incidents.actions.clocks import TASKS
from bolwerk.incidents.models import Incident
from bolwerk.incidents.rules import DEFAULT_TERMS, NEVER, Channel, Duty, Kind, Safety, Status
from tests.owner import without_refusals

READ = "incidents.incident.read"
DEPARTMENTS = 60
BATCH = 5_000
CHAIN = 100_000  # lines hashed and inserted per round, so that memory stays flat
OPEN_SHARE = 0.02  # of all incidents: what a year's stock of open work looks like


def people(count: int) -> list[Person]:
    """`count` employees in 60 departments, with a manager each and one coordinator (the last of the list)."""
    departments = [Department(code=f"afd-{n}", name=f"Afdeling {n}") for n in range(DEPARTMENTS)]
    Department.objects.bulk_create(departments)
    town = [
        Person(
            email=f"p{n}@groot.example", name=f"Medewerker {n}", department=departments[n % DEPARTMENTS], password="!"
        )
        for n in range(count)
    ]
    Person.objects.bulk_create(town, batch_size=BATCH)
    grants = [Grant(person=person, role=Role.EMPLOYEE) for person in town]
    grants += [Grant(person=town[n], role=Role.MANAGER, department=departments[n]) for n in range(DEPARTMENTS)]
    grants.append(Grant(person=town[-1], role=Role.AGGRESSION_COORDINATOR))
    Grant.objects.bulk_create(grants, batch_size=BATCH)
    return town


def _incident(number: int, town: list[Person], chance: random.Random, at: datetime) -> Incident:
    person = chance.choice(town)
    reported = at - timedelta(minutes=chance.randrange(60, 5 * 365 * 24 * 60))
    is_open = chance.random() < OPEN_SHARE
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
        status=chance.choice([Status.NEW, Status.IN_PROGRESS]) if is_open else Status.CLOSED,
        reported_at=reported,
        next_due_at=at + timedelta(hours=chance.randrange(-72, 72)) if is_open else NEVER,
    )


def incidents(count: int, town: list[Person], *, at: datetime) -> None:
    """`count` incidents over five years with their three tasks each; a few are open."""
    chance = random.Random(7)
    for first in range(0, count, BATCH):
        rows = [_incident(n, town, chance, at) for n in range(first, min(first + BATCH, count))]
        Incident.objects.bulk_create(rows)
        Task.objects.bulk_create([task for row in rows for task in _tasks(row)])


def _tasks(incident: Incident) -> Iterator[Task]:
    done = incident.status == Status.CLOSED
    for duty in Duty:
        yield Task(
            subject=incident.urn,
            key=duty.value,
            what=TASKS[duty][0],
            page=TASKS[duty][1],
            term=DEFAULT_TERMS[duty].term.as_data(),
            started_at=incident.reported_at,
            due_at=incident.due_at or incident.reported_at + timedelta(days=3),
            status=Task.Status.DONE if done else Task.Status.OPEN,
            owner_role=Role.MANAGER,
            owner_department=incident.department,
        )


def trail(count: int, town: list[Person], *, at: datetime) -> None:
    """`count` lines, rightly chained. Its triggers would do row by row what is done here at once."""
    Head.objects.get_or_create(pk=1)
    with without_refusals(connection):
        Line.objects.all().delete()
        previous = GENESIS
        for first in range(1, count + 1, CHAIN):
            lines = list(_lines(first, min(CHAIN, count + 1 - first), previous, town, at))
            Line.objects.bulk_create(lines, batch_size=BATCH)
            previous = lines[-1].hash
        Head.objects.filter(pk=1).update(sequence=count, hash=previous)


def _lines(first: int, count: int, previous: str, town: list[Person], at: datetime) -> Iterator[Line]:
    for sequence in range(first, first + count):
        moment = at - timedelta(days=1) + timedelta(milliseconds=sequence)
        subject = f"urn:bolwerk:incidents:incident:{sequence % 9973}"
        words = (READ, subject, town[sequence % len(town)].urn, "", "")
        digest = chained_hash(previous_hash=previous, sequence=sequence, at=moment, words=words, facts="{}")
        yield Line(
            sequence=sequence,
            at=moment,
            event=words[0],
            subject=words[1],
            actor=words[2],
            previous_hash=previous,
            hash=digest,
        )
        previous = digest


def managers(town: list[Person]) -> list[Person]:
    """The managers among the people, one per department."""
    return town[:DEPARTMENTS]


def settle() -> None:
    """Let the database count what it holds, as it would have done in a year of use."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
