"""The days on which this municipality is closed."""

from datetime import date

from django.db.models import QuerySet

from bolwerk.deadlines.models import ClosingDay
from bolwerk.deadlines.queries.subjects import working_calendar


def closing_days(*, since: date) -> QuerySet[ClosingDay]:
    """The own closing days from a day on, first one first."""
    return ClosingDay.objects.filter(day__gte=since)


def is_closed(day: date) -> bool:
    """Whether people do not work on a day: weekend, recognised holiday, or closed by the municipality itself."""
    return not working_calendar().is_working_day(day)
