"""Reading: who opened a document is in the trail before it leaves, and a scanner has looked at it lately."""

from datetime import datetime, timedelta

from bolwerk.accounts.models import Person
from bolwerk.documents import scanner
from bolwerk.documents.actions.noting import note_apart
from bolwerk.documents.models import Document, Letter
from bolwerk.documents.queries.files import read
from bolwerk.documents.rules import Part

SCAN_HOLDS = timedelta(days=1)  # ClamAV's signatures are renewed every day


def record_reading(*, document: Document, part: Part, by: Person, at: datetime) -> None:
    """Write down that somebody opened a document."""
    note_apart(
        event="documents.document.read", urn=document.urn, about=document.subject, by=by.urn, at=at, part=part.value
    )


def record_letter_reading(*, letter: Letter, by: Person, at: datetime) -> None:
    """Write down that somebody opened a letter that is being written."""
    note_apart(event="documents.letter.read", urn=letter.urn, about=letter.subject, by=by.urn, at=at)


def look_again(*, document: Document, at: datetime) -> None:
    """Let the scanner look once more when the last time is more than a day ago: it may know more by now.

    Raises FileRefusedError (VIRUS or NO_SCANNER): then the document does not go out. Nothing happens without a scanner.
    """
    if not scanner.is_on() or (document.scanned_at and document.scanned_at > at - SCAN_HOLDS):
        return
    scanner.scan(b"".join(read(document)))
    Document.objects.filter(pk=document.pk).update(scanned_at=at)
