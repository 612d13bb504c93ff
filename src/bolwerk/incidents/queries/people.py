"""Answers about colleagues: for whom a report is, and who may look after it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.utils import timezone

from bolwerk.accounts.models import Grant, Person
from bolwerk.accounts.queries import people_with, reaching
from bolwerk.accounts.rules import Role
from bolwerk.deadlines.queries import Owner
from bolwerk.deadlines.rules import ZONE
from bolwerk.incidents.access import CARE_ROLES, HANDLER_ROLES
from bolwerk.incidents.models import Incident, PerpetratorLink
from bolwerk.incidents.rules import Receiver


def nearby_colleagues(person: Person) -> QuerySet[Person]:
    """Colleagues of the own department: the only names that the form offers. Others are typed in full."""
    same = Person.objects.filter(is_active=True, department=person.department).exclude(pk=person.pk)
    return same if person.department_id else same.none()


def people_to_call(incident: Incident, *, on: date) -> list[tuple[str, list[Person]]]:
    """Whom somebody can call after a report: each role in words, with who holds it; no role without people.

    Nobody past whom it was reported, and not who is said to have done it.
    """
    handlers = set(handlers_for(incident, on=on).values_list("pk", flat=True))
    found = []
    for role in (*HANDLER_ROLES, Role.CARE_TEAM, Role.CONFIDANT):
        holders = list(people_with(role, on=on, department=incident.department))
        shown = [one for one in holders if one.pk != incident.kept_from_id]
        if role is Role.MANAGER and incident.receiver != Receiver.MANAGER:
            chosen = incident.chosen_manager
            shown = [chosen] if chosen and chosen.pk in handlers else []
        found.append((str(role.label), shown))
    return [(role, people) for role, people in found if people]


def handlers_for(incident: Incident, *, on: date) -> QuerySet[Person]:
    """Who may look after this incident on a day: the managers who were meant, and the aggression coordinators.

    Not a colleague who is the person it is about.
    """
    meant = PerpetratorLink.objects.filter(incident=incident).values("perpetrator__employee")
    roles = HANDLER_ROLES if incident.receiver == Receiver.MANAGER else [Role.AGGRESSION_COORDINATOR]
    handlers = people_with(*roles, on=on, department=incident.department)
    if incident.receiver != Receiver.MANAGER and incident.chosen_manager_id:
        handlers |= people_with(Role.MANAGER, on=on).filter(pk=incident.chosen_manager_id)
    return handlers.exclude(pk__in=meant.exclude(perpetrator__employee=None)).exclude(
        pk__in=_given(incident.kept_from_id)
    )


def _given(*keys: UUID | None) -> list[UUID]:
    return [key for key in keys if key]


def readers_of(incident: Incident, *, on: date) -> list[str]:
    """The names of everybody who can read this incident on a day, the people it is about first."""
    people = [incident.happened_to, incident.reporter, *handlers_for(incident, on=on)]
    return list(dict.fromkeys(person.name for person in people))


def colleagues_near(incident: Incident) -> QuerySet[Person]:
    """Colleagues of the department of an incident, to choose who else is concerned."""
    return Person.objects.filter(is_active=True, department=incident.department).exclude(department=None)


@dataclass(frozen=True)
class Around:
    """Who is around a new report: who leads there, who coordinates for all, and whether the victim gives care."""

    managers: Sequence[Person]
    coordinators: Sequence[Person]
    victim_gives_care: bool


def around(incident: Incident, *, at: datetime) -> Around:
    """Who is around a report, in one question: a new one is sent while somebody waits."""
    victims = Q(person=incident.happened_to_id, role__in=CARE_ROLES)
    coordinates = Q(role=Role.AGGRESSION_COORDINATOR, department=None)
    grants = Grant.objects.on(at.astimezone(ZONE).date()).select_related("person")
    grants = grants.annotate(here=ExpressionWrapper(reaching(incident.department), BooleanField()))
    found = list(grants.filter(victims | coordinates | Q(role=Role.MANAGER, here=True)).order_by())
    led = {grant.person for grant in found if grant.role == Role.MANAGER and grant.here}  # type: ignore[attr-defined]  # annotated
    coordinating = {grant.person for grant in found if grant.role == Role.AGGRESSION_COORDINATOR}
    return Around(
        managers=[person for person in led if person.is_active],
        coordinators=[person for person in coordinating if person.is_active],
        victim_gives_care=any(g.person_id == incident.happened_to_id and g.role in CARE_ROLES for g in found),
    )


def manager_of(incident: Incident, *, at: datetime, leading: Sequence[Person] | None = None) -> Owner | None:
    """Who does what a manager does, as owner of a task: the managers of the department, or the one who was chosen.

    None when there is none, when it happened to the only one or is about the only one, and when it was reported past
    them. `leading` are the managers of the department, where somebody looked them up already.
    """
    if incident.receiver == Receiver.OTHER_MANAGER:
        managers = people_with(Role.MANAGER, on=timezone.localdate(at))
        still = managers.filter(pk__in=_given(incident.chosen_manager_id)).first()
        return Owner(person=still) if still else None
    if incident.department is None or incident.receiver != Receiver.MANAGER:
        return None
    if leading is None:
        leading = list(people_with(Role.MANAGER, on=at.astimezone(ZONE).date(), department=incident.department))
    led = {manager.pk for manager in leading} - {incident.happened_to_id, incident.kept_from_id}
    return Owner(role=Role.MANAGER, department=incident.department, holders=leading) if led else None


def kept_away(incident: Incident, *, on: date) -> list[Person]:
    """Whose lists and mail must show nothing of it: who is said to have done it, and managers it was reported past."""
    away = [incident.kept_from] if incident.kept_from else []
    if incident.receiver == Receiver.MANAGER:
        return away
    handlers = handlers_for(incident, on=on).values("pk")
    return away + list(people_with(Role.MANAGER, on=on, department=incident.department).exclude(pk__in=handlers))


def nobody_left(incident: Incident, *, on: date) -> bool:
    """Whether there is no one who could look after this incident, as it would be sent."""
    return not handlers_for(incident, on=on).exclude(pk=incident.happened_to_id).exists()


def is_manager(person: Person, *, on: date) -> bool:
    """Whether this person is a manager of any department on a day."""
    return people_with(Role.MANAGER, on=on).filter(pk=person.pk).exists()
