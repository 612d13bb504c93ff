"""Makes people and departments for tests."""

from datetime import UTC, datetime
from functools import cache
from itertools import count

from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest
from django.test import Client

from bolwerk.accounts.actions import add_person, give_role
from bolwerk.accounts.models import Department, Person
from bolwerk.accounts.rules import Role
from bolwerk.audit.actions import SYSTEM

_numbers = count(1)
AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PASSWORD = "een-lang-wachtwoord-12"


@cache
def hashed_password() -> str:
    """The hash of PASSWORD, made once: Argon2id is slow on purpose."""
    return make_password(PASSWORD)


def make_department(name: str = "Burgerzaken", *, parent: Department | None = None) -> Department:
    """A department with a code of its own."""
    return Department.objects.create(code=f"d{next(_numbers)}", name=name, parent=parent)


def make_person(
    name: str = "Sanne de Wit",
    *roles: Role,
    department: Department | None = None,
    roles_for: Department | None = None,
    at: datetime = AT,
) -> Person:
    """Somebody with the given roles (and always the role of employee), for the installation or for `roles_for`."""
    email = f"persoon{next(_numbers)}@zilverdam.example"
    person = add_person(email=email, name=name, department=department, by=SYSTEM, at=at)
    person.password = hashed_password()
    person.save(update_fields=["password"])
    give_role(person=person, role=Role.EMPLOYEE, by=SYSTEM, at=at)
    for role in roles:
        give_role(person=person, role=role, department=roles_for, by=SYSTEM, at=at)
    return person


def signed_in_client(person: Person) -> Client:
    """A browser in which somebody typed the password a moment ago."""
    client = Client()
    client.force_login(person)
    request = HttpRequest()
    request.session = client.session
    record_authentication(request, person, "password")
    request.session.save()
    return client


def make_administrator(name: str = "Bea Heer") -> Person:
    """A functional administrator."""
    return make_person(name, Role.FUNCTIONAL_ADMINISTRATOR)
