"""What the learning circle tells sign-in about guests: for whom they come, and whom a personal link was made for."""

from datetime import date, datetime

from django.db.models import Q

from bolwerk.accounts.models import Person
from bolwerk.circle.models import Participant
from bolwerk.circle.queries.circles import invitation_at, is_new


def comes_for(person: Person, *, on: date) -> frozenset[str]:
    """The municipalities for which somebody takes part in circles on a day, or is invited."""
    still = Q(member__left_on=None) | Q(member__left_on__gt=on)
    rows = Participant.objects.filter(still, person=person, left_at=None)
    return frozenset(rows.values_list("member__municipality__name", flat=True))


def invited(digest: str, *, at: datetime) -> Person | None:
    """Whom a personal link was made for, when it works now and nobody came in with it yet."""
    row = invitation_at(digest, at=at)
    return row.person if row and row.person and is_new(row.person) else None
