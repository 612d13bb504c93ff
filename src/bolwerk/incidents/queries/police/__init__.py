"""Answers about the track of police and damage. Read-only."""

from bolwerk.incidents.queries.police.offences import Offence, looked_up, named, offences
from bolwerk.incidents.queries.police.settings import PoliceTerms, police_settings
from bolwerk.incidents.queries.police.track import (
    PoliceShown,
    ReportShown,
    police_of,
    readers_of_police,
    reports_for_victim,
)

__all__ = [
    "Offence",
    "PoliceShown",
    "PoliceTerms",
    "ReportShown",
    "looked_up",
    "named",
    "offences",
    "police_of",
    "police_settings",
    "readers_of_police",
    "reports_for_victim",
]
