"""How long the care track is kept, and how it goes: first who and every word, at the end all of it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.actions import nameless
from bolwerk.deadlines.actions import forget_subjects
from bolwerk.incidents.models import (
    Care,
    CareHelp,
    CareMoment,
    CareWish,
    Concerned,
    InspectorateCase,
    InspectorateStep,
    SickLeave,
)
from bolwerk.incidents.queries.names import CARE
from bolwerk.vault.actions import present_in
from bolwerk.vault.fields import protected_field
from bolwerk.vault.rules.retention import Kind, Period, Rule, Stage

MOMENT_WORDS = ("need", "agreed", "reason")
PERSON_WORDS = ("name", "reason")
TOLD = (CareHelp, CareWish, InspectorateStep)  # who needed, asked or wrote what; not for figures


def waiting(*, stage: Stage, began_before: datetime) -> QuerySet[Care]:
    """Tracks that were over before a moment, and that still have what this stage takes away."""
    over = Care.objects.filter(ended_at__lt=began_before)
    return over.filter(erased_at=None) if stage is Stage.PERSONAL else over


def erase_care(*, stage: Stage, keys: Sequence[UUID], by: str, at: datetime) -> None:  # noqa: ARG001  as every eraser
    """Take people and words out of tracks, or destroy them whole. Tasks go in any case."""
    forget_subjects(subjects=[f"{CARE}{key}" for key in keys])
    for model in TOLD:
        model.objects.filter(incident__in=keys).delete()
    if stage is Stage.RECORD:
        SickLeave.objects.filter(incident__in=keys).delete()
        CareMoment.objects.filter(incident__in=keys).delete()
        Concerned.objects.filter(incident__in=keys).delete()
        InspectorateCase.objects.filter(pk__in=keys).delete()
        Care.objects.filter(pk__in=keys).delete()
        return
    moments = list(CareMoment.objects.filter(incident__in=keys).values_list("pk", flat=True))
    people = list(Concerned.objects.filter(incident__in=keys).values_list("pk", flat=True))
    for field in MOMENT_WORDS:
        protected_field(CareMoment, field).store(dict.fromkeys(moments, ""))
    for field in PERSON_WORDS:
        protected_field(Concerned, field).store(dict.fromkeys(people, ""))
    cases = list(InspectorateCase.objects.filter(pk__in=keys).values_list("pk", flat=True))
    protected_field(InspectorateCase, "number").store(dict.fromkeys(cases, ""))
    nobody = nameless()
    InspectorateCase.objects.filter(pk__in=cases).update(by=nobody)
    CareMoment.objects.filter(pk__in=moments).update(by=nobody)
    SickLeave.objects.filter(incident__in=keys).update(by=nobody)
    Concerned.objects.filter(pk__in=people).update(person=None, added_by=nobody, version=F("version") + 1)
    Care.objects.filter(pk__in=keys).update(erased_at=at)


CARE_RETENTION = Kind(
    code="incidents.care",
    name=_("Care after a report"),
    begins=_("the day on which the last moment of everybody concerned has been"),
    goes=_("Names, needs, help, requests and reasons go; which moment took place and days of absence stay."),
    default=Rule(
        code="19.1",
        personal=Period(years=1),
        record=Period(years=5),
        source=_(
            "One year for what somebody needs is a choice of Bolwerk: it can be data about health (AVG article 9), and "
            "the care is over. Five years for the days, as the report itself."
        ),
        verified=False,
    ),
    began_field="ended_at",
    waiting=waiting,
    present=present_in(model=Care),
    erase=erase_care,
)
