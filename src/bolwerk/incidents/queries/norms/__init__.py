"""Answers about norms. Read-only."""

from bolwerk.incidents.queries.norms.house_rules import HouseRules, house_rules
from bolwerk.incidents.queries.norms.versions import (
    Lines,
    RuleChoices,
    TeamNorm,
    default_rules,
    events_of,
    lines_of,
    norm_in_force,
    open_version,
    rule_choices,
    rule_named,
    team_norms,
    team_page,
    versions_of,
    wrote_in,
)

__all__ = [
    "HouseRules",
    "Lines",
    "RuleChoices",
    "TeamNorm",
    "default_rules",
    "events_of",
    "house_rules",
    "lines_of",
    "norm_in_force",
    "open_version",
    "rule_choices",
    "rule_named",
    "team_norms",
    "team_page",
    "versions_of",
    "wrote_in",
]
