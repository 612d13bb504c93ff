"""Names behind URNs, for screens that know people and departments by URN only."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from bolwerk.accounts.models import Department, Person

PERSON = "urn:bolwerk:accounts:person:"
DEPARTMENT = "urn:bolwerk:accounts:department:"
STAFFING = "urn:bolwerk:accounts:staffing:"  # and the year
ROUTE = "urn:bolwerk:route:"


def names_of(urns: Iterable[str]) -> dict[str, str]:
    """The names of those people and departments that exist, by URN. Leavers keep their name; others are left out."""
    wanted = list(urns)
    found: dict[str, str] = {}
    for model, prefix in ((Person, PERSON), (Department, DEPARTMENT)):
        if keys := _keys(wanted, prefix):
            found |= {f"{prefix}{pk}": name for pk, name in model.objects.filter(pk__in=keys).values_list("pk", "name")}
    fixed = _fixed()
    years = {urn: urn.removeprefix(STAFFING) for urn in wanted if urn.startswith(STAFFING)}
    found |= {urn: _("the FTE of departments in %(year)s") % {"year": year} for urn, year in years.items()}
    return found | {urn: fixed[urn] for urn in wanted if urn in fixed}


def names_at_the_door(urns: Iterable[str]) -> dict[str, str]:
    """The names of whoever is not signed in, and of pages that were asked for."""
    pages = {urn: _("the page “%(name)s”") % {"name": urn.removeprefix(ROUTE)} for urn in urns if urn.startswith(ROUTE)}
    return {"urn:bolwerk:anonymous": _("Somebody who was not signed in")} | pages


def _fixed() -> dict[str, str]:
    return {
        "urn:bolwerk:accounts:people": _("the list of people"),
        "urn:bolwerk:accounts:departments": _("the list of departments"),
        "urn:bolwerk:accounts:themes": _("the themes"),
        "urn:bolwerk:accounts:installation:1": _("the installation"),
    }


def _keys(urns: list[str], prefix: str) -> list[UUID]:
    found = []
    for urn in urns:
        if urn.startswith(prefix):
            try:
                found.append(UUID(urn.removeprefix(prefix)))
            except ValueError:  # never one of ours
                continue
    return found
