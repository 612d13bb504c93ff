"""What the page of a session shows of photos and of what is to be prepared."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bolwerk.accounts.models import Person
from bolwerk.circle.access.photos import photos_for, preparations_for, removable_photos
from bolwerk.circle.models import Participant, Photo, Preparation, Recognised, Session
from bolwerk.circle.rules.sessions import Consent
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


def photos_of(session: Session, person: Person, *, on: date) -> list[PhotoShown]:
    """The photos of a session that this person sees. Four queries, however many there are."""
    photos = list(photos_for(person, on=on).filter(session=session))
    if not photos:
        return []
    removable = set(removable_photos(person, on=on).filter(session=session).values_list("pk", flat=True))
    rows = Recognised.objects.filter(photo__in=photos).select_related("participant__member__municipality")
    on_it: dict[object, list[Recognised]] = {}
    for row in rows:
        on_it.setdefault(row.photo_id, []).append(row)
    documents = _documents(one.urn for one in photos)
    return [
        PhotoShown(
            photo=one,
            documents=documents.get(one.urn, []),
            on_it=on_it.get(one.pk, []),
            mine=next((row for row in on_it.get(one.pk, []) if row.participant.person_id == person.pk), None),
            may_remove=one.pk in removable,
        )
        for one in photos
    ]


def _documents(subjects: Iterable[str]) -> dict[str, list[Document]]:
    found: dict[str, list[Document]] = {}
    for row in Document.objects.select_related("by").filter(subject__in=list(subjects)):
        found.setdefault(row.subject, []).append(row)
    return found


@dataclass(frozen=True)
class ToPrepare:
    """Something to prepare, with its files; `whom` is empty when it is for everybody."""

    row: Preparation
    whom: Participant | None
    documents: list[Document]


def to_prepare(session: Session, person: Person, *, on: date) -> list[ToPrepare]:
    """What this person is to prepare for a session; for who leads it, everything. Two queries."""
    rows = list(preparations_for(person, on=on).filter(session=session).select_related("to__member__municipality"))
    documents = _documents(row.urn for row in rows) if rows else {}
    return [ToPrepare(row, row.to, documents.get(row.urn, [])) for row in rows]
