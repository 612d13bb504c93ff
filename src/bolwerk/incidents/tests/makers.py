"""Makes incidents for tests, through the real actions."""

from datetime import UTC, datetime
from uuid import uuid4

from bolwerk.accounts.models import Department, Person
from bolwerk.accounts.rules import Role
from bolwerk.accounts.tests.makers import make_department, make_person
from bolwerk.incidents.actions import report
from bolwerk.incidents.models import Incident
from bolwerk.incidents.rules import Channel, Facts, Kind, Safety

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def make_facts(**changes: object) -> Facts:
    """Somebody shouted at the desk; nobody is in danger."""
    usual: dict[str, object] = {
        "kind": Kind.AGGRESSION,
        "channel": Channel.DESK,
        "occurred_at": MONDAY,
        "safety": Safety.YES,
        "words": "Hij sloeg op de balie en riep dat hij me wist te vinden.",
    }
    return Facts(**(usual | changes))  # type: ignore[arg-type]  # names of its fields


def make_incident(
    by: Person | None = None, *, happened_to: Person | None = None, at: datetime = MONDAY, **facts: object
) -> Incident:
    """A report, by an employee of a department of its own unless given."""
    reporter = by or make_person(department=make_department())
    return report(
        facts=make_facts(**facts), happened_to=happened_to or reporter, by=reporter, at=at, submission_key=uuid4()
    )


def make_manager(department: Department) -> Person:
    """A manager of one department and what lies below it."""
    return make_person("Mo Bakker", Role.MANAGER, department=department, roles_for=department)


def make_coordinator() -> Person:
    """The aggression coordinator of the installation."""
    return make_person("Carla Vos", Role.AGGRESSION_COORDINATOR)
