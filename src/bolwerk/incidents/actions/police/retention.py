"""How long the track of police and damage is kept, and how it goes: first the words, at the end all of it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.actions import nameless
from bolwerk.deadlines.actions import forget_subjects
from bolwerk.documents.actions import erase_documents_of
from bolwerk.documents.queries import subjects_with_documents
from bolwerk.incidents.models import DamageItem, Police, PoliceReport
from bolwerk.vault.actions import present_in
from bolwerk.vault.fields import protected_field
from bolwerk.vault.rules.retention import Kind, Period, Rule, Stage

REPORT_WORDS = ("offences", "number")


def waiting(*, stage: Stage, began_before: datetime) -> QuerySet[Police]:
    """Tracks in which everything was over before a moment, and that still have what this stage takes away."""
    over = Police.objects.filter(ended_at__lt=began_before)
    return over.filter(erased_at=None) if stage is Stage.PERSONAL else over


def erase_police(*, stage: Stage, keys: Sequence[UUID], by: str, at: datetime) -> None:
    """Take the words out of tracks, or destroy them whole. Papers and tasks go anyway."""
    subjects = [f"urn:bolwerk:incidents:police:{key}" for key in keys]
    forget_subjects(subjects=subjects)
    for subject in subjects_with_documents(subjects):
        erase_documents_of(subject=subject, by=by, at=at)
    if stage is Stage.RECORD:
        DamageItem.objects.filter(incident__in=keys).delete()
        PoliceReport.objects.filter(incident__in=keys).delete()
        Police.objects.filter(pk__in=keys).delete()
        return
    reports = list(PoliceReport.objects.filter(incident__in=keys).values_list("pk", flat=True))
    for field in REPORT_WORDS:
        protected_field(PoliceReport, field).store(dict.fromkeys(reports, ""))
    for field in ("no_report_because", "damage_left_because"):
        protected_field(Police, field).store(dict.fromkeys(present_in(model=Police)(keys=keys), ""))
    PoliceReport.objects.filter(pk__in=reports).update(by=nameless(), version=F("version") + 1)
    Police.objects.filter(pk__in=keys).update(erased_at=at, version=F("version") + 1)


def without_reports(*, keys: Sequence[UUID]) -> list[UUID]:
    """The incidents of which nothing was reported to the police: their track goes along with the report."""
    reported = set(PoliceReport.objects.filter(incident__in=keys).values_list("incident_id", flat=True))
    return [key for key in keys if key not in reported]


POLICE_RETENTION = Kind(
    code="incidents.police",
    name=_("Reports to the police and damage"),
    begins=_("the day on which the last report to the police is over, or nothing was reported"),
    goes=_("Offences, numbers, reasons and papers go; kind, days, state and outcome stay for figures."),
    default=Rule(
        code="19.1",
        personal=Period(years=2),
        record=Period(years=5),
        source=_(
            "Five years after interest ends, as Purmerend keeps reports of aggression. Two years for the words is a "
            "choice of Bolwerk."
        ),
        verified=False,
    ),
    began_field="ended_at",
    waiting=waiting,
    present=present_in(model=Police),
    erase=erase_police,
)
