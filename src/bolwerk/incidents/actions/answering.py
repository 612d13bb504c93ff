"""Answering: whoever reports hears what was done with it."""

from datetime import datetime

from django.db import transaction

from bolwerk.accounts.models import Person
from bolwerk.deadlines.actions import queue_mail
from bolwerk.deadlines.models import Message
from bolwerk.incidents.actions.clocks import stop_clock
from bolwerk.incidents.actions.handling import lock
from bolwerk.incidents.actions.noting import note
from bolwerk.incidents.models import Feedback, Incident
from bolwerk.incidents.rules import Duty

OWN_REPORTS = "/meldingen/mijn/"  # mail leads to the list, never to a report: an address in a mailbox tells nothing


@transaction.atomic
def give_feedback(*, incident: Incident, text: str, by: Person, at: datetime, seen: int) -> Feedback:
    """Tell the reporter what was done, and stop the feedback clock. More than once is welcome.

    Raises ChangedMeanwhileError: two handlers must not answer the same report past each other.
    """
    incident = lock(incident=incident, seen=seen)
    incident.save(update_fields=["version"])
    feedback = Feedback.objects.create(incident=incident, by=by, at=at, text=text)
    note("incidents.feedback.given", incident=incident, by=by, at=at)
    if incident.reporter.is_active:  # whoever left has no door to it any more; the answer stays with the report
        queue_mail(
            person=incident.reporter,
            kind=Message.Kind.NEWS,
            path=OWN_REPORTS,
            cause=f"{incident.urn}:feedback:{feedback.pk}",
            at=at,
        )
    stop_clock(incident=incident, duty=Duty.FEEDBACK, by=by, at=at)
    return feedback
