"""Who leads norm meetings: the manager of the team and the aggression coordinator. The board sees the proof."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from bolwerk.accounts.access import SignedInRequest, deny, departments_of, roles_of
from bolwerk.accounts.models import Department, Person
from bolwerk.accounts.rules import Role
from bolwerk.incidents.models import NormExercise, NormMeeting

OpenExercise = NormExercise  # what a view may name without knowing the tables
MEETING_ROLES = frozenset({Role.MANAGER, Role.AGGRESSION_COORDINATOR})
PROOF_ROLES = MEETING_ROLES | {Role.BOARD}


def met_departments(person: Person, *, on: date, proof: bool = False) -> QuerySet[Department]:
    """The departments whose meetings this person leads; with `proof`, of which this person sees that they were held."""
    roles = roles_of(person, on=on)
    rows = Department.objects.filter(closed_on=None)
    if Role.AGGRESSION_COORDINATOR in roles or (proof and Role.BOARD in roles):
        return rows
    reach = departments_of(person, Role.MANAGER, on=on) if Role.MANAGER in roles else frozenset()
    return rows if reach is None else rows.filter(pk__in=reach)


def met_department_or_404(request: SignedInRequest, department_id: UUID) -> Department:
    """A department whose meetings this person leads, or 404."""
    found = met_departments(request.user, on=timezone.localdate()).filter(pk=department_id).first()
    return found or deny(request, subject=f"urn:bolwerk:accounts:department:{department_id}")


def meeting_or_404(request: SignedInRequest, meeting_id: UUID) -> NormMeeting:
    """A meeting of a team that this person leads, or 404."""
    reach = met_departments(request.user, on=timezone.localdate()).order_by().values("pk")
    rows = NormMeeting.objects.select_related("department", "norm", "by")
    found = rows.filter(pk=meeting_id, department__in=reach).first()
    return found or deny(request, subject=f"urn:bolwerk:incidents:norm_meeting:{meeting_id}")


def exercise_or_404(request: SignedInRequest, meeting_id: UUID, exercise_id: UUID) -> NormExercise:
    """An exercise of this very meeting, or 404."""
    meeting = meeting_or_404(request, meeting_id)
    found = NormExercise.objects.filter(meeting=meeting, pk=exercise_id).first()
    if found is None:
        return deny(request, subject=meeting.urn)
    found.meeting = meeting
    return found


def open_exercise(code: str, *, at: datetime) -> NormExercise | None:
    """The exercise with this code, while it takes answers. Whoever asks has counted the attempt."""
    asked = code.strip().upper()
    rows = NormExercise.objects.filter(closed_at=None, expires_at__gt=at).prefetch_related("items")
    return rows.filter(code=asked).first() if asked else None
