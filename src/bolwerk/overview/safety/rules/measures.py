"""The eight measures of an employer with a public task (Veilige Publieke Taak). Pure.

Of the list only the first measure, and that there are eight, was read at its source; the other seven are general
knowledge and stand as unverified on the screen (domain/incidents.md 2.5).
"""

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

SAID_LIMIT, PROOF_LIMIT = 600, 300


class EmployerMeasure(models.TextChoices):
    """What an employer with a public task does, in the order of the programme."""

    NORM = "norm", _("Make the norm known, outside as well")
    ENCOURAGE = "encourage", _("Encourage people to report every incident")
    REGISTER = "register", _("Register every incident")
    TRAIN = "train", _("Train people to prevent and handle it")
    REACT = "react", _("React to the person within 48 hours")
    POLICE = "police", _("Promote reports to the police")
    RECOVER = "recover", _("Recover the damage from the person")
    AFTERCARE = "aftercare", _("Look after whom it happened to")


class FutureDayError(ValueError):
    """What is stated holds on a day that is not over yet."""


@dataclass(frozen=True)
class Said:
    """What somebody states of a measure: how it stands, on which day, and where the proof lies."""

    text: str
    as_of: date
    proof: str


def check_said(said: Said, *, on: date) -> None:
    """Raise FutureDayError when it is said to hold after today."""
    if said.as_of > on:
        raise FutureDayError
