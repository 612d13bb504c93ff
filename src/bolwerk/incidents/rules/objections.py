"""Coming up against a measure: objection and complaint, with the terms of the law. Pure."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bolwerk.deadlines.rules import Term, Unit
from bolwerk.incidents.rules.duties import DefaultTerm


class ObjectionState(models.TextChoices):
    """Where an objection or complaint stands."""

    RUNNING = "running", _("Being handled")
    DECIDED = "decided", _("Answered")
    WITHDRAWN = "withdrawn", _("Withdrawn by the person")


class Verdict(models.TextChoices):
    """What became of it."""

    FOUNDED = "founded", _("Founded: the measure changes or goes")
    PARTLY = "partly", _("Partly founded")
    UNFOUNDED = "unfounded", _("Not founded: the measure stays")
    INADMISSIBLE = "inadmissible", _("Not taken up (too late, or without reasons)")


class Period(models.TextChoices):
    """The terms of this track that a municipality can look up and set."""

    FIRST_RESPONSE = "first-response", _("First reaction to the person")
    OBJECT = "object", _("The person can object")
    DECIDE_OBJECTION = "objection", _("Decide an objection")
    DECIDE_OBJECTION_COMMITTEE = "objection-committee", _("Decide an objection with a committee")
    HANDLE_COMPLAINT = "complaint", _("Handle a complaint")
    HANDLE_COMPLAINT_COMMITTEE = "complaint-committee", _("Handle a complaint with a committee")


def _by_law(weeks: int, source: str | Promise) -> DefaultTerm:
    return DefaultTerm(Term(weeks, Unit.WEEKS, statutory=True), source, verified=False)


DEFAULT_PERIODS: dict[Period, DefaultTerm] = {
    Period.FIRST_RESPONSE: DefaultTerm(
        Term(48, Unit.HOURS),
        _("Employer measure 5 of Veilige Publieke Taak: within 48 hours. The A&O fonds asks for 24 hours."),
        verified=False,
    ),
    Period.OBJECT: _by_law(6, _("Awb article 6:7: six weeks, from the day after the letter was sent (6:8).")),
    Period.DECIDE_OBJECTION: _by_law(6, _("Awb article 7:10: six weeks after the term to object has passed.")),
    Period.DECIDE_OBJECTION_COMMITTEE: _by_law(12, _("Awb articles 7:10 and 7:13: twelve weeks with a committee.")),
    Period.HANDLE_COMPLAINT: _by_law(6, _("Awb article 9:11: six weeks after the complaint came in.")),
    Period.HANDLE_COMPLAINT_COMMITTEE: _by_law(10, _("Awb articles 9:11 and 9:14: ten weeks with a committee.")),
}


def period_for(route: str, *, committee: bool) -> Period:
    """Which term holds for handling it."""
    if route == "objection":
        return Period.DECIDE_OBJECTION_COMMITTEE if committee else Period.DECIDE_OBJECTION
    return Period.HANDLE_COMPLAINT_COMMITTEE if committee else Period.HANDLE_COMPLAINT
