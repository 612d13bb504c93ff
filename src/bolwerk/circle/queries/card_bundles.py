"""A card of the library as it travels: its words, the files that fit, and whom others may call."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from typing import Any
from uuid import UUID

from django.db.models import TextChoices
from django.template.defaultfilters import filesizeformat

from bolwerk.circle.models import Adoption, Card, CardVersion, Received
from bolwerk.circle.queries.bundle_words import word_of
from bolwerk.circle.queries.library import theme_names
from bolwerk.circle.queries.sending import Sending
from bolwerk.circle.rules.adoptions import KnownBy, Outcome, State
from bolwerk.circle.rules.bundles import Material, fitting
from bolwerk.circle.rules.cards import DRAFT, CardContent, Dimension, Group, Quality, Size, read_card
from bolwerk.documents.models import Document
from bolwerk.documents.queries import documents_of, read

KIND, WORDS, FILES, CONTACT = "card", "card", "materials", "contact"
REPORT = "adoption"
SHOWN = 50  # reports on the page of a card


@dataclass(frozen=True)
class Luggage:
    """What travels with a card besides its words: files, and whom others may call."""

    files: frozenset[UUID] = field(default_factory=frozenset)
    contact: str = ""


def files_to_send(card: Card) -> tuple[list[Document], list[Document]]:
    """The files of a card that fit in a bundle, and those that stay behind. Nothing is opened for it."""
    rows = documents_of(card.urn)
    sizes = [Material(str(row.pk), "", bytes(row.size)) for row in rows]
    along = {one.name for one in fitting(sizes)[0]}
    return [row for row in rows if str(row.pk) in along], [row for row in rows if str(row.pk) not in along]


def card_to_send(card: Card, version: CardVersion, luggage: Luggage) -> Sending:
    """A published version of a card as something to send: the same item each time, so that a later one replaces it."""
    words = version.card_content
    rows = [row for row in files_to_send(card)[0] if row.pk in luggage.files]
    content: dict[str, Any] = {WORDS: plain(words)}
    if rows:
        content[FILES] = [one.as_dict() for one in _materials(rows, words.licence.value)]
    if luggage.contact:
        content[CONTACT] = luggage.contact
    title = words.text(words.language).title
    return Sending(KIND, card.pk, title, content, words.licence.value, words.language, came_from(card))


def plain(words: CardContent) -> dict[str, Any]:
    """The words of a card as values of JSON."""
    found: dict[str, Any] = json.loads(json.dumps(words.as_dict()))
    return found


def _materials(rows: Iterable[Document], licence: str) -> list[Material]:
    """The files under names that differ: two may have come in with the same."""
    found: list[Material] = []
    for row in rows:
        name, taken = row.name, {one.name for one in found}
        stem, dot, extension = name.rpartition(".")
        number = 2
        while name in taken:
            name = f"{(stem or extension)[:90]}-{number}{dot}{extension if dot else ''}"
            number += 1
        found.append(Material(name, licence, b"".join(read(row))))
    return found


def came_from(card: Card) -> list[dict[str, Any]]:
    """Where a card was taken in from, the earliest first, as a bundle tells it; empty for one that was written here."""
    row = Received.objects.filter(card=card).select_related("origin").defer("data").first()
    if row is None:
        return []
    last = {"name": row.origin.name, "key": row.origin.public, "item": str(row.item), "sequence": row.sequence}
    return [*row.provenance, last][-20:]


@dataclass(frozen=True)
class Report:
    """What a municipality of another installation told about a card of ours."""

    municipality: str
    state: str
    outcome: str
    known_by: str
    words: str
    why_stopped: str


def copy_of(card: Card) -> Received | None:
    """The copy of another installation that this card shows, if it is one."""
    return Received.objects.filter(card=card).select_related("origin").defer("data").first()


def words_in(content: dict[str, Any]) -> CardContent:
    """The card in a content that was checked before."""
    return read_card(content[WORDS])


def report_to_send(adoption: Adoption) -> Sending | None:
    """What became of a card that came from another installation, for whoever made it; None for any other card."""
    row = copy_of(adoption.card)
    if row is None:
        return None
    told = {
        "municipality": adoption.municipality.name,
        "card": words_in(row.base).code,
        "version": adoption.number,
        "state": adoption.state,
        "adapted": adoption.adapted,
        "started_on": adoption.started_on.isoformat() if adoption.started_on else "",
        "stopped_on": adoption.stopped_on.isoformat() if adoption.stopped_on else "",
        "why_stopped": adoption.why_stopped,
        "outcome": adoption.outcome,
        "known_by": adoption.known_by,
        "result": adoption.result,
    }
    content = {name: value for name, value in told.items() if value}
    title = adoption.card_content.text(row.language).title
    return Sending(REPORT, adoption.pk, title, content, row.licence, row.language)


def reports_on(card: Card) -> list[Report]:
    """What other installations told about this card, the newest first."""
    rows = Received.objects.filter(kind=REPORT, base__card=card.code).order_by("-updated_at").defer("data")
    return [_report(row.base) for row in rows[:SHOWN]]


def _report(told: dict[str, Any]) -> Report:
    outcome, known_by = (_word(kind, told.get(name)) for kind, name in ((Outcome, "outcome"), (KnownBy, "known_by")))
    words = told.get("result", "")
    return Report(
        told["municipality"], _word(State, told["state"]), outcome, known_by, words, told.get("why_stopped", "")
    )


def _word(kind: type[TextChoices], code: str | None) -> str:
    """The word for a code of another installation; one of a later version stays as it is."""
    return str(kind(code).label) if code in kind.values else code or ""


def card_of_report(told: dict[str, Any]) -> Card | None:
    """The card here that a report is about."""
    return Card.objects.filter(code=told["card"]).exclude(current=DRAFT).first()


def card_parts(content: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """Everything in a card that travels, as words and lines: nothing is left out but the bytes of its files."""
    words = words_in(content)
    facts: list[tuple[str, object]] = [
        ("number", words.number),
        ("code", words.code),
        ("provenance", words.provenance),
        ("language", word_of(words.language)),
        ("licence", words.licence.label),
        ("themes", theme_names(words.themes)),
        ("groups", [Group(one).label for one in words.groups]),
        ("sizes", [Size(one).label for one in words.sizes]),
        ("cost_class", words.cost_class.label),
        ("hours", words.hours),
        ("evidence", words.evidence.label),
        ("known", [f"{one.label} {Quality(words.known[one]).label}" for one in Dimension]),
        ("sources", list(words.sources)),
        ("contact", content.get(CONTACT, "")),
    ]
    shown: list[tuple[str, list[str]]] = []
    for language in sorted(words.texts, key=lambda one: one != words.language):
        text, mark = words.texts[language], f" ({word_of(language)})" if len(words.texts) > 1 else ""
        shown += [(word_of(one.name) + mark, _lines(getattr(text, one.name))) for one in fields(text)]
    shown += [(word_of(name), _lines(value)) for name, value in facts]
    shown.append((word_of(FILES), [file_line(one) for one in content.get(FILES, [])]))
    return [(word, lines) for word, lines in shown if lines]


def file_line(row: dict[str, Any]) -> str:
    """A file that travels, in a line."""
    return f"{row['name']} · {filesizeformat(row['bytes'])} · {row['licence']}"


def _lines(value: object) -> list[str]:
    rows = value if isinstance(value, list | tuple) else [value]
    return [str(one) for one in rows if str(one)]
