"""The index of the store of persons: written with each person, and anew after the key of the ring was replaced."""

from collections import Counter

from django.db import transaction
from django.db.models import Count

from bolwerk.incidents.models import Perpetrator, PersonToken
from bolwerk.incidents.rules.person_index import PersonIndexer, person_indexers, words_of
from bolwerk.vault.fields import current_ring
from bolwerk.vault.rules.rotation import KeyedIndex

ROWS_AT_ONCE = 100  # one transaction; whoever wants to write waits for that long at most


def index_person(*, person: Perpetrator) -> None:
    """Write the words by which a person is found, with the current key; what stood there before goes."""
    _index(person, person_indexers(current_ring())[0])


def _index(person: Perpetrator, indexer: PersonIndexer) -> None:
    tokens = indexer.tokens(words_of(person.name, person.address, person.traits))
    PersonToken.objects.filter(perpetrator=person).delete()
    PersonToken.objects.bulk_create(
        PersonToken(perpetrator=person, token=token, index_key=indexer.key_id) for token in sorted(tokens)
    )


def renew_person_index() -> int:
    """Give every person the hashes of the current key; return how many got them. May be broken off and run again."""
    indexer, renewed = person_indexers(current_ring())[0], 0
    old = PersonToken.objects.exclude(index_key=indexer.key_id).values("perpetrator")
    while people := list(Perpetrator.objects.filter(pk__in=old)[:ROWS_AT_ONCE]):
        with transaction.atomic():
            for person in people:
                _index(Perpetrator.objects.select_for_update().get(pk=person.pk), indexer)
        renewed += len(people)
    return renewed


def use_in_person_index() -> Counter[bytes]:
    """How many words each key of the ring made findable, by its id."""
    rows = PersonToken.objects.order_by().values_list("index_key").annotate(Count("pk"))
    return Counter({bytes.fromhex(key): number for key, number in rows})


PERSON_INDEX = KeyedIndex("incidents_persontoken.token", renew_person_index, use_in_person_index)
