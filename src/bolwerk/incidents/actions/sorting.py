"""Sorting: a handler says in which form it came and what lay behind it, for the figures and for what to do."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from bolwerk.accounts.models import Person
from bolwerk.incidents.actions.handling import lock
from bolwerk.incidents.actions.noting import note
from bolwerk.incidents.models import Incident


@transaction.atomic
def sort(*, incident: Incident, forms: Sequence[str], motive: str, by: Person, at: datetime, seen: int) -> Incident:
    """Write down the forms and the motive, as codes of their lists. Raises ChangedMeanwhileError."""
    incident = lock(incident=incident, seen=seen)
    incident.forms, incident.motive = " ".join(forms), motive
    incident.save(update_fields=["forms", "motive", "version"])
    note("incidents.incident.sorted", incident=incident, by=by, at=at, forms=len(forms))
    return incident
