"""A bundle: one item with its kind, version and origin, signed by the installation that issued it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from jsonschema import Draft202012Validator

from bolwerk.circle.rules.bundles.canonical import canonical, parsed
from bolwerk.circle.rules.bundles.contents import check_content
from bolwerk.circle.rules.bundles.materials import materials_in, without_data
from bolwerk.circle.rules.bundles.refusals import BUNDLE_BYTES, ITEM_BYTES, BundleRefusedError, Refusal
from bolwerk.crypto.signing import is_signed

BUNDLE_SCHEMA = "urn:bolwerk:schema:bundle:1"
DOMAIN = b"bolwerk bundle 1\n"  # what else the same key may ever sign begins otherwise


@dataclass(frozen=True)
class ItemKind:
    """A kind of item that can travel: its JSON Schema, and whether anybody may fetch it from a feed.

    `contact` names the fields in which an address or number is meant to stand: whom one may call; `named` those in
    which names are: of the author of a source, of a municipality. `files` names the list of files, if it has one.
    """

    schema: Mapping[str, Any]
    in_feed: bool
    contact: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    files: str = ""

    @property
    def most(self) -> int:
        """How many bytes a bundle of this kind may have."""
        return BUNDLE_BYTES if self.files else ITEM_BYTES


Kinds = Mapping[str, ItemKind]


@dataclass(frozen=True)
class Trust:
    """What is known here of a key: its name, whether it was revoked, and which version of an item came in last."""

    is_revoked: bool = False
    known: Callable[[str, str], int] = field(default=lambda _kind, _item: 0)


@dataclass(frozen=True)
class Bundle:
    """One item as it travels. `provenance` says where the origin had it from, the earliest first."""

    kind: str
    item: str
    sequence: int
    title: str
    language: str
    licence: str
    issued_at: str
    origin: str
    key: str
    content: dict[str, Any]
    provenance: list[dict[str, Any]] = field(default_factory=list)
    signature: str = ""

    @property
    def issued(self) -> datetime:
        """When it was signed, as its origin says."""
        return datetime.fromisoformat(self.issued_at)


def _payload(bundle: Bundle) -> dict[str, Any]:
    return {
        "schema": BUNDLE_SCHEMA,
        "kind": bundle.kind,
        "item": bundle.item,
        "sequence": bundle.sequence,
        "title": bundle.title,
        "language": bundle.language,
        "licence": bundle.licence,
        "issued_at": bundle.issued_at,
        "origin": {"name": bundle.origin, "key": bundle.key},
        "provenance": bundle.provenance,
        "content": bundle.content,
    }


def to_sign(bundle: Bundle) -> bytes:
    """Exactly the bytes that are signed."""
    return DOMAIN + canonical(_payload(bundle))


def signed_bytes(bundle: Bundle, sign: Callable[[bytes], str]) -> bytes:
    """The file that travels. Raises ValueError for a value that cannot be written down in one way."""
    whole = replace(bundle, signature=sign(to_sign(bundle)))
    return canonical(_payload(whole) | {"signature": whole.signature})


def bundle_of(data: bytes, envelope: Mapping[str, Any]) -> Bundle:
    """The bundle in these bytes, by its form only: nothing is checked of who signed. Raises BundleRefusedError."""
    found = parsed(data)
    if found.get("schema") != BUNDLE_SCHEMA:
        raise BundleRefusedError(Refusal.FOREIGN)
    if not Draft202012Validator(envelope).is_valid(found):
        raise BundleRefusedError(Refusal.NO_BUNDLE)
    names = ("kind", "item", "sequence", "title", "language", "licence", "issued_at", "provenance", "content")
    parts = {name: found[name] for name in names}
    bundle = Bundle(**parts, origin=found["origin"]["name"], key=found["origin"]["key"], signature=found["signature"])
    try:
        is_dated = bundle.issued.tzinfo is not None
    except ValueError:
        is_dated = False
    if not is_dated:
        raise BundleRefusedError(Refusal.NO_BUNDLE)
    return bundle


def read_bundle(
    data: bytes, *, kinds: Kinds, envelope: Mapping[str, Any], trust_in: Callable[[str], Trust | None]
) -> Bundle:
    """The bundle in these bytes, when everything about it is right.

    Who signed it is asked first, so that what a stranger sends is never looked at further. Raises BundleRefusedError.
    """
    bundle = bundle_of(data, envelope)
    trust = trust_in(bundle.key)
    if trust is None:
        raise BundleRefusedError(Refusal.UNKNOWN_KEY)
    if not is_signed(to_sign(bundle), public=bundle.key, signature=bundle.signature):
        raise BundleRefusedError(Refusal.BROKEN)
    if trust.is_revoked:
        raise BundleRefusedError(Refusal.REVOKED)
    if bundle.kind not in kinds:
        raise BundleRefusedError(Refusal.FOREIGN, bundle.kind)
    kind = kinds[bundle.kind]
    if len(data) > kind.most:
        raise BundleRefusedError(Refusal.TOO_LARGE)
    for fault in Draft202012Validator(kind.schema).iter_errors(bundle.content):
        raise BundleRefusedError(Refusal.FOREIGN, ".".join(str(part) for part in fault.absolute_path))
    known = trust.known(bundle.kind, bundle.item)
    if bundle.sequence <= known:
        raise BundleRefusedError(Refusal.KNOWN if bundle.sequence == known else Refusal.OLDER)
    check_content({"title": bundle.title, "origin": bundle.origin}, contact=frozenset())
    check_item(bundle.content, kind)
    return bundle


def check_item(content: dict[str, Any], kind: ItemKind) -> None:
    """Raise BundleRefusedError for words or files that may not travel."""
    materials_in(content, kind.files)
    words = without_data(content, kind.files)
    if kind.files and kind.files in words:  # of files only names are read: nine digits of a digest may be a number
        words = words | {kind.files: [row["name"] for row in words[kind.files]]}
    check_content(words, contact=kind.contact)
