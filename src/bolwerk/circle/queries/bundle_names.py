"""Looks for people in an item that leaves or comes in: in Dutch with everything there is, in English by form.

Refused is what reads as a whole name or as the address of somebody, and a single name that something vouches for: a
form of address before it ("mevrouw Jansen"), or a list of names that are no ordinary word ("Fatima"). Any other single
word with a capital ("Pas", "Zaal") is a name as often as not: it is shown to whoever looks at the item. In English
(`rules.deidentify.english`) what has a form, a form of address or a listed name is refused; nothing is shown.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bolwerk.circle.queries.deidentify import direct_hits
from bolwerk.circle.rules.bundles import BundleRefusedError, ItemKind, Refusal, texts_in
from bolwerk.circle.rules.deidentify import Hit, Kind, english_hits, vouched

LANGUAGES = ("nl", "en")
ENGLISH = "en"
REFUSED = frozenset({Kind.NAME, Kind.ADDRESS})  # numbers, mail and so on are refused before this, in any language
SHOWN = 12  # of the words that may be names


@dataclass(frozen=True)
class Doubt:
    """A piece of text that may lead to somebody, and where it stands."""

    where: str
    text: str


def check_names(content: dict[str, Any], kind: ItemKind, *, language: str) -> None:
    """Raise BundleRefusedError for the first name or address; the error says where, never what."""
    for where, text, spoken in _read(content, kind, language):
        if any(True for _hit in _refused(text, spoken)):
            raise BundleRefusedError(Refusal.NAME, where)


def doubts(content: dict[str, Any], kind: ItemKind, *, language: str) -> list[Doubt]:
    """Single words that may be names: for whoever looks at the item before it leaves or comes in."""
    found = [
        Doubt(where, hit.text)
        for where, text, spoken in _read(content, kind, language)
        if spoken != ENGLISH
        for hit in direct_hits(text)
        if hit.kind is Kind.NAME
    ]
    return list({one.text: one for one in found}.values())[:SHOWN]


def _refused(text: str, spoken: str) -> Iterator[Hit]:
    if spoken == ENGLISH:
        yield from (hit for hit in english_hits(text) if hit.kind in REFUSED)
        return
    hits = [hit for hit in direct_hits(text) if hit.kind in REFUSED]
    sure = vouched(text) if hits else []
    for hit in hits:
        if " " in hit.text.strip() or any(one.start < hit.end and hit.start < one.end for one in sure):
            yield hit


def _read(content: dict[str, Any], kind: ItemKind, language: str) -> Iterator[tuple[str, str, str]]:
    """Every text in which no name may stand, with its place and its language; what is no English is read as Dutch."""
    for where, text in texts_in(content, ""):
        parts = where.split(".")
        spoken = next((part for part in parts if part in LANGUAGES), language)
        if text != parts[-1] and not any(_within(where, field) for field in kind.named):
            yield where, text, spoken


def _within(where: str, field: str) -> bool:
    return where == field or where.startswith(f"{field}.")
