"""What the page of a session shows of photos and of what is to be prepared."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bolwerk.accounts.models import Person
from bolwerk.circle.access.photos import photos_with_rights, preparations_for
from bolwerk.circle.models import Participant, Photo, Preparation, Recognised, Session
from bolwerk.circle.rules.sessions import Consent, SessionState
from bolwerk.documents.models import Document


@dataclass(frozen=True)
class PhotoShown:
    """A photo with its picture, who is on it, and what this reader can do."""

    photo: Photo
    documents: list[Document]
    on_it: list[Recognised]
    mine: Recognised | None
    may_remove: bool

    @property
    def is_open(self) -> bool:
        """Whether the whole circle sees it: everybody who is on it said yes."""
        return all(one.consent == Consent.GIVEN for one in self.on_it)


@dataclass(frozen=True)
class ToPrepare:
    """Something to prepare, with its files; `whom` is empty when it is for everybody."""

    row: Preparation
    whom: Participant | None
    documents: list[Document]


@dataclass(frozen=True)
class Beside:
    """What lies beside the words of a session."""

    photos: list[PhotoShown]
    to_prepare: list[ToPrepare]


def beside(session: Session, person: Person, *, on: date) -> Beside:
    """Photos from the moment a session began, and what is to be prepared until it is over, as this person may see them.

    Four queries, however many there are.
    """
    photos, rows = list[Photo](), list[Preparation]()
    if session.state in (SessionState.RUNNING, SessionState.ENDED):
        photos = list(photos_with_rights(person, on=on).filter(session=session))
    if session.state in (SessionState.PLANNED, SessionState.RUNNING):
        mine = preparations_for(person, on=on).filter(session=session)
        rows = list(mine.select_related("to__member__municipality"))
    documents = _documents([one.urn for one in photos] + [row.urn for row in rows])
    return Beside(
        [_shown(one, on_it, person, documents) for one, on_it in _with_people(photos)],
        [ToPrepare(row, row.to, documents.get(row.urn, [])) for row in rows],
    )


def _with_people(photos: list[Photo]) -> Iterator[tuple[Photo, list[Recognised]]]:
    """Each photo with who can be recognised on it."""
    on_it: dict[object, list[Recognised]] = {}
    rows = Recognised.objects.filter(photo__in=photos).select_related("participant__member__municipality")
    for row in rows if photos else ():
        on_it.setdefault(row.photo_id, []).append(row)
    for one in photos:
        yield one, on_it.get(one.pk, [])


def _shown(photo: Photo, on_it: list[Recognised], person: Person, documents: dict[str, list[Document]]) -> PhotoShown:
    mine = next((row for row in on_it if row.participant.person_id == person.pk), None)
    may_remove = bool(getattr(photo, "may_remove", False))
    return PhotoShown(photo, documents.get(photo.urn, []), on_it, mine, may_remove)


def _documents(subjects: list[str]) -> dict[str, list[Document]]:
    found: dict[str, list[Document]] = {}
    for row in Document.objects.select_related("by").filter(subject__in=subjects) if subjects else ():
        found.setdefault(row.subject, []).append(row)
    return found
