"""Keeping: a file comes in harmless, counted and under lock, or not at all."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import Sum

from bolwerk.accounts.models import Person
from bolwerk.audit.actions import record_apart
from bolwerk.crypto.keyfile import RingMissingError, RingUnreadableError
from bolwerk.documents import scanner
from bolwerk.documents.actions.erasing import unlink
from bolwerk.documents.actions.noting import note
from bolwerk.documents.cleaning.bounded import clean
from bolwerk.documents.cleaning.formats import COMPOUND_FILE, OFFICE, looks_like
from bolwerk.documents.cleaning.limits import MAXIMUM_BYTES
from bolwerk.documents.cleaning.outcome import Cleaned, FileRefusedError, Reason
from bolwerk.documents.models import Attempt, Document, Holder
from bolwerk.documents.queries.files import path_of, place_of
from bolwerk.documents.rules import Kind, Part
from bolwerk.documents.rules.names import declared_format, shown_name
from bolwerk.vault.actions import protect_file

HOUR = timedelta(hours=1)
HEAD = 16  # bytes by which a format is recognised


@dataclass(frozen=True)
class Upload:
    """A file as it came in: its name and media type as the sender says, and its bytes. `size` may be more than came."""

    name: str
    media_type: str
    data: bytes
    size: int


def keep_upload(*, upload: Upload, subject: str, kind: Kind, by: Person, at: datetime) -> Document:
    """Check, scan, clean and keep a file that somebody sent. Return the document.

    The same file for the same subject is kept once. Raises FileRefusedError; then nothing is kept but the line in the
    trail. Takes up to five seconds and must not be called inside a transaction.
    """
    with _told(subject=subject, kind=kind, by=by, at=at):
        cleaned = _cleaned(upload, kind=kind, by=by, at=at)
        return _keep(upload, cleaned, subject=subject, kind=kind, by=by, at=at)


def look_at_upload(*, upload: Upload, subject: str, kind: Kind, by: Person, at: datetime) -> None:
    """Check, scan and clean a file and keep nothing of it: to know whether it could come in.

    Raises FileRefusedError, with a line in the trail. Must not be called inside a transaction.
    """
    with _told(subject=subject, kind=kind, by=by, at=at):
        _cleaned(upload, kind=kind, by=by, at=at)


@contextmanager
def _told(*, subject: str, kind: Kind, by: Person, at: datetime) -> Iterator[None]:
    """A refusal leaves a line in the trail."""
    try:
        yield
    except FileRefusedError as refusal:
        reason = refusal.reason.value
        record_apart("documents.upload.refused", subject=subject, actor=by.urn, at=at, why=reason, kind=kind.value)
        raise


def _cleaned(upload: Upload, *, kind: Kind, by: Person, at: datetime) -> Cleaned:
    _count_attempt(by=by, at=at)
    code = _checked(upload, kind=kind)
    scanner.scan(upload.data)
    return clean(upload.data, code)


def keep_own(*, content: bytes, name: str, subject: str, kind: Kind, by: Person, at: datetime) -> Document:
    """Keep a PDF that Bolwerk made itself, to the byte. Raises FileRefusedError when the subject is full."""
    upload = Upload(name, "application/pdf", content, len(content))
    return _keep(upload, Cleaned(content, "pdf"), subject=subject, kind=kind, by=by, at=at)


def _checked(upload: Upload, *, kind: Kind) -> str:
    """The code of the format that name, media type and content agree on. Raises FileRefusedError."""
    if not upload.size:
        raise FileRefusedError(Reason.EMPTY)
    if upload.size > MAXIMUM_BYTES:
        raise FileRefusedError(Reason.TOO_LARGE)
    allowed = {Kind.PHOTO: settings.PHOTO_FORMATS, Kind.VOICE: settings.VOICE_FORMATS}.get(
        kind, settings.DOCUMENT_FORMATS
    )
    try:
        declared = declared_format(name=shown_name(upload.name), media_type=upload.media_type, allowed=allowed)
    except FileRefusedError as refusal:
        no_voice = kind is Kind.VOICE and refusal.reason is Reason.NOT_ALLOWED
        raise FileRefusedError(Reason.NO_VOICE if no_voice else refusal.reason) from None
    if declared.code in OFFICE and upload.data.startswith(COMPOUND_FILE):
        raise FileRefusedError(Reason.PASSWORD)
    if declared.code not in looks_like(upload.data[:HEAD]):
        raise FileRefusedError(Reason.NOT_WHAT_IT_SAYS)
    return declared.code


@transaction.atomic
def _count_attempt(*, by: Person, at: datetime) -> None:
    """Count before the work begins, so that refused files count too. Raises FileRefusedError (TOO_MANY_THIS_HOUR)."""
    _lock(by.urn)
    if Attempt.objects.filter(by=by, at__gt=at - HOUR).count() >= settings.UPLOADS_AN_HOUR:
        raise FileRefusedError(Reason.TOO_MANY_THIS_HOUR)
    Attempt.objects.create(by=by, at=at)


def _lock(*urns: str) -> None:
    """Make others who count for these wait until this transaction ends. Always in one order: nobody waits in a ring."""
    for urn in sorted(urns):
        Holder.objects.get_or_create(urn=urn)
        Holder.objects.select_for_update().get(urn=urn)


def _keep(upload: Upload, cleaned: Cleaned, *, subject: str, kind: Kind, by: Person, at: datetime) -> Document:
    """Write the files, then the row that makes them exist. Without the row nobody finds them, and they are swept up."""
    document_id = uuid4()
    parts = {Part.CONTENT: cleaned.content, Part.THUMBNAIL: cleaned.thumbnail}
    if kind.value in settings.DOCUMENT_ORIGINALS:
        parts[Part.ORIGINAL] = upload.data
    parts = {part: data for part, data in parts.items() if data}
    try:
        _write(document_id, parts)
        row = Document(
            pk=document_id,
            kind=kind,
            subject=subject,
            name=shown_name(upload.name),
            format=cleaned.format,
            size=len(cleaned.content),
            sha256=hashlib.sha256(cleaned.content).hexdigest(),
            received_sha256=hashlib.sha256(upload.data).hexdigest(),
            has_thumbnail=Part.THUMBNAIL in parts,
            has_original=Part.ORIGINAL in parts,
            by=by,
            at=at,
            scanned_at=at if scanner.is_on() else None,
        )
        kept = _add(row)
    except BaseException:
        unlink(document_id=document_id)
        raise
    if kept.pk != document_id:  # it was there already
        unlink(document_id=document_id)
    return kept


def _write(document_id: UUID, parts: dict[Part, bytes]) -> None:
    """Write every part under lock. Raises FileRefusedError (NOT_WRITTEN): a full disk, or no key ring."""
    try:
        for part, data in parts.items():
            target = path_of(document_id, part)
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            protect_file(source=[data], target=target, place=place_of(document_id, part))
    except (OSError, RingMissingError, RingUnreadableError):
        raise FileRefusedError(Reason.NOT_WRITTEN) from None


@transaction.atomic
def _add(row: Document) -> Document:
    """Add the row when there is room; return the one that is there already when it is the same file."""
    _lock(row.subject, row.by.urn)
    if same := Document.objects.filter(subject=row.subject, received_sha256=row.received_sha256).first():
        return same
    if Document.objects.filter(subject=row.subject).count() >= settings.DOCUMENTS_A_SUBJECT:
        raise FileRefusedError(Reason.SUBJECT_FULL)
    mine = Document.objects.filter(by=row.by).aggregate(bytes=Sum("size"))["bytes"] or 0
    if mine + row.size > settings.DOCUMENT_BYTES_A_PERSON:
        raise FileRefusedError(Reason.PERSON_FULL)
    row.save(force_insert=True)
    note(
        "documents.document.kept",
        urn=row.urn,
        about=row.subject,
        by=row.by.urn,
        at=row.at,
        kind=row.kind,
        sha256=row.sha256,
    )
    return row
