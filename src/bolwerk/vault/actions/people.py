"""How long the names of people who left are kept. Accounts stand below the vault, so the vault knows their kind."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.actions import erase_people
from bolwerk.accounts.models import Person
from bolwerk.vault.rules.retention import Kind, Period, Rule, Stage


def waiting(*, stage: Stage, began_before: datetime) -> QuerySet[Person]:
    """People who left before the day of a moment, and still have a name."""
    last = timezone.localdate(began_before)
    people = Person.objects.filter(is_active=False, left_on__lt=last, erased_at=None)
    return people if stage is Stage.PERSONAL else people.none()


def present(*, keys: Sequence[UUID]) -> list[UUID]:
    """Which of these people still have a name."""
    return list(Person.objects.filter(pk__in=keys, erased_at=None).values_list("pk", flat=True))


def erase(*, stage: Stage, keys: Sequence[UUID], by: str, at: datetime) -> None:  # noqa: ARG001  every kind is called so
    """Take the names away. The rows stay for what these people did."""
    if stage is Stage.PERSONAL:
        erase_people(keys=keys, at=at)


RETENTION = Kind(
    code="accounts.person",
    name=_("People who left"),
    begins=_("the day somebody leaves"),
    goes=_("Name, address, roles and everything to sign in with go. What somebody did stays, as a former colleague's."),
    default=Rule(
        code="19.1",
        personal=Period(years=5),
        record=None,
        source=_(
            "Five years as the selection list says of registers without financial consequences: so long the log can "
            "tell who did what. The personnel file is not kept here."
        ),
        verified=False,
    ),
    began_field="left_on",
    waiting=waiting,
    present=present,
    erase=erase,
)
