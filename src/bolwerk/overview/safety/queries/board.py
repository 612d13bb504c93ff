"""The page for the board: a few sentences of the whole municipality, and what is not known."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from bolwerk.incidents.queries import Breakdown
from bolwerk.overview.safety.queries.charts import timed_rows
from bolwerk.overview.safety.queries.measures import Indicator, indicators
from bolwerk.overview.safety.queries.sentences import sentences_of
from bolwerk.overview.safety.queries.teams import TeamFigures, team_figures
from bolwerk.overview.safety.rules import Change


@dataclass(frozen=True)
class BoardPage:
    """What the board reads: the answer first, then figures, terms, measures and what nobody knows."""

    answer: str
    whole: TeamFigures | None
    sentences: list[str]
    timed: list[tuple[str, str, str]]
    measures: list[Indicator]


def board_page(*, on: date) -> BoardPage:
    """The page as it stands on a day, of this year or, before its first quarter is over, of the one before."""
    whole = team_figures(None, year=on.year) or team_figures(None, year=on.year - 1)
    return BoardPage(
        answer=_answer(whole),
        whole=whole,
        sentences=sentences_of(whole) if whole else [],
        timed=timed_rows(whole.parts.get(Breakdown.CLOCK)) if whole else [],
        measures=indicators(whole, on=on),
    )


def _answer(whole: TeamFigures | None) -> str:
    """Better, worse or not demonstrable: of the number of reports alone nobody can say which."""
    if whole is None:
        return _("No quarter has been published yet, so nothing can be said.")
    if whole.change is Change.HIGHER:
        return _("More is reported than a year ago. That can mean that more happens, or that people dare to report.")
    if whole.change is Change.LOWER:
        return _("Less is reported than a year ago. That can mean that less happens, or that people stopped reporting.")
    if whole.change is Change.NOT_SHOWN:
        return _("The number of reports has not demonstrably changed since a year ago.")
    return _("Whether something changed cannot be shown yet: there is no year before to compare with.")
