"""Exporting: what leaves for the police stands in the trail first."""

from datetime import datetime

from bolwerk.accounts.models import Person
from bolwerk.incidents.actions.police.noting import note
from bolwerk.incidents.models import Incident
from bolwerk.incidents.rules.police import Privacy


def record_police_export(*, incident: Incident, privacy: Privacy, by: Person, at: datetime) -> None:
    """Write down that the seven answers left as a file, and how whom it happened to is named in it."""
    note("incidents.police.exported", incident=incident, by=by, at=at, privacy=privacy.value)
