"""The role that shows somebody the learning circle in the navigation. It opens no circle by itself."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from bolwerk.accounts.actions import give_role, withdraw_role
from bolwerk.accounts.models import Grant, Person
from bolwerk.accounts.rules import Role
from bolwerk.audit.actions import SYSTEM
from bolwerk.circle.access import CIRCLE_ROLES, taking_part_on
from bolwerk.circle.models import Circle, Facilitator, Participant


def let_in(*, person: Person, circle: Circle, at: datetime) -> None:
    """Give the role of a member to somebody who takes part in or leads a circle, and has no role of this room yet."""
    if not Grant.objects.filter(person=person, role__in=CIRCLE_ROLES, withdrawn_at=None).exists():
        give_role(person=person, role=Role.CIRCLE_MEMBER, by=circle.urn, at=at)


@transaction.atomic
def take_back_roles(*, at: datetime, person: Person | None = None) -> int:
    """Take the role of a member back from whoever was in a circle and is in none any more: left, taken out, or the
    municipality left. Of one person, or of everybody. Returns how many were taken back.

    A role that somebody got by hand and without a circle stays; so does one of single sign-on, which goes with its
    claim. An invitation that waits, or leading a circle, keeps it.
    """
    rows = Participant.objects.filter(person=OuterRef("person"))
    there = taking_part_on(timezone.localdate(at)).filter(person=OuterRef("person"))
    leading = Facilitator.objects.filter(person=OuterRef("person"))
    grants = Grant.objects.filter(role=Role.CIRCLE_MEMBER, withdrawn_at=None, by_claim=False, person__is_active=True)
    grants = grants.filter(person=person) if person else grants
    was = Q(Exists(rows.exclude(accepted_at=None))) | Q(Exists(leading))
    over = list(grants.filter(was, ~Exists(there), ~Exists(leading.filter(left_at=None))).select_related("person"))
    for grant in over:
        withdraw_role(grant=grant, by=SYSTEM, at=at)
    return len(over)
