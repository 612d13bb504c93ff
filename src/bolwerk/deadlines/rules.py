"""What a term is and when it ends. Pure functions: no database, no clock, no request."""

import hashlib
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from itertools import count, islice
from typing import TypedDict
from zoneinfo import ZoneInfo

import holidays
from holidays.constants import OPTIONAL, PUBLIC

ZONE = ZoneInfo("Europe/Amsterdam")
END_OF_DAY = time(23, 59, 59)  # a term in days runs through its whole last day
OFFICE_OPENS, OFFICE_CLOSES = time(9, 0), time(17, 0)  # working hours, where a term counts those
SATURDAY = 5

# Algemene termijnenwet, article 3: Good Friday counts as a recognised holiday (second paragraph), and so does 5 May
# every year. Many employers work on one of them; a municipality says so with DEADLINES_WORKED_HOLIDAYS.
GOOD_FRIDAY, LIBERATION_DAY = "Good Friday", "Liberation Day"

# Algemene termijnenwet, article 2: a term of three days or more holds at least two days that are not closed.
SHORT_TERM_DAYS, OPEN_DAYS_IN_SHORT_TERM = 3, 2


class Unit(StrEnum):
    """The units of a term."""

    HOURS = "hours"
    WORKING_HOURS = "working_hours"
    WORKING_DAYS = "working_days"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"


# Algemene termijnenwet, article 4: the law leaves alone terms in hours and terms longer than these.
_STATUTORY_LIMIT = {Unit.DAYS: 90, Unit.WEEKS: 12, Unit.MONTHS: 3}


class TermData(TypedDict):
    """A term as it is kept with a task."""

    amount: int
    unit: str
    source: str
    statutory: bool


@dataclass(frozen=True)
class Term:
    """How long something may take, with where the rule comes from.

    Hours run through nights and weekends; everything else ends at the end of its last day in the Netherlands.
    `statutory` says that the Algemene termijnenwet holds: an end on a closed day moves to the next working day.
    """

    amount: int
    unit: Unit
    source: str = ""
    statutory: bool = field(default=False, kw_only=True)

    def as_data(self) -> TermData:
        """The term as plain data, to keep with a task."""
        return {"amount": self.amount, "unit": self.unit.value, "source": self.source, "statutory": self.statutory}


def term_from(data: TermData) -> Term:
    """The term that `Term.as_data` gave."""
    return Term(data["amount"], Unit(data["unit"]), data["source"], statutory=data["statutory"])


@dataclass(frozen=True)
class Clock:
    """One kind of clock that a room knows: what has to be done, within which term.

    `key` tells the clocks of one subject apart. `what` is a message id in English, marked with gettext_noop in the
    room, so that everybody reads it in their own language. `page` is the name of the address (it takes the subject's
    uuid) where the work is done; empty means the subject's own page. `by_hand` puts a button "Done" in the list.
    `about` tells tasks of the same kind apart: a number that opens nothing and says nothing about a person.
    """

    key: str
    what: str
    term: Term
    page: str = ""
    about: str = field(default="", kw_only=True)
    by_hand: bool = field(default=False, kw_only=True)


@dataclass(frozen=True)
class WorkingCalendar:
    """Which days are closed: weekends, Dutch holidays except the `worked` ones, and the `closed` days of the house."""

    closed: frozenset[date] = frozenset()
    worked: frozenset[str] = frozenset()

    def is_working_day(self, day: date) -> bool:
        """Whether people work on `day`."""
        return (
            day.weekday() < SATURDAY
            and day not in self.closed
            and recognised_holidays(day.year).get(day, "") in self.worked | {""}
        )


@cache
def recognised_holidays(year: int) -> dict[date, str]:
    """The holidays of a year with their English names (Algemene termijnenwet, article 3)."""
    found = holidays.country_holidays("NL", years=year, categories=(PUBLIC, OPTIONAL), language="en_US")
    return {day: found[day] for day in sorted(found)}


