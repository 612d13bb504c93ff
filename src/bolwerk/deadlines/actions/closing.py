"""Closing: the days on which this municipality does not work, besides weekends and holidays."""

from datetime import date, datetime

from django.core.cache import cache
from django.db import transaction

from bolwerk.accounts.models import Person
from bolwerk.audit.actions import record
from bolwerk.deadlines.models import ClosingDay
from bolwerk.deadlines.queries.subjects import CLOSED_CACHED
from bolwerk.deadlines.rules import ZONE


class DayPassedError(Exception):
    """The day has begun or passed: terms were counted with it."""


@transaction.atomic
def add_closing_day(*, day: date, reason: str, source: str, by: Person, at: datetime) -> ClosingDay:
    """Close the house on a day, with who decided so. Terms that start from now on count with it.

    Terms that run keep the last moment that people were told; how many working days are left is counted anew.
    """
    added, new = ClosingDay.objects.get_or_create(day=day, defaults={"reason": reason, "source": source})
    if new:
        cache.delete(CLOSED_CACHED)
        record("deadlines.closing_day.added", subject=added.urn, actor=by.urn, at=at)
    return added


@transaction.atomic
def remove_closing_day(*, closing_day: ClosingDay, by: Person, at: datetime) -> None:
    """Work on a day after all. Raises DayPassedError for a day that is not in the future."""
    if closing_day.day <= at.astimezone(ZONE).date():
        raise DayPassedError
    ClosingDay.objects.filter(pk=closing_day.pk).delete()
    cache.delete(CLOSED_CACHED)
    record("deadlines.closing_day.removed", subject=closing_day.urn, actor=by.urn, at=at)
