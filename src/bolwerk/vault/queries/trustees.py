"""Who the trustees are, whom they cover, and who can open which vault together."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from django.db.models import QuerySet

from bolwerk.accounts.models import Person
from bolwerk.vault.models import EscrowHalf, PersonalKey, Trustee


def running_trustees() -> QuerySet[Trustee]:
    """Everybody who was appointed and did not stop, accepted or not."""
    return Trustee.objects.filter(ended_at=None).select_related("person").order_by("person__name")


def trustee_keys() -> QuerySet[PersonalKey]:
    """The vaults of those who accepted and still work here: whom a key can be split over."""
    accepted = Trustee.objects.filter(ended_at=None).exclude(accepted_at=None)
    return PersonalKey.objects.select_related("person").filter(
        person__in=accepted.values("person"), person__is_active=True
    )


def is_trustee(person: Person) -> bool:
    """Whether somebody accepted, did not stop, and still works here."""
    return trustee_keys().filter(person=person).exists()


def is_invited(person: Person) -> bool:
    """Whether somebody was asked to be a trustee and has not accepted yet."""
    return Trustee.objects.filter(person=person, ended_at=None, accepted_at=None).exists()


def can_be_opened(key: PersonalKey, *, receiver: Person | None = None) -> bool:
    """Whether two trustees who still are, neither of them `receiver`, hold halves of this vault that fit."""
    return bool(_pairs(key, without=receiver))


def _pairs(key: PersonalKey, *, without: Person | None) -> list[frozenset[UUID]]:
    """Each two trustees who can open a vault together."""
    holders = trustee_keys().exclude(person=without) if without else trustee_keys()
    by_pair: dict[UUID, set[UUID]] = {}
    for pair, holder in key.halves.filter(holder__in=holders).values_list("pair", "holder__person"):
        by_pair.setdefault(pair, set()).add(holder)
    return [frozenset(two) for two in by_pair.values() if len(two) == 2]


def mark_of(people: Iterable[UUID]) -> str:
    """A short mark of a set of people, so that a form can say to whom somebody agreed."""
    return sha256(",".join(sorted(map(str, people))).encode()).hexdigest()[:16]


def trustees_for(person: Person) -> list[Person]:
    """The trustees over whom a vault of this person would be split: all but the person."""
    return [key.person for key in trustee_keys().exclude(person=person).order_by("person__name")]


@dataclass(frozen=True)
class Escrow:
    """How a vault stands with the trustees: who there are now, and over whom it is split."""

    trustees: list[Person]  # now, without the owner
    holders: list[Person]  # over whom the key is split and who still are trustees

    @property
    def is_split(self) -> bool:
        """Whether two of them can open it together."""
        return len(self.holders) > 1

    @property
    def is_current(self) -> bool:
        """Whether it is split over exactly the trustees of now."""
        return self.is_split and {p.pk for p in self.trustees} == {p.pk for p in self.holders}


def escrow_of(key: PersonalKey) -> Escrow:
    """How somebody's vault stands with the trustees."""
    trustees = trustees_for(key.person)
    holding = {person for pair in _pairs(key, without=None) for person in pair}
    return Escrow(trustees, [person for person in trustees if person.pk in holding])


def coverage() -> tuple[int, int]:
    """How many vaults two trustees of now can open, out of how many there are of people who work here."""
    keys = PersonalKey.objects.filter(person__is_active=True)
    now = set(trustee_keys().values_list("pk", flat=True))
    held: dict[UUID, dict[UUID, int]] = {}
    for key, pair, holder in EscrowHalf.objects.filter(key__in=keys).values_list("key", "pair", "holder"):
        if holder in now:
            counts = held.setdefault(key, {})
            counts[pair] = counts.get(pair, 0) + 1
    return sum(any(count == 2 for count in pairs.values()) for pairs in held.values()), keys.count()
