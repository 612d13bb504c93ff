"""Asking for work on the vault: written down first, done by a worker. One piece at a time."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from bolwerk.accounts.models import Person
from bolwerk.audit.actions import record
from bolwerk.hub.access import in_use
from bolwerk.hub.models import Job
from bolwerk.hub.queries import rules_on
from bolwerk.hub.rules.jobs import SLOT, JobKind, check_day


class JobAtWorkError(Exception):
    """There is a job already; a second one waits until it has ended."""


class RegisterOffError(Exception):
    """The register is not in use, so no delivery of it may be read."""


class NoRuleOnError(Exception):
    """No rule is in use, so there is nothing to work out."""


@dataclass(frozen=True)
class Order:
    """Which delivery to read (its path below the folder of deliveries), and what the reader must know of it."""

    register: str
    delivery: str
    uploaded: bool = False
    mapping: str = ""
    municipality: str = ""
    keep_going: bool = False
    as_of: date | None = None


@transaction.atomic
def ask_to_read(*, order: Order, by: Person, at: datetime, on: date) -> Job:
    """Ask to read a delivery of a register that is in use. Raises RegisterOffError and JobAtWorkError."""
    if order.register not in in_use(on=on):
        raise RegisterOffError
    job = take_slot(job=Job(kind=JobKind.READ, by=by, asked_at=at, **vars(order)))
    record("hub.read.asked", subject=job.urn, actor=by.urn, at=at, register=order.register, uploaded=order.uploaded)
    return job


@transaction.atomic
def ask_to_run(*, as_of: date, by: Person, at: datetime, on: date) -> Job:
    """Ask to work out every rule in use, as things were on the day `as_of`.

    Raises NoRuleOnError, JobAtWorkError, and DayNotReachedError for a day after `on`.
    """
    check_day(as_of, on=on)
    if not rules_on(on):
        raise NoRuleOnError
    job = take_slot(job=Job(kind=JobKind.RUN, by=by, asked_at=at, as_of=as_of))
    record("hub.run.asked", subject=job.urn, actor=by.urn, at=at, as_of=as_of.isoformat())
    return job


def take_slot(*, job: Job) -> Job:
    """Keep a job in the one place there is. Call it inside a transaction. Raises JobAtWorkError."""
    job.slot = SLOT
    try:
        with transaction.atomic():
            job.save(force_insert=True)
    except IntegrityError:
        raise JobAtWorkError from None
    return job
