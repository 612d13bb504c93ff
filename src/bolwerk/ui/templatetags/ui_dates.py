"""Days and moments in words: `{% load ui_dates %}`, `{{ incident.reported_at|moment }}`, `{{ grant.ends_on|day }}`."""

from datetime import date, datetime

from django import template
from django.utils import timezone

from bolwerk.ui import dates

register = template.Library()


@register.filter
def moment(value: datetime | None) -> str:
    """A moment in full; nothing for None."""
    return dates.moment_in_words(value) if value else ""


@register.filter
def day(value: date | datetime | None) -> str:
    """A day in full; nothing for None."""
    return dates.day_in_words(value) if value else ""


@register.filter
def short(value: date | datetime | None) -> str:
    """A moment or a day as short as a list wants it, seen from today; nothing for None."""
    if value is None:
        return ""
    today = timezone.localdate()
    return dates.short_moment(value, on=today) if isinstance(value, datetime) else dates.short_day(value, on=today)


@register.filter
def short_beside(value: date | None, other: date | None) -> str:
    """A day at one end of a period; with its year when that of the other end is another. Nothing for None."""
    if value is None:
        return ""
    same = other is None or value.year == other.year
    return dates.short_day(value, on=timezone.localdate() if same else date.min)


@register.filter
def exact(value: datetime | None) -> str:
    """A moment of a log, with its time however long ago, seen from today; nothing for None."""
    return dates.exact_moment(value, on=timezone.localdate()) if value else ""


@register.simple_tag
def days_left(working_days: int, last_day: date) -> str:
    """How long is left, seen from today: `{% days_left task.working_days_left task.last_day %}`."""
    return dates.days_left_in_words(working_days, last_day=last_day, on=timezone.localdate())
