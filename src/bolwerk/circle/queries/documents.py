"""Who may read the files of this room. A kind of thing that is not here has no files that anybody can read."""

from datetime import date
from uuid import UUID

from bolwerk.accounts.access import roles_of
from bolwerk.accounts.models import Person
from bolwerk.circle.access.cards import LIBRARY_ROLES, readable_cards, writable_cards
from bolwerk.circle.access.photos import photos_for, preparations_for
from bolwerk.circle.queries.names import CARD, PHOTO, PREPARATION


def may_read_documents(urn: str, *, kind: str, person: Person, on: date) -> bool:
    """Files of a card: everybody who reads the library, and its writers while it is a draft.

    Photos and what is to be prepared: who sees them on the page of the session.
    """
    if urn.startswith(PHOTO):
        return photos_for(person, on=on).filter(pk=UUID(urn.removeprefix(PHOTO))).exists()
    if urn.startswith(PREPARATION):
        return preparations_for(person, on=on).filter(pk=UUID(urn.removeprefix(PREPARATION))).exists()
    if not urn.startswith(CARD):
        return False
    key = UUID(urn.removeprefix(CARD))
    reads = bool(roles_of(person, on=on) & LIBRARY_ROLES) and readable_cards().filter(pk=key).exists()
    return reads or may_remove_documents(urn, kind=kind, person=person, on=on)


def may_remove_documents(urn: str, *, kind: str, person: Person, on: date) -> bool:  # noqa: ARG001  the shape of DOCUMENT_REMOVERS
    """Whoever writes a card may take its files away."""
    return urn.startswith(CARD) and writable_cards(person, on=on).filter(pk=UUID(urn.removeprefix(CARD))).exists()
