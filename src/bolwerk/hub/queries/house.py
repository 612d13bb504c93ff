"""What this room tells the rest of the house: its doors, and where a subject lives."""

from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.access import roles_of
from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import Role
from bolwerk.hub.access import ANALYSTS, OVERSEERS, READERS, findings_of
from bolwerk.hub.models import Assessment, Exclusion, Job, WorkList
from bolwerk.hub.queries.catalogue import rules_on
from bolwerk.ui.navigation import Door


def doors(person: Person, *, on: date) -> list[Door]:
    """One door: to the findings for those who may read them, to registers and rules for the privacy officer."""
    roles = roles_of(person, on=on)
    if roles & READERS:
        return [Door("hub:findings", _("Information hub"), "network")]
    return [Door("hub:sources", _("Information hub"), "network")] if roles & OVERSEERS else []


def tabs_of(roles: frozenset[Role]) -> list[tuple[str, str | Promise]]:
    """The pages of this room that somebody with these roles has, as tabs: address and text."""
    pages = (
        ("hub:findings", _("Findings"), READERS),
        ("hub:sources", _("Registers and rules"), OVERSEERS),
        ("hub:outlook", _("Looking ahead"), READERS),
        ("hub:yields", _("How often right"), OVERSEERS),
        ("hub:worklists", _("Work lists"), ANALYSTS),
        ("hub:exclusions", _("Left out"), ANALYSTS),
        ("hub:jobs", _("Jobs"), ANALYSTS),
    )
    return [(reverse(name), text) for name, text, who in pages if roles & who]


def address_of(urn: str, person: Person, *, on: date) -> str | None:
    """The page of a thing of this room for this person, or None when it does not exist for this person."""
    kind, key = urn.split(":")[3:5]
    roles = roles_of(person, on=on)
    if kind == "source" and roles & OVERSEERS:
        return reverse("hub:source", args=[key])
    if kind == "finding" and roles & READERS and findings_of(rules_on(on)).filter(pk=UUID(key)).exists():
        return reverse("hub:finding", args=[key])
    if kind == "assessment" and roles & OVERSEERS and Assessment.objects.filter(pk=UUID(key)).exists():
        return reverse("hub:assessment", args=[key])
    if kind == "job" and roles & ANALYSTS and Job.objects.filter(pk=UUID(key)).exists():
        return reverse("hub:job", args=[key])
    if kind == "worklist" and roles & ANALYSTS and WorkList.objects.filter(pk=UUID(key)).exists():
        return reverse("hub:worklist", args=[key])
    if kind == "exclusion" and roles & ANALYSTS and Exclusion.objects.filter(pk=UUID(key)).exists():
        return reverse("hub:exclusions")
    return None
