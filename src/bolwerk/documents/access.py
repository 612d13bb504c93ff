"""Who may read which document. The room of its subject decides; where no room decides, nobody may."""

from datetime import date
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string

from bolwerk.accounts.access import SignedInRequest, deny
from bolwerk.accounts.models import Person
from bolwerk.documents.models import Document, Letter
from bolwerk.documents.rules import REMOVABLE, Part, is_waiting

ORIGINAL = "original"  # what rooms are asked for the file as it came in: more than the reading of what was cleaned


def may_read(subject: str, *, kind: str, person: Person, on: date) -> bool:
    """Whether `person` may read documents of this kind that belong to this subject: asked of the room, every time."""
    room = subject.split(":")[2] if subject.count(":") >= 3 else ""
    address = settings.DOCUMENT_READERS.get(room)
    return address is not None and import_string(address)(subject, kind=kind, person=person, on=on) is True


def may_remove(document: Document, *, person: Person, on: date) -> bool:
    """Whether `person` may take this document away: asked of the room. Letters and reports stay what they were."""
    room = document.subject.split(":")[2] if document.subject.count(":") >= 3 else ""
    address = settings.DOCUMENT_REMOVERS.get(room)
    if address is None or document.kind not in REMOVABLE:
        return False
    return import_string(address)(document.subject, kind=document.kind, person=person, on=on) is True


def document_to_remove(request: SignedInRequest, document_id: UUID) -> Document:
    """Return a document that this person may take away, or 404."""
    document = Document.objects.select_related("by").filter(pk=document_id).first()
    if document and may_remove(document, person=request.user, on=timezone.localdate()):
        return document
    return deny(request, subject=f"urn:bolwerk:documents:document:{document_id}")


def may_read_document(document: Document, *, part: Part = Part.CONTENT, person: Person, on: date) -> bool:
    """Whether `person` may read this part of this document. What waits for its form is read by whoever uploaded it."""
    if is_waiting(document.subject):
        return document.by_id == person.pk
    kind = ORIGINAL if part is Part.ORIGINAL else document.kind
    return may_read(document.subject, kind=kind, person=person, on=on)


def document_to_read(request: SignedInRequest, document_id: UUID, *, part: Part = Part.CONTENT) -> Document:
    """Return a document of which this person may read this part, or 404."""
    document = Document.objects.select_related("by").filter(pk=document_id).first()
    if document and may_read_document(document, part=part, person=request.user, on=timezone.localdate()):
        return document
    return deny(request, subject=f"urn:bolwerk:documents:document:{document_id}")


def letter_to_write(request: SignedInRequest, letter_id: UUID) -> Letter:
    """Return a letter that was not kept yet, about something whose letters this person may read, or 404."""
    letter = Letter.objects.select_related("by").filter(pk=letter_id, document=None).first()
    today = timezone.localdate()
    if letter and may_read(letter.subject, kind=letter.kind, person=request.user, on=today):
        return letter
    return deny(request, subject=f"urn:bolwerk:documents:letter:{letter_id}")


def subject_address(subject: str, person: Person, *, on: date) -> str:
    """The page of what a document belongs to, for this person; the start when there is none."""
    address = settings.SUBJECT_ADDRESSES.get(subject.split(":")[2])
    found: str | None = import_string(address)(subject, person, on=on) if address else None
    return found or "/"


def _signer(request: HttpRequest) -> signing.TimestampSigner:
    """Signs for this session and this person: the same words of another session are no ticket."""
    return signing.TimestampSigner(salt=f"bolwerk.documents:{request.session.session_key}:{request.user.pk}")


def link_to(request: HttpRequest, document: Document, part: Part) -> str:
    """An address for a part of a document that holds for a few minutes, in this session, for this person."""
    said = f"{document.pk}/{part.value}"
    ticket = _signer(request).sign(said).removeprefix(f"{said}:")
    return reverse("documents:fetch", args=[document.pk, part.value, ticket])


def document_by_ticket(request: SignedInRequest, document_id: UUID, part: Part, ticket: str) -> Document:
    """Return the document that the ticket opens, or 404. The ticket alone is not enough: rights are asked again."""
    document = document_to_read(request, document_id, part=part)
    try:
        _signer(request).unsign(f"{document_id}/{part.value}:{ticket}", max_age=settings.DOCUMENT_LINK_SECONDS)
    except signing.BadSignature:
        deny(request, subject=document.urn)
    return document
