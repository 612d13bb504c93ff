"""Lines of the processing log: about one person, or in a period. There is no way to list the people in it."""

from datetime import datetime

from django.db.models import Count

from bolwerk.crypto.keyfile import current_ring
from bolwerk.processing.models import Operation, Subject
from bolwerk.processing.rules.identities import identity
from bolwerk.processing.rules.index import indexers

SUBJECT = "urn:bolwerk:processing:subject:"
CHUNK = 1_000  # lines in memory while a file is written


def subjects_of(text: str) -> list[Subject]:
    """The rows of a person, found by keyed hash: none when nothing was ever processed, and two in the midst of a
    rotation at most. Raises NotAnIdentityError.
    """
    person = identity(text)
    hashes = [indexer.index_of(person) for indexer in indexers(current_ring())]
    return list(Subject.objects.filter(index__in=hashes).defer("identity"))


def urn_of(text: str) -> str:
    """How the trail names somebody of whom it may not say more: by the row in this log. Raises NotAnIdentityError."""
    rows = subjects_of(text)
    return f"{SUBJECT}{rows[0].pk}" if rows else f"{SUBJECT}unknown"


def operations_about(text: str, *, since: datetime, until: datetime, most: int) -> list[Operation]:
    """What was processed about a person in a period, newest first; `until` does not count. At most so many lines.

    `text` is an identity (`rules.identities`). Raises NotAnIdentityError.
    """
    rows = Operation.objects.filter(subject__in=subjects_of(text), started_at__gte=since, started_at__lt=until)
    return list(rows.order_by("-started_at", "-id")[:most])


def count_between(since: datetime, until: datetime) -> int:
    """How many lines a period has."""
    return Operation.objects.filter(started_at__gte=since, started_at__lt=until).count()


def use_in_index() -> dict[bytes, int]:
    """How many people are found by a hash of each key of the ring, by the id of the key."""
    rows = Subject.objects.values_list("index_key").annotate(Count("pk"))
    return {bytes.fromhex(key): count for key, count in rows.order_by()}
