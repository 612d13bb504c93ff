"""Photos and other files that go with a report. The report itself never waits for them, and never fails with them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from bolwerk.accounts.models import Person
from bolwerk.documents.actions import FileRefusedError, Upload, bind_waiting, drop_waiting, keep_upload
from bolwerk.documents.cleaning.outcome import Reason
from bolwerk.documents.rules import Kind, waiting_for
from bolwerk.incidents.models import Incident

Refused = dict[int, Reason]  # by the place of the photo among those that were sent, from 1


def add_photos(*, incident: Incident, uploads: Sequence[Upload], by: Person, at: datetime) -> Refused:
    """Add photos to a report; return which were refused, and why. Not inside a transaction: each takes a moment."""
    return _keep(uploads, subject=incident.urn, kind=Kind.PHOTO, by=by, at=at)


def add_voice(*, incident: Incident, uploads: Sequence[Upload], by: Person, at: datetime) -> Refused:
    """Add voice notes to a report: whoever may read the report may hear them. As `add_photos` for the rest."""
    return _keep(uploads, subject=incident.urn, kind=Kind.VOICE, by=by, at=at)


def keep_voice_waiting(*, key: UUID, uploads: Sequence[Upload], by: Person, at: datetime) -> Refused:
    """Keep the voice notes of a form that could not be sent yet; after its photos."""
    return _keep(uploads, subject=waiting_for(key), kind=Kind.VOICE, by=by, at=at)


def add_files(*, incident: Incident, uploads: Sequence[Upload], by: Person, at: datetime) -> Refused:
    """Add files of a handler: only who looks after the report reads them. As `add_photos` for the rest."""
    return _keep(uploads, subject=incident.urn, kind=Kind.FILE, by=by, at=at)


def bind_photos(*, incident: Incident, key: UUID, chosen: Iterable[UUID], by: Person, at: datetime) -> int:
    """Give the report what was uploaded with its form before it could be sent."""
    return bind_waiting(key=key, subject=incident.urn, chosen=chosen, by=by, at=at)


def keep_photos_waiting(
    *, key: UUID, uploads: Sequence[Upload], chosen: Iterable[UUID], by: Person, at: datetime
) -> Refused:
    """Keep the photos of a form that could not be sent yet, so that nobody has to choose them again."""
    drop_waiting(key=key, chosen=chosen, by=by, at=at)
    return _keep(uploads, subject=waiting_for(key), kind=Kind.PHOTO, by=by, at=at)


def _keep(uploads: Sequence[Upload], *, subject: str, kind: Kind, by: Person, at: datetime) -> Refused:
    refused: Refused = {}
    for number, upload in enumerate(uploads, start=1):
        try:
            keep_upload(upload=upload, subject=subject, kind=kind, by=by, at=at)
        except FileRefusedError as refusal:
            refused[number] = refusal.reason
    return refused
