"""Who may what."""

from datetime import date

from django.db.models import Q, QuerySet

from bolwerk.accounts.access import ancestors_of
from bolwerk.accounts.models import Department, Grant, Person
from bolwerk.accounts.rules import Role


def people_with(role: Role, *, on: date, department: Department | None = None) -> QuerySet[Person]:
    """Active people who hold `role` on a day, for the installation or (when given) for that department.

    A grant on a department counts for the departments below it when it was given with its children.
    """
    grants = Grant.objects.on(on).filter(role=role)
    if department is not None:
        above = Q(department__in=ancestors_of(department.parent), with_children=True)
        grants = grants.filter(Q(department=None) | Q(department=department) | above)
    return Person.objects.filter(is_active=True, pk__in=grants.values("person_id"))
