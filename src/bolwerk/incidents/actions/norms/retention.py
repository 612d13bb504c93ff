"""How long versions of norms are kept, and how they go."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.actions import nameless
from bolwerk.deadlines.actions import forget_subjects
from bolwerk.incidents.models import Norm, NormEvent
from bolwerk.vault.rules.retention import Kind, Period, Rule, Stage


def waiting(*, stage: Stage, began_before: datetime) -> QuerySet[Norm]:
    """Versions that were followed by another before a moment."""
    over = Norm.objects.filter(ended_at__lt=began_before)
    return over.filter(events__isnull=False).distinct() if stage is Stage.PERSONAL else over


def present(*, keys: Sequence[UUID]) -> list[UUID]:
    """Which of these versions exist."""
    return list(Norm.objects.filter(pk__in=keys).values_list("pk", flat=True))


def erase_norms(*, stage: Stage, keys: Sequence[UUID], by: str, at: datetime) -> None:  # noqa: ARG001  the vault's shape
    """Take out who wrote and adopted, or destroy versions whole."""
    forget_subjects(subjects=[f"urn:bolwerk:incidents:norm:{key}" for key in keys])
    NormEvent.objects.filter(norm__in=keys).delete()
    if stage is Stage.RECORD:
        Norm.objects.filter(pk__in=keys).delete()
        return
    Norm.objects.filter(pk__in=keys, adopted_by__isnull=False).update(adopted_by=nameless())


NORM_RETENTION = Kind(
    code="incidents.norm",
    name=_("Versions of the norm"),
    begins=_("the day on which the next version was adopted"),
    goes=_("Who wrote and adopted it goes; the rules and since when they held stay."),
    default=Rule(
        code="19.1",
        personal=Period(years=5),
        record=Period(years=10),
        source=_(
            "Choice of Bolwerk: as long as a reaction that rests on a version can still be disputed. Your archivist "
            "decides whether the norm is to be kept for good."
        ),
        verified=False,
    ),
    began_field="ended_at",
    waiting=waiting,
    present=present,
    erase=erase_norms,
)
