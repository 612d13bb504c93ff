"""Who reads the track of police and damage: whoever looks after the incident. Whom it happened to reads its state."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from bolwerk.accounts.access import SignedInRequest, deny
from bolwerk.accounts.models import Person
from bolwerk.incidents.access.incidents import HANDLER_ROLES, handled_incidents
from bolwerk.incidents.access.perpetrators import is_about
from bolwerk.incidents.models import DamageItem, Incident, PoliceReport

POLICE_ROLES = frozenset(HANDLER_ROLES)


def policed_incidents(person: Person, *, on: date) -> QuerySet[Incident]:
    """The incidents of which `person` reads this track on a day: those they handle, never one that is about them."""
    return handled_incidents(person, on=on)


def police_or_404(request: SignedInRequest, incident_id: UUID) -> Incident:
    """The incident with its track, for whoever may read that track, or 404."""
    mine = policed_incidents(request.user, on=timezone.localdate()).filter(pk=incident_id)
    found = Incident.objects.with_people().select_related("police", "seven_ws").filter(pk__in=mine.values("pk")).first()
    return found or deny(request, subject=f"urn:bolwerk:incidents:police:{incident_id}")


def police_report_or_404(request: SignedInRequest, incident_id: UUID, report_id: UUID) -> PoliceReport:
    """A report to the police in this very incident, for whoever may read its track, or 404."""
    incident = police_or_404(request, incident_id)
    found = PoliceReport.objects.filter(pk=report_id, incident=incident).first()
    if found is None:
        return deny(request, subject=f"urn:bolwerk:incidents:police:{incident_id}")
    found.incident = incident
    return found


def damage_or_404(request: SignedInRequest, incident_id: UUID, item_id: UUID) -> DamageItem:
    """An item of damage of this very incident, for whoever may read its track, or 404."""
    incident = police_or_404(request, incident_id)
    found = DamageItem.objects.filter(pk=item_id, incident=incident).first()
    if found is None:
        return deny(request, subject=f"urn:bolwerk:incidents:police:{incident_id}")
    found.incident = incident
    return found


def told_of_police(person: Person, incident: Incident) -> QuerySet[PoliceReport]:
    """What whom it happened to may know: that it was reported, where it stands and how it ended.

    Nobody else, and not a colleague who is the person it is about. No words, number or offence is fetched.
    """
    if incident.happened_to_id != person.pk or is_about(incident, person):
        return PoliceReport.objects.none()
    return PoliceReport.objects.filter(incident=incident).defer("offences", "number")
