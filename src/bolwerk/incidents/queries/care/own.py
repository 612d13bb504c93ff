"""Who gets care reads who looked at it, and finds the own tracks again."""

from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bolwerk.accounts.models import Person
from bolwerk.accounts.queries import roles_then
from bolwerk.accounts.queries.names import PERSON
from bolwerk.accounts.rules import Role
from bolwerk.audit.queries.lines import lines_about
from bolwerk.audit.queries.words import Told, tell
from bolwerk.incidents.access import CARE_ROLES, own_concerned
from bolwerk.incidents.models import Concerned, Incident
from bolwerk.incidents.queries.names import care_urn
from bolwerk.incidents.rules import Kind
from bolwerk.incidents.rules.care import Capacity, CareState
from bolwerk.ui.looks import Look
from bolwerk.ui.sent import Sent

MOST = 500
READ = "incidents.care.read"
SENT_LIMIT = 5


def care_looks(incident: Incident, *, person: Person) -> list[Look]:
    """Who opened this care track as carer, newest first; the same on one day counts once.

    Only opening: what was done for others in the track is theirs. Whoever else gets care here does not appear.
    """
    lines = [
        told
        for told in tell(lines_about([care_urn(incident)], events=(READ,), most=MOST))
        if told.line.actor.startswith(PERSON) and told.line.actor != person.urn
    ]
    roles = roles_then((_who(told), told.line.at) for told in lines)
    return [_look(list(same), roles) for _day, same in groupby(lines, key=_who_and_day)]


def _who(told: Told) -> UUID:
    return UUID(told.line.actor.removeprefix(PERSON))


def _who_and_day(told: Told) -> tuple[UUID, date]:
    return _who(told), timezone.localdate(told.line.at)


def _look(same: list[Told], roles: dict[tuple[UUID, datetime], list[Role]]) -> Look:
    """One day of one carer, in the role that opened this track."""
    first, times = same[0], len(same)
    held = [str(role.label) for role in roles[_who(first), first.line.at] if role in CARE_ROLES]
    often = ngettext("%(n)s time on this day", "%(n)s times on this day", times) % {"n": times} if times > 1 else ""
    return Look(what=f"{first.who} {first.what}", by=", ".join(held), at=first.line.at, text=often, icon="eye")


def own_cares(person: Person) -> list[Concerned]:
    """Where this person gets care without having reported it: as witness, bystander or colleague."""
    rows = own_concerned(person).exclude(capacity=Capacity.VICTIM).select_related("incident")
    return list(rows.defer("incident__place", "incident__words")[:SENT_LIMIT])


def cares_sent(person: Person) -> list[Sent]:
    """The same as lines of Mijn dag."""
    return [
        Sent(
            title=_("Care for you: %(kind)s") % {"kind": str(Kind(row.incident.kind).label).lower()},
            state=str(CareState(row.state).label),
            address=reverse("incidents:own_care", args=[row.pk]),
            at=row.added_at,
        )
        for row in own_cares(person)
    ]
