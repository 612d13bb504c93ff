"""What can be put in a publication by choosing it: lessons, quotes, cards, and what was signed before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import override

from bolwerk.circle.access.sessions import outward
from bolwerk.circle.models import Adoption, Card, Edition, Issued, ItemKind, Member, Received
from bolwerk.circle.queries.bundle_words import word_of
from bolwerk.circle.queries.bundles import received_items
from bolwerk.circle.queries.feed import offered
from bolwerk.circle.queries.harvest import said_by, title_of
from bolwerk.circle.queries.library import Library, theme_titles
from bolwerk.circle.queries.names import CARD, HARVEST
from bolwerk.circle.rules.cards import CardContent, CardText
from bolwerk.circle.rules.publications import LINE_LIMIT, TEXT_LIMIT, TITLE_LIMIT
from bolwerk.circle.rules.sessions import Captured
from bolwerk.ui.dates import day_in_words

SIGNED = ("lesson", "handout")
SHOWN = 30  # cards at a time; the search finds the others
NOT_TOLD = frozenset({"contact", "theme", "themes", "by"})


@dataclass(frozen=True)
class Candidate:
    """Something that can be put in at once. `consent` says who agreed, where Bolwerk knows."""

    source: str
    kind: str
    title: str
    chapter: str
    text: str
    said_by: str
    consent: str = ""


@dataclass(frozen=True)
class Choice:
    """A group of candidates under a title, and what to say when there is none."""

    title: str
    candidates: list[Candidate]
    empty: str


def choices(edition: Edition, shelf: Library, *, find: str = "") -> list[Choice]:
    """Everything that can be chosen for an edition and does not stand in it yet, in the language of the edition."""
    there = set(edition.items.values_list("source", flat=True))
    with override(edition.language):
        brought = [_brought(row) for row in outward(edition.circle)]
        themes = theme_titles()
        cards = [_card(key, content, edition.language, themes) for key, content in _cards(edition, shelf, find)]
        rows: list[Issued | Received] = [
            *offered().filter(kind__in=SIGNED),
            *received_items().filter(kind__in=SIGNED),
        ]
        signed = [_signed(row) for row in rows]
    lessons = [one for one in brought if one.kind == ItemKind.LESSON]
    quotes = [one for one in brought if one.kind == ItemKind.QUOTE]
    groups = [
        Choice(_("Lessons of your sessions"), lessons, _("No green lesson yet: only green may go outside.")),
        Choice(_("Quotes with a yes of who said it"), quotes, _("Nobody said yes to a green quote yet.")),
        Choice(_("Cards of the library"), cards, _("No card with these words.")),
        Choice(_("Signed before, by you or by others"), signed, _("Nothing yet.")),
    ]
    return [
        Choice(group.title, [one for one in group.candidates if one.source not in there], group.empty)
        for group in groups
    ]


def _brought(row: Any) -> Candidate:
    when = day_in_words(row.session.starts_at) if row.session.starts_at else ""
    if row.kind == Captured.QUOTE:
        yes = _("The one who said it, in Bolwerk")
        return Candidate(f"{HARVEST}{row.pk}", "quote", title_of(row), row.session.theme, row.text, said_by(row), yes)
    told = _("Meeting of %(day)s") % {"day": when} if when else ""
    return Candidate(f"{HARVEST}{row.pk}", "lesson", title_of(row), row.session.theme, row.text, told)


def _cards(edition: Edition, shelf: Library, find: str) -> list[tuple[UUID, CardContent]]:
    """What was searched for; without words first what the members of the circle wrote or took over."""
    if find:
        hits = shelf.index.find(find)
        return [(shelf.entries[place].pk, shelf.entries[place].content) for place in (hits.places if hits else ())][
            :SHOWN
        ]
    members = Member.objects.filter(circle=edition.circle).values("municipality")
    near = set(Card.objects.filter(municipality__in=members).values_list("pk", flat=True))
    near |= set(Adoption.objects.filter(municipality__in=members, shared=True).values_list("card", flat=True))
    ordered = sorted(shelf.entries, key=lambda one: one.pk not in near)  # stable: by title within each
    return [(one.pk, one.content) for one in ordered[:SHOWN]]


def _card(key: UUID, content: CardContent, language: str, themes: Mapping[str, str]) -> Candidate:
    text = content.text(language)
    chapter = next((themes.get(code, code) for code in content.themes), _("Cards"))
    by = " · ".join((content.provenance, str(content.licence)))
    yes = _("Published under %(licence)s") % {"licence": content.licence}
    return Candidate(f"{CARD}{key}", "card", text.title, chapter, card_text(text), by[:LINE_LIMIT], yes)


def card_text(text: CardText) -> str:
    """A card as running text under small headings; sections that do not fit any more are left out whole."""
    told = ""
    for one in fields(text):
        value = getattr(text, one.name)
        if one.name == "title" or not value:
            continue
        words = "\n".join(f"- {line}" for line in value) if isinstance(value, tuple) else value
        section = f"{told}\n\n## {word_of(one.name)}\n\n{words}".strip()
        if len(section) <= TEXT_LIMIT:
            told = section
    return told


def _signed(row: Issued | Received) -> Candidate:
    content = row.content if isinstance(row, Issued) else row.copy.shown
    whom = "" if isinstance(row, Issued) else row.origin.name
    by = content.get("by") or " · ".join(part for part in (whom, row.licence) if part)
    is_quote = "quote" in content and "text" not in content
    text = content["quote"] if is_quote else _as_text(content)
    chapter, kind = content.get("theme", ""), "quote" if is_quote else row.kind
    return Candidate(row.urn, kind, row.title[:TITLE_LIMIT], chapter, text, by[:LINE_LIMIT], _("Signed and published"))


def _as_text(content: Mapping[str, Any]) -> str:
    """A content as running text: what it says under small headings, lists as lists. Whom to call stays out."""
    parts = []
    for name, value in content.items():
        if name in NOT_TOLD or not value:
            continue
        told = "\n".join(f"- {line}" for line in value) if isinstance(value, list) else str(value)
        parts.append(told if name == "text" else f"## {word_of(name)}\n\n{told}")
    return "\n\n".join(parts)


def chosen(groups: Iterable[Choice], sources: Iterable[str]) -> list[Candidate]:
    """What was ticked, as far as it can be chosen, in the order of the page."""
    ticked = set(sources)
    return [one for group in groups for one in group.candidates if one.source in ticked]
