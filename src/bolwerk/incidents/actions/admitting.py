"""Admitting: a colleague from whom a report was kept may look after it again, when that was a mistake."""

from datetime import datetime

from django.db import transaction

from bolwerk.accounts.models import Person
from bolwerk.deadlines.actions import let_near
from bolwerk.deadlines.rules import ZONE
from bolwerk.incidents.actions.handling import lock
from bolwerk.incidents.actions.noting import note
from bolwerk.incidents.models import Incident
from bolwerk.incidents.queries import kept_away
from bolwerk.incidents.queries.names import care_urn, police_urn, response_urn


@transaction.atomic
def admit(*, incident: Incident, reason: str, by: Person, at: datetime, seen: int) -> Incident:
    """Let the colleague from whom this report was kept see it again, as far as their roles go; with a reason.

    Whoever it was reported past stays away, and the victim from the care around themselves. Raises
    ChangedMeanwhileError. Nothing is written when it is kept from nobody.
    """
    incident = lock(incident=incident, seen=seen)
    person = incident.kept_from
    if person is None:
        return incident
    incident.kept_from = None
    incident.save(update_fields=["kept_from", "version"])
    subjects = [incident.urn, response_urn(incident), care_urn(incident), police_urn(incident)]
    if person in kept_away(incident, on=at.astimezone(ZONE).date()):
        subjects = []
    if person.pk == incident.happened_to_id and subjects:
        subjects.remove(care_urn(incident))
    for subject in subjects:
        let_near(subject=subject, person=person, by=by.urn, at=at)
    note("incidents.incident.admitted", incident=incident, by=by, at=at, reason=reason)
    return incident
