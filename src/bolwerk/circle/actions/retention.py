"""How long circles are kept, and how they go."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.actions import nameless
from bolwerk.circle.actions.photos import forget_pictures
from bolwerk.circle.models import Circle, Facilitator, OwnWord, Participant
from bolwerk.vault.actions import present_in
from bolwerk.vault.rules.retention import Kind, Period, Rule, Stage


def waiting(*, stage: Stage, began_before: datetime) -> QuerySet[Circle]:
    """Circles that were closed before a moment, and still have what this stage takes away."""
    over = Circle.objects.filter(closed_at__lt=began_before)
    named = Exists(Participant.objects.filter(member__circle=OuterRef("pk")))
    return over.filter(named) if stage is Stage.PERSONAL else over


def erase(*, stage: Stage, keys: Sequence[UUID], by: str, at: datetime) -> None:
    """Take out who took part and who led, with photos and what was prepared; or destroy circles whole."""
    forget_pictures(circles=keys, by=by, at=at)
    Participant.objects.filter(member__circle__in=keys).delete()  # their drafts of cases go along
    OwnWord.objects.filter(member__circle__in=keys).delete()
    if stage is Stage.RECORD:
        Circle.objects.filter(pk__in=keys).delete()
        return
    Facilitator.objects.filter(circle__in=keys).delete()
    Circle.objects.filter(pk__in=keys).update(founded_by=nameless())


CIRCLE_RETENTION = Kind(
    code="circle.circle",
    name=_("Learning circles"),
    begins=_("the day the circle is closed"),
    goes=_("Who took part and who led it goes; the circle and what it brought stay."),
    default=Rule(
        code="19.1",
        personal=Period(years=1),
        record=Period(years=5),
        source=_(
            "Choice of Bolwerk: a year to look back on what was taken over, and five years for what the circle brought."
        ),
        verified=False,
    ),
    began_field="closed_at",
    waiting=waiting,
    present=present_in(model=Circle),
    erase=erase,
)
