"""After a rotation of the key ring: the hashes by which people are found are made anew with the new key."""

from django.db import transaction

from bolwerk.crypto.keyfile import current_ring
from bolwerk.processing.models import Operation, Subject
from bolwerk.processing.rules.index import Indexer, indexers

ROWS_AT_ONCE = 200  # one transaction; whoever wants to write waits for that long at most


def renew_index() -> int:
    """Give every person the hash of the current key; return how many got one. May be broken off and run again.

    Until then a person is found by the hash of an older key, as long as that key is in the ring.
    """
    indexer, renewed = indexers(current_ring())[0], 0
    while old := list(Subject.objects.exclude(index_key=indexer.key_id)[:ROWS_AT_ONCE]):
        with transaction.atomic():
            for subject in old:
                _renew(subject, indexer)
        renewed += len(old)
    return renewed


def _renew(subject: Subject, indexer: Indexer) -> None:
    """One person. Who was added meanwhile with the new key is the same person: the two rows become one."""
    index = indexer.index_of(subject.identity)
    twin = Subject.objects.filter(index=index).exclude(pk=subject.pk).first()
    if twin is not None:
        Operation.objects.filter(subject=subject).update(subject=twin)
        subject.delete()
    else:
        Subject.objects.filter(pk=subject.pk).update(index=index, index_key=indexer.key_id)
