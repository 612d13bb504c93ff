"""What the pages of safe work show. Read-only, and of figures that passed the gate only."""

from bolwerk.incidents.queries import Breakdown
from bolwerk.overview.safety.queries.charts import charts_of_team, timed_rows
from bolwerk.overview.safety.queries.doors import doors
from bolwerk.overview.safety.queries.sentences import sentences_of
from bolwerk.overview.safety.queries.surveys import Experienced, gap_of
from bolwerk.overview.safety.queries.teams import TeamFigures, team_figures, tree_of

CLOCK = Breakdown.CLOCK
__all__ = [
    "CLOCK",
    "Experienced",
    "TeamFigures",
    "charts_of_team",
    "doors",
    "gap_of",
    "sentences_of",
    "team_figures",
    "timed_rows",
    "tree_of",
]
