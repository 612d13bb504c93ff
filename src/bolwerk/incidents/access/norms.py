"""Who reads, writes and adopts norms. Everybody who works here reads what was adopted."""

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from bolwerk.accounts.access import SignedInRequest, deny, departments_of, roles_of
from bolwerk.accounts.models import Department, Person
from bolwerk.accounts.rules import Role
from bolwerk.incidents.models import Norm, NormRule
from bolwerk.incidents.rules.norms import NormState

NORM_WRITERS = frozenset({Role.AGGRESSION_COORDINATOR})
NORM_MOVERS = frozenset({Role.AGGRESSION_COORDINATOR, Role.BOARD, Role.MANAGER})
NORM_TEAM_ROLES = frozenset({Role.MANAGER})
NORM_EDITORS = NORM_WRITERS | NORM_TEAM_ROLES


def _mine(person: Person, *, on: date) -> Q:
    """Norms of the teams of which this person is manager."""
    reach = departments_of(person, Role.MANAGER, on=on)
    return Q(department__isnull=False) if reach is None else Q(department__in=reach)


def norms_for(person: Person, *, on: date) -> QuerySet[Norm]:
    """The versions that this person may read: all that were adopted, and drafts for whoever has to do with them."""
    roles = roles_of(person, on=on)
    seen = Q(state=NormState.ADOPTED)
    if roles & NORM_WRITERS:
        seen |= Q(pk__isnull=False)
    if Role.BOARD in roles:
        seen |= Q(department=None, state=NormState.OFFERED)
    if Role.MANAGER in roles:
        seen |= _mine(person, on=on)
    return Norm.objects.filter(seen)


def writes_norm(person: Person, norm: Norm, *, on: date) -> bool:
    """Whether this person may write in norms of this scope: the coordinator in the organisation's, a manager in the
    own teams'.
    """
    roles = roles_of(person, on=on)
    if norm.department_id is None:
        return bool(roles & NORM_WRITERS)
    reach = departments_of(person, Role.MANAGER, on=on)
    return Role.MANAGER in roles and (reach is None or norm.department_id in reach)


def norm_or_404(request: SignedInRequest, norm_id: UUID) -> Norm:
    """A version for whoever may read it, with its rules, or 404."""
    rows = norms_for(request.user, on=timezone.localdate()).select_related("department", "base", "adopted_by")
    found = rows.prefetch_related("rules").filter(pk=norm_id).first()
    return found or deny(request, subject=f"urn:bolwerk:incidents:norm:{norm_id}")


def norm_to_write_or_404(request: SignedInRequest, norm_id: UUID) -> Norm:
    """A version for whoever writes in it, or 404."""
    found = norm_or_404(request, norm_id)
    if not writes_norm(request.user, found, on=timezone.localdate()):
        deny(request, subject=found.urn)
    return found


def norm_rule_or_404(request: SignedInRequest, norm_id: UUID, rule_id: UUID) -> NormRule:
    """A rule of this very version, for whoever writes in it, or 404."""
    norm = norm_to_write_or_404(request, norm_id)
    found = NormRule.objects.filter(norm=norm, pk=rule_id).first()
    if found is None:
        return deny(request, subject=norm.urn)
    found.norm = norm
    return found


def rule_or_404(request: SignedInRequest, rule_id: UUID) -> NormRule:
    """A rule of a version that this person may read, or 404."""
    readable = norms_for(request.user, on=timezone.localdate()).order_by().values("pk")
    found = NormRule.objects.filter(pk=rule_id, norm__in=readable).first()
    return found or deny(request, subject=f"urn:bolwerk:incidents:norm_rule:{rule_id}")


def norm_to_move_or_404(request: SignedInRequest, norm_id: UUID) -> Norm:
    """A version for whoever offers, sends back or adopts it, or 404."""
    found = norm_or_404(request, norm_id)
    on = timezone.localdate()
    board = found.department_id is None and Role.BOARD in roles_of(request.user, on=on)
    if not board and not writes_norm(request.user, found, on=on):
        deny(request, subject=found.urn)
    return found


def team_or_404(department_id: UUID) -> Department:
    """A department that is open. Everybody who works here may know that it is there."""
    return get_object_or_404(Department, pk=department_id, closed_on=None)


def leads_team(person: Person, department: Department, *, on: date) -> bool:
    """Whether this person is manager of this department."""
    reach = departments_of(person, Role.MANAGER, on=on)
    return Role.MANAGER in roles_of(person, on=on) and (reach is None or department.pk in reach)


def team_to_lead_or_404(request: SignedInRequest, department_id: UUID) -> Department:
    """A department of which this person is manager, or 404."""
    found = Department.objects.filter(pk=department_id, closed_on=None).first()
    if found is None or not leads_team(request.user, found, on=timezone.localdate()):
        return deny(request, subject=f"urn:bolwerk:accounts:department:{department_id}")
    return found
