"""Signed bundles: what travels between installations. Pure: no database, no clock, no request (ADR 35)."""

from bolwerk.circle.rules.bundles.canonical import canonical, parsed
from bolwerk.circle.rules.bundles.contents import check_content
from bolwerk.circle.rules.bundles.envelope import (
    BUNDLE_SCHEMA,
    Bundle,
    ItemKind,
    Kinds,
    Trust,
    bundle_of,
    read_bundle,
    signed_bytes,
    to_sign,
)
from bolwerk.circle.rules.bundles.merging import Copy, received_again
from bolwerk.circle.rules.bundles.refusals import BUNDLE_BYTES, BundleRefusedError, Refusal

__all__ = [
    "BUNDLE_BYTES",
    "BUNDLE_SCHEMA",
    "Bundle",
    "BundleRefusedError",
    "Copy",
    "ItemKind",
    "Kinds",
    "Refusal",
    "Trust",
    "bundle_of",
    "canonical",
    "check_content",
    "parsed",
    "read_bundle",
    "received_again",
    "signed_bytes",
    "to_sign",
]
