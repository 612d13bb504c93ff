"""How the findings of a rule fall over kinds of neighbourhoods: does it look at some more than at others?

Counted are the objects a rule could look at (those whose use occurs among what it found) and those it found, by class
of neighbourhood: urbanity (CBS), or a figure of the neighbourhoods in three equal groups (low, middle, high). Every
count passes the gate for small numbers; shares and bounds are worked out from published figures only, so the rounding
is in the bounds. A class differs when its exact bounds and those of the rest do not meet, with the level divided by
the number of classes. A difference is a question and no proof: there may be a reason for it.
Source: Algoritmekader 5-ver-03 (bias → justification → desirability); C. J. Clopper and E. S. Pearson, Biometrika 1934.
"""

from knooppunt.findings.bias.classes import (
    NOWHERE,
    THIRDS,
    URBAN,
    URBANITY,
    NoBiasReportError,
    class_of_objects,
    kinds_by_code,
)
from knooppunt.findings.bias.outcomes import CONFIRMED, NOT_JUDGED, REFUTED, ClassOutcomes, outcomes_over
from knooppunt.findings.bias.report import BiasReport, bias_report, bias_reports
from knooppunt.findings.bias.shares import FOUND, NOT_FOUND, ClassShare, exact, spread_over

__all__ = [
    "CONFIRMED",
    "FOUND",
    "NOT_FOUND",
    "NOT_JUDGED",
    "NOWHERE",
    "REFUTED",
    "THIRDS",
    "URBAN",
    "URBANITY",
    "BiasReport",
    "ClassOutcomes",
    "ClassShare",
    "NoBiasReportError",
    "bias_report",
    "bias_reports",
    "class_of_objects",
    "exact",
    "kinds_by_code",
    "outcomes_over",
    "spread_over",
]
