"""Who reads the response track: whoever looks after the incident, and whoever is asked to decide a measure in it."""

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from bolwerk.accounts.access import SignedInRequest, deny, departments_of, roles_of
from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import Role
from bolwerk.incidents.access.incidents import HANDLER_ROLES, handled_incidents, hats_of
from bolwerk.incidents.access.perpetrators import about_person, is_about
from bolwerk.incidents.models import Incident, Measure, Objection
from bolwerk.incidents.rules import Hat, Receiver
from bolwerk.incidents.rules.ladder import DECIDERS
from bolwerk.incidents.rules.measures import SEEN_BY_DECIDER

RESPONSE_ROLES = frozenset({*HANDLER_ROLES, *DECIDERS})


def measures_to_decide(person: Person, *, on: date) -> QuerySet[Measure]:
    """Measures of which the ladder names this person as decider, from the moment a decision is asked.

    Never about something that happened to the decider, or in which the decider is the person it is about.
    """
    mine = Q(pk__in=[])
    for role in DECIDERS:
        reach = departments_of(person, role, on=on)
        here = Q(decider=role)
        if role is Role.MANAGER:
            here &= Q(incident__receiver=Receiver.MANAGER)
        mine |= here if reach is None else here & Q(incident__department__in=reach)
    asked = Measure.objects.filter(mine, state__in=SEEN_BY_DECIDER)
    return asked.exclude(incident__happened_to=person).exclude(incident__in=about_person(person))


def decides(person: Person, measure: Measure, *, on: date) -> bool:
    """Whether this person decides this measure: as `measures_to_decide`, of one whose incident was fetched with it."""
    incident, role = measure.incident, Role(measure.decider)
    reach = departments_of(person, role, on=on)
    here = role in roles_of(person, on=on) and (reach is None or incident.department_id in reach)
    meant = role is not Role.MANAGER or incident.receiver == Receiver.MANAGER
    asked = measure.state in SEEN_BY_DECIDER and meant
    return here and asked and incident.happened_to_id != person.pk and not is_about(incident, person)


def hats_for(person: Person, measure: Measure, *, on: date) -> frozenset[Hat]:
    """The capacities in which a person looks at one measure."""
    hats = hats_of(person, measure.incident, on=on)
    return hats | {Hat.DECIDER} if decides(person, measure, on=on) else hats


def response_or_404(request: SignedInRequest, incident_id: UUID) -> Incident:
    """The incident, for whoever may read its response track, or 404."""
    today = timezone.localdate()
    handled = handled_incidents(request.user, on=today).filter(pk=incident_id)
    asked = measures_to_decide(request.user, on=today).filter(incident_id=incident_id)
    mine = Q(pk__in=handled.values("pk")) | Q(pk__in=asked.values("incident_id"))
    whole = Incident.objects.with_people().select_related("response")
    found = whole.filter(mine, pk=incident_id).first()
    return found or deny(request, subject=f"urn:bolwerk:incidents:response:{incident_id}")


def measure_or_404(request: SignedInRequest, incident_id: UUID, measure_id: UUID) -> Measure:
    """A measure of this very incident, for whoever may read its response track, or 404."""
    incident = response_or_404(request, incident_id)
    measure = (
        Measure.objects.select_related("proposed_by", "decided_by").filter(pk=measure_id, incident=incident).first()
    )
    if measure is None:
        return deny(request, subject=f"urn:bolwerk:incidents:measure:{measure_id}")
    measure.incident = incident
    return measure


def objection_or_404(request: SignedInRequest, incident_id: UUID, objection_id: UUID) -> Objection:
    """An objection or complaint in this very incident, for whoever looks after it, or 404."""
    handled = handled_incidents(request.user, on=timezone.localdate()).filter(pk=incident_id)
    rows = Objection.objects.select_related("measure", "measure__incident").filter(measure__incident__in=handled)
    found = rows.filter(pk=objection_id).first()
    return found or deny(request, subject=f"urn:bolwerk:incidents:objection:{objection_id}")
