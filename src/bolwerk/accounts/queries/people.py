"""Who there is, and which roles somebody has."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from bolwerk.accounts.models import NAMELESS, WITHOUT_ACCOUNT, Grant, Person
from bolwerk.accounts.rules import Role


class NobodyByThatNameError(LookupError):
    """No colleague has this name or e-mail address."""


class AmbiguousNameError(LookupError):
    """More than one colleague has this name; the e-mail address tells them apart."""


def people(*, left: bool = False) -> QuerySet[Person]:
    """Everybody who works here, or everybody who left and still has a name."""
    named = Person.objects.filter(erased_at=None).exclude(pk__in=[NAMELESS, WITHOUT_ACCOUNT])
    return named.filter(is_active=not left).select_related("department")


def named_like(rows: QuerySet[Person], words: str) -> QuerySet[Person]:
    """The people whose name or e-mail address contains every one of the words."""
    for word in words.split():
        rows = rows.filter(Q(name__icontains=word) | Q(email__icontains=word))
    return rows


def colleague_named(text: str) -> Person:
    """Return the one active colleague whose name or e-mail address is exactly `text`, whatever the capitals.

    Raises NobodyByThatNameError or AmbiguousNameError. Parts of a name find nobody: this is no staff directory.
    """
    wanted = " ".join(text.split())
    found = list(Person.objects.filter(Q(email__iexact=wanted) | Q(name__iexact=wanted), is_active=True)[:2])
    if not found:
        raise NobodyByThatNameError
    if len(found) > 1:
        raise AmbiguousNameError
    return found[0]


def with_role(rows: QuerySet[Person], role: Role, *, on: date) -> QuerySet[Person]:
    """The people among `rows` who hold the role on a day, wherever it holds."""
    return rows.filter(pk__in=Grant.objects.on(on).filter(role=role).values("person_id"))


def grants_of(person: Person) -> list[Grant]:
    """Every role somebody has, will have or had, the running ones first."""
    rows = person.grants.select_related("department").order_by("withdrawn_at", "-starts_on", "role")
    return sorted(rows, key=lambda grant: grant.withdrawn_at is not None)


def roles_held(persons: Iterable[UUID], *, on: date) -> dict[UUID, list[Role]]:
    """Per person the roles held on a day, without the employee's: one query for a whole page."""
    held: dict[UUID, list[Role]] = {}
    grants = Grant.objects.on(on).filter(person_id__in=list(persons)).exclude(role=Role.EMPLOYEE)
    for person, role in grants.values_list("person_id", "role").distinct():
        held.setdefault(person, []).append(Role(role))
    return held
