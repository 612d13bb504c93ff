"""Days that may be known in part: `YYYYMMDD`, `YYYYMM00`, `YYYY0000` and `00000000`.

Source: RvIG, Logisch Ontwerp BRP, "gedeeltelijk onbekende datum".
"""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

FIRST, LAST = date(1, 1, 1), date(9999, 12, 31)
ADULT_AGE = 18  # Burgerlijk Wetboek 1:233
_ONE = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """A day that lies between two days, both included; `certain` when it was given whole."""

    earliest: date
    latest: date
    certain: bool

    @property
    def unknown(self) -> bool:
        """Nothing at all is known."""
        return self.earliest == FIRST and self.latest == LAST

    def after(self, other: "Span") -> "Span":
        """Return this day, knowing that it comes after the day `other`."""
        if self.certain or self.earliest > other.earliest:
            return self
        earliest = min(other.earliest + _ONE, self.latest)
        return Span(earliest, self.latest, certain=False)


UNKNOWN = Span(FIRST, LAST, certain=False)


def read_span(text: str) -> Span:
    """Read a BRP date. Raises ValueError when it is none; the message holds no data."""
    if len(text) != 8 or not (text.isascii() and text.isdigit()):
        raise ValueError("is not a date of eight digits")
    year, month, day = int(text[:4]), int(text[4:6]), int(text[6:])
    if year == 0:
        return UNKNOWN
    if month == 0:  # with or without a day: all that is known is the year
        return Span(date(year, 1, 1), date(year, 12, 31), certain=False)
    if month > 12:
        raise ValueError("is not a date: there is no such month")
    last = calendar.monthrange(year, month)[1]
    if day == 0:
        return Span(date(year, month, 1), date(year, month, last), certain=False)
    if day > last:
        raise ValueError("is not a date: there is no such day")
    return Span(date(year, month, day), date(year, month, day), certain=True)


def adult_from(birth: Span) -> tuple[date | None, date | None]:
    """Return between which days somebody turns 18; nothing when the birth date is wholly unknown."""
    if birth.unknown:
        return None, None
    return _birthday(birth.earliest), _birthday(birth.latest)


def _birthday(born: date) -> date | None:
    year = born.year + ADULT_AGE
    if year > LAST.year:
        return None
    if (born.month, born.day) == (2, 29) and not calendar.isleap(year):
        return date(year, 3, 1)  # the day on which the year of age is full
    return born.replace(year=year)
