"""Roles are given and taken back, one at a time, each with its line in the trail."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from bolwerk.accounts.models import Department, Grant, Person
from bolwerk.accounts.rules import Role
from bolwerk.audit.actions import record


class OwnRoleError(ValueError):
    """Nobody gives a role to himself: that takes a second administrator."""


class LastAdministratorError(ValueError):
    """The last functional administrator stays: else nobody could give a role any more."""


@dataclass(frozen=True)
class Reach:
    """Where and when a role holds: the installation or a department, alone or with all below it, and a period."""

    department: Department | None = None
    with_children: bool = True
    starts_on: date | None = None  # absent: today
    ends_on: date | None = None  # the last day; absent: until it is taken back


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
    reach = Reach(department=department, ends_on=until)
    return give_role_within(person=person, role=role, reach=reach, by=by, at=at)


@transaction.atomic
def give_role_within(*, person: Person, role: Role, reach: Reach, by: str, at: datetime, reason: str = "") -> Grant:
    """Give a role within a reach. `by` is a URN. Raises OwnRoleError when somebody gives a role to himself."""
    if by == person.urn:
        raise OwnRoleError(role)
    grant = Grant.objects.create(
        person=person,
        role=role,
        department=reach.department,
        with_children=reach.with_children,
        starts_on=reach.starts_on or timezone.localdate(at),
        ends_on=reach.ends_on,
        reason=reason,
    )
    department = reach.department.code if reach.department else ""
    record(
        "accounts.role.given",
        subject=person.urn,
        actor=by,
        at=at,
        reason=reason,
        role=role.value,
        department=department,
    )
    return grant


@transaction.atomic
def withdraw_role(*, grant: Grant, by: str, at: datetime, reason: str = "") -> None:
    """Take a role back; it stops counting with the next request. A role that was taken back already stays so.

    Raises LastAdministratorError when nobody would be left to give roles.
    """
    grant = Grant.objects.select_for_update().get(pk=grant.pk)
    if grant.withdrawn_at is not None:
        return
    if grant.role == Role.FUNCTIONAL_ADMINISTRATOR:
        check_administrator_remains(without=Grant.objects.filter(pk=grant.pk), on=timezone.localdate(at))
    grant.withdrawn_at = at
    grant.save(update_fields=["withdrawn_at"])
    record("accounts.role.withdrawn", subject=grant.person.urn, actor=by, at=at, reason=reason, role=grant.role)


def check_administrator_remains(*, without: QuerySet[Grant], on: date) -> None:
    """Raise LastAdministratorError when, without these grants, no active administrator is left on that day."""
    administrators = Grant.objects.on(on).filter(role=Role.FUNCTIONAL_ADMINISTRATOR, person__is_active=True)
    going = administrators.filter(pk__in=without.values("pk")).exists()
    if going and not administrators.exclude(pk__in=without.values("pk")).exists():
        raise LastAdministratorError
