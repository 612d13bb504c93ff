"""Where documents lie and what is in them."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from uuid import UUID

from django.conf import settings

from bolwerk.accounts.models import Person
from bolwerk.documents import scanner
from bolwerk.documents.models import Document, Letter
from bolwerk.documents.rules import Kind, Part, waiting_for
from bolwerk.vault.queries import read_protected_file
from bolwerk.vault.rules.ring import Place


def folder() -> Path:
    """Where the files of this installation lie."""
    return Path(settings.BOLWERK_DIR) / "documents"


def path_of(document_id: UUID, part: Part) -> Path:
    """Where a part of a document lies: by its id alone. Nothing that anybody typed is in it."""
    return folder() / document_id.hex[:2] / f"{document_id.hex}.{part.value}"


def place_of(document_id: UUID, part: Part) -> Place:
    """The only place at which this part opens."""
    return Place(table="documents_document", column=part.value, row=str(document_id))


def read(document: Document, part: Part = Part.CONTENT) -> Iterator[bytes]:
    """Yield a part of a document, piece by piece.

    Raises CannotOpenError when it was tampered with, FileNotFoundError when it is gone.
    """
    return read_protected_file(path_of(document.pk, part), place=place_of(document.pk, part))


def closed_files() -> Iterator[tuple[Path, Place]]:
    """Every part of every document with its place: `bolwerk keys` closes them anew, and checks that they open."""
    for document in Document.objects.order_by("pk").only("pk", "has_thumbnail", "has_original").iterator():
        there = {Part.CONTENT: True, Part.THUMBNAIL: document.has_thumbnail, Part.ORIGINAL: document.has_original}
        yield from ((path_of(document.pk, p), place_of(document.pk, p)) for p, is_there in there.items() if is_there)


def documents_of(subject: str, *kinds: Kind) -> list[Document]:
    """The documents of a subject, oldest first; with `kinds`, those only. The room has checked who is asking."""
    rows = Document.objects.select_related("by").filter(subject=subject)
    return list(rows.filter(kind__in=kinds) if kinds else rows)


def subjects_with_documents(subjects: Sequence[str]) -> set[str]:
    """Which of these subjects have documents, or letters that were written and never kept."""
    having = (model.objects.filter(subject__in=subjects) for model in (Document, Letter))
    return {subject for rows in having for subject in rows.values_list("subject", flat=True)}


def waiting_documents(key: UUID, *, by: Person) -> list[Document]:
    """What `by` uploaded with a form that was not sent yet, by the form's own key."""
    return list(Document.objects.select_related("by").filter(subject=waiting_for(key), by=by))


def scanner_is_on() -> bool:
    """Whether files are looked at by a virus scanner as well."""
    return scanner.is_on()
