"""Answers about the care track. Read-only."""

from bolwerk.incidents.queries.care.list import care_rows, care_spec
from bolwerk.incidents.queries.care.track import STEPS, MomentShown, PersonShown, care_of, readers_of_care

__all__ = ["STEPS", "MomentShown", "PersonShown", "care_of", "care_rows", "care_spec", "readers_of_care"]
