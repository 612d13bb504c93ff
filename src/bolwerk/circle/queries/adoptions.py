"""What was taken over by whom, as far as they show it; and what is looked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bolwerk.accounts.models import Person
from bolwerk.circle.access.adoptions import own_adoptions, shared_adoptions
from bolwerk.circle.access.cards import home_of, readable_cards
from bolwerk.circle.models import Adoption, Card, Received, Wish, WishVoice
from bolwerk.circle.queries.library import Library, library
from bolwerk.circle.rules.adoptions import State
from bolwerk.ui.content import content_language
from bolwerk.ui.maps import Item, Map

MATRIX_CARDS = 8  # columns that fit on a screen; the list below has all
LISTED = 500
ANSWERS = 20  # cards to choose from as the answer to a wish


def times_adopted() -> dict[UUID, int]:
    """How many municipalities show that they took a card over, by card."""
    return dict(shared_adoptions().order_by().values_list("card").annotate(n=Count("pk")))


def adopters_of(card: Card, person: Person, *, on: date) -> tuple[Adoption | None, list[Adoption]]:
    """The adoption of a card by the own municipality, and by all that show what came of it. One query."""
    home = home_of(person, on=on)
    rows = Adoption.objects.filter(Q(shared=True) | Q(municipality__name=home), card=card)
    found = list(rows.select_related("municipality").order_by("municipality__name"))
    own = next((one for one in found if home and one.municipality.name == home), None)
    return own, [one for one in found if one.shared]


def own_list(person: Person, *, on: date) -> QuerySet[Adoption]:
    """All that the own municipality took over, what runs first."""
    return own_adoptions(person, on=on).order_by("state", "-at")


@dataclass(frozen=True)
class Cell:
    """What a municipality does with a card: nothing that it shows, or its state in words and a tone."""

    words: str
    tone: str = ""


@dataclass(frozen=True)
class Line:
    """One municipality: a cell for each card of the head, and all it took over."""

    name: str
    cells: tuple[Cell, ...]
    adoptions: tuple[tuple[UUID, str, str], ...]


@dataclass(frozen=True)
class WhoUsesWhat:
    """Municipalities by cards: the most adopted cards as columns, and below it everything as a list."""

    head: tuple[tuple[UUID, str], ...]
    lines: tuple[Line, ...]
    most: tuple[tuple[UUID, str, int], ...]
    places: Map


TONES = {State.PLANNED: "quiet", State.RUNNING: "good", State.STOPPED: "attention"}


def who_uses_what(shelf: Library) -> WhoUsesWhat:
    """What municipalities show each other, at most the last five hundred. One query."""
    rows = list(shared_adoptions().order_by("-at")[:LISTED])
    counts: dict[UUID, int] = {}
    titles: dict[UUID, str] = {}
    for row in rows:
        counts[row.card_id] = counts.get(row.card_id, 0) + 1
        titles[row.card_id] = title_of(row, shelf)
    most = sorted(counts, key=lambda key: (-counts[key], titles[key]))[:MATRIX_CARDS]
    by_name: dict[str, list[Adoption]] = {}
    for row in rows:
        by_name.setdefault(row.municipality.name, []).append(row)
    lines = tuple(_line(name, by_name[name], most, titles) for name in sorted(by_name))
    return WhoUsesWhat(
        head=tuple((key, titles[key]) for key in most),
        lines=lines,
        most=tuple((key, titles[key], counts[key]) for key in most),
        places=_places(by_name),
    )


def _places(by_name: dict[str, list[Adoption]]) -> Map:
    """Municipalities of which somebody said where they are, with how much they use; the list says the same."""
    features, items = [], []
    for number, name in enumerate(sorted(by_name), start=1):
        rows, place = by_name[name], by_name[name][0].municipality
        if place.longitude is None or place.latitude is None:
            continue
        running = sum(row.state == State.RUNNING for row in rows)
        note = ngettext("%(n)d card in use", "%(n)d cards in use", running) % {"n": running}
        properties = {"id": f"m{number}", "label": name, "tone": "attention" if running else "quiet"}
        point = {"type": "Point", "coordinates": [place.longitude, place.latitude]}
        features.append({"type": "Feature", "geometry": point, "properties": properties})
        items.append(Item(id=f"m{number}", text=name, href=f"#u{number}", note=note))
    drawing = {"type": "FeatureCollection", "features": features} if features else {}
    return Map(drawing, title=_("Where cards are in use"), items=items)


def _line(name: str, rows: Sequence[Adoption], most: Sequence[UUID], titles: dict[UUID, str]) -> Line:
    states = {row.card_id: State(row.state) for row in rows}
    cells = tuple(Cell(str(states[key].label), TONES[states[key]]) if key in states else Cell("") for key in most)
    return Line(name, cells, tuple((row.card_id, titles[row.card_id], str(State(row.state).label)) for row in rows))


def title_of(adoption: Adoption, shelf: Library | None = None) -> str:
    """The title of what was taken over, in the reader's language."""
    there = shelf.by_pk.get(adoption.card_id) if shelf else None
    content = there.content if there else adoption.card_content
    return content.text(content_language()).title


