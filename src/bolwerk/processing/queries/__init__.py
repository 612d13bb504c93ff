"""Answers about activities and lines. Read-only."""

from bolwerk.processing.queries.activities import activity_in, activity_now, register
from bolwerk.processing.queries.lines import count_between, operations_about, urn_of
from bolwerk.processing.queries.otlp import otlp_lines

__all__ = ["activity_in", "activity_now", "count_between", "operations_about", "otlp_lines", "register", "urn_of"]
