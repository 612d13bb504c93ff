"""Reporting to the police: what kind of report, by whom, where it stands, and which moves are allowed. Pure."""

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bolwerk.deadlines.rules import Term, Unit
from bolwerk.incidents.rules.duties import DefaultTerm
from bolwerk.incidents.rules.reports import Kind

NUMBER_LIMIT = 60
ADDRESS_LIMIT = 300

# Guidance for employers (Veilige Publieke Taak): as soon as possible, preferably within two working days.
DEFAULT_TERM = DefaultTerm(
    Term(2, Unit.WORKING_DAYS),
    _("Guidance for employers with a public task: preferably within two working days. Not laid down by law."),
    verified=False,
)

# What can be an offence against an employee. Accidents and leaks go other ways; whoever handles one can still report.
WITH_A_CLOCK = frozenset({Kind.AGGRESSION, Kind.THREAT, Kind.DISCRIMINATION, Kind.BRIBERY})


class ReportKind(models.TextChoices):
    """What the police are asked to do."""

    NOTICE = "notice", _("Notice (melding): the police know of it, and it builds a picture")
    COMPLAINT = "complaint", _("Complaint (aangifte): a request to prosecute")


class Filer(models.TextChoices):
    """Who went to the police."""

    EMPLOYER = "employer", _("The employer; whom it happened to is a witness")
    VICTIM = "victim", _("Whom it happened to")


class Vpt(models.TextChoices):
    """Whether the police wrote it down as violence against a public task (VPT). Only then the ELA apply."""

    NOT_ASKED = "not_asked", _("Not asked yet")
    ASKED = "asked", _("Asked, not confirmed yet")
    CONFIRMED = "confirmed", _("Confirmed by the police")


class Privacy(models.TextChoices):
    """How whom it happened to is named towards the police."""

    NONE = "none", _("With the name, at the address of the organisation")
    DOMICILE = "domicile", _("Chosen address (domicilie): the organisation stands where a home address would")
    UNDER_NUMBER = "under_number", _("Under a number: the name lies apart at the police")


# In plain words, for whoever has to choose.
PRIVACY_IN_WORDS = {
    Privacy.NONE: _("The person it is about can read the name in the file. No home address stands in it."),
    Privacy.DOMICILE: _("Post of police and court goes to the organisation. The name stands in the file."),
    Privacy.UNDER_NUMBER: _(
        "The file has a number instead of a name. It helps only if the person does not know the name already, and a "
        "court can order to give the name."
    ),
}


class State(models.TextChoices):
    """Where a report to the police stands."""

    MADE = "made", pgettext_lazy("report to the police", "Reported")
    INVESTIGATED = "investigated", _("The police investigate")
    PROSECUTED = "prosecuted", _("With the public prosecutor")
    OVER = "over", pgettext_lazy("report to the police", "Over")


class Outcome(models.TextChoices):
    """How it ended."""

    CONVICTED = "convicted", _("Convicted by the court")
    PENALTY = "penalty", _("Penalty by the public prosecutor")
    ACQUITTED = "acquitted", _("Acquitted")
    DISMISSED = "dismissed", _("Dismissed: no prosecution")
    NOT_AN_OFFENCE = "not_an_offence", _("No offence, says the police (the assistant prosecutor agreed)")
    UNSOLVED = "unsolved", _("Nobody was found")
    NOTED = "noted", _("Noted by the police; no further steps")
    WITHDRAWN = "withdrawn", _("Withdrawn")


# From where to where, by kind. What is not in this table is not allowed. Whoever handles the incident takes each step.
MOVES: dict[ReportKind, dict[State, frozenset[State]]] = {
    ReportKind.NOTICE: {
        State.MADE: frozenset({State.OVER}),
        State.INVESTIGATED: frozenset(),
        State.PROSECUTED: frozenset(),
        State.OVER: frozenset({State.MADE}),
    },
    ReportKind.COMPLAINT: {
        State.MADE: frozenset({State.INVESTIGATED, State.PROSECUTED, State.OVER}),
        State.INVESTIGATED: frozenset({State.PROSECUTED, State.OVER}),
        State.PROSECUTED: frozenset({State.INVESTIGATED, State.OVER}),
        State.OVER: frozenset({State.INVESTIGATED, State.PROSECUTED}),  # Sv article 12: a court can order prosecution
    },
}
OF_A_NOTICE = frozenset({Outcome.NOTED, Outcome.NOT_AN_OFFENCE, Outcome.UNSOLVED, Outcome.WITHDRAWN})


class MoveNotAllowedError(Exception):
    """The step is not in the table for this kind of report."""


class OutcomeMissingError(MoveNotAllowedError):
    """What is over has an outcome that fits its kind, and the day on which it was told; what is not over has none."""


class NotYetError(MoveNotAllowedError):
    """A day lies in the future, or before the day on which it was reported."""


class ReasonMissingError(Exception):
    """Not reporting needs a reason that others can read."""


@dataclass(frozen=True)
class Filed:
    """What was reported to the police."""

    kind: ReportKind
    filer: Filer
    reported_on: date
    privacy: Privacy
    vpt: Vpt = Vpt.NOT_ASKED
    offences: tuple[str, ...] = ()
    number: str = ""


@dataclass(frozen=True)
class Told:
    """What the police or the prosecutor told: where it stands, and how it ended."""

    to: State
    on: date
    outcome: str = ""


def outcomes_for(kind: ReportKind) -> list[Outcome]:
    """How a report of this kind can end."""
    fits = OF_A_NOTICE if kind is ReportKind.NOTICE else frozenset(Outcome) - {Outcome.NOTED}
    return [one for one in Outcome if one in fits]


def states_for(kind: ReportKind, now: State) -> list[State]:
    """Where it may go from here, in the order of the states."""
    return [to for to in State if to in MOVES[kind][now]]


def check_filed(filed: Filed, *, on: date) -> None:
    """Raise NotYetError when it is said to have been reported after today."""
    if filed.reported_on > on:
        raise NotYetError


def check_told(kind: ReportKind, now: State, told: Told, *, reported_on: date, on: date) -> None:
    """Raise MoveNotAllowedError when the step is not in the table, OutcomeMissingError or NotYetError by its words."""
    if told.to not in MOVES[kind][now]:
        raise MoveNotAllowedError(f"{kind.value}: {now.value} → {told.to.value}")
    if (told.to is State.OVER) != (told.outcome in outcomes_for(kind)):
        raise OutcomeMissingError
    if not reported_on <= told.on <= on:
        raise NotYetError


def ela_apply(vpt: Vpt) -> bool:
    """Whether the police have promised to work by the ELA: only with the VPT code."""
    return vpt is Vpt.CONFIRMED
