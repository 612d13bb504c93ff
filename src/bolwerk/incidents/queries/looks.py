"""Who looked at a report, in which role, when and what for: the lines of the trail, for the people it is about."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from bolwerk.accounts.models import Person
from bolwerk.accounts.queries import roles_then
from bolwerk.accounts.queries.names import PERSON
from bolwerk.accounts.rules import Role
from bolwerk.audit.queries.lines import lines_about
from bolwerk.audit.queries.words import Told, tell
from bolwerk.incidents.access import HANDLER_ROLES, own_incidents
from bolwerk.incidents.models import Incident
from bolwerk.incidents.queries.sayings import SAYINGS
from bolwerk.incidents.rules import Hat
from bolwerk.ui.looks import Look, Looked

MOST = 500  # lines about one report: more than a busy case has in its life
SHOWN = 5  # looks at each report on the page of all reports
REPORTS = 10  # reports on that page; the list of reports leads to the older ones

READ = "incidents.incident.read"
Roles = dict[tuple[UUID, datetime], list[Role]]  # what people held at the moments of their lines


def looks_at(incident: Incident, *, person: Person) -> list[Look]:
    """Everybody but `person` who opened or handled this report, newest first; the same on one day counts once.

    Only what this room wrote and people did: no clocks, no mail, and no denials, which are for the privacy officer.
    """
    lines = _told([incident], person)
    return list(_looks(incident, lines, _roles(lines)))


def looks_at_own(person: Person) -> list[Looked]:
    """The last reports of a person, each with the last looks at it. For the page that joins the rooms."""
    incidents = list(own_incidents(person)[:REPORTS])
    lines = _told(incidents, person)
    roles = _roles(lines)
    about: dict[str, list[Told]] = {}
    for told in lines:
        about.setdefault(told.line.subject, []).append(told)
    return [
        Looked(
            title=incident.get_kind_display(),
            sent_at=incident.reported_at,
            address=reverse("incidents:own_incident", args=[incident.pk]),
            all_looks=reverse("incidents:who_looked", args=[incident.pk]),
            looks=list(_looks(incident, about.get(incident.urn, []), roles))[:SHOWN],
        )
        for incident in incidents
    ]


def _told(incidents: Sequence[Incident], person: Person) -> list[Told]:
    urns = [incident.urn for incident in incidents]
    lines = lines_about(urns, events=tuple(SAYINGS), most=MOST)
    return tell(line for line in lines if line.actor.startswith(PERSON) and line.actor != person.urn)


def _roles(lines: Sequence[Told]) -> Roles:
    return roles_then((_person(told), told.line.at) for told in lines)


def _looks(incident: Incident, lines: Sequence[Told], roles: Roles) -> Iterator[Look]:
    for _same, together in groupby(lines, key=_what_and_when):
        first, *others = together
        yield Look(
            what=f"{first.who} {first.what}",
            by=_capacity(incident, _person(first), roles[_person(first), first.line.at]),
            at=first.line.at,
            text=_times(1 + len(others)),
            icon="eye" if first.line.event == READ else "notes",
        )


def _what_and_when(told: Told) -> tuple[object, ...]:
    return told.line.actor, told.what, timezone.localdate(told.line.at)


def _person(told: Told) -> UUID:
    return UUID(told.line.actor.removeprefix(PERSON))


def _capacity(incident: Incident, person: UUID, roles: list[Role]) -> str:
    """In which role somebody came to this report: one that opens reports, else as one of those it is about."""
    handling = [str(role.label) for role in roles if role in HANDLER_ROLES]
    own = Hat.REPORTER if person == incident.reporter_id else Hat.CONCERNED
    return ", ".join(handling) or str(own.label)


def _times(times: int) -> str:
    """How often the same was done on this day; nothing for once."""
    return ngettext("%(n)s time on this day", "%(n)s times on this day", times) % {"n": times} if times > 1 else ""
