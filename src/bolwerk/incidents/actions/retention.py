"""How long a report is kept, and how it goes: first who and what, at the end all of it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.actions import nameless
from bolwerk.deadlines.actions import forget_subjects
from bolwerk.documents.actions import erase_documents_of
from bolwerk.documents.queries import subjects_with_documents
from bolwerk.incidents.actions.care import erase_care
from bolwerk.incidents.actions.police.retention import erase_police, without_reports
from bolwerk.incidents.actions.response import erase_responses
from bolwerk.incidents.models import (
    Addition,
    Assignment,
    Correction,
    Feedback,
    Incident,
    KioskReport,
    Measure,
    SevenWs,
    StatusChange,
)
from bolwerk.vault.actions import present_in
from bolwerk.vault.fields import protected_field
from bolwerk.vault.rules.retention import Kind, Period, Rule, Stage

TOLD = (
    Feedback,
    Addition,
    Correction,
    Assignment,
    StatusChange,
    SevenWs,
    KioskReport,
)  # who did or said what; not for figures


def waiting(*, stage: Stage, began_before: datetime) -> QuerySet[Incident]:
    """Reports that were closed before a moment, and still have what this stage takes away."""
    closed = Incident.objects.filter(closed_at__lt=began_before)
    return closed.filter(erased_at=None) if stage is Stage.PERSONAL else closed


def erase(*, stage: Stage, keys: Sequence[UUID], by: str, at: datetime) -> None:
    """Take the people and the words out of reports, or destroy them whole; photos, tasks and mail go in any case."""
    subjects = [f"urn:bolwerk:incidents:incident:{key}" for key in keys]
    forget_subjects(subjects=subjects)
    erase_care(stage=stage, keys=keys, by=by, at=at)
    erase_responses(stage=stage, keys=keys if stage is Stage.RECORD else _without_measures(keys), by=by, at=at)
    alone = keys if stage is Stage.RECORD else without_reports(keys=keys)
    erase_police(stage=stage, keys=alone, by=by, at=at)
    for subject in subjects_with_documents(subjects):
        erase_documents_of(subject=subject, by=by, at=at)
    for model in TOLD:
        model.objects.filter(incident__in=keys).delete()
    if stage is Stage.RECORD:
        Incident.objects.filter(pk__in=keys).delete()
        return
    _keep_months(keys)
    nobody = nameless()
    still_there = present_in(model=Incident)(keys=keys)
    for field in ("place", "words"):
        protected_field(Incident, field).store(dict.fromkeys(still_there, ""))
    Incident.objects.filter(pk__in=keys).update(
        reporter=nobody,
        happened_to=nobody,
        assigned_to=None,
        chosen_manager=None,
        kept_from=None,
        erased_at=at,
        version=F("version") + 1,
    )


def _without_measures(keys: Sequence[UUID]) -> list[UUID]:
    """The reports about which no measure was ever proposed: their track has no end of its own."""
    measured = set(Measure.objects.filter(incident__in=keys).values_list("incident_id", flat=True))
    return [key for key in keys if key not in measured]


def _keep_months(keys: Sequence[UUID]) -> None:
    """Of the moments only the month stays, on the calendar of the town hall."""
    rows = list(Incident.objects.filter(pk__in=keys).only("occurred_at", "reported_at"))
    for row in rows:
        row.occurred_at, row.reported_at = (
            first_of_month(moment=row.occurred_at),
            first_of_month(moment=row.reported_at),
        )
    Incident.objects.bulk_update(rows, ["occurred_at", "reported_at"])


def first_of_month(*, moment: datetime) -> datetime:
    """The first moment of its month, on the calendar of the town hall."""
    return timezone.localtime(moment).replace(day=1, hour=0, minute=0, second=0, microsecond=0, fold=0)


# No line of the selection list is about a register of aggression; the archivist decides (domain notes §2.10, §8.7).
RETENTION = Kind(
    code="incidents.incident",
    name=_("Reports of incidents"),
    begins=_("the day the report is closed"),
    goes=_(
        "Names, words, photos, place and exact days go; kind, department, month and whether care was given stay for "
        "figures."
    ),
    default=Rule(
        code="19.1",
        personal=Period(years=2),
        record=Period(years=5),
        source=_(
            "Five years as the selection list says of registers without financial consequences, and as Purmerend keeps "
            "reports of aggression. Two years for names and words is a choice of Bolwerk."
        ),
        verified=False,
    ),
    began_field="closed_at",
    waiting=waiting,
    present=present_in(model=Incident),
    erase=erase,
)
