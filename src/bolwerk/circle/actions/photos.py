"""Photos of a session and the yes of who is on them; what is to be prepared, with its files."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from bolwerk.accounts.models import Person
from bolwerk.audit.actions import record
from bolwerk.circle.models import Participant, Photo, Preparation, Recognised, Session
from bolwerk.circle.rules.circles import CircleError
from bolwerk.circle.rules.sessions import Consent, SessionState
from bolwerk.deadlines.actions import queue_mail
from bolwerk.deadlines.models import Message
from bolwerk.documents.actions import FileRefusedError, Upload, bind_waiting, erase_documents_of, keep_upload
from bolwerk.documents.cleaning.outcome import Reason
from bolwerk.documents.rules import Kind, waiting_for


def add_photo(*, session: Session, upload: Upload, on_it: Sequence[Participant], by: Person, at: datetime) -> Photo:
    """Add a photo; who can be recognised on it gets a neutral mail and is asked. Of oneself one says yes by adding it.

    Raises FileRefusedError, and CircleError before the session began. Not inside a transaction: the photo is cleaned
    first, and the place and the camera are taken out.
    """
    if session.state not in (SessionState.RUNNING, SessionState.ENDED):
        raise CircleError(_("The session has not begun."))
    key = uuid4()
    kept = keep_upload(upload=upload, subject=waiting_for(key), kind=Kind.PHOTO, by=by, at=at)
    with transaction.atomic():
        photo = Photo.objects.create(session=session, by=by, at=at)
        bind_waiting(key=key, subject=photo.urn, chosen=[kept.pk], by=by, at=at)
        for one in on_it:
            is_own = one.person_id == by.pk
            consent = Consent.GIVEN if is_own else Consent.ASKED
            Recognised.objects.create(photo=photo, participant=one, consent=consent)
            if one.person and not is_own:
                _ask(session, photo, one.person, at=at)
        record("circle.photo.added", subject=session.urn, actor=by.urn, at=at, on_it=len(on_it))
    return photo


def _ask(session: Session, photo: Photo, person: Person, *, at: datetime) -> None:
    path = f"/leerkring/{session.circle_id}/bijeenkomsten/{session.pk}/"
    queue_mail(person=person, kind=Message.Kind.NEWS, path=path, cause=f"{photo.urn}:asked", at=at)


@transaction.atomic
def answer_photo(*, recognised: Recognised, consent: Consent, by: Person, at: datetime) -> None:
    """Somebody who is on it lets the whole circle see it, or not; a later answer counts."""
    Recognised.objects.filter(pk=recognised.pk).update(consent=consent)
    session = recognised.photo.session
    record("circle.photo.answered", subject=session.urn, actor=by.urn, at=at, consent=consent.value)


@transaction.atomic
def remove_photo(*, photo: Photo, by: Person, at: datetime) -> None:
    """The photo goes, and the picture with it."""
    session = photo.session
    erase_documents_of(subject=photo.urn, by=by.urn, at=at)
    Photo.objects.filter(pk=photo.pk).delete()
    record("circle.photo.removed", subject=session.urn, actor=by.urn, at=at)


def prepare(
    *, session: Session, to: Participant | None, words: str, uploads: Sequence[Upload], by: Person, at: datetime
) -> dict[int, Reason]:
    """Say what to read or do before a session; return which files were refused, and why. Not inside a transaction."""
    key, kept, refused = uuid4(), list[UUID](), dict[int, Reason]()
    for number, upload in enumerate(uploads, start=1):
        try:
            kept.append(keep_upload(upload=upload, subject=waiting_for(key), kind=Kind.FILE, by=by, at=at).pk)
        except FileRefusedError as refusal:
            refused[number] = refusal.reason
    with transaction.atomic():
        row = Preparation.objects.create(session=session, to=to, words=words, by=by, at=at)
        bind_waiting(key=key, subject=row.urn, chosen=kept, by=by, at=at)
        record("circle.preparation.added", subject=session.urn, actor=by.urn, at=at, for_one=to is not None)
    return refused


@transaction.atomic
def remove_preparation(*, preparation: Preparation, by: Person, at: datetime) -> None:
    """It need not be prepared any more: the words go, and the files."""
    session = preparation.session
    erase_documents_of(subject=preparation.urn, by=by.urn, at=at)
    Preparation.objects.filter(pk=preparation.pk).delete()
    record("circle.preparation.removed", subject=session.urn, actor=by.urn, at=at)


def forget_pictures(*, circles: Sequence[UUID], by: str, at: datetime) -> None:
    """Photos and what was prepared go with who took part. Inside the transaction of the erasure."""
    photos = list(Photo.objects.filter(session__circle__in=circles))
    preparations = list(Preparation.objects.filter(session__circle__in=circles))
    for subject in [one.urn for one in photos] + [one.urn for one in preparations]:
        erase_documents_of(subject=subject, by=by, at=at)
    Photo.objects.filter(session__circle__in=circles).delete()
    Preparation.objects.filter(session__circle__in=circles).delete()
