"""Erasing: a document goes with what it belongs to, files and all."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction

from bolwerk.audit.actions import record
from bolwerk.documents.models import Document, Letter
from bolwerk.documents.queries.files import path_of
from bolwerk.documents.rules import Part


@transaction.atomic
def erase_documents_of(*, subject: str, by: str, at: datetime) -> int:
    """Erase every document and letter of a subject; return how many documents. `by` is a URN (a person, or SYSTEM).

    A room calls this where it erases the subject itself, in the same transaction. The files go once that is certain.
    """
    rows = list(Document.objects.select_for_update().filter(subject=subject))
    remove_rows(rows=rows, by=by, at=at)
    Letter.objects.filter(subject=subject).delete()  # what was written and never kept; the rest went with its document
    return len(rows)


def remove_rows(*, rows: Iterable[Document], by: str, at: datetime) -> None:
    """Remove these documents, inside a transaction of the caller."""
    for row in rows:
        urn, about, kind = row.urn, row.subject, row.kind
        transaction.on_commit(partial(unlink, document_id=row.pk))
        row.delete()
        record("documents.document.erased", subject=urn, actor=by, at=at, about=about, kind=kind)


def unlink(*, document_id: UUID) -> None:
    """Remove the files of a document. They are under lock: what a disk keeps of them opens nowhere."""
    for part in Part:
        path_of(document_id, part).unlink(missing_ok=True)
