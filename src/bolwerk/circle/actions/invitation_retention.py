"""How long an invitation that nobody took up is kept, with the account that was made for it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.actions import deactivate_person, erase_people
from bolwerk.accounts.models import Person
from bolwerk.circle.models import Facilitator, Participant
from bolwerk.circle.queries.circles import is_new
from bolwerk.vault.rules.retention import Kind, Period, Rule, Stage


def waiting(*, stage: Stage, began_before: datetime) -> QuerySet[Participant]:
    """Invitations whose link opened nothing any more before a moment, and that were never taken up."""
    over = Participant.objects.filter(accepted_at=None, invitation_ends_at__lt=began_before)
    return over if stage is Stage.RECORD else over.none()


def present(*, keys: Sequence[UUID]) -> list[UUID]:
    """Which of these invitations exist and were still not taken up."""
    return list(Participant.objects.filter(pk__in=keys, accepted_at=None).values_list("pk", flat=True))


def erase(*, stage: Stage, keys: Sequence[UUID], by: str, at: datetime) -> None:  # noqa: ARG001  the vault's shape
    """Destroy invitations; an account that was made for them, was never used and is invited nowhere else, goes too."""
    rows = Participant.objects.filter(pk__in=keys, accepted_at=None)
    people = list(Person.objects.filter(pk__in=rows.values("person"), is_active=True))
    rows.delete()
    for person in people:
        held = Participant.objects.filter(person=person).exists() or Facilitator.objects.filter(person=person).exists()
        if is_new(person) and person.department_id is None and not held:
            deactivate_person(person=person, by=by, at=at)
            erase_people(keys=[person.pk], at=at)


INVITATION_RETENTION = Kind(
    code="circle.invitation",
    name=_("Invitations to a circle that nobody took up"),
    begins=_("the day on which the link of the invitation ended"),
    goes=_("Name and address go, with the account that was made for the invitation and never used."),
    default=Rule(
        code="19.1",
        personal=None,
        record=Period(days=90),
        source=_("Choice of Bolwerk: three months in which somebody may still be invited anew."),
        verified=False,
    ),
    began_field="invitation_ends_at",
    waiting=waiting,
    present=present,
    erase=erase,
)
