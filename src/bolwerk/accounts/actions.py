"""Every change to people, departments and roles."""

from datetime import date, datetime

from django.db import transaction

from bolwerk.accounts.models import Department, Grant, Person
from bolwerk.accounts.rules import Role
from bolwerk.audit.actions import record


@transaction.atomic
def add_person(
    *, email: str, name: str, department: Department | None, by: str, at: datetime, password: str | None = None
) -> Person:
    """Add somebody who can sign in; without a password only by single sign-on or an invitation. `by` is a URN."""
    person = Person(email=email.lower(), name=name, department=department, joined_on=at.date())
    person.set_password(password)
    person.save()
    record("accounts.person.added", subject=person.urn, actor=by, at=at)
    return person


@transaction.atomic
def give_role(
    *,
    person: Person,
    role: Role,
    by: str,
    at: datetime,
    department: Department | None = None,
    until: date | None = None,
) -> Grant:
    """Give a role: for the installation, or for a department with everything below it; `until` is the last day."""
    grant = Grant.objects.create(person=person, role=role, department=department, starts_on=at.date(), ends_on=until)
    record("accounts.role.given", subject=person.urn, actor=by, at=at, role=role.value)
    return grant


@transaction.atomic
def withdraw_role(*, grant: Grant, by: str, at: datetime) -> None:
    """Take a role back. It stops counting with the next request."""
    grant.withdrawn_at = at
    grant.save(update_fields=["withdrawn_at"])
    record("accounts.role.withdrawn", subject=grant.person.urn, actor=by, at=at, role=grant.role)
