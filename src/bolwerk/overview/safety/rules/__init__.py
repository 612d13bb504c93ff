"""Rates with their uncertainty, and the measures of an employer. Pure functions."""

from bolwerk.overview.safety.rules.measures import (
    PROOF_LIMIT,
    SAID_LIMIT,
    EmployerMeasure,
    FutureDayError,
    Said,
    check_said,
)
from bolwerk.overview.safety.rules.rates import (
    LEAST_COMPARED,
    Change,
    Count,
    Interval,
    Rate,
    change_of,
    poisson_interval,
    rate_of,
    ratio_interval,
)

__all__ = [
    "LEAST_COMPARED",
    "PROOF_LIMIT",
    "SAID_LIMIT",
    "Change",
    "Count",
    "EmployerMeasure",
    "FutureDayError",
    "Interval",
    "Rate",
    "Said",
    "change_of",
    "check_said",
    "poisson_interval",
    "rate_of",
    "ratio_interval",
]
