"""Taking away: a photo or a file that should not be there goes at once, with a reason and with proof."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.models import Person
from bolwerk.documents.actions.erasing import remove_rows
from bolwerk.documents.actions.noting import note
from bolwerk.documents.models import Document
from bolwerk.vault.actions import erase_by_hand, present_in
from bolwerk.vault.queries.retention import is_held
from bolwerk.vault.rules.retention import Kind, Rule, Stage


class HeldError(Exception):
    """What the document belongs to must stay as it is, for as long as the hold lasts."""


@transaction.atomic
def remove_document(*, document: Document, reason: str, by: Person, at: datetime) -> None:
    """Take a document away for good: it is gone from disk, and a backup that is put back does not bring it back.

    Raises HeldError.
    """
    if is_held(document.subject):
        raise HeldError
    about = document.subject
    note(
        "documents.document.removed", urn=document.urn, about=about, by=by.urn, at=at, reason=reason, kind=document.kind
    )
    erase_by_hand(code=REMOVAL.code, keys=[document.pk], by=by.urn, at=at)


def waiting(*, stage: Stage, began_before: datetime) -> QuerySet[Document]:  # noqa: ARG001  every kind is called so
    """None: no document goes by itself."""
    return Document.objects.none()


def erase(*, stage: Stage, keys: Sequence[UUID], by: str, at: datetime) -> None:
    """Take these documents away, files and all."""
    if stage is Stage.RECORD:
        remove_rows(rows=list(Document.objects.select_for_update().filter(pk__in=keys)), by=by, at=at)


REMOVAL = Kind(
    code="documents.document",
    name=_("Photos and files that somebody took away"),
    begins=_("nothing: it goes when somebody takes it away"),
    goes=_("The document, files and all."),
    default=Rule(code="19.1", personal=None, record=None, source=_("Whoever looks after the report."), verified=True),
    began_field="at",
    waiting=waiting,
    present=present_in(model=Document),
    erase=erase,
    by_hand=True,
)