def _days_after(day: date) -> Iterator[date]:
    return (day + timedelta(days=distance) for distance in count(1))


def _working_day_from(day: date, calendar: WorkingCalendar) -> date:
    while not calendar.is_working_day(day):
        day += timedelta(days=1)
    return day


def add_months(day: date, months: int) -> date:
    """The same day a number of months later, or the last day of that month where it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return day.replace(year=year, month=month, day=min(day.day, monthrange(year, month)[1]))


def _last_day(first: date, term: Term, calendar: WorkingCalendar) -> date:
    match term.unit:
        case Unit.WORKING_DAYS:
            working = (day for day in _days_after(first) if calendar.is_working_day(day))
            return next(islice(working, term.amount - 1, None))
        case Unit.WEEKS:
            return first + timedelta(weeks=term.amount)
        case Unit.MONTHS:
            return add_months(first, term.amount)
        case _:
            return first + timedelta(days=term.amount)


def _moved_by_law(first: date, last: date, term: Term) -> date:
    """Algemene termijnenwet, articles 1 and 2; only recognised holidays count there, not a municipality's own days."""
    law = WorkingCalendar()
    if term.amount > _STATUTORY_LIMIT.get(term.unit, 0):
        return last
    if (last - first).days >= SHORT_TERM_DAYS:
        enough = islice((day for day in _days_after(first) if law.is_working_day(day)), OPEN_DAYS_IN_SHORT_TERM)
        last = max(last, *enough)
    return _working_day_from(last, law)


def _after_working_hours(start: datetime, amount: int, calendar: WorkingCalendar) -> datetime:
    """The moment after `amount` office hours."""
    left = timedelta(hours=amount)
    day, local = start.astimezone(ZONE).date(), start.astimezone(ZONE)
    while True:
        day = _working_day_from(day, calendar)
        opens, closes = (datetime.combine(day, hour, ZONE) for hour in (OFFICE_OPENS, OFFICE_CLOSES))
        begin = max(opens, local)
        if closes - begin >= left:
            return begin + left
        left -= max(closes - begin, timedelta())
        day += timedelta(days=1)


def due(start: datetime, term: Term, calendar: WorkingCalendar | None = None) -> datetime:
    """The last moment of a term that starts at `start` (aware); the answer is in Dutch local time.

    The day of the start does not count. Raises ValueError for a term of no length or a naive start.
    """
    if term.amount < 1 or start.tzinfo is None:
        raise ValueError("a term has a length of at least 1 and starts at a moment with a time zone")
    calendar = calendar or WorkingCalendar()
    if term.unit is Unit.HOURS:
        return (start.astimezone(UTC) + timedelta(hours=term.amount)).astimezone(ZONE)
    if term.unit is Unit.WORKING_HOURS:
        return _after_working_hours(start, term.amount, calendar)
    first = start.astimezone(ZONE).date()
    last = _last_day(first, term, calendar)
    if term.statutory:
        last = _moved_by_law(first, last, term)
    return datetime.combine(last, END_OF_DAY, ZONE)


def working_days_between(first: date, last: date, calendar: WorkingCalendar | None = None) -> int:
    """Working days after `first` up to and including `last`; negative when `last` lies before `first`."""
    if last < first:
        return -working_days_between(last, first, calendar)
    calendar = calendar or WorkingCalendar()
    days = (first + timedelta(days=distance) for distance in range(1, (last - first).days + 1))
    return sum(calendar.is_working_day(day) for day in days)


def part_of(start: datetime, end: datetime, percent: int) -> datetime:
    """The moment at which `percent` of the time between two moments has passed."""
    start, end = start.astimezone(UTC), end.astimezone(UTC)  # two moments in one local zone subtract wrongly
    return start + (end - start) * percent / 100


def token_hash(token: str) -> str:
    """What is kept of a calendar address: its secret has 256 random bits, so a plain SHA-256 (hex) is enough."""
    return hashlib.sha256(token.encode()).hexdigest()
