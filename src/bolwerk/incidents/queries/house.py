"""What this room tells the rest of the house: its doors, what somebody sent, and where a subject lives."""

from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.access import roles_of
from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import Role
from bolwerk.incidents.access import (
    CARE_ROLES,
    FIGURE_ROLES,
    HANDLER_ROLES,
    IMPORT_ROLES,
    KIOSK_ROLES,
    PROOF_ROLES,
    REQUEST_ROLES,
    SETTING_ROLES,
    STORE_ROLES,
    cared_incidents,
    handled_incidents,
    measures_to_decide,
    met_departments,
    norms_for,
    own_incidents,
    policed_incidents,
)
from bolwerk.incidents.models import Measure, NormMeeting
from bolwerk.incidents.queries.care.own import cares_sent
from bolwerk.incidents.queries.names import CARE, MEASURE, NORM, NORM_MEETING, POLICE, RESPONSE
from bolwerk.incidents.rules import Status
from bolwerk.ui.navigation import Door
from bolwerk.ui.sent import Sent

SENT_LIMIT = 5  # Mijn dag shows the last few; the whole list is one click away


# What opens for whoever has one of these roles, in order.
BY_ROLE: tuple[tuple[frozenset[Role], Door], ...] = (
    (frozenset(HANDLER_ROLES), Door("incidents:worklist", _("Safe at work"), "shield")),
    (CARE_ROLES, Door("incidents:care_list", _("Care after reports"), "heart-handshake")),
    (PROOF_ROLES, Door("incidents:norm_meetings", _("Meetings about the norm"), "messages")),
    (FIGURE_ROLES, Door("incidents:figures", _("Figures on reports"), "chart-bar")),
    (FIGURE_ROLES, Door("incidents:care_ratings", _("How care was rated"), "heart-handshake", "more")),
    (IMPORT_ROLES, Door("incidents:everything", _("Take all reports along"), "download", "more")),
    (IMPORT_ROLES, Door("incidents:import", _("Read in an older register"), "upload", "more")),
    (KIOSK_ROLES, Door("incidents:kiosks", _("Kiosks"), "device-mobile", "more")),
    (SETTING_ROLES, Door("incidents:tile_snippets", _("Tile for the intranet"), "link", "more")),
    (SETTING_ROLES, Door("incidents:terms", _("Terms after a report"), "clock", "more")),
    (SETTING_ROLES, Door("incidents:ladder", _("Ladder of reactions"), "list-details", "more")),
    (SETTING_ROLES, Door("incidents:places", _("Places of the municipality"), "map-pin", "more")),
    (SETTING_ROLES, Door("incidents:police_setting", _("Police"), "shield-check", "more")),
    (STORE_ROLES, Door("incidents:repeated", _("Persons in several reports"), "history", "more")),
    (REQUEST_ROLES | STORE_ROLES, Door("incidents:people", _("Requests of persons"), "address-book", "more")),
)


def doors(person: Person, *, on: date) -> list[Door]:
    """Everybody may report and follow the own reports; handlers have a worklist as well."""
    roles = roles_of(person, on=on)
    mine = [
        Door(
            "incidents:report",
            _("Report an incident"),
            "alert-triangle",
            "start",
            on_phone=True,
            short=_("Report"),
            hint=_("Less than a minute"),
        ),
        Door("incidents:own", _("My reports"), "file-text"),
        Door("incidents:norm", _("Our norm"), "certificate"),
    ]
    return mine + [door for needed, door in BY_ROLE if roles & needed]


def sent_by(person: Person) -> list[Sent]:
    """The last reports of this person, with what became of them."""
    rows = own_incidents(person)[:SENT_LIMIT]
    sent = [
        Sent(
            title=row.get_kind_display(),
            state=str(Status(row.status).label),
            address=reverse("incidents:own_incident", args=[row.pk]),
            at=row.reported_at,
        )
        for row in rows
    ]
    return sorted([*sent, *cares_sent(person)], key=lambda one: one.at, reverse=True)[:SENT_LIMIT]


def address_of(urn: str, person: Person, *, on: date) -> str | None:
    """The page of an incident for this person, or None when it does not exist for this person."""
    incident_id = UUID(urn.rsplit(":", 1)[-1])
    if urn.startswith((NORM, NORM_MEETING)):
        return _norm_address(urn, person, on=on)
    if urn.startswith(CARE):
        cares = cared_incidents(person, on=on).filter(pk=incident_id).exists()
        return reverse("incidents:care", args=[incident_id]) if cares else None
    if urn.startswith(MEASURE):
        incident_id = (
            Measure.objects.filter(pk=incident_id).values_list("incident_id", flat=True).first() or incident_id
        )
    if urn.startswith((MEASURE, RESPONSE)):
        handled = handled_incidents(person, on=on).filter(pk=incident_id).exists()
        asked = handled or measures_to_decide(person, on=on).filter(incident_id=incident_id).exists()
        return reverse("incidents:response", args=[incident_id]) if asked else None
    if urn.startswith(POLICE):
        read = policed_incidents(person, on=on).filter(pk=incident_id).exists()
        return reverse("incidents:police", args=[incident_id]) if read else None
    if handled_incidents(person, on=on).filter(pk=incident_id).exists():
        return reverse("incidents:incident", args=[incident_id])
    if own_incidents(person).filter(pk=incident_id).exists():
        return reverse("incidents:own_incident", args=[incident_id])
    return None


def _norm_address(urn: str, person: Person, *, on: date) -> str | None:
    """The page of a version of the norm, or of a meeting about it."""
    key = UUID(urn.rsplit(":", 1)[-1])
    if urn.startswith(NORM_MEETING):
        reach = met_departments(person, on=on).order_by().values("pk")
        there = NormMeeting.objects.filter(pk=key, department__in=reach).exists()
        return reverse("incidents:norm_meeting", args=[key]) if there else None
    return reverse("incidents:norm_version", args=[key]) if norms_for(person, on=on).filter(pk=key).exists() else None
