"""The quarters that figures are about."""

from datetime import date


def quarter_of(day: date) -> str:
    """The quarter in which a day lies, such as 2026-3."""
    return f"{day.year}-{(day.month + 2) // 3}"


def closed_quarters(year: int, *, on: date) -> list[str]:
    """The quarters of a year that are over on a day. Figures are of closed quarters: nothing is added to them."""
    return [f"{year}-{number}" for number in range(1, 5) if f"{year}-{number}" < quarter_of(on)]
