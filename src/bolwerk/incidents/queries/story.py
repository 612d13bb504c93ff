"""The story of an incident: what happened to it since it was reported, newest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bolwerk.accounts.models import Person
from bolwerk.incidents.models import Incident
from bolwerk.incidents.rules import Duty, Status

STEPS_IN_PLAIN_WORDS = {
    Status.NEW: gettext_lazy("Waiting for somebody to pick it up"),
    Status.IN_PROGRESS: gettext_lazy("Somebody is working on it"),
    Status.CLOSED: gettext_lazy("Dealt with"),
}


@dataclass(frozen=True)
class Moment:
    """One line of a timeline: when, what, by whom, words if there are any, and its icon."""

    at: datetime
    what: str | Promise
    by: Person
    text: str = ""
    icon: str = "notes"


def _reported(incident: Incident) -> Moment:
    return Moment(incident.reported_at, _("Reported"), incident.reporter, icon="send")


def _words(incident: Incident) -> Iterator[Moment]:
    """What reporter and handlers told each other."""
    for addition in incident.addition_rows.select_related("by"):
        yield Moment(addition.at, _("Details added"), addition.by, addition.text, "plus")
    for feedback in incident.feedback_rows.select_related("by"):
        yield Moment(feedback.at, _("Feedback to the reporter"), feedback.by, feedback.text, "message")


def _care(incident: Incident) -> Iterator[Moment]:
    for care in incident.caremoment_rows.select_related("by"):
        what = f"{Duty(care.duty).label}: {care.get_outcome_display()}"
        yield Moment(care.at, what, care.by, icon="heart-handshake")


def _handling(incident: Incident) -> Iterator[Moment]:
    """Who was asked to handle it, and every step, with the reasons meant for colleagues."""
    for given in incident.assignment_rows.select_related("by", "to"):
        what = _("Assigned to %(name)s") % {"name": given.to.name}
        yield Moment(given.at, what, given.by, icon="user-check")
    for change in incident.statuschange_rows.select_related("by"):
        step = {"from": change.get_from_status_display(), "to": change.get_to_status_display()}
        what = _("Status from %(from)s to %(to)s") % step
        yield Moment(change.at, what, change.by, change.reason, "arrow-right")


def _plain_steps(incident: Incident) -> Iterator[Moment]:
    """The steps as a reporter understands them."""
    for change in incident.statuschange_rows.select_related("by"):
        what = STEPS_IN_PLAIN_WORDS[Status(change.to_status)]
        yield Moment(change.at, what, change.by, icon="arrow-right")


def _newest_first(*moments: Moment) -> list[Moment]:
    return sorted(moments, key=lambda moment: moment.at, reverse=True)


def story_for_handlers(incident: Incident) -> list[Moment]:
    """Everything that happened to an incident, newest first."""
    return _newest_first(_reported(incident), *_words(incident), *_care(incident), *_handling(incident))


def story_for_reporter(incident: Incident) -> list[Moment]:
    """What the reporter sees: steps in plain words, care and feedback; no reasons meant for colleagues."""
    return _newest_first(_reported(incident), *_words(incident), *_care(incident), *_plain_steps(incident))
