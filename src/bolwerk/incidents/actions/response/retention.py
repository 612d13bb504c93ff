"""How long the response track is kept, and how it goes: first who and what, at the end all of it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.actions import nameless
from bolwerk.deadlines.actions import forget_subjects
from bolwerk.documents.actions import erase_documents_of
from bolwerk.documents.queries import subjects_with_documents
from bolwerk.incidents.models import (
    Measure,
    MeasureEvent,
    Objection,
    Perpetrator,
    PerpetratorLink,
    ReactionSent,
    Response,
)
from bolwerk.vault.actions import present_in
from bolwerk.vault.fields import protected_field
from bolwerk.vault.rules.retention import Kind, Period, Rule, Stage

WORDS = ("facts", "norm", "not_warned_because", "heard_words", "not_heard_because")
MEASURE_WORDS = ("deviation", "reasons", "other_channel")


def waiting(*, stage: Stage, began_before: datetime) -> QuerySet[Response]:
    """Tracks in which everything was over before a moment, and that still have what this stage takes away."""
    over = Response.objects.filter(ended_at__lt=began_before)
    return over.filter(erased_at=None) if stage is Stage.PERSONAL else over


def erase_responses(*, stage: Stage, keys: Sequence[UUID], by: str, at: datetime) -> None:
    """Take the person and the words out of tracks, or destroy them whole. Letters, objections and tasks go anyway."""
    measures = list(Measure.objects.filter(incident__in=keys).values_list("pk", flat=True))
    forget_subjects(subjects=[f"urn:bolwerk:incidents:response:{key}" for key in keys])
    for subject in subjects_with_documents([f"urn:bolwerk:incidents:measure:{pk}" for pk in measures]):
        erase_documents_of(subject=subject, by=by, at=at)
    MeasureEvent.objects.filter(measure__in=measures).delete()
    Objection.objects.filter(measure__in=measures).delete()
    ReactionSent.objects.filter(incident__in=keys).delete()
    _forget_people(keys)
    if stage is Stage.RECORD:
        Measure.objects.filter(pk__in=measures).delete()
        Response.objects.filter(pk__in=keys).delete()
        return
    for field in WORDS:
        protected_field(Response, field).store(dict.fromkeys(present_in(model=Response)(keys=keys), ""))
    for field in MEASURE_WORDS:
        protected_field(Measure, field).store(dict.fromkeys(measures, ""))
    protected_field(Measure, "areas").store({pk: [] for pk in measures})
    protected_field(Measure, "arrangement").store({pk: {} for pk in measures})
    nobody = nameless()
    Measure.objects.filter(pk__in=measures).update(proposed_by=nobody, decided_by=None, version=F("version") + 1)
    Response.objects.filter(pk__in=keys).update(erased_at=at, version=F("version") + 1)


def _forget_people(keys: Sequence[UUID]) -> None:
    """The link goes, and with its last link the person goes out of the store, with those merged into it."""
    people = set(PerpetratorLink.objects.filter(incident__in=keys).values_list("perpetrator_id", flat=True))
    PerpetratorLink.objects.filter(incident__in=keys).delete()
    roots = set(
        Perpetrator.objects.filter(pk__in=people).exclude(merged_into=None).values_list("merged_into", flat=True)
    )
    for person in Perpetrator.objects.filter(pk__in=people | roots):
        same = Perpetrator.objects.filter(pk=person.pk) | Perpetrator.objects.filter(merged_into=person)
        if not PerpetratorLink.objects.filter(perpetrator__in=same).exists():
            same.delete()


RESPONSE_RETENTION = Kind(
    code="incidents.response",
    name=_("Reactions to persons"),
    begins=_("the day on which the last measure and objection of a report is over"),
    goes=_("The person, words, hearing and letters go; step, dates and state of each measure stay for figures."),
    default=Rule(
        code="19.1",
        personal=Period(years=2),
        record=Period(years=5),
        source=_(
            "Five years after interest ends, as Purmerend keeps reports of aggression. Two years for the person is a "
            "choice of Bolwerk: earlier incidents count that long."
        ),
        verified=False,
    ),
    began_field="ended_at",
    waiting=waiting,
    present=present_in(model=Response),
    erase=erase_responses,
)
