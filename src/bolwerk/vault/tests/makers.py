"""Makes vaults, trustees and notes for tests, through the real actions."""

from dataclasses import dataclass
from datetime import UTC, datetime

from bolwerk.accounts.models import Person
from bolwerk.accounts.tests.makers import make_person
from bolwerk.audit.actions import SYSTEM
from bolwerk.vault.actions import (
    Words,
    accept_trust,
    appoint_trustee,
    ask_for_owner,
    make_vault,
    open_vault,
    seal_note,
    split_over_trustees,
)
from bolwerk.vault.models import Note, Trustee
from bolwerk.vault.opened import OpenVault
from bolwerk.vault.queries.trustees import mark_of, trustee_keys

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PHRASE = "molen krekel tuinhek kompas lente zeilboot"
NEW_PHRASE = "zomer fietspad lavendel klok regenboog anker"
WORDS = Words("Afspraak van dinsdag", "Hij bood geld aan. KANARIE-4711")


@dataclass(frozen=True)
class Owner:
    """Somebody with a vault: opened, and the code as it was printed."""

    vault: OpenVault
    code: str

    @property
    def person(self) -> Person:
        """Who it is."""
        return self.vault.person

    def opened(self, phrase: str = PHRASE) -> OpenVault:
        """The vault, opened anew as it is now."""
        return open_vault(person=self.person, phrase=phrase, at=MONDAY)


def make_owner(name: str = "Fatima El Amrani", *, phrase: str = PHRASE, person: Person | None = None) -> Owner:
    """Somebody with a vault of their own, who signs in elsewhere: comparing with a password is slow on purpose."""
    if person is None:
        person = make_person(name)
        person.set_unusable_password()
        person.save(update_fields=["password"])
    return Owner(*make_vault(person=person, phrase=phrase, at=MONDAY))


def make_trustee(name: str = "Bas Bewaarder") -> Owner:
    """A trustee who accepted."""
    owner = make_owner(name)
    appoint_trustee(person=owner.person, by=SYSTEM, at=MONDAY)
    accept_trust(vault=owner.vault, at=MONDAY)
    return owner


def make_trustees(count: int = 3) -> list[Owner]:
    """Several trustees."""
    return [make_trustee(f"Bewaarder {number}") for number in range(count)]


def split(owner: Owner) -> None:
    """Split somebody's key over the trustees there are."""
    seen = trustee_keys().exclude(pk=owner.vault.key.pk).values_list("person", flat=True)
    split_over_trustees(vault=owner.vault, seen=mark_of(seen), at=MONDAY)


def make_note(author: Owner, *readers: Owner, words: Words = WORDS) -> Note:
    """A sealed note."""
    return seal_note(author=author.person, readers=[reader.person for reader in readers], words=words, at=MONDAY)


def make_sealed_things() -> dict[str, object]:
    """A note, a trusteeship and a request of people of their own, for the security tests: by the names of routes."""
    trustees, owner = make_trustees(2), make_owner("Otto Owner")
    split(owner)
    note = make_note(owner, trustees[0])
    request = ask_for_owner(person=owner.person, phrase=NEW_PHRASE, reason="Kluiszin vergeten", at=MONDAY)
    trustee = Trustee.objects.get(person=trustees[0].person)
    return {"note_id": note.pk, "request_id": request.pk, "trustee_id": trustee.pk}
