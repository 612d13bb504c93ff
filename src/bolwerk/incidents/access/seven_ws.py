"""Who reads and writes the seven answers: the own report, or one that is handled; never one about the reader."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from bolwerk.accounts.access import SignedInRequest, deny
from bolwerk.accounts.models import Person
from bolwerk.incidents.access.incidents import incidents_for
from bolwerk.incidents.access.perpetrators import about_person
from bolwerk.incidents.models import Incident


def told_incidents(person: Person, *, on: date) -> QuerySet[Incident]:
    """The incidents about which `person` may answer the seven questions on a day."""
    return incidents_for(person, on=on).exclude(pk__in=about_person(person))


def seven_ws_or_404(request: SignedInRequest, incident_id: UUID) -> Incident:
    """The incident with its answers, for whoever may read and write them, or 404."""
    mine = told_incidents(request.user, on=timezone.localdate()).filter(pk=incident_id)
    found = Incident.objects.with_people().select_related("seven_ws").filter(pk__in=mine.values("pk")).first()
    return found or deny(request, subject=f"urn:bolwerk:incidents:incident:{incident_id}")
