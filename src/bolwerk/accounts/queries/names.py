"""Names behind URNs, for screens that know people and departments by URN only."""

from collections.abc import Iterable
from uuid import UUID

from bolwerk.accounts.models import Department, Person

PERSON = "urn:bolwerk:accounts:person:"
DEPARTMENT = "urn:bolwerk:accounts:department:"


def names_of(urns: Iterable[str]) -> dict[str, str]:
    """The names of those people and departments that exist, by URN. Leavers keep their name; others are left out."""
    wanted = list(urns)
    people = Person.objects.filter(pk__in=_keys(wanted, PERSON)).only("name")
    departments = Department.objects.filter(pk__in=_keys(wanted, DEPARTMENT)).only("name")
    return {thing.urn: thing.name for things in (people, departments) for thing in things}


def _keys(urns: list[str], prefix: str) -> list[UUID]:
    found = []
    for urn in urns:
        try:
            found.append(UUID(urn.removeprefix(prefix)))
        except ValueError:  # another kind of thing
            continue
    return found
