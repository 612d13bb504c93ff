"""Caring: that somebody was spoken to, on which day and by whom. Never what was said."""

from datetime import date, datetime

from django.db import transaction

from bolwerk.accounts.models import Person
from bolwerk.incidents.actions.clocks import stop_clock
from bolwerk.incidents.actions.noting import note
from bolwerk.incidents.models import CareMoment, Incident
from bolwerk.incidents.rules import Duty, Outcome


@transaction.atomic
def record_care_moment(
    *, incident: Incident, duty: Duty, outcome: Outcome, held_on: date, by: Person, at: datetime
) -> CareMoment:
    """Write down that the first contact or the reception talk took place (or was not wanted), and stop its clock.

    Saying it twice keeps the first: nobody has to be told that a colleague was quicker.
    """
    moment, is_new = CareMoment.objects.get_or_create(
        incident=incident, duty=duty, defaults={"by": by, "at": at, "held_on": held_on, "outcome": outcome}
    )
    if is_new:
        kinds = {"duty": duty.value, "outcome": outcome.value}
        note("incidents.care_moment.recorded", incident=incident, by=by, at=at, **kinds)
        stop_clock(incident=incident, duty=duty, by=by, at=at)
    return moment
