"""How long runs of a case are kept, and how they go."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.actions import nameless
from bolwerk.accounts.models import NAMELESS
from bolwerk.circle.models import Contribution, Intervision, Present, Voted
from bolwerk.deadlines.actions import forget_subjects
from bolwerk.vault.actions import present_in
from bolwerk.vault.rules.retention import Kind, Period, Rule, Stage


def runs_waiting(*, stage: Stage, began_before: datetime) -> QuerySet[Intervision]:
    """Runs that ended before a moment. One that never ended goes with its case or its circle."""
    over = Intervision.objects.filter(ended_at__lt=began_before)
    return over.exclude(led_by=NAMELESS) if stage is Stage.PERSONAL else over


def erase_runs(*, stage: Stage, keys: Sequence[UUID], by: str, at: datetime) -> None:  # noqa: ARG001  the vault's shape
    """Take out who was there and who wrote what, or destroy runs with everything that was written in them."""
    sent = Contribution.objects.filter(intervision__in=keys)
    forget_subjects(subjects=[one.urn for one in sent.only("pk")])
    if stage is Stage.RECORD:
        Intervision.objects.filter(pk__in=keys).delete()
        return
    sent.update(by=None, at=None)
    for model in (Present, Voted):
        model._base_manager.filter(intervision__in=keys).delete()
    Intervision.objects.filter(pk__in=keys).update(led_by=nameless())


RUN_RETENTION = Kind(
    code="circle.intervision",
    name=_("Intervisions of a circle"),
    begins=_("the day on which the intervision ended"),
    goes=_("Who was there, who led and who wrote what goes; the words stay with the case until they go too."),
    default=Rule(
        code="19.1",
        personal=Period(years=1),
        record=Period(years=3),
        source=_("Choice of Bolwerk: as long as the case it was about."),
        verified=False,
    ),
    began_field="ended_at",
    waiting=runs_waiting,
    present=present_in(model=Intervision),
    erase=erase_runs,
)
