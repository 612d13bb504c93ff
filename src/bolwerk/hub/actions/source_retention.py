"""How long is kept on what ground a register or a rule was used, and how it goes."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from bolwerk.hub.models import Assessment, Decision, Source, SwitchChange
from bolwerk.vault.actions import present_in
from bolwerk.vault.rules.retention import Kind, Period, Rule, Stage


def assessments_waiting(*, stage: Stage, began_before: datetime) -> QuerySet[Assessment]:  # noqa: ARG001  one stage
    """Assessments that held for the last time before a moment, and on which nothing rests."""
    resting = Source.objects.exclude(rests_on=None).values("rests_on")
    return Assessment.objects.filter(valid_until__lt=began_before).exclude(pk__in=resting)


def erase_assessments(*, stage: Stage, keys: Sequence[UUID], by: str, at: datetime) -> None:  # noqa: ARG001  the vault's shape
    """Destroy assessments with what was said of them."""
    Source.objects.filter(rests_on__in=keys).update(rests_on=None, is_on=False)
    Decision.objects.filter(assessment__in=keys).delete()
    Assessment.objects.filter(pk__in=keys).delete()


ASSESSMENT_RETENTION = Kind(
    code="hub.assessment",
    name=_("Assessments of registers and rules"),
    begins=_("the last day on which the assessment holds"),
    goes=_(
        "The assessment goes with what the privacy officer said of it. Never while a register or a rule rests on it."
    ),
    default=Rule(
        code="19.1",
        personal=None,
        record=Period(years=5),
        source=_("Choice of Bolwerk: as long as a finding that rested on it is kept."),
        verified=False,
    ),
    began_field="valid_until",
    waiting=assessments_waiting,
    present=present_in(model=Assessment),
    erase=erase_assessments,
)


def switches_waiting(*, stage: Stage, began_before: datetime) -> QuerySet[SwitchChange]:  # noqa: ARG001  one stage
    """Switches before a moment; the last one of a source stays, because it says how things are."""
    return SwitchChange.objects.filter(at__lt=began_before).exclude(number=F("source__version"))


def erase_switches(*, stage: Stage, keys: Sequence[UUID], by: str, at: datetime) -> None:  # noqa: ARG001  the vault's shape
    """Destroy who switched something on or off, and why."""
    SwitchChange.objects.filter(pk__in=keys).delete()


SWITCH_RETENTION = Kind(
    code="hub.switch",
    name=_("Switches of registers and rules"),
    begins=_("the day of the switch"),
    goes=_("Who switched what, and why, goes whole. The last switch of each register and rule stays."),
    default=Rule(
        code="19.1",
        personal=None,
        record=Period(years=5),
        source=_("Choice of Bolwerk: as long as the assessments."),
        verified=False,
    ),
    began_field="at",
    waiting=switches_waiting,
    present=present_in(model=SwitchChange),
    erase=erase_switches,
)
