"""Clocks of the care track: one for each moment of each person. Their subject is the track: its readers are others."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop

from bolwerk.accounts.models import Grant, Person
from bolwerk.accounts.rules import Role
from bolwerk.deadlines.actions import Start, cancel, complete, keep_away, start_clocks
from bolwerk.deadlines.models import Task
from bolwerk.deadlines.queries import Owner, working_calendar
from bolwerk.deadlines.rules import Clock, due
from bolwerk.incidents.access import CARE_ROLES
from bolwerk.incidents.actions.due import keep_first_due
from bolwerk.incidents.models import Care, Concerned, Incident
from bolwerk.incidents.queries import TermInForce, terms_in_force
from bolwerk.incidents.queries.names import care_urn
from bolwerk.incidents.queries.people import manager_of
from bolwerk.incidents.rules import Duty, Kind, Safety, owes_talk
from bolwerk.incidents.rules.care import AFTER_THE_TALK, Capacity, CareState, first_moments

Terms = Mapping[Duty, TermInForce]
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


def chain(*, incident: Incident, manager: Owner | None) -> list[Owner]:
    """Who does it, then who hears that it is late: the manager, the care team, and at last the coordinator.

    The coordinator sees a number and a day, and no page. Care for the only manager is the care team's.
    """
    team = Owner(role=Role.CARE_TEAM, department=incident.department) if incident.department else CARE_TEAM
    return [owner for owner in (manager, team, COORDINATOR) if owner]


def first_care(*, incident: Incident, manager: Owner | None, terms: Terms, at: datetime) -> list[Start]:
    """Make whoever it happened to the first person concerned by a new report. Return the clocks to start.

    The track itself is laid with their first deadline (`lay_first_due`).
    """
    victim = Concerned.objects.create(incident=incident, person=incident.happened_to, **_first_of(incident, at))
    named = _named(victim, first_moments(talk=with_talk(incident=incident)), ran=set())
    return _moments(victim, named, owners=chain(incident=incident, manager=manager), terms=terms, at=at)


def open_care(*, incident: Incident, manager: Owner | None, terms: Terms, at: datetime) -> list[Start]:
    """Open the track again when a report turns out to owe more care. Return the clocks that never ran."""
    _care, is_new = Care.objects.get_or_create(incident=incident)
    gives_care = Grant.objects.on(timezone.localdate(at)).filter(person=incident.happened_to_id, role__in=CARE_ROLES)
    if is_new and gives_care.exists():  # a report that was read in has no track yet
        keep_victim_away(incident=incident, at=at)
    person, added = incident.happened_to, _first_of(incident, at)
    victim, _new = Concerned.objects.get_or_create(incident=incident, person=person, defaults=added)
    ran = _clocks_of(incident)
    owed = [one for one in first_moments(talk=with_talk(incident=incident)) if f"{one.value}:{victim.pk}" not in ran]
    if not owed or victim.state != CareState.RUNNING:
        return []
    Care.objects.filter(pk=incident.pk).update(ended_at=None)
    named = _named(victim, owed, ran=ran)
    return _moments(victim, named, owners=chain(incident=incident, manager=manager), terms=terms, at=at)


def _first_of(incident: Incident, at: datetime) -> dict[str, Any]:
    return {"capacity": Capacity.VICTIM, "added_by": incident.reporter, "added_at": at}


def _clocks_of(incident: Incident) -> set[str]:
    """The keys of every clock of this track that ran or runs."""
    return set(Task.objects.filter(subject=care_urn(incident)).values_list("key", flat=True))


def keep_victim_away(*, incident: Incident, at: datetime) -> None:
    """Whoever it happened to does not lead the care around themselves: not a task of it either."""
    keep_away(subject=care_urn(incident), person=incident.happened_to, by=incident.reporter.urn, at=at)


def start_moments(*, concerned: Concerned, duties: Iterable[Duty], by: Person, at: datetime) -> None:
    """Start the clocks of these moments of one person."""
    incident = concerned.incident
    owners = chain(incident=incident, manager=manager_of(incident, at=at))
    named = _named(concerned, duties, ran=_clocks_of(incident))
    starts = _moments(concerned, named, owners=owners, terms=terms_in_force(), at=at)
    start_clocks(starts=starts, by=by.urn, at=at)
    Care.objects.filter(pk=concerned.incident_id).update(ended_at=None)


def _named(concerned: Concerned, duties: Iterable[Duty], *, ran: set[str]) -> dict[str, Duty]:
    """These moments of one person by the key of their clock; one that ran before gets a number."""
    keys = {f"{duty.value}:{concerned.pk}": duty for duty in duties}
    again = {key: sum(one.startswith(key) for one in ran) for key in keys}
    return {f"{key}:{again[key]}" if again[key] else key: duty for key, duty in keys.items()}


def _moments(
    concerned: Concerned, named: Mapping[str, Duty], *, owners: Sequence[Owner], terms: Terms, at: datetime
) -> list[Start]:
    """The clocks of these moments of one person."""
    incident, (owner, *later), starts = concerned.incident, owners, []
    for key, duty in named.items():
        begins, term = at, terms[duty].term
        if duty in AFTER_THE_TALK and due(concerned.added_at, term, working_calendar()) > at:
            begins = concerned.added_at  # two weeks after it happened, not after the talk
        clock = Clock(key, WORDS[duty], term, PAGE, about=incident.reference)
        starts.append(Start(care_urn(incident), clock, owner, later, begins))
    return starts


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
