"""Looking back: what was known on a day is what was known at its end."""

from datetime import date, datetime, time, timedelta

from django.utils.timezone import make_aware


def end_of(day: date) -> datetime:
    """The moment a day is over, in the time of the municipality: what came in before it was known on that day."""
    return make_aware(datetime.combine(day + timedelta(days=1), time()))
