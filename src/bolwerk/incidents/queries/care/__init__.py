"""Answers about the care track. Read-only."""

from bolwerk.incidents.queries.care.accidents import accident_spec, accidents
from bolwerk.incidents.queries.care.inspectorate import Line, inspectorate_case, inspectorate_history, inspectorate_line
from bolwerk.incidents.queries.care.list import care_rows, care_spec
from bolwerk.incidents.queries.care.own import care_looks, cares_sent, own_cares
from bolwerk.incidents.queries.care.ratings import rating_questions, ratings
from bolwerk.incidents.queries.care.track import (
    STEPS,
    MomentShown,
    PersonShown,
    care_of,
    own_care,
    readers_of_care,
    running_absence,
)

__all__ = [
    "STEPS",
    "Line",
    "MomentShown",
    "PersonShown",
    "accident_spec",
    "accidents",
    "care_looks",
    "care_of",
    "care_rows",
    "care_spec",
    "cares_sent",
    "inspectorate_case",
    "inspectorate_history",
    "inspectorate_line",
    "own_care",
    "own_cares",
    "rating_questions",
    "ratings",
    "readers_of_care",
    "running_absence",
]
