"""How long sealed notes, and requests to open a vault, are kept."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from bolwerk.vault.actions.envelopes import destroy_envelope
from bolwerk.vault.actions.keeping_whole import present_in
from bolwerk.vault.models import EscrowRequest, Note
from bolwerk.vault.rules.retention import Kind, Period, Rule, Stage


def notes_waiting(*, stage: Stage, began_before: datetime) -> QuerySet[Note]:
    """Notes that were written before a moment."""
    notes = Note.objects.filter(written_at__lt=began_before)
    return notes if stage is Stage.RECORD else notes.none()


def erase_notes(*, stage: Stage, keys: Sequence[UUID], by: str, at: datetime) -> None:
    """Destroy notes with their envelopes, for everybody who could open them."""
    if stage is Stage.RECORD:
        for note in Note.objects.select_related("envelope").filter(pk__in=keys):
            note.delete()
            destroy_envelope(envelope=note.envelope, by=by, at=at)


def requests_waiting(*, stage: Stage, began_before: datetime) -> QuerySet[EscrowRequest]:
    """Requests that were closed before a moment."""
    requests = EscrowRequest.objects.filter(ended_at__lt=began_before)
    return requests if stage is Stage.RECORD else requests.none()


def erase_requests(*, stage: Stage, keys: Sequence[UUID], by: str, at: datetime) -> None:  # noqa: ARG001  every kind is called so
    """Destroy requests to open a vault; the trail keeps who asked and who agreed."""
    if stage is Stage.RECORD:
        EscrowRequest.objects.filter(pk__in=keys).delete()


NOTE_RETENTION = Kind(
    code="vault.note",
    name=_("Sealed notes"),
    begins=_("the day on which the note was written"),
    goes=_("The note goes whole, for everybody who could open it. Whoever needs it longer writes it in a file."),
    default=Rule(
        code="19.1",
        personal=None,
        record=Period(years=2),
        source=_(
            "Choice of Bolwerk: a note is a work of the day and no archive. Nobody can see from outside what it says."
        ),
        verified=False,
    ),
    began_field="written_at",
    waiting=notes_waiting,
    present=present_in(model=Note),
    erase=erase_notes,
)
REQUEST_RETENTION = Kind(
    code="vault.request",
    name=_("Requests to open a vault with two trustees"),
    begins=_("the day on which the request was closed"),
    goes=_("The request goes with its reason. The log keeps who asked, who agreed and when."),
    default=Rule(
        code="6.1",
        personal=None,
        record=Period(years=5),
        source=_("The selection list: requests that were granted, five years. Refused ones may go after one year."),
        verified=False,
    ),
    began_field="ended_at",
    waiting=requests_waiting,
    present=present_in(model=EscrowRequest),
    erase=erase_requests,
)
