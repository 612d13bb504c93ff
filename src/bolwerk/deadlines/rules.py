"""What a term is and when it ends. Pure functions: no database, no clock, no request."""

from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    """The units of a term."""

    HOURS = "hours"
    WORKING_DAYS = "working_days"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"


@dataclass(frozen=True)
class Term:
    """How long something may take, with where the rule comes from."""

    amount: int
    unit: Unit
    source: str = ""
