"""People come, change and leave. Nobody is deleted: the trail must stay readable."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from bolwerk.accounts.actions.roles import LastAdministratorError, check_administrator_remains, give_role
from bolwerk.accounts.models import Department, Grant, Person
from bolwerk.accounts.rules import Language, Role
from bolwerk.accounts.signin.mail import send_neutral_mail
from bolwerk.accounts.signin.models import FormerAddress
from bolwerk.accounts.signin.sessions import end_sessions_of
from bolwerk.audit.actions import record

__all__ = [
    "LastAdministratorError",
    "add_employee",
    "add_person",
    "change_own_profile",
    "change_person",
    "deactivate_person",
    "reactivate_person",
    "welcome",
]


@transaction.atomic
def add_person(
    *, email: str, name: str, department: Department | None, by: str, at: datetime, password: str | None = None
) -> Person:
    """Add somebody who can sign in; without a password only by single sign-on or after a reset. `by` is a URN."""
    person = Person(email=email.lower(), name=name, department=department, joined_on=timezone.localdate(at))
    person.set_password(password)
    person.save()
    record("accounts.person.added", subject=person.urn, actor=by, at=at)
    return person


@transaction.atomic
def add_employee(*, email: str, name: str, department: Department | None, by: str, at: datetime) -> Person:
    """Add somebody with the role that everybody has."""
    person = add_person(email=email, name=name, department=department, by=by, at=at)
    give_role(person=person, role=Role.EMPLOYEE, by=by, at=at)
    return person


def welcome(*, person: Person) -> bool:
    """Mail somebody new a link to choose a password; not where people come in with their work account.

    Return whether a mail goes out.
    """
    if settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]:
        return False
    send_neutral_mail.enqueue(person=str(person.pk), kind="welcome")
    return True


@transaction.atomic
def change_person(
    *, person: Person, email: str, name: str, department: Department | None, by: str, at: datetime
) -> Person:
    """Change the sign-in name, the name or the department. The line in the trail says what changed, not into what.

    The address of before hears that it was changed (ASVS 5.0 6.3.7).
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    before = person.email
    wanted = {"email": email.lower(), "name": name, "department": department}
    changed = [field for field, value in wanted.items() if getattr(person, field) != value]
    for field in changed:
        setattr(person, field, wanted[field])
    if changed:
        if "email" in changed:
            FormerAddress.objects.create(person=person, email=before, changed_at=at)
            send_neutral_mail.enqueue(person=str(person.pk), kind="address")
        person.save(update_fields=changed)
        record("accounts.person.changed", subject=person.urn, actor=by, at=at, fields=" ".join(sorted(changed)))
    return person


@transaction.atomic
def change_own_profile(*, person: Person, name: str, language: Language | None, at: datetime) -> Person:
    """Somebody changes the own name and language; department and roles are not one's own to change."""
    person.name = name
    person.language = language or ""
    person.save(update_fields=["name", "language"])
    record("accounts.profile.changed", subject=person.urn, actor=person.urn, at=at)
    return person


@transaction.atomic
def deactivate_person(*, person: Person, by: str, at: datetime, reason: str = "") -> Person:
    """Somebody left: no sign-in and no roles from the next request on. The row stays, so the trail stays readable.

    Raises LastAdministratorError when nobody would be left to give roles.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    if not person.is_active:
        return person
    grants = Grant.objects.filter(person=person, withdrawn_at=None)
    check_administrator_remains(without=grants, on=timezone.localdate(at))
    withdrawn = grants.update(withdrawn_at=at)
    person.is_active = False
    person.left_on = timezone.localdate(at)
    person.save(update_fields=["is_active", "left_on"])
    end_sessions_of(person=person, by=by, at=at)
    record("accounts.person.deactivated", subject=person.urn, actor=by, at=at, reason=reason, roles=withdrawn)
    return person


@transaction.atomic
def reactivate_person(*, person: Person, by: str, at: datetime) -> Person:
    """Somebody came back: as an employee; other roles are given again by hand."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.is_active:
        return person
    person.is_active = True
    person.left_on = None
    person.save(update_fields=["is_active", "left_on"])
    record("accounts.person.reactivated", subject=person.urn, actor=by, at=at)
    give_role(person=person, role=Role.EMPLOYEE, by=by, at=at)
    return person
