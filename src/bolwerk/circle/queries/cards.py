"""What the page of one card shows, and of several side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from bolwerk.accounts.models import Person
from bolwerk.circle.access.cards import seats_of, writable_cards
from bolwerk.circle.access.circles import circles_of, taking_part_on
from bolwerk.circle.models import Caller, Card, CardVersion, Participant
from bolwerk.circle.queries.library import Library, theme_names
from bolwerk.circle.rules.cards import EVIDENCE_MEANS, CardContent, Dimension, Group, Quality, Size
from bolwerk.ui.content import content_language
from bolwerk.ui.lists import Text


@dataclass(frozen=True)
class Shown:
    """A card as a page shows it: words in the reader's language, codes in words."""

    content: CardContent

    @property
    def text(self) -> object:
        """Its words."""
        return self.content.text(content_language())

    @property
    def partly_foreign(self) -> bool:
        """Whether some of it is in another language than the reader's."""
        return not self.content.is_whole_in(content_language())

    @property
    def themes(self) -> str:
        """Its themes as a sentence."""
        return ", ".join(theme_names(self.content.themes))

    @property
    def groups(self) -> str:
        """For whom."""
        return ", ".join(str(Group(code).label) for code in self.content.groups)

    @property
    def sizes(self) -> str:
        """For which municipalities."""
        whole = not self.content.sizes or len(self.content.sizes) == len(Size)
        return _("Every municipality") if whole else ", ".join(str(Size(code).label) for code in self.content.sizes)

    @property
    def money(self) -> Text:
        """What it costs, as a class."""
        return self.content.cost_class.label

    @property
    def evidence_means(self) -> Text:
        """What its level of evidence says and does not say."""
        return EVIDENCE_MEANS[self.content.evidence]

    @property
    def known(self) -> list[tuple[Text, Text, int]]:
        """The five questions, how well each is answered, and that as a number of steps from 0 to 3."""
        order = list(Quality)
        return [
            (one.label, Quality(self.content.known[one]).label, order.index(Quality(self.content.known[one])))
            for one in Dimension
        ]


def drafts_of(person: Person, *, on: date) -> list[CardVersion]:
    """What this person or the own municipality is writing."""
    mine = writable_cards(person, on=on).order_by().values("pk")
    return list(CardVersion.objects.filter(card__in=mine, published_at=None).select_related("card")[:10])


def draft_of(card: Card) -> CardVersion | None:
    """The version that is being written."""
    return card.versions.filter(published_at=None).first()


def written_versions(card: Card) -> list[CardVersion]:
    """All versions, newest first, with the draft when there is one."""
    return list(card.versions.all())


def version_shown(versions: Sequence[CardVersion], card: Card) -> CardVersion:
    """The version that the page of a card shows: the one in the library, before that the draft."""
    return next(one for one in versions if one.number == (card.current or 1))


def callers_of(card: Card, person: Person, *, on: date) -> list[Caller]:
    """Who of the circles of this person may be called about a card, as long as they take part."""
    there = taking_part_on(on).order_by().values("pk")
    found = Caller.objects.filter(card=card, circle__in=circles_of(person, on=on).order_by().values("pk"))
    return list(found.filter(participant__in=there).select_related("participant__member__municipality", "circle"))


def own_participations(person: Person, *, on: date) -> list[Participant]:
    """As whom this person takes part, in each circle."""
    return seats_of(person, on=on)


def compared(shelf: Library, chosen: Sequence[str]) -> list[tuple[UUID, Shown]]:
    """The cards that were chosen, as far as they are in the library, each once."""
    keys = [UUID(one) for one in dict.fromkeys(chosen) if _is_key(one)]
    return [(key, Shown(shelf.by_pk[key].content)) for key in keys if key in shelf.by_pk]


def _is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
