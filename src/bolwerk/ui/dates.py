"""Days, moments and deadlines in words: "maandag 23 november 2026, 14.05 uur", "nog 2 werkdagen". No clock in here."""

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

A_WEEK = timedelta(days=7)


def local_day(value: date | datetime) -> date:
    """The day on which a moment falls for people here; a day stays what it is."""
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


def day_in_words(value: date | datetime) -> str:
    """ "maandag 23 november 2026"."""
    return date_format(local_day(value), "l j F Y")


def moment_in_words(value: datetime) -> str:
    """ "maandag 23 november 2026, 14.05 uur", in the time of the municipality."""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    hour, minute = f"{local:%H}", f"{local:%M}"
    return _("%(day)s, %(hour)s:%(minute)s") % {"day": day_in_words(local), "hour": hour, "minute": minute}


def _time_in_words(local: datetime) -> str:
    return _("%(hour)s:%(minute)s") % {"hour": f"{local:%H}", "minute": f"{local:%M}"}


def short_moment(value: datetime, *, on: date) -> str:
    """For a list: "vandaag 14.05", "gisteren 9.12", "23 november" within the year, else with the year."""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    if local.date() == on:
        return _("today %(time)s") % {"time": _time_in_words(local)}
    if local.date() == on - timedelta(days=1):
        return _("yesterday %(time)s") % {"time": _time_in_words(local)}
    return short_day(local, on=on)


def exact_moment(value: datetime, *, on: date) -> str:
    """For a log: as `short_moment`, and the time also of days that are longer ago."""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    if on - local.date() <= timedelta(days=1):
        return short_moment(value, on=on)
    return _("%(day)s, %(time)s") % {"day": short_day(local, on=on), "time": _time_in_words(local)}


def short_day(value: date | datetime, *, on: date) -> str:
    """ "23 november", with the year when it is another than that of the day `on`."""
    day = local_day(value)
    return date_format(day, "j F" if day.year == on.year else "j F Y")


def _near_day(day: date, *, on: date) -> str:
    return date_format(day, "l") if timedelta(0) <= day - on < A_WEEK else date_format(day, "l j F")


def at_the_latest(day: date, *, on: date) -> str:
    """ "uiterlijk zaterdag": for a last day before which there is no working day any more."""
    return _("by %(day)s at the latest") % {"day": _near_day(day, on=on)}


def days_left_in_words(working_days: int, *, last_day: date, on: date) -> str:
    """ "nog 2 werkdagen (tot en met woensdag)", "vandaag", "3 werkdagen te laat".

    `working_days` counts those after `on` up to and including `last_day`, negative when that day has passed; the
    caller knows holidays (`bolwerk.deadlines`), we only know words.
    """
    if last_day == on:
        return _("today is the last day")
    if last_day < on:
        late = abs(working_days)
        if late == 0:
            return _("the last day has passed")
        return ngettext("%(n)s working day late", "%(n)s working days late", late) % {"n": late}
    if working_days == 0:
        return at_the_latest(last_day, on=on)
    left = ngettext("%(n)s working day left", "%(n)s working days left", working_days) % {"n": working_days}
    return _("%(left)s (up to and including %(day)s)") % {"left": left, "day": _near_day(last_day, on=on)}
