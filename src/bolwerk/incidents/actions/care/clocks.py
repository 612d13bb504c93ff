"""Clocks of the care track: one for each moment of each person. Their subject is the track: its readers are others."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_noop

from bolwerk.accounts.models import Person
from bolwerk.accounts.queries import people_with
from bolwerk.accounts.rules import Role
from bolwerk.deadlines.actions import cancel, complete, keep_away, start_clock
from bolwerk.deadlines.models import Task
from bolwerk.deadlines.queries import Owner, working_calendar
from bolwerk.deadlines.rules import Clock, due
from bolwerk.incidents.access import CARE_ROLES
from bolwerk.incidents.actions.due import keep_first_due
from bolwerk.incidents.models import Care, Concerned, Incident
from bolwerk.incidents.queries import terms_in_force
from bolwerk.incidents.queries.names import care_urn
from bolwerk.incidents.rules import Duty, Kind, Safety, owes_talk
from bolwerk.incidents.rules.care import AFTER_THE_TALK, Capacity, CareState, first_moments

PAGE = "incidents:care"
INSPECTORATE = "inspectorate"
# What stands in the list of tasks. Neutral: these words also show in a calendar.
WORDS = {
    Duty.CONTACT: gettext_noop("Contact a colleague after a report"),
    Duty.RECEPTION_TALK: gettext_noop("Hold a reception talk with a colleague"),
    Duty.SECOND_TALK: gettext_noop("Ask a colleague again how it goes (2 weeks)"),
    Duty.THIRD_TALK: gettext_noop("Ask a colleague again how it goes (6 to 8 weeks)"),
}
COORDINATOR = Owner(role=Role.AGGRESSION_COORDINATOR)
CARE_TEAM = Owner(role=Role.CARE_TEAM)


def with_talk(*, incident: Incident) -> bool:
    """Whether everybody concerned gets a reception talk, and the talks after it."""
    return owes_talk(Kind(incident.kind), Safety(incident.safety))


def chain(*, incident: Incident, at: datetime) -> list[Owner]:
    """Who does it, then who hears that it is late: the manager, the care team, and at last the coordinator.

    The coordinator sees a number and a day, and no page. Care for the only manager is the care team's.
    """
    if incident.department is None:
        return [CARE_TEAM, COORDINATOR]
    managers = people_with(Role.MANAGER, on=at.date(), department=incident.department)
    team = Owner(role=Role.CARE_TEAM, department=incident.department)
    if not managers.exclude(pk=incident.happened_to_id).exists():
        return [team, COORDINATOR]
    return [Owner(role=Role.MANAGER, department=incident.department), team, COORDINATOR]


def start_care(*, incident: Incident, at: datetime) -> None:
    """Open the track of a report: whoever it happened to is the first person concerned.

    Asked again, when a report turns out to owe more care, it starts only the clocks that never ran.
    """
    _care, is_new = Care.objects.get_or_create(incident=incident)
    if is_new:
        _keep_victim_away(incident, at)
    victim, _new = Concerned.objects.get_or_create(
        incident=incident,
        person=incident.happened_to,
        defaults={"capacity": Capacity.VICTIM, "added_by": incident.reporter, "added_at": at},
    )
    ran = set(Task.objects.filter(subject=care_urn(incident)).values_list("key", flat=True))
    owed = [one for one in first_moments(talk=with_talk(incident=incident)) if f"{one.value}:{victim.pk}" not in ran]
    if owed and victim.state == CareState.RUNNING:
        start_moments(concerned=victim, duties=owed, by=incident.reporter, at=at)


def _keep_victim_away(incident: Incident, at: datetime) -> None:
    """Whoever it happened to does not lead the care around themselves: not a task of it either."""
    carers = people_with(*CARE_ROLES, on=at.date(), department=incident.department)
    if carers.filter(pk=incident.happened_to_id).exists():
        keep_away(subject=care_urn(incident), person=incident.happened_to, by=incident.reporter.urn, at=at)


def start_moments(*, concerned: Concerned, duties: Iterable[Duty], by: Person, at: datetime) -> None:
    """Start the clocks of these moments of one person."""
    incident = concerned.incident
    owner, *later = chain(incident=incident, at=at)
    terms, calendar, subject = terms_in_force(), working_calendar(), care_urn(incident)
    for duty in duties:
        begins, term = at, terms[duty].term
        if duty in AFTER_THE_TALK and due(concerned.added_at, term, calendar) > at:
            begins = concerned.added_at  # two weeks after it happened, not after the talk
        key = f"{duty.value}:{concerned.pk}"
        again = Task.objects.filter(subject=subject, key__startswith=key).count()
        start_clock(
            subject=subject,
            clock=Clock(f"{key}:{again}" if again else key, WORDS[duty], term, PAGE, about=incident.reference),
            owner=owner,
            escalate_to=later,
            by=by.urn,
            at=begins,
        )
    Care.objects.filter(pk=incident.pk).update(ended_at=None)


def stop_moments(*, concerned: Concerned, duties: Iterable[Duty], by: Person, at: datetime) -> None:
    """Stop the clocks of these moments: they took place, or were offered and not wanted.

    With the last one the track is over.
    """
    incident, subject = concerned.incident, care_urn(concerned.incident)
    for duty in duties:
        mine = Task.objects.open().filter(subject=subject, key__startswith=f"{duty.value}:{concerned.pk}")
        for key in list(mine.values_list("key", flat=True)):
            complete(subject=subject, key=key, by=by.urn, at=at)
    settle(incident=incident, at=at)


def settle(*, incident: Incident, at: datetime) -> None:
    """Copy the first deadlines, and end the track when nothing runs any more."""
    keep_first_due(incident=incident)
    if not Task.objects.open().filter(subject=care_urn(incident)).exists():
        Care.objects.filter(pk=incident.pk, ended_at=None).update(ended_at=at)


def stop_care(*, incident: Incident, by: Person, at: datetime) -> None:
    """Stop the clocks of everybody, as when a report turns out to be sent by mistake.

    What the law asks towards the inspectorate goes on: taking back a report does not undo an accident.
    """
    subject = care_urn(incident)
    running = Task.objects.open().filter(subject=subject).exclude(key__startswith=INSPECTORATE)
    for key in list(running.values_list("key", flat=True)):
        cancel(subject=subject, key=key, by=by.urn, at=at, reason="mistake")
    settle(incident=incident, at=at)
