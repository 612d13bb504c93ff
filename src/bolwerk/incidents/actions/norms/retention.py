"""How long versions of norms are kept, and how they go."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.actions import nameless
from bolwerk.deadlines.actions import forget_subjects
from bolwerk.incidents.models import Norm, NormEvent, NormExercise, NormMeeting, NormMeetingChange
from bolwerk.vault.actions import present_in
from bolwerk.vault.fields import protected_field
from bolwerk.vault.rules.retention import Kind, Period, Rule, Stage


def waiting(*, stage: Stage, began_before: datetime) -> QuerySet[Norm]:
    """Versions that were followed by another before a moment."""
    over = Norm.objects.filter(ended_at__lt=began_before)
    signed = Exists(NormEvent.objects.filter(norm=OuterRef("pk")))  # no join: rows are locked one by one
    return over.filter(signed) if stage is Stage.PERSONAL else over


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
    present=present_in(model=Norm),
    erase=erase_norms,
)


def meetings_waiting(*, stage: Stage, began_before: datetime) -> QuerySet[NormMeeting]:
    """Meetings that were held or cancelled before a moment, and still have what this stage takes away."""
    over = NormMeeting.objects.filter(over_at__lt=began_before)
    return over.filter(erased_at=None) if stage is Stage.PERSONAL else over


def erase_meetings(*, stage: Stage, keys: Sequence[UUID], by: str, at: datetime) -> None:  # noqa: ARG001  the vault's shape
    """Take out the words and who led it, or destroy meetings whole; the exercises go in any case."""
    forget_subjects(subjects=[f"urn:bolwerk:incidents:norm_meeting:{key}" for key in keys])
    if stage is Stage.RECORD:
        NormMeeting.objects.filter(pk__in=keys).delete()
        return
    NormExercise.objects.filter(meeting__in=keys).delete()
    NormMeetingChange.objects.filter(meeting__in=keys).delete()
    protected_field(NormMeeting, "outcomes").store(dict.fromkeys(present_in(model=NormMeeting)(keys=keys), ""))
    NormMeeting.objects.filter(pk__in=keys).update(by=nameless(), erased_at=at)


NORM_MEETING_RETENTION = Kind(
    code="incidents.norm_meeting",
    name=_("Meetings about the norm"),
    begins=_("the day on which the meeting was held or cancelled"),
    goes=_("What was agreed, the exercises and who led it go; team, day, number present and version stay as proof."),
    default=Rule(
        code="19.1",
        personal=Period(years=2),
        record=Period(years=5),
        source=_("Choice of Bolwerk: two years of words, five years of proof for the labour inspectorate."),
        verified=False,
    ),
    began_field="over_at",
    waiting=meetings_waiting,
    present=present_in(model=NormMeeting),
    erase=erase_meetings,
)
