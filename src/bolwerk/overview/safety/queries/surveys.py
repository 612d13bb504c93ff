"""The reporting gap: what colleagues say in a survey that they met, beside what they reported.

No room holds a survey yet. One that will is named in `ROOM_EXPERIENCED` of the settings, as a function
`(department=code or "", year=) -> (share, low, high, answers) or None`: the percentage of whoever answered that met
aggression in that year, with its interval, above the base of its own gate. Until then there is no value, and pages
say so; none is made up.
"""

from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Experienced:
    """The percentage of whoever answered that met aggression, from low to high, and how many answered."""

    share: int
    low: int
    high: int
    answers: int


def gap_of(*, department: str, year: int) -> Experienced | None:
    """What a survey says of a department (by code; empty: everybody) in a year; None while there is none."""
    for address in settings.ROOM_EXPERIENCED:
        told = import_string(address)(department=department, year=year)
        if told is not None:
            return Experienced(*told)
    return None
