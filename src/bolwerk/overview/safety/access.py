"""Who sees which figures: the own team with what lies below it, or the whole municipality. Never a report."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from bolwerk.accounts.access import SignedInRequest, deny, departments_of
from bolwerk.accounts.models import Department, Person
from bolwerk.accounts.rules import Role

WHOLE = frozenset({Role.AGGRESSION_COORDINATOR, Role.BOARD})  # whose role may hold for the whole municipality
SEERS = WHOLE | {Role.MANAGER}
OVERSEERS = WHOLE | {Role.PROGRAMME_LEAD}  # the page for the board and the measures: nothing of a team stands there
KEEPERS = frozenset({Role.PRIVACY_OFFICER, Role.FUNCTIONAL_ADMINISTRATOR})  # who make the privacy documents
STATERS = frozenset({Role.PROGRAMME_LEAD})


def teams_for(person: Person, *, on: date) -> QuerySet[Department]:
    """The open departments of which `person` sees the figures on a day."""
    there = Department.objects.filter(closed_on=None)
    reach: frozenset[UUID] = frozenset()
    for role in SEERS:
        departments = departments_of(person, role, on=on)
        if departments is None:
            return there
        reach |= departments
    return there.filter(pk__in=reach)


def team_or_404(request: SignedInRequest, department_id: UUID) -> Department:
    """A department of which this person sees the figures, or 404."""
    found = teams_for(request.user, on=timezone.localdate()).filter(pk=department_id).first()
    return found or deny(request, subject=f"urn:bolwerk:accounts:department:{department_id}")
