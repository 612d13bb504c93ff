"""Answers about the track of police and damage. Read-only."""

from bolwerk.incidents.queries.police.damage import damage_rows, damage_spec, damage_states, damage_summed
from bolwerk.incidents.queries.police.leaving import (
    answers_of,
    first_answers,
    paper_template,
    police_paper,
    police_text,
)
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
    "answers_of",
    "damage_rows",
    "damage_spec",
    "damage_states",
    "damage_summed",
    "first_answers",
    "looked_up",
    "named",
    "offences",
    "paper_template",
    "police_of",
    "police_paper",
    "police_settings",
    "police_text",
    "readers_of_police",
    "reports_for_victim",
]
