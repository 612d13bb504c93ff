"""What holds in the learning circle. Pure functions: no database, no clock, no request."""

from bolwerk.circle.rules.circles import Level

__all__ = ["Level"]
