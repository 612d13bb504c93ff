"""Incidents and everything that is written down about them: one table a file."""

from bolwerk.incidents.models.care import Care, Concerned
from bolwerk.incidents.models.care_help import CareHelp, CareWish, InspectorateStep, SickLeave
from bolwerk.incidents.models.care_rating import CareRatingRelease, CareTally
from bolwerk.incidents.models.damage import DamageItem
from bolwerk.incidents.models.figures import FiguresRelease
from bolwerk.incidents.models.history import (
    Addition,
    Assignment,
    CareMoment,
    Correction,
    Feedback,
    History,
    StatusChange,
)
from bolwerk.incidents.models.imports import ImportedReport, RegisterFile
from bolwerk.incidents.models.incident import Incident, IncidentQuerySet
from bolwerk.incidents.models.inspectorate import InspectorateCase
from bolwerk.incidents.models.kiosks import Kiosk, KioskReport
from bolwerk.incidents.models.norm_meetings import (
    NormBehaviour,
    NormExercise,
    NormItem,
    NormMeeting,
    NormMeetingChange,
    NormSeat,
    NormTally,
)
from bolwerk.incidents.models.norms import ORGANISATION, Norm, NormEvent, NormRule
from bolwerk.incidents.models.perpetrators import Perpetrator, PerpetratorChange, PerpetratorLink, PersonToken
from bolwerk.incidents.models.places import Place
from bolwerk.incidents.models.police import Police, PoliceReport, PoliceSetting
from bolwerk.incidents.models.response import (
    LadderStep,
    Measure,
    MeasureEvent,
    Objection,
    ReactionSent,
    Response,
    ResponseTerm,
)
from bolwerk.incidents.models.sealing import SealingKey
from bolwerk.incidents.models.seven_ws import SevenWs
from bolwerk.incidents.models.terms import DutyTerm

__all__ = [
    "ORGANISATION",
    "Addition",
    "Assignment",
    "Care",
    "CareHelp",
    "CareMoment",
    "CareRatingRelease",
    "CareTally",
    "CareWish",
    "Concerned",
    "Correction",
    "DamageItem",
    "DutyTerm",
    "Feedback",
    "FiguresRelease",
    "History",
    "ImportedReport",
    "Incident",
    "IncidentQuerySet",
    "InspectorateCase",
    "InspectorateStep",
    "Kiosk",
    "KioskReport",
    "LadderStep",
    "Measure",
    "MeasureEvent",
    "Norm",
    "NormBehaviour",
    "NormEvent",
    "NormExercise",
    "NormItem",
    "NormMeeting",
    "NormMeetingChange",
    "NormRule",
    "NormSeat",
    "NormTally",
    "Objection",
    "Perpetrator",
    "PerpetratorChange",
    "PerpetratorLink",
    "PersonToken",
    "Place",
    "Police",
    "PoliceReport",
    "PoliceSetting",
    "ReactionSent",
    "RegisterFile",
    "Response",
    "ResponseTerm",
    "SealingKey",
    "SevenWs",
    "SickLeave",
    "StatusChange",
]
