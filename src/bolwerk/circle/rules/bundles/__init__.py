"""Signed bundles: what travels between installations. Pure: no database, no clock, no request (ADR 35)."""

from bolwerk.circle.rules.bundles.canonical import canonical, parsed
from bolwerk.circle.rules.bundles.contents import check_content, texts_in
from bolwerk.circle.rules.bundles.envelope import (
    BUNDLE_SCHEMA,
    Bundle,
    ItemKind,
    Kinds,
    Trust,
    bundle_of,
    check_item,
    read_bundle,
    signed_bytes,
    to_sign,
)
from bolwerk.circle.rules.bundles.materials import Material, fitting, materials_in, without_data
from bolwerk.circle.rules.bundles.merging import Copy, received_again
from bolwerk.circle.rules.bundles.refusals import BUNDLE_BYTES, ITEM_BYTES, BundleRefusedError, Refusal

__all__ = [
    "BUNDLE_BYTES",
    "BUNDLE_SCHEMA",
    "ITEM_BYTES",
    "Bundle",
    "BundleRefusedError",
    "Copy",
    "ItemKind",
    "Kinds",
    "Material",
    "Refusal",
    "Trust",
    "bundle_of",
    "canonical",
    "check_content",
    "check_item",
    "fitting",
    "materials_in",
    "parsed",
    "read_bundle",
    "received_again",
    "signed_bytes",
    "texts_in",
    "to_sign",
    "without_data",
]
