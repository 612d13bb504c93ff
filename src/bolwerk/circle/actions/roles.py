"""The role that shows somebody the learning circle in the navigation. It opens no circle by itself."""

from datetime import datetime

from bolwerk.accounts.actions import give_role
from bolwerk.accounts.models import Grant, Person
from bolwerk.accounts.rules import Role
from bolwerk.circle.access import CIRCLE_ROLES
from bolwerk.circle.models import Circle


def let_in(*, person: Person, circle: Circle, at: datetime) -> None:
    """Give the role of a member to somebody who takes part in or leads a circle, and has no role of this room yet."""
    if not Grant.objects.filter(person=person, role__in=CIRCLE_ROLES, withdrawn_at=None).exists():
        give_role(person=person, role=Role.CIRCLE_MEMBER, by=circle.urn, at=at)
