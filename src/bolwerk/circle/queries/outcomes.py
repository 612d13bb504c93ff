"""What came of cards over all municipalities, in words: as published, never counted anew."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bolwerk.circle.models import OutcomeRelease
from bolwerk.circle.rules.outcomes import Verdict, first_day


@dataclass(frozen=True)
class Outcomes:
    """The figures of one card: a sentence for each verdict, and up to which day they go."""

    lines: list[tuple[str, str]]
    total: int | None
    until: date

    @property
    def is_empty(self) -> bool:
        """Whether the gate let nothing through."""
        return self.total is None and all(not said[:1].isdigit() for _word, said in self.lines)

    @property
    def in_short(self) -> str:
        """In one sentence, for a comparison."""
        if self.total is not None:
            told = ngettext("%(n)d municipality told it", "%(n)d municipalities told it", self.total)
            lines = "; ".join(f"{word}: {said}" for word, said in self.lines)
            return f"{told % {'n': self.total}}. {lines}"
        return "; ".join(f"{word}: {said}" for word, said in self.lines)


def outcomes_of(cards: Iterable[UUID]) -> dict[UUID, Outcomes]:
    """The latest figures of these cards, of those that have any. One query."""
    found: dict[UUID, Outcomes] = {}
    for row in OutcomeRelease.objects.filter(card__in=list(cards)).order_by("before"):
        shown = _shown(row)
        if shown.is_empty:
            found.pop(row.card_id, None)
        else:
            found[row.card_id] = shown
    return found


def _shown(row: OutcomeRelease) -> Outcomes:
    lines = [(str(one.label), _said(row.cells.get(one.value))) for one in Verdict]
    return Outcomes(lines, row.cells.get("total"), first_day(row.before) - timedelta(days=1))


def _said(figure: int | None) -> str:
    return _("not shown, so that nobody can be recognised") if figure is None else str(figure)
