"""Who may what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils import timezone
from django.utils.functional import Promise

from bolwerk.accounts.access import at_or_above
from bolwerk.accounts.models import Department, Grant, Person
from bolwerk.accounts.rules import Role
from bolwerk.accounts.rules.meanings import MEANINGS

LISTED = 50  # holders of a role on the overview; the list of people shows all of them


def people_with(*roles: Role, on: date, department: Department | None = None) -> QuerySet[Person]:
    """Active people who hold one of `roles` on a day, for the installation or (when given) for that department.

    A grant on a department counts for the departments below it when it was given with its children.
    """
    grants = Grant.objects.on(on).filter(role__in=roles)
    if department is not None:
        grants = grants.filter(reaching(department))
    return Person.objects.filter(is_active=True, pk__in=grants.values("person_id"))


def reaching(department: Department | None) -> Q:
    """Grants that hold for a department: of its own, from above with the children, or for the installation."""
    if department is None:
        return Q(department=None)
    above = Q(department__in=at_or_above(department.parent_id), with_children=True)
    return Q(department=None) | Q(department=department) | above


def holders_of(roles: Iterable[Role], *, on: date) -> dict[Role, int]:
    """How many active people hold each of these roles on a day, wherever it holds. One query."""
    grants = Grant.objects.on(on).filter(role__in=list(roles), person__is_active=True).order_by()
    counted = dict(grants.values_list("role").annotate(people=Count("person", distinct=True)))
    return {role: counted.get(role.value, 0) for role in roles}


def roles_then(moments: Iterable[tuple[UUID, datetime]]) -> dict[tuple[UUID, datetime], list[Role]]:
    """Which roles people held at moments that passed, taken back since or not; in the order of the roles. One query."""
    asked = set(moments)
    grants: dict[UUID, list[Grant]] = {}
    for grant in Grant.objects.filter(person_id__in={person for person, _at in asked}):
        grants.setdefault(grant.person_id, []).append(grant)
    held = {(person, at): {g.role for g in grants.get(person, []) if _held(g, at)} for person, at in asked}
    return {key: [role for role in Role if role.value in codes] for key, codes in held.items()}


def _held(grant: Grant, at: datetime) -> bool:
    day = timezone.localdate(at)
    begun = grant.starts_on is None or grant.starts_on <= day
    ended = (grant.ends_on is not None and grant.ends_on < day) or (
        grant.withdrawn_at is not None and grant.withdrawn_at <= at
    )
    return begun and not ended


@dataclass(frozen=True)
class RoleOverview:
    """One role: what it opens, how many people hold it, and (unless they are too many to list) who."""

    role: Role
    meaning: str | Promise
    people: int
    grants: list[Grant]


def who_may_what(*, on: date) -> list[RoleOverview]:
    """Every role with who holds it on a day. Holders are listed up to LISTED per role, never for employees."""
    grants = Grant.objects.on(on).filter(person__is_active=True)
    counts = dict(grants.order_by().values_list("role").annotate(Count("person", distinct=True)))
    holders: dict[str, list[Grant]] = {}
    for grant in _first_holders(grants.exclude(role=Role.EMPLOYEE)):
        holders.setdefault(grant.role, []).append(grant)
    return [RoleOverview(role, MEANINGS[role], counts.get(role.value, 0), holders.get(role.value, [])) for role in Role]


def _first_holders(grants: QuerySet[Grant]) -> QuerySet[Grant]:
    """The first LISTED of every role by name, in one question to the database."""
    place = Window(RowNumber(), partition_by=F("role"), order_by=["person__name", "pk"])
    numbered = grants.select_related("person", "department").annotate(place=place)
    return numbered.filter(place__lte=LISTED).order_by("place")
