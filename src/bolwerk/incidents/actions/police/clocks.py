"""The clock of this track: report to the police, or write why not. Its subject is the track, not the incident."""

from datetime import datetime

from django.utils.translation import gettext_noop

from bolwerk.accounts.rules import Role
from bolwerk.deadlines.actions import Start, cancel, complete
from bolwerk.deadlines.queries import Owner
from bolwerk.deadlines.rules import Clock
from bolwerk.incidents.models import Incident
from bolwerk.incidents.queries.names import police_urn
from bolwerk.incidents.queries.police import police_settings
from bolwerk.incidents.rules import Kind
from bolwerk.incidents.rules.police import WITH_A_CLOCK

REMINDER = "police"
PAGE = "incidents:police"
WHAT = gettext_noop("Report to the police, or write why not")
COORDINATOR = Owner(role=Role.AGGRESSION_COORDINATOR)  # who coordinates the contact with the police (Arbocatalogus)


def police_reminder(*, incident: Incident) -> list[Start]:
    """The term within which somebody decides about the police, where there is one. It runs from the report."""
    if Kind(incident.kind) not in WITH_A_CLOCK:
        return []
    clock = Clock(REMINDER, WHAT, police_settings().term, PAGE, about=incident.reference)
    return [Start(police_urn(incident), clock, COORDINATOR)]


def decided(*, incident: Incident, by: str, at: datetime) -> None:
    """It was reported, or somebody wrote why not."""
    complete(subject=police_urn(incident), key=REMINDER, by=by, at=at)


def stop_police_clock(*, incident: Incident, by: str, at: datetime) -> None:
    """The report was sent by mistake. Closing a report that was handled leaves this clock running."""
    cancel(subject=police_urn(incident), key=REMINDER, by=by, at=at, reason="mistake")
