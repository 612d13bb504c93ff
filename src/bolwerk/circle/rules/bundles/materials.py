"""Files inside a bundle: each with its name, licence, length and digest, as base64. Pure: no database, no clock.

The bytes are never taken for text: what is in a file is looked at by the cleaning of documents, not by the readers of
words. What is kept of a bundle beside its signed text leaves the bytes out.
"""

import base64
import binascii
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from bolwerk.circle.rules.bundles.refusals import BundleRefusedError, Refusal

MOST_FILES = 10
FILES_BYTES = 3 * 1024 * 1024  # of all files of one item together: a guide of twenty pages and some pictures
DATA = "data"


@dataclass(frozen=True)
class Material:
    """One file that travels with an item."""

    name: str
    licence: str
    data: bytes

    def as_dict(self) -> dict[str, Any]:
        """As it stands in a bundle."""
        return {
            "name": self.name,
            "licence": self.licence,
            "bytes": len(self.data),
            "sha256": sha256(self.data).hexdigest(),
            DATA: base64.b64encode(self.data).decode(),
        }


def fitting(materials: Iterable[Material]) -> tuple[list[Material], list[Material]]:
    """Which files fit in one bundle, in their order, and which stay behind."""
    along: list[Material] = []
    behind: list[Material] = []
    for one in materials:
        room = FILES_BYTES - sum(len(other.data) for other in along)
        fits = len(along) < MOST_FILES and 0 < len(one.data) <= room
        (along if fits else behind).append(one)
    return along, behind


def materials_in(content: dict[str, Any], field: str) -> list[Material]:
    """The files in a content. Raises BundleRefusedError: not what it says it is, two with one name, too much."""
    found: list[Material] = []
    for row in content.get(field, []) if field else []:
        try:
            data = base64.b64decode(row[DATA], validate=True)
        except (binascii.Error, ValueError):
            raise BundleRefusedError(Refusal.FILE, row["name"]) from None
        one = Material(row["name"], row["licence"], data)
        if one.as_dict() != row or one.name in {other.name for other in found}:
            raise BundleRefusedError(Refusal.FILE, row["name"])
        found.append(one)
    if fitting(found)[1]:
        raise BundleRefusedError(Refusal.TOO_LARGE, field)
    return found


def without_data(content: dict[str, Any], field: str) -> dict[str, Any]:
    """The same content without the bytes of its files: what people read, and what is kept beside the signed text."""
    if not field or field not in content:
        return content
    rows = [{name: value for name, value in row.items() if name != DATA} for row in content[field]]
    return content | {field: rows}
