"""The quarters that figures are about, and the ways in which they are broken down."""

from collections.abc import Iterable
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

SHARE_STEP = 5  # percentage points to which a share of clocks that were in time is rounded


class Breakdown(models.TextChoices):
    """By what reports are counted besides department and quarter. Each has releases of its own."""

    KIND = "kind", _("Kind")
    CHANNEL = "channel", _("Where or how")
    SEVERITY = "severity", _("Severity")
    FORM = "form", _("Form")
    MONTH = "month", _("Month")
    CLOCK = "clock", _("In time")
    POLICE = "police", _("Reports to the police")
    DAMAGE = "damage", _("Items of damage")


# Those that divide the very same reports: they may say no more of a department in a quarter than the first one did.
OF_THE_SAME_REPORTS = frozenset({Breakdown.CHANNEL, Breakdown.SEVERITY, Breakdown.MONTH})


class Timed(models.TextChoices):
    """What has to happen in time, as figures tell it. Of care only whether it was in time, never what was said."""

    CONTACT = "contact", _("First contact with whom it happened to")
    RECEPTION_TALK = "reception_talk", _("Reception talk")
    SECOND_TALK = "second_talk", _("Talk after 2 weeks")
    THIRD_TALK = "third_talk", _("Talk after 6 to 8 weeks")
    FEEDBACK = "feedback", _("Feedback to the reporter")
    RESPONSE = "response", _("Reaction to the person it is about")
    POLICE = "police", pgettext_lazy("what has to happen in time", "Decision about the police")


def quarter_of(day: date) -> str:
    """The quarter in which a day lies, such as 2026-3."""
    return f"{day.year}-{(day.month + 2) // 3}"


def month_of(day: date) -> str:
    """The month in which a day lies, such as 2026m09."""
    return f"{day.year}m{day.month:02d}"


def months_of(quarter: str) -> list[str]:
    """The three months of a quarter."""
    year, number = quarter.split("-")
    return [f"{year}m{month:02d}" for month in range(3 * int(number) - 2, 3 * int(number) + 1)]


def closed_quarters(year: int, *, on: date) -> list[str]:
    """The quarters of a year that are over on a day. Figures are of closed quarters: nothing is added to them."""
    return [f"{year}-{number}" for number in range(1, 5) if f"{year}-{number}" < quarter_of(on)]


def share_in_time(in_time: Iterable[bool], *, base: int, least_base: int) -> int | None:
    """The percentage that was in time, in steps of five; None when its published base is below `least_base`.

    Late or in time says something about the organisation, not about a colleague, so the part need not be large by
    itself; that its base is told and large keeps it from pointing at the clocks of one person or one manager.
    """
    told = list(in_time)
    if base < least_base or not told:
        return None
    return SHARE_STEP * round(100 * sum(told) / len(told) / SHARE_STEP)
