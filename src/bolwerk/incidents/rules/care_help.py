"""Help around the care track: what was arranged, absence, and what somebody asks for the own care. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from bolwerk.deadlines.rules import Term, Unit, WorkingCalendar

# Arbowet article 9, paragraph 2: the employer lists accidents at work with more than three working days of absence.
LISTED_AFTER = 3
WISH_TERM = Term(1, Unit.WORKING_DAYS, "Bolwerk")  # a choice of Bolwerk: whoever asks for help hears back at once


class HelpKind(models.TextChoices):
    """Help from outside the department. That it was arranged, never what it is for."""

    OCCUPATIONAL_DOCTOR = "occupational_doctor", _("Occupational doctor")
    SOCIAL_WORK = "social_work", _("Company social work")
    PSYCHOLOGIST = "psychologist", _("Psychologist")
    VICTIM_SUPPORT = "victim_support", _("Victim Support (Slachtofferhulp)")
    LEGAL = "legal", _("Legal help")
    OTHER = "other", _("Other help")


class WishKind(models.TextChoices):
    """What somebody asks for the own care."""

    HELP = "help", _("I would like help")
    OTHER_MOMENT = "other_moment", _("I would like another moment")
    OTHER_PERSON = "other_person", _("I would like to speak to somebody else")


class AbsenceError(ValueError):
    """The days of an absence cross."""


class AnsweredAlreadyError(Exception):
    """A colleague answered this already."""


@dataclass(frozen=True)
class Help:
    """Help that was arranged: which kind, on which day, and what was agreed."""

    kind: HelpKind
    arranged_on: date
    agreed: str = ""


@dataclass(frozen=True)
class Absence:
    """The first day on which somebody was absent, and the first on which they worked again; None while absent."""

    began_on: date
    back_on: date | None = None

    def __post_init__(self) -> None:
        if self.back_on is not None and self.back_on <= self.began_on:
            raise AbsenceError


def listed_from(began_on: date, calendar: WorkingCalendar) -> date:
    """The day on which an absence makes the list: the working day after the third. Whoever is back by then is not."""
    day, absent = began_on, 0
    while True:
        absent += calendar.is_working_day(day)
        if absent > LISTED_AFTER:
            return day
        day += timedelta(days=1)
