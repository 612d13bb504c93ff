"""Who reads the care track: the manager of the department and the care team. Nobody else, whatever their role."""

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from bolwerk.accounts.access import SignedInRequest, deny, departments_of
from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import Role
from bolwerk.incidents.access.incidents import FIGURE_ROLES, hats_of, meant_for_manager
from bolwerk.incidents.access.perpetrators import about_person, is_about
from bolwerk.incidents.models import CareWish, Concerned, Incident
from bolwerk.incidents.rules import Hat, Receiver, Track, tracks_for

CARE_ROLES = frozenset({Role.MANAGER, Role.CARE_TEAM})
CARE_RATING_ROLES = CARE_ROLES | FIGURE_ROLES  # what passed the gate, of the whole municipality


def cared_incidents(person: Person, *, on: date) -> QuerySet[Incident]:
    """Incidents whose care track this person reads on a day.

    Never of what happened to this very person, and never of what is about them.
    """
    reach = departments_of(person, Role.CARE_TEAM, on=on)
    found = Incident.objects.filter(care__isnull=False)
    if reach is None:
        found = found.exclude(_hidden_from_manager(person, on=on))
    else:
        received = Q(department__in=reach) & ~_hidden_from_manager(person, on=on) if reach else Q(pk__in=[])
        found = found.filter(received | meant_for_manager(person, on=on))
    return found.exclude(happened_to=person).exclude(pk__in=about_person(person))


def _hidden_from_manager(person: Person, *, on: date) -> Q:
    """What was reported past this person as manager: being of the care team as well opens it no more."""
    led = departments_of(person, Role.MANAGER, on=on)
    if led is not None and not led:
        return Q(pk__in=[])
    past = ~Q(receiver=Receiver.MANAGER) & ~Q(pk__in=Incident.objects.filter(chosen_manager=person).values("pk"))
    return past if led is None else past & Q(department__in=led)


def care_hats_of(person: Person, incident: Incident, *, on: date) -> frozenset[Hat]:
    """As `hats_of`, and that of the care team: whoever has only that one reads the care track and nothing else."""
    hats = hats_of(person, incident, on=on)
    if is_about(incident, person):
        return hats
    reach, led = (departments_of(person, role, on=on) for role in (Role.CARE_TEAM, Role.MANAGER))
    leads = led is None or incident.department_id in led
    if leads and incident.receiver != Receiver.MANAGER and Hat.MANAGER not in hats:
        return hats
    return hats | {Hat.CARE_TEAM} if reach is None or incident.department_id in reach else hats


def may_care(hats: frozenset[Hat]) -> bool:
    """Whether somebody with these hats reads the care track."""
    return Track.CARE in tracks_for(hats)


def care_or_404(request: SignedInRequest, incident_id: UUID) -> Incident:
    """The incident, for whoever may read its care track, or 404."""
    mine = cared_incidents(request.user, on=timezone.localdate()).filter(pk=incident_id)
    found = (
        Incident.objects.with_people().select_related("care", "inspectorate").filter(pk__in=mine.values("pk")).first()
    )
    return found or deny(request, subject=f"urn:bolwerk:incidents:care:{incident_id}")


def concerned_or_404(request: SignedInRequest, incident_id: UUID, concerned_id: UUID) -> Concerned:
    """Somebody concerned by this very incident, for whoever may read its care track, or 404."""
    incident = care_or_404(request, incident_id)
    rows = Concerned.objects.select_related("person").filter(incident=incident)
    found = rows.filter(pk=concerned_id).first()
    if found is None:
        return deny(request, subject=f"urn:bolwerk:incidents:concerned:{concerned_id}")
    found.incident = incident
    return found


def wish_or_404(request: SignedInRequest, incident_id: UUID, wish_id: UUID) -> CareWish:
    """What somebody asked in this very track, for whoever may read it, or 404."""
    incident = care_or_404(request, incident_id)
    found = CareWish.objects.select_related("concerned__person").filter(pk=wish_id, incident=incident).first()
    if found is None:
        return deny(request, subject=f"urn:bolwerk:incidents:care:{incident_id}")
    found.concerned.incident = incident
    return found


def own_concerned(person: Person) -> QuerySet[Concerned]:
    """Where this person is concerned and gets care: the own rows, never those of what is about them."""
    rows = Concerned.objects.filter(person=person, incident__care__erased_at=None)
    return rows.exclude(incident__in=about_person(person)).order_by("-added_at")


def own_concerned_or_404(request: SignedInRequest, concerned_id: UUID) -> Concerned:
    """The own care of this person, or 404."""
    rows = own_concerned(request.user).select_related("person", "incident__department", "incident__happened_to")
    found = rows.filter(pk=concerned_id).first()
    return found or deny(request, subject=f"urn:bolwerk:incidents:concerned:{concerned_id}")