def wishes(person: Person) -> QuerySet[Wish]:
    """What is looked for, most voices first, and whether this person is one of them."""
    mine = WishVoice.objects.filter(wish=OuterRef("pk"), by=person)
    rows = Wish.objects.filter(closed_at=None).annotate(voice_count=Count("voices"), is_mine=Exists(mine))
    return rows.order_by("-voice_count", "-at")


def fulfilled_wishes(person: Person) -> list[tuple[Wish, str]]:
    """The last wishes that were answered by a card, with the title of that card; `is_mine` where one may object."""
    mine = WishVoice.objects.filter(wish=OuterRef("pk"), by=person)
    rows = Wish.objects.exclude(closed_at=None).filter(card__in=readable_cards().order_by().values("pk"))
    found = list(rows.annotate(is_mine=Exists(mine)).order_by("-closed_at")[:5])
    by_pk = library().by_pk if found else {}
    language = content_language()
    return [(row, by_pk[row.card_id].content.text(language).title) for row in found if row.card_id in by_pk]


def cards_for(words: str, shelf: Library) -> list[tuple[UUID, str, str]]:
    """Cards with these words: key, title, problem. The best first."""
    hits = shelf.index.find(words) if words else None
    places = hits.places if hits else range(len(shelf.entries))
    language = content_language()
    entries = [shelf.entries[place] for place in list(places)[:ANSWERS]]
    texts = [(one.pk, one.content.text(language)) for one in entries]
    return [(key, text.title, text.problem) for key, text in texts]


def maker_of(adoption: Adoption) -> str:
    """The installation that the card came from, when it came in a bundle; empty otherwise."""
    row = Received.objects.filter(card=adoption.card_id).select_related("origin").only("origin__name").first()
    return row.origin.name if row else ""


def facts_of(adoption: Adoption) -> list[tuple[str, object]]:
    """Where it came from, in rows."""
    rows: list[tuple[str, object]] = [
        (_("Taken from"), adoption.source),
        (_("Version of the card"), adoption.number),
        (_("Others may see it"), _("Yes") if adoption.shared else _("No, only your municipality")),
    ]
    return rows


def adoption_address(key: UUID, person: Person, on: date) -> str | None:
    """The page of an adoption for this person, or None."""
    there = own_adoptions(person, on=on).filter(pk=key).exists()
    return reverse("circle:adoption", args=[key]) if there else None


def card_address(key: UUID, person: Person, on: date) -> str | None:  # noqa: ARG001  the shape of LIVES
    """The page of a card."""
    return reverse("circle:card", args=[key]) if readable_cards().filter(pk=key).exists() else None
