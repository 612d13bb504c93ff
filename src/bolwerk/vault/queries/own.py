"""What somebody sees of the own vault: whether it is there, how it stands, and what waits."""

from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Exists, OuterRef

from bolwerk.accounts.models import Person
from bolwerk.vault.access import open_requests_of, requests_to_judge, requests_to_receive
from bolwerk.vault.models import EscrowRequest, Note, PersonalKey, Reader, Trustee
from bolwerk.vault.queries.trustees import Escrow, escrow_of
from bolwerk.vault.rules.steps import Outcome, Purpose

DOOR_KEPT_FOR = 10  # seconds


@dataclass(frozen=True)
class OwnVault:
    """Somebody's vault and everything that waits for this person around it."""

    key: PersonalKey
    escrow: Escrow
    trusteeship: Trustee | None
    to_judge: int  # requests that wait for this trustee
    requests: list[EscrowRequest]  # open ones, made by this person or about this vault
    to_receive: list[EscrowRequest]  # opened for this person as a successor

    @property
    def is_returned(self) -> bool:
        """Whether two trustees opened it for its owner, who has to finish."""
        own = (request for request in self.requests if request.purpose == Purpose.OWNER)
        return any(request.outcome == Outcome.OPENED and request.key_id == self.key.pk for request in own)


def has_vault(person: Person) -> bool:
    """Whether somebody has a vault."""
    return PersonalKey.objects.filter(person=person).exists()


def shows_notes(person: Person) -> bool:
    """Whether the navigation has a door to sealed notes: asked every DOOR_KEPT_FOR seconds. Not for a decision."""
    shows: bool | None = cache.get(door_key(person))
    if shows is None:
        shows = has_vault(person)
        cache.set(door_key(person), shows, DOOR_KEPT_FOR)
    return shows


def door_key(person: Person) -> str:
    """Under which key the answer of `shows_notes` is kept."""
    return f"vault.door.{person.pk}"


def own_vault(person: Person) -> OwnVault | None:
    """Somebody's own vault; None when there is none yet."""
    key = PersonalKey.objects.filter(person=person).first()
    if key is None:
        return None
    return OwnVault(
        key=key,
        escrow=escrow_of(key),
        trusteeship=Trustee.objects.filter(person=person, ended_at=None).first(),
        to_judge=requests_to_judge(person).count(),
        requests=list(open_requests_of(person)),
        to_receive=list(requests_to_receive(person)),
    )


@dataclass(frozen=True)
class Loss:
    """What starting over costs: notes that somebody no longer reads, and how many of them nobody does."""

    unreadable: int
    gone: int


def loss_of_starting_over(person: Person) -> Loss:
    """What somebody gives up with the vault of now."""
    mine = Note.objects.filter(envelope__readers__key__person=person)
    others = Reader.objects.filter(envelope=OuterRef("envelope")).exclude(key__person=person)
    return Loss(unreadable=mine.count(), gone=mine.filter(~Exists(others)).count())
