"""Who may see which incident. What a person may not see does not exist for that person."""

from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from bolwerk.accounts.access import SignedInRequest, deny, departments_of
from bolwerk.accounts.models import Department, Person
from bolwerk.accounts.rules import Role
from bolwerk.incidents.access.perpetrators import about_person, is_about
from bolwerk.incidents.models import Incident, IncidentQuerySet
from bolwerk.incidents.rules import ENDED, HANDLERS, Hat, Receiver

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
    """What `person` looks after on a day: as manager of the department, or as aggression coordinator.

    Never what is about them; and as manager only what was meant for them.
    """
    coordinated = departments_of(person, Role.AGGRESSION_COORDINATOR, on=on)
    if coordinated is None:
        return Incident.objects.exclude(pk__in=about_person(person))
    mine = Q(department__in=coordinated) if coordinated else Q(pk__in=[])
    mine |= meant_for_manager(person, on=on)
    return Incident.objects.filter(mine).exclude(pk__in=about_person(person))


def meant_for_manager(person: Person, *, on: date) -> Q:
    """Of which incidents this person is the manager who was meant to read them, on a day."""
    reach = departments_of(person, Role.MANAGER, on=on)
    if reach is not None and not reach:
        return Q(pk__in=[])
    here = Q(receiver=Receiver.MANAGER) if reach is None else Q(receiver=Receiver.MANAGER, department__in=reach)
    return here | Q(chosen_manager=person)


def departments_handled(person: Person, *, on: date) -> QuerySet[Department]:
    """The departments with an incident that `person` looks after on a day: those of `handled_incidents`.

    Asked of one department at a time, with one reason each: however many incidents there are, an index has the first.
    """
    seen = Incident.objects.exclude(pk__in=about_person(person)).order_by()
    here = seen.filter(department=OuterRef("pk"))
    coordinated = departments_of(person, Role.AGGRESSION_COORDINATOR, on=on)
    if coordinated is None:
        return Department.objects.filter(Exists(here))
    found = Q(Exists(here), pk__in=coordinated)
    reach = departments_of(person, Role.MANAGER, on=on)
    if reach is None or reach:
        led = Q(Exists(here.filter(receiver=Receiver.MANAGER)))
        found |= led if reach is None else led & Q(pk__in=reach)
        found |= Q(pk__in=seen.filter(chosen_manager=person).values("department"))
    return Department.objects.filter(found)


def is_meant_for_manager(person: Person, incident: Incident, *, on: date) -> bool:
    """As `meant_for_manager`, of one incident. Asks nothing but roles."""
    reach = departments_of(person, Role.MANAGER, on=on)
    if incident.receiver == Receiver.MANAGER:
        return reach is None or incident.department_id in reach
    return incident.chosen_manager_id == person.pk and (reach is None or bool(reach))


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
    coordinated = departments_of(person, Role.AGGRESSION_COORDINATOR, on=on)
    if coordinated is None or incident.department_id in coordinated:
        hats.add(Hat.COORDINATOR)
    if is_meant_for_manager(person, incident, on=on):
        hats.add(Hat.MANAGER)
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
