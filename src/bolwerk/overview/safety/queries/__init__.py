"""What the pages of safe work show. Read-only, and of figures that passed the gate only."""

from bolwerk.overview.safety.queries.charts import charts_of_team
from bolwerk.overview.safety.queries.doors import doors
from bolwerk.overview.safety.queries.sentences import sentences_of
from bolwerk.overview.safety.queries.surveys import Experienced, gap_of
from bolwerk.overview.safety.queries.teams import TeamFigures, team_figures, tree_of

__all__ = ["Experienced", "TeamFigures", "charts_of_team", "doors", "gap_of", "sentences_of", "team_figures", "tree_of"]
