"""Makes people and departments for tests."""

from datetime import UTC, datetime
from itertools import count

from bolwerk.accounts.actions import add_person, give_role
from bolwerk.accounts.models import Department, Person
from bolwerk.accounts.rules import Role
from bolwerk.audit.actions import SYSTEM

_numbers = count(1)
AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PASSWORD = "een-lang-wachtwoord-12"


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
    person = add_person(email=email, name=name, department=department, by=SYSTEM, at=at, password=PASSWORD)
    give_role(person=person, role=Role.EMPLOYEE, by=SYSTEM, at=at)
    for role in roles:
        give_role(person=person, role=role, department=roles_for, by=SYSTEM, at=at)
    return person
