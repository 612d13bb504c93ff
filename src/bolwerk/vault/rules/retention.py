"""How long things are kept. Pure functions: no database, no clock; days are those of the zone that is given.

A period begins at a moment, such as the closing of a report, and covers whole days: the day it began does not count (as
in article 3 of Regulation 1182/71), and it is over at the first second after its last day. So a report that is
closed on 3 March 2026 and is kept for five years goes on 4 March 2031 at 00:00:00, summer or winter.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

ISO_PERIOD = re.compile(r"P(?=\d)(?:(\d{1,3})Y)?(?:(\d{1,4})M)?(?:(\d{1,5})D)?")  # ISO 8601, whole years, months, days
MONTHS_A_YEAR = 12


class BadPeriodError(ValueError):
    """This is no period of whole years, months and days."""


class TermsCrossError(ValueError):
    """Personal data would be kept longer than the record it is in."""


class Stage(models.TextChoices):
    """What happens first, and what last."""

    PERSONAL = "personal", _("Personal data erased")
    RECORD = "record", _("Record destroyed")


@dataclass(frozen=True)
class Period:
    """Whole years, months and days."""

    years: int = 0
    months: int = 0
    days: int = 0

    def __str__(self) -> str:
        parts = ((self.years, "Y"), (self.months, "M"), (self.days, "D"))
        return "P" + ("".join(f"{count}{unit}" for count, unit in parts if count) or "0D")

    @property
    def in_words(self) -> str | Promise:
        """The period as people say it: "1 year, 6 months"."""
        parts = [
            (self.years, ngettext("%(n)s year", "%(n)s years", self.years)),
            (self.months, ngettext("%(n)s month", "%(n)s months", self.months)),
            (self.days, ngettext("%(n)s day", "%(n)s days", self.days)),
        ]
        return ", ".join(words % {"n": count} for count, words in parts if count) or _("at once")


def period_from(text: str) -> Period:
    """Read a period such as P5Y or P1Y6M. Raises BadPeriodError."""
    found = ISO_PERIOD.fullmatch(text)
    if found is None:
        raise BadPeriodError(text)
    years, months, days = (int(part or 0) for part in found.groups())
    return Period(years, months, days)


def last_day(began_on: date, period: Period) -> date:
    """The last day of a period. A month that is too short ends it on its own last day: 29 February and a year is 28."""
    months = began_on.year * MONTHS_A_YEAR + began_on.month - 1 + period.years * MONTHS_A_YEAR + period.months
    year, month = divmod(months, MONTHS_A_YEAR)
    if year > date.max.year - 1:
        return date.max - timedelta(days=1)
    day = min(began_on.day, monthrange(year, month + 1)[1])
    return date(year, month + 1, day) + timedelta(days=period.days)


def midnight(day: date, zone: tzinfo) -> datetime:
    """The first moment of a day in a zone."""
    return datetime.combine(day, time.min, tzinfo=zone)


def over_at(began_at: datetime, period: Period, *, zone: tzinfo) -> datetime:
    """The first moment at which a period that began then is over."""
    return midnight(last_day(began_at.astimezone(zone).date(), period) + timedelta(days=1), zone)


def began_before(at: datetime, period: Period, *, zone: tzinfo) -> datetime:
    """The moment before which a period must have begun to be over at `at`: the inverse of `over_at`.

    For the database, which can compare moments but knows no calendar.
    """
    today = at.astimezone(zone).date()
    day = today - timedelta(days=min(_most_days(period), (today - date.min).days - 1))
    while last_day(day, period) < today:  # from safely too early to the first day that is not over yet
        day += timedelta(days=1)
    return midnight(day, zone)


def _most_days(period: Period) -> int:
    """More days than the period can have."""
    return period.years * 366 + period.months * 31 + period.days + 1


@dataclass(frozen=True)
class Rule:
    """How long one kind of record is kept: its code in the selection list, both periods, and who says so."""

    code: str
    personal: Period | None  # None: goes with the record
    record: Period | None  # None: kept for ever
    source: str | Promise
    verified: bool
    own: bool = False  # set by the municipality

    def period(self, stage: Stage) -> Period | None:
        """The period of one stage; None when there is no such stage."""
        return self.personal if stage is Stage.PERSONAL else self.record


@dataclass(frozen=True)
class Kind:
    """A kind of record, as its room registers it in the setting RETENTION. Its keys are UUIDs.

    `waiting(stage=, began_before=)` gives the rows whose period began before a moment and that still wait for a stage.
    `present(keys=)` gives the keys that exist. `erase(stage=, keys=, by=, at=)` does it for a few rows at once,
    whatever state they are in, within the transaction of its caller, and must not mind a row that is gone.
    """

    code: str  # such as incidents.incident; the URN of a record is urn:bolwerk:incidents:incident:<key>
    name: str | Promise
    begins: str | Promise  # when the period begins
    goes: str | Promise  # what is erased at the first date, and what stays
    default: Rule
    began_field: str
    waiting: Callable[..., models.QuerySet[Any]]
    present: Callable[..., Sequence[UUID]]
    erase: Callable[..., None]
    by_hand: bool = False  # no period of its own: goes with what it belongs to, or when somebody takes it away

    @property
    def prefix(self) -> str:
        """What the URN of every record of this kind begins with."""
        return f"urn:bolwerk:{self.code.replace('.', ':')}:"


def check_periods(personal: Period | None, record: Period | None) -> None:
    """Raise TermsCrossError when personal data would outlive its record."""
    if personal is None or record is None:
        return
    leap_day = date(2000, 2, 29)
    if last_day(leap_day, personal) > last_day(leap_day, record):
        raise TermsCrossError
