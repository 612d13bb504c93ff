"""What is known about bundles here: their kinds, whom we trust, what we offer, and how content reads."""

import json
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils.module_loading import import_string
from jsonschema import Draft202012Validator

from bolwerk.accounts.queries import installation
from bolwerk.circle.models import Incoming, Issued, Received, TrustedKey
from bolwerk.circle.queries.bundle_names import check_names
from bolwerk.circle.queries.bundle_words import word_of
from bolwerk.circle.rules.bundles import (
    Bundle,
    BundleRefusedError,
    ItemKind,
    Kinds,
    Refusal,
    Trust,
    bundle_of,
    check_content,
    check_item,
    read_bundle,
    signed_bytes,
    without_data,
)
from bolwerk.circle.rules.cards import CardError, check_whole, read_card
from bolwerk.crypto.signing import own_signer

SCHEMAS = ("bundle", "feed")
NOT_READ = ("benchmark", "adoption")  # figures are read together only; what became of a card stands with the card


@cache
def kinds() -> Kinds:
    """Every kind of item that can travel, as the settings name them."""
    found = {}
    for code, (file, in_feed, contact) in settings.BUNDLE_KINDS.items():
        named, files = settings.BUNDLE_NAMED.get(code, frozenset()), settings.BUNDLE_FILES.get(code, "")
        found[code] = ItemKind(json.loads(file.read_text(encoding="utf-8")), in_feed, contact, named, files)
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
    """The bundle in these bytes when all of it is right; its files are not opened. Raises BundleRefusedError."""
    bundle = read_bundle(data, kinds=kinds(), envelope=_envelope(), trust_in=trust_in)
    check_meaning(bundle.kind, bundle.title, bundle.content, language=bundle.language)
    return bundle


def check_meaning(kind: str, title: str, content: dict[str, Any], *, language: str) -> None:
    """Raise BundleRefusedError for a card that is not whole, or for a name, also in its title."""
    if kind == "card":
        try:
            check_whole(read_card(content["card"]))
        except CardError as error:
            raise BundleRefusedError(Refusal.CARD, str(error.text)) from None
    check_names({"title": title}, kinds()[kind], language=language)
    check_names(kept(kind, content), kinds()[kind], language=language)


def kept(kind: str, content: dict[str, Any]) -> dict[str, Any]:
    """What is kept of a content beside the signed text: the bytes of files lie with the documents."""
    return without_data(content, kinds()[kind].files)


def opened(data: str) -> Bundle:
    """A bundle that was checked before. Raises BundleRefusedError when it is none."""
    return bundle_of(data.encode(), _envelope())


def _envelope() -> dict[str, Any]:
    return schema_of("bundle") or {}


def received_items() -> QuerySet[Received]:
    """What came in from others, the latest first, without figures."""
    return Received.objects.exclude(kind__in=NOT_READ).select_related("origin").defer("data")


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


def years_of(kind: str) -> list[int]:
    """The years of which this house can contribute such figures, the latest first."""
    address = settings.BUNDLE_YEARS.get(kind)
    return list(import_string(address)()) if address else []


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
        provenance=row.provenance,
    )


def checked_content(kind: str, title: str, content: dict[str, Any], *, language: str) -> None:
    """Raise BundleRefusedError for what another installation would refuse, before it leaves here."""
    known = kinds().get(kind)
    if known is None or not Draft202012Validator(known.schema).is_valid(content):
        raise BundleRefusedError(Refusal.FOREIGN, kind)
    check_content({"title": title}, contact=frozenset())
    check_item(content, known)
    check_meaning(kind, title, content, language=language)


def leaving(row: Issued, *, at: datetime) -> str:
    """The text that leaves with a row, spread over lines so that it can be read; nothing is added to it or left out,
    but the bytes of files: of those their length and digest stand there."""
    data = row.data or signed_bytes(unsigned(row, key=own_signer(at=at).public), lambda _data: "")
    whole = json.loads(data)
    whole["content"] = kept(row.kind, whole["content"])
    return json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True)


def digest(data: bytes) -> str:
    """What changes when these bytes change."""
    return sha256(data).hexdigest()


def schema_text(name: str) -> bytes | None:
    """A published schema as its file, or None."""
    found = schema_of(name)
    return json.dumps(found, ensure_ascii=False, indent=1).encode() if found else None
