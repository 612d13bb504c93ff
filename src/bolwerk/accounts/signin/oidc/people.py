"""What the claims of the municipality's provider change here: who comes in, in which department, with which roles."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from allauth.account.internal.emailkit import valid_email_or_none
from django.conf import settings
from django.db import transaction

from bolwerk.accounts.actions import LastAdministratorError, Reach, add_person, give_role_within, withdraw_role
from bolwerk.accounts.models import Department, Grant, Person
from bolwerk.accounts.rules import Role
from bolwerk.accounts.signin import trail
from bolwerk.accounts.signin.oidc.table import Claims, Given, RoleTable, RoleTableError, read_table
from bolwerk.audit.actions import SYSTEM

REASON = "claim"  # why a role was given or taken, in the trail
Place = tuple[str, UUID | None, bool]  # role, department or none, with everything below it


def load_table() -> RoleTable:
    """The role table of this installation; without one nobody is added and no role is given.

    Raises RoleTableError when it cannot be read or is not right.
    """
    if not settings.OIDC_ROLE_TABLE:
        return RoleTable()
    try:
        return read_table(settings.OIDC_ROLE_TABLE.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise RoleTableError("The role table cannot be read.") from error


def known_by_email(claims: Claims, *, table: RoleTable) -> Person | None:
    """Somebody who was here before single sign-on, recognised by an e-mail address that the provider vouches for."""
    email = valid_email_or_none(claims.get("email"))
    vouched = claims.get("email_verified") is True or table.match_email == "always"
    if not email or not vouched or table.match_email == "never":
        return None
    return Person.objects.filter(email=email.lower()).first()


def add_by_claims(*, claims: Claims, table: RoleTable, at: datetime) -> Person | None:
    """Add somebody whom the table gives a role; None when it does not, or when the e-mail address is taken."""
    email = valid_email_or_none(claims.get("email"))
    if not table.create_people or not table.roles(claims) or not email:
        return None
    if Person.objects.filter(email=email.lower()).exists():
        return None
    name = str(claims.get("name") or email.partition("@")[0])[:150]
    return add_person(email=email, name=name, department=None, by=SYSTEM, at=at)


def recognise(*, person: Person, table: RoleTable, at: datetime) -> None:
    """From now on this person comes in by single sign-on: leaving there is leaving here, so the password goes."""
    if person.has_usable_password() and not table.keep_passwords:
        person.set_unusable_password()
        person.save(update_fields=["password"])
        trail.write("password_removed", person=person, by=SYSTEM, at=at)


@transaction.atomic
def apply_claims(*, person: Person, claims: Claims, table: RoleTable, at: datetime) -> None:
    """Give the roles that the claims give today and take back those they gave before and do not give now.

    Roles given by an administrator stay as they are. A department that does not exist here, or was closed, gives
    nothing, and the trail says so.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    codes = {role.department for role in table.roles(claims)} | {table.department(claims)} - {""}
    departments = {
        department.code: department for department in Department.objects.filter(code__in=codes, closed_on=None)
    }
    wanted = _wanted(table.roles(claims), departments)
    have = {
        (grant.role, grant.department_id, grant.with_children): grant
        for grant in person.grants.filter(by_claim=True, withdrawn_at=None)
    }
    for place in have.keys() - wanted.keys():
        _withdraw(have[place], person=person, at=at)
    for place in wanted.keys() - have.keys():
        role = Role(place[0])
        grant = give_role_within(person=person, role=role, reach=wanted[place], by=SYSTEM, at=at, reason=REASON)
        Grant.objects.filter(pk=grant.pk).update(by_claim=True)
    own = departments.get(table.department(claims))
    if own and own.pk != person.department_id:
        Person.objects.filter(pk=person.pk).update(department=own)
        trail.write("department_changed", person=person, by=SYSTEM, at=at)
    if codes - {""} - departments.keys():
        trail.write("unknown_department", person=person, by=SYSTEM, at=at)


def _wanted(given: Iterable[Given], departments: dict[str, Department]) -> dict[Place, Reach]:
    """What the table gives, by place; a department that is not here gives nothing."""
    return {
        (role.role.value, departments[role.department].pk if role.department else None, role.with_children): Reach(
            department=departments.get(role.department), with_children=role.with_children
        )
        for role in given
        if not role.department or role.department in departments
    }


def _withdraw(grant: Grant, *, person: Person, at: datetime) -> None:
    """Take a role back. The last administrator keeps it, so that the house is never without; the trail says so."""
    try:
        withdraw_role(grant=grant, by=SYSTEM, at=at, reason=REASON)
    except LastAdministratorError:
        trail.write("last_administrator_kept", person=person, by=SYSTEM, at=at)
