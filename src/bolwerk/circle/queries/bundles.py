"""What is known about bundles here: their kinds, whom we trust, what we offer, and how content reads."""

import json
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.module_loading import import_string
from jsonschema import Draft202012Validator

from bolwerk.accounts.queries import installation
from bolwerk.circle.models import Incoming, Issued, Received, TrustedKey
from bolwerk.circle.queries.bundle_words import word_of
from bolwerk.circle.rules.bundles import (
    Bundle,
    BundleRefusedError,
    ItemKind,
    Kinds,
    Refusal,
    Trust,
    bundle_of,
    canonical,
    check_content,
    read_bundle,
    signed_bytes,
)
from bolwerk.crypto.signing import own_signer

FEED_SCHEMA = "urn:bolwerk:schema:feed:1"
SCHEMAS = ("bundle", "feed")


@cache
def kinds() -> Kinds:
    """Every kind of item that can travel, as the settings name them."""
    found = {}
    for code, (file, in_feed, contact) in settings.BUNDLE_KINDS.items():
        found[code] = ItemKind(json.loads(file.read_text(encoding="utf-8")), in_feed, contact)
    return found


@cache
def schema_of(name: str) -> dict[str, Any] | None:
    """The published JSON Schema with this name: "bundle", "feed" or a kind; None when there is none."""
    if name in settings.BUNDLE_KINDS:
        return dict(kinds()[name].schema)
    if name not in SCHEMAS:
        return None
    folder = settings.BUNDLE_KINDS["card"][0].parent
    found: dict[str, Any] = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    return found


def origin_name() -> str:
    """What this installation is called to others."""
    identity = installation()
    return identity.name if identity else ""


def trust_in(public: str) -> Trust | None:
    """What is known here of a key; None when nobody compared its fingerprint."""
    key = TrustedKey.objects.filter(public=public).first()
    if key is None:
        return None

    def known(kind: str, item: str) -> int:
        rows = Received.objects.filter(origin=key, kind=kind, item=UUID(item))
        return rows.values_list("sequence", flat=True).first() or 0

    return Trust(is_revoked=key.revoked_at is not None, known=known)


def checked(data: bytes) -> Bundle:
    """The bundle in these bytes when all of it is right. Raises BundleRefusedError."""
    return read_bundle(data, kinds=kinds(), envelope=_envelope(), trust_in=trust_in)


def opened(data: str) -> Bundle:
    """A bundle that was checked before. Raises BundleRefusedError when it is none."""
    return bundle_of(data.encode(), _envelope())


def _envelope() -> dict[str, Any]:
    return schema_of("bundle") or {}


def offered() -> QuerySet[Issued]:
    """What stands in the feed: of each item the newest version that was signed, unless it was withdrawn."""
    newer = Issued.objects.filter(
        kind=OuterRef("kind"), item=OuterRef("item"), sequence__gt=OuterRef("sequence"), issued_at__isnull=False
    )
    public = [code for code, kind in kinds().items() if kind.in_feed]
    rows = Issued.objects.filter(kind__in=public, issued_at__isnull=False, withdrawn_at=None)
    return rows.filter(~Exists(newer)).order_by("kind", "title", "item")


def feed_index(*, at: datetime) -> bytes:
    """The list of what is offered, as its file."""
    items = [
        {
            "kind": row.kind,
            "item": str(row.item),
            "sequence": row.sequence,
            "title": row.title,
            "file": row.file_name,
            "sha256": sha256(row.data.encode()).hexdigest(),
        }
        for row in offered()
    ]
    return canonical({"schema": FEED_SCHEMA, "name": origin_name(), "key": own_signer(at=at).public, "items": items})


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


def received_items() -> QuerySet[Received]:
    """What came in from others, the latest first, without figures."""
    return Received.objects.exclude(kind="benchmark").select_related("origin").defer("data")


def feeds() -> QuerySet[TrustedKey]:
    """The installations from which bundles may be fetched."""
    return TrustedKey.objects.filter(revoked_at=None).exclude(feed="")


def trusted_keys() -> QuerySet[TrustedKey]:
    """Every key that somebody compared, revoked ones last."""
    return TrustedKey.objects.select_related("added_by", "municipality").order_by("revoked_at", "name")


def version_before(incoming: Incoming) -> Received | None:
    """The copy of the same item that came in before, if any."""
    return Received.objects.filter(origin=incoming.origin, kind=incoming.kind, item=incoming.item).first()


def aggregates_of(kind: str, year: int) -> dict[str, Any] | None:
    """The figures that this house can contribute, as they passed the gate of their own room; None without any."""
    address = settings.BUNDLE_AGGREGATES.get(kind)
    found: dict[str, Any] | None = import_string(address)(year=year) if address else None
    return found


def readable(content: Any) -> list[tuple[str, list[str]]]:
    """Everything in a content as words and lines, in the order of its fields: nothing is left out."""
    return [(word_of(name), list(_lines(value))) for name, value in content.items()]


def _lines(value: Any) -> Iterable[str]:
    if isinstance(value, dict):
        yield " · ".join(f"{word_of(name)}: {', '.join(_lines(part))}" for name, part in value.items())
    elif isinstance(value, list):
        for part in value:
            yield from _lines(part)
    else:
        yield word_of(value) if value is None or isinstance(value, bool) else str(value)


def unsigned(row: Issued, *, key: str) -> Bundle:
    """What will be signed of a row, word for word: its moment is when it was prepared, so that what was seen leaves."""
    return Bundle(
        kind=row.kind,
        item=str(row.item),
        sequence=row.sequence,
        title=row.title,
        language=row.language,
        licence=row.licence,
        issued_at=row.drafted_at.isoformat(timespec="seconds"),
        origin=origin_name() or "Bolwerk",
        key=key,
        content=row.content,
    )


def checked_content(kind: str, title: str, content: dict[str, Any]) -> None:
    """Raise BundleRefusedError for what another installation would refuse, before it leaves here."""
    known = kinds().get(kind)
    if known is None or not Draft202012Validator(known.schema).is_valid(content):
        raise BundleRefusedError(Refusal.FOREIGN, kind)
    check_content({"title": title}, contact=frozenset())
    check_content(content, contact=known.contact)


def leaving(row: Issued, *, at: datetime) -> str:
    """The text that leaves with a row, spread over lines so that it can be read; nothing is added to it or left out."""
    data = row.data or signed_bytes(unsigned(row, key=own_signer(at=at).public), lambda _data: "")
    return json.dumps(json.loads(data), ensure_ascii=False, indent=1, sort_keys=True)


def digest(data: bytes) -> str:
    """What changes when these bytes change."""
    return sha256(data).hexdigest()


def feed_digest(*, at: datetime) -> str:
    """What changes when the list of what is offered changes."""
    return digest(feed_index(at=at))


def schema_text(name: str) -> bytes | None:
    """A published schema as its file, or None."""
    found = schema_of(name)
    return json.dumps(found, ensure_ascii=False, indent=1).encode() if found else None
