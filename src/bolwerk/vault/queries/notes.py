"""Sealed notes in a list: who wrote them, when, and who reads along. What they say takes an open vault."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from bolwerk.accounts.models import Person
from bolwerk.vault.models import Envelope, Note, PersonalKey, Reader

OFFERED = 200  # names that a form offers to choose from; others are typed in full


def readers_of(envelope: Envelope) -> list[Reader]:
    """Who can open an envelope, by name."""
    return list(envelope.readers.select_related("key__person").order_by("key__person__name"))


def reader_names(notes: Iterable[Note]) -> dict[UUID, list[str]]:
    """The names of the readers of each note: one query for a whole page."""
    found: dict[UUID, list[str]] = defaultdict(list)
    rows = Reader.objects.filter(envelope__note__in=list(notes)).order_by("key__person__name")
    for note, name in rows.values_list("envelope__note", "key__person__name"):
        found[note].append(name)
    return found


def people_with_a_vault(*, besides: Person) -> QuerySet[Person]:
    """Colleagues to whom something can be sealed, as far as a form offers them."""
    keys = PersonalKey.objects.filter(person__is_active=True).exclude(person=besides)
    return Person.objects.filter(pk__in=keys.values("person")).select_related("department")[:OFFERED]
