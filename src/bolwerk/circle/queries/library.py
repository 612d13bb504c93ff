"""Searching in the library: in memory, the same on every database; and what a page of it shows."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.models import Theme
from bolwerk.circle.access.cards import readable_cards
from bolwerk.circle.models import CardVersion, LibraryStamp
from bolwerk.circle.rules.card_search import Index, Piece, pieces
from bolwerk.circle.rules.cards import CardContent, CostClass, Evidence, Group, HoursClass, Size, read_card
from bolwerk.ui.content import content_language
from bolwerk.ui.lists import Text, address_with
from bolwerk.ui.once import asked_once

PAGE = 20
MOST_COMPARED = 4
EXCERPT = 40  # words


@dataclass(frozen=True)
class Entry:
    """A card as the memory holds it."""

    pk: UUID
    content: CardContent

    @cached_property
    def codes(self) -> dict[str, tuple[str, ...]]:
        """What each facet knows of it, found once."""
        return {one.name: one.has(self.content) for one in FACETS}


@dataclass(frozen=True)
class Library:
    """All cards that can be found, in memory."""

    entries: tuple[Entry, ...]
    index: Index
    by_pk: dict[UUID, Entry]


def library() -> Library:
    """The cards of the library: read once, and anew after a change. Two queries at most."""
    stamp = LibraryStamp.objects.values_list("stamp", flat=True).first()
    return _remembered(stamp) if stamp else built([])


@lru_cache(maxsize=2)
def _remembered(_stamp: UUID) -> Library:
    current = dict(readable_cards().order_by().values_list("pk", "current"))
    rows = CardVersion.objects.filter(card__in=readable_cards().order_by().values("pk")).exclude(published_at=None)
    words = rows.order_by().values_list("card_id", "number", "content")
    return built([Entry(pk, read_card(raw)) for pk, number, raw in words if current.get(pk) == number])


def built(entries: Iterable[Entry]) -> Library:
    """Cards made ready to be searched, by title."""
    ordered = tuple(sorted(entries, key=lambda one: one.content.text("nl").title.casefold()))
    for one in ordered:
        one.codes  # noqa: B018  found now, so that no reader waits for it
    return Library(ordered, Index(_parts(one.content) for one in ordered), {one.pk: one for one in ordered})


def _parts(card: CardContent) -> Sequence[tuple[float, str]]:
    """Its words, with what each weighs: a title says more than a step."""
    parts: list[tuple[float, str]] = [(1.0, card.provenance)]
    for text in card.texts.values():
        parts += [(5.0, text.title), (3.0, text.problem), (2.0, " ".join((text.target, *text.goals)))]
        rest = (*text.steps, text.conditions, text.materials, text.transferability, text.experience)
        parts.append((1.0, " ".join(rest)))
    return parts


@dataclass(frozen=True)
class Facet:
    """One question that narrows the library."""

    name: str
    label: Text
    choices: Callable[[], Sequence[tuple[str, Text]]]
    has: Callable[[CardContent], tuple[str, ...]]


def theme_choices() -> list[tuple[str, Text]]:
    """The themes of this installation."""
    return [(theme.code, str(theme)) for theme in Theme.objects.all()]


FACETS = (
    Facet("theme", _("Theme"), theme_choices, lambda card: card.themes),
    Facet("group", _("For whom"), lambda: list(Group.choices), lambda card: card.groups),
    Facet("evidence", _("How sure"), lambda: list(Evidence.choices), lambda card: (card.evidence,)),
    Facet("cost", _("Money"), lambda: list(CostClass.choices), lambda card: (card.cost_class,)),
    Facet("hours", _("Hours"), lambda: list(HoursClass.choices), lambda card: (card.hours_class,)),
    Facet("size", _("Size of the municipality"), lambda: list(Size.choices), lambda card: card.sizes),
)


@dataclass(frozen=True)
class Option:
    """One choice of a facet: how many cards it leaves."""

    value: str
    label: Text
    count: int


@dataclass(frozen=True)
class Chosen:
    """A facet as a form control, and the address of the list without it."""

    facet: Facet
    options: tuple[Option, ...]
    value: str
    label: Text
    without: str


@dataclass(frozen=True)
class Found:
    """One card in the list, with what was searched for marked."""

    pk: UUID
    content: CardContent
    title: list[Piece]
    excerpt: list[Piece]


@dataclass(frozen=True)
class Results:
    """All that the page of the library shows."""

    found: tuple[Found, ...]
    count: int
    of: int
    facets: tuple[Chosen, ...]
    previous: str
    next: str
    number: int
    last: int


def search(
    shelf: Library, *, words: str, given: dict[str, str], path: str, facets: tuple[Facet, ...] = FACETS
) -> Results:
    """The cards with these words and facets, a page at a time. `given` is what stands in the address."""
    hits = shelf.index.find(words) if words else None
    entries = [shelf.entries[place] for place in hits.places] if hits else list(shelf.entries)
    known = {one.name: given[one.name] for one in FACETS if given.get(one.name)}
    kept, counts = _counted(entries, known)
    last = max(1, -(-len(kept) // PAGE))
    number = min(max(1, _asked(given.get("page", ""))), last)
    language, marked = content_language(), hits.words if hits else frozenset[str]()
    shown = kept[(number - 1) * PAGE : number * PAGE]
    query = {name: value for name, value in given.items() if name != "page"}
    return Results(
        found=tuple(_found(one, language, marked) for one in shown),
        count=len(kept),
        of=len(shelf.entries),
        facets=tuple(_chosen(one, counts[one.name], known, query, path) for one in facets),
        previous=address_with(path, query, page=number - 1) if number > 1 else "",
        next=address_with(path, query, page=number + 1) if number < last else "",
        number=number,
        last=last,
    )


def _asked(page: str) -> int:
    """The number of a page in an address; the first where it is none."""
    return int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1


def _counted(entries: list[Entry], known: dict[str, str]) -> tuple[list[Entry], dict[str, dict[str, int]]]:
    """The cards that fit, and how many each choice would leave with the other choices as they are. One pass.

    A card that fits all but one facet counts for that facet only.
    """
    kept: list[Entry] = []
    counts: dict[str, dict[str, int]] = {one.name: {} for one in FACETS}
    for entry in entries:
        codes = entry.codes
        missed = [name for name, value in known.items() if value not in codes[name]]
        if not missed:
            kept.append(entry)
        elif len(missed) > 1:
            continue
        for name in missed or counts:
            of = counts[name]
            for code in codes[name]:
                of[code] = of.get(code, 0) + 1
    return kept, counts


def _found(entry: Entry, language: str, words: frozenset[str]) -> Found:
    text = entry.content.text(language)
    excerpt = " ".join(text.problem.split()[:EXCERPT])
    return Found(entry.pk, entry.content, pieces(text.title, words), pieces(excerpt, words))


def _chosen(facet: Facet, counts: dict[str, int], known: dict[str, str], query: dict[str, str], path: str) -> Chosen:
    options = tuple(Option(code, label, counts.get(code, 0)) for code, label in facet.choices())
    value = known.get(facet.name, "")
    label = next((one.label for one in options if one.value == value), value)
    return Chosen(facet, options, value, label, address_with(path, query, **{facet.name: ""}))


def theme_names(codes: Iterable[str]) -> list[str]:
    """Themes as people read them; a code that this installation does not know stays as it is."""
    names = theme_titles()
    return [names.get(code, code) for code in codes]


def theme_titles() -> dict[str, str]:
    """What themes are called, by code, in the language of now. Asked once within one look at a page."""
    return asked_once(("circle.themes", get_language()), lambda: {one.code: str(one) for one in Theme.objects.all()})
