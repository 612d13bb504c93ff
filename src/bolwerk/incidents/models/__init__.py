"""Incidents and everything that is written down about them: one table a file."""

from bolwerk.incidents.models.figures import FiguresRelease
from bolwerk.incidents.models.history import Addition, Assignment, CareMoment, Feedback, History, StatusChange
from bolwerk.incidents.models.imports import ImportedReport, RegisterFile
from bolwerk.incidents.models.incident import Incident, IncidentQuerySet
from bolwerk.incidents.models.terms import DutyTerm

__all__ = [
    "Addition",
    "Assignment",
    "CareMoment",
    "DutyTerm",
    "Feedback",
    "FiguresRelease",
    "History",
    "ImportedReport",
    "Incident",
    "IncidentQuerySet",
    "RegisterFile",
    "StatusChange",
]
