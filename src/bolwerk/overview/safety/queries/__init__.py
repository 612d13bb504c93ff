"""What the pages of safe work show. Read-only, and of figures that passed the gate only."""

from bolwerk.incidents.queries import Breakdown
from bolwerk.overview.safety.queries.board import BoardPage, board_page
from bolwerk.overview.safety.queries.charts import charts_of_team, timed_rows
from bolwerk.overview.safety.queries.doors import doors
from bolwerk.overview.safety.queries.measures import Indicator, indicators
from bolwerk.overview.safety.queries.papers import half_year_pdf
from bolwerk.overview.safety.queries.privacy import PAPERS, privacy_docx, privacy_papers, privacy_pdf
from bolwerk.overview.safety.queries.sentences import sentences_of
from bolwerk.overview.safety.queries.surveys import Experienced, gap_of
from bolwerk.overview.safety.queries.teams import TeamFigures, team_figures, tree_of

CLOCK = Breakdown.CLOCK
__all__ = [
    "CLOCK",
    "PAPERS",
    "BoardPage",
    "Experienced",
    "Indicator",
    "TeamFigures",
    "board_page",
    "charts_of_team",
    "doors",
    "gap_of",
    "half_year_pdf",
    "indicators",
    "privacy_docx",
    "privacy_papers",
    "privacy_pdf",
    "sentences_of",
    "team_figures",
    "timed_rows",
    "tree_of",
]
