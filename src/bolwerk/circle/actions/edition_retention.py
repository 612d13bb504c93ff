"""How long names stay with an edition, and how they go."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.actions import nameless
from bolwerk.accounts.models import NAMELESS
from bolwerk.circle.models import Edition, EditionItem
from bolwerk.vault.actions import present_in
from bolwerk.vault.fields import protected_field
from bolwerk.vault.rules.retention import Kind, Period, Rule, Stage


def waiting(*, stage: Stage, began_before: datetime) -> QuerySet[Edition]:
    """Editions that went out before a moment, and still name who made them; whole, with whatever is in them."""
    out = Edition.objects.filter(published_at__lt=began_before)
    return out.exclude(by=NAMELESS) if stage is Stage.PERSONAL else out


def erase(*, stage: Stage, keys: Sequence[UUID], by: str, at: datetime) -> None:  # noqa: ARG001  the vault's shape
    """Take out who made it and who said yes, or destroy it whole. What was sent on stays with whoever has it."""
    if stage is Stage.RECORD:
        Edition.objects.filter(pk__in=keys).delete()
        return
    items = EditionItem.objects.filter(edition__in=keys).values_list("pk", flat=True)
    protected_field(EditionItem, "consent").store(dict.fromkeys(items, ""))
    Edition.objects.filter(pk__in=keys).update(by=nameless())


EDITION_RETENTION = Kind(
    code="circle.edition",
    name=_("Publications of circles"),
    begins=_("the day on which the edition went out"),
    goes=_("Who made it and who said yes to each part goes; the publication stays."),
    default=Rule(
        code="19.1",
        personal=Period(years=5),
        record=Period(years=20),
        source=_("Choice of Bolwerk: as long as somebody may ask who agreed. Your archivist decides."),
        verified=False,
    ),
    began_field="published_at",
    waiting=waiting,
    present=present_in(model=Edition),
    erase=erase,
)
