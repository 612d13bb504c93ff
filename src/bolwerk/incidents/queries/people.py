"""Answers about colleagues: for whom a report is, and who may look after it."""

from datetime import date, datetime

from django.db.models import QuerySet

from bolwerk.accounts.models import Person
from bolwerk.accounts.queries import people_with
from bolwerk.accounts.rules import Role
from bolwerk.deadlines.queries import Owner
from bolwerk.incidents.access import HANDLER_ROLES
from bolwerk.incidents.models import Incident, PerpetratorLink


def nearby_colleagues(person: Person) -> QuerySet[Person]:
    """Colleagues of the own department: the only names that the form offers. Others are typed in full."""
    same = Person.objects.filter(is_active=True, department=person.department).exclude(pk=person.pk)
    return same if person.department_id else same.none()


def people_to_call(incident: Incident, *, on: date) -> list[tuple[str, list[Person]]]:
    """Whom somebody can call after a report: each role in words, with who holds it; no role without people."""
    found = [
        (str(role.label), list(people_with(role, on=on, department=incident.department)))
        for role in (*HANDLER_ROLES, Role.CARE_TEAM, Role.CONFIDANT)
    ]
    return [(role, people) for role, people in found if people]


def handlers_for(incident: Incident, *, on: date) -> QuerySet[Person]:
    """Who may look after this incident on a day: its managers and the aggression coordinators.

    Not a colleague who is the person it is about.
    """
    meant = PerpetratorLink.objects.filter(incident=incident).values("perpetrator__employee")
    handlers = people_with(*HANDLER_ROLES, on=on, department=incident.department)
    return handlers.exclude(pk__in=meant.exclude(perpetrator__employee=None))


def readers_of(incident: Incident, *, on: date) -> list[str]:
    """The names of everybody who can read this incident on a day, the people it is about first."""
    people = [incident.happened_to, incident.reporter, *handlers_for(incident, on=on)]
    return list(dict.fromkeys(person.name for person in people))


def colleagues_near(incident: Incident) -> QuerySet[Person]:
    """Colleagues of the department of an incident, to choose who else is concerned."""
    return Person.objects.filter(is_active=True, department=incident.department).exclude(department=None)


def manager_of(incident: Incident, *, at: datetime) -> Owner | None:
    """The managers of the department, as owner of a task; None when there is none, or it happened to the only one."""
    if incident.department is None:
        return None
    managers = people_with(Role.MANAGER, on=at.date(), department=incident.department)
    led = managers.exclude(pk=incident.happened_to_id).exists()
    return Owner(role=Role.MANAGER, department=incident.department) if led else None
