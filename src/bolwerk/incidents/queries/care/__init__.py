"""Answers about the care track. Read-only."""

from bolwerk.incidents.queries.care.inspectorate import Line, inspectorate_case, inspectorate_line
from bolwerk.incidents.queries.care.list import care_rows, care_spec
from bolwerk.incidents.queries.care.track import STEPS, MomentShown, PersonShown, care_of, own_care, readers_of_care

__all__ = [
    "STEPS",
    "Line",
    "MomentShown",
    "PersonShown",
    "care_of",
    "care_rows",
    "care_spec",
    "inspectorate_case",
    "inspectorate_line",
    "own_care",
    "readers_of_care",
]
