"""Makes clocks, owners and tasks for tests."""

from datetime import UTC, datetime
from itertools import count
from uuid import UUID

from bolwerk.accounts.models import Department, Person
from bolwerk.accounts.rules import Role
from bolwerk.audit.actions import SYSTEM
from bolwerk.deadlines.actions import start_clock
from bolwerk.deadlines.models import Task
from bolwerk.deadlines.queries import Owner
from bolwerk.deadlines.rules import Clock, Term, Unit

_numbers = count(1)
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TALK = Clock("talk", "Hold the reception talk", Term(72, Unit.HOURS, "test"))
CALL = Clock("call", "Call the reporter", Term(2, Unit.WORKING_DAYS, "test"), by_hand=True)


def make_subject() -> str:
    """The name of a thing in some room."""
    return f"urn:bolwerk:incidents:incident:{UUID(int=next(_numbers))}"


def make_task(
    owner: Person | Role,
    *escalate_to: Person | Role,
    clock: Clock = TALK,
    department: Department | None = None,
    subject: str = "",
    at: datetime = MONDAY,
) -> Task:
    """A task of a person or of a role there, with a chain."""
    chain = [_owner(target, department) for target in escalate_to]
    subject = subject or make_subject()
    return start_clock(
        subject=subject, clock=clock, owner=_owner(owner, department), at=at, by=SYSTEM, escalate_to=chain
    )


def _owner(whom: Person | Role, department: Department | None) -> Owner:
    return Owner(person=whom) if isinstance(whom, Person) else Owner(role=whom, department=department)
