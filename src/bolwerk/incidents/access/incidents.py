"""Who may see which incident. What a person may not see does not exist for that person."""

from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from bolwerk.accounts.access import SignedInRequest, deny, departments_of
from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import Role
from bolwerk.incidents.access.perpetrators import about_person, is_about
from bolwerk.incidents.models import Incident, IncidentQuerySet
from bolwerk.incidents.rules import ENDED, HANDLERS, Hat

# Only these two roles read what others reported. The functional administrator, the board and the auditor do not.
HANDLER_ROLES: dict[Role, Hat] = {
    Role.MANAGER: Hat.MANAGER,
    Role.AGGRESSION_COORDINATOR: Hat.COORDINATOR,
}
FIGURE_ROLES = frozenset({Role.AGGRESSION_COORDINATOR, Role.BOARD})  # figures that passed the gate, nobody's report
SETTING_ROLES = frozenset({Role.AGGRESSION_COORDINATOR, Role.FUNCTIONAL_ADMINISTRATOR})  # terms hold no content


def own_incidents(person: Person) -> IncidentQuerySet:
    """What `person` reported, and what others reported about something that happened to `person`."""
    return Incident.objects.filter(Q(reporter=person) | Q(happened_to=person))


def handled_incidents(person: Person, *, on: date) -> IncidentQuerySet:
    """What `person` looks after on a day: as manager of the department, or as aggression coordinator."""
    reach: frozenset[UUID] = frozenset()
    for role in HANDLER_ROLES:
        departments = departments_of(person, role, on=on)
        if departments is None:
            return Incident.objects.exclude(pk__in=about_person(person))
        reach |= departments
    return Incident.objects.filter(department__in=reach).exclude(pk__in=about_person(person))


def incidents_for(person: Person, *, on: date) -> IncidentQuerySet:
    """Every incident that `person` may read on a day, in whatever capacity."""
    return own_incidents(person) | handled_incidents(person, on=on)


def hats_of(person: Person, incident: Incident, *, on: date) -> frozenset[Hat]:
    """In which capacities `person` looks at this incident on a day; empty for everybody else."""
    hats = {Hat.REPORTER} if incident.reporter_id == person.pk else set()
    if incident.happened_to_id == person.pk:
        hats.add(Hat.CONCERNED)
    if is_about(incident, person):
        return frozenset(hats)
    for role, hat in HANDLER_ROLES.items():
        departments = departments_of(person, role, on=on)
        if departments is None or incident.department_id in departments:
            hats.add(hat)
    return frozenset(hats)


def _found(request: SignedInRequest, incidents: IncidentQuerySet, incident_id: UUID) -> Incident:
    incident = incidents.with_people().filter(pk=incident_id).first()
    return incident or deny(request, subject=f"urn:bolwerk:incidents:incident:{incident_id}")


def incident_to_handle(request: SignedInRequest, incident_id: UUID) -> Incident:
    """Return an incident that this person looks after, or 404 — never 403, which would confirm that it exists."""
    return _found(request, handled_incidents(request.user, on=timezone.localdate()), incident_id)


def own_incident(request: SignedInRequest, incident_id: UUID) -> Incident:
    """Return an incident that this person reported or that happened to this person, or 404."""
    return _found(request, own_incidents(request.user), incident_id)


def own_open_report(request: SignedInRequest, incident_id: UUID) -> Incident:
    """Return a report that this person sent and that has not ended, or 404: only then can it be changed."""
    rows = own_incidents(request.user).filter(reporter=request.user).exclude(status__in=ENDED)
    return _found(request, rows, incident_id)


def may_handle(hats: frozenset[Hat]) -> bool:
    """Whether these hats are those of somebody who looks after the incident."""
    return bool(hats & HANDLERS)
