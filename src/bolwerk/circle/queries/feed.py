"""What this installation offers to everybody: a signed list, and the files it names."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, QuerySet

from bolwerk.circle.models import Issued
from bolwerk.circle.queries.bundles import digest, kinds, origin_name
from bolwerk.circle.rules.bundles import canonical
from bolwerk.crypto.signing import own_signer

FEED_SCHEMA = "urn:bolwerk:schema:feed:1"
FEED_DOMAIN = b"bolwerk feed 1\n"  # what else the same key signs begins otherwise
NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # the list of a house that never offered anything


def offered() -> QuerySet[Issued]:
    """What stands in the feed: of each item the newest version that was signed, unless it was withdrawn."""
    newer = Issued.objects.filter(
        kind=OuterRef("kind"), item=OuterRef("item"), sequence__gt=OuterRef("sequence"), issued_at__isnull=False
    )
    public = [code for code, kind in kinds().items() if kind.in_feed]
    rows = Issued.objects.filter(kind__in=public, issued_at__isnull=False, withdrawn_at=None)
    return rows.filter(~Exists(newer)).order_by("kind", "title", "item")


def feed_index(*, at: datetime) -> bytes:
    """The list of what is offered, as its file: signed, with the moment of its last change, so that a mirror can leave
    nothing out and bring no older list without being seen."""
    items = [
        {
            "kind": row.kind,
            "item": str(row.item),
            "sequence": row.sequence,
            "title": row.title,
            "file": row.file_name,
            "sha256": row.sha256,
        }
        for row in offered().defer("data", "content")
    ]
    signer = own_signer(at=at)
    told = {"schema": FEED_SCHEMA, "name": origin_name(), "key": signer.public, "at": _changed(), "items": items}
    return canonical(told | {"signature": signer.sign(feed_to_sign(told))})


def feed_to_sign(told: dict[str, Any]) -> bytes:
    """Exactly the bytes of a list that are signed."""
    return FEED_DOMAIN + canonical({name: value for name, value in told.items() if name != "signature"})


def _changed() -> str:
    """When something was offered or taken back for the last time."""
    public = [code for code, kind in kinds().items() if kind.in_feed]
    last = Issued.objects.filter(kind__in=public).aggregate(issued=Max("issued_at"), withdrawn=Max("withdrawn_at"))
    found = max((moment for moment in last.values() if moment is not None), default=NEVER)
    return str(found.astimezone(UTC).isoformat())


def feed_file(name: str) -> bytes | None:
    """One bundle of the feed by the name of its file, or None."""
    kind, _dash, key = name.removesuffix(".json").partition("-")
    try:
        item = UUID(key)
    except ValueError:
        return None
    row = offered().filter(kind=kind, item=item).first()
    return row.data.encode() if row else None


def feed_files(*, at: datetime) -> Iterable[tuple[str, bytes]]:
    """The whole feed as files, the list last: whoever copies them never has a list of what is not there yet."""
    for row in offered():
        yield row.file_name, row.data.encode()
    yield "index.json", feed_index(at=at)


def feed_digest(*, at: datetime) -> str:
    """What changes when the list of what is offered changes."""
    return digest(feed_index(at=at))
