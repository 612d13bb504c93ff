"""Looks for names of people in an item that leaves or comes in. Dutch is read: for English there are no lists here.

Refused is what reads as a whole name, or as the address of somebody. A single word with a capital is a name as often as
not ("Pas", "Zaal"), so it is shown to whoever looks at the item, and refused by nobody but that person.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bolwerk.circle.queries.deidentify import direct_hits
from bolwerk.circle.rules.bundles import BundleRefusedError, ItemKind, Refusal, texts_in
from bolwerk.circle.rules.deidentify import Hit, Kind

LANGUAGES = ("nl", "en")
READ = "nl"
REFUSED = frozenset({Kind.NAME, Kind.ADDRESS})
SHOWN = 12  # of the words that may be names


@dataclass(frozen=True)
class Doubt:
    """A piece of text that may lead to somebody, and where it stands."""

    where: str
    text: str


def check_names(content: dict[str, Any], kind: ItemKind, *, language: str) -> None:
    """Raise BundleRefusedError for the first whole name or address; the error says where, never what."""
    for where, hit in _hits(content, kind, language):
        if hit.kind in REFUSED and " " in hit.text.strip():
            raise BundleRefusedError(Refusal.NAME, where)


def doubts(content: dict[str, Any], kind: ItemKind, *, language: str) -> list[Doubt]:
    """Single words that may be names: for whoever looks at the item before it leaves or comes in."""
    found = [Doubt(where, hit.text) for where, hit in _hits(content, kind, language) if hit.kind is Kind.NAME]
    return list({one.text: one for one in found}.values())[:SHOWN]


def _hits(content: dict[str, Any], kind: ItemKind, language: str) -> Iterator[tuple[str, Hit]]:
    for where, text in texts_in(content, ""):
        parts = where.split(".")
        spoken = next((part for part in parts if part in LANGUAGES), language)
        is_key = text == parts[-1]
        if spoken == READ and not is_key and not any(_within(where, field) for field in kind.named):
            yield from ((where, hit) for hit in direct_hits(text))


def _within(where: str, field: str) -> bool:
    return where == field or where.startswith(f"{field}.")
