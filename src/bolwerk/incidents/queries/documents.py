"""Who may read what was sent along with a report, and what was written about it."""

from datetime import date
from uuid import UUID

from bolwerk.accounts.models import Person
from bolwerk.documents.rules import Kind
from bolwerk.incidents.access import hats_for, hats_of, may_handle, policed_incidents
from bolwerk.incidents.models import Incident, Measure, PerpetratorLink
from bolwerk.incidents.rules import HANDLERS, Hat

MEASURE = "urn:bolwerk:incidents:measure:"
POLICE = "urn:bolwerk:incidents:police:"
RESPONSE = "incidents.response"
REPORTED = "incidents.police"
CARE = "incidents.care"  # the processing activity, see content/activities.*.yaml


def may_read_documents(urn: str, *, kind: str, person: Person, on: date) -> bool:
    """Whether `person` may read documents of this kind that belong to an incident.

    Photos and voice notes: everybody who may read the report. Files, letters and reports: who looks after it. What
    came in before it was cleaned: the coordinator alone.
    """
    if urn.startswith(MEASURE):
        return _may_read_letters(urn, person=person, on=on)
    if urn.startswith(POLICE):
        return policed_incidents(person, on=on).filter(pk=_key(urn)).exists()
    incident = (
        Incident.objects.select_related("perpetrator_link__perpetrator__merged_into").filter(pk=_key(urn)).first()
    )
    hats = hats_of(person, incident, on=on) if incident else frozenset()
    if kind in {Kind.PHOTO, Kind.VOICE}:
        return bool(hats)
    return may_handle(hats) if kind in Kind.values else Hat.COORDINATOR in hats


def may_remove_documents(urn: str, *, kind: str, person: Person, on: date) -> bool:  # noqa: ARG001  as may_read_documents
    """Whether `person` may take a photo or a file away: who looks after what it belongs to, and so may read files."""
    return may_read_documents(urn, kind=Kind.FILE.value, person=person, on=on)


def _may_read_letters(urn: str, *, person: Person, on: date) -> bool:
    """Letters of a measure: whoever looks after the incident or decides the measure. Never the victim."""
    measure = (
        Measure.objects.select_related("incident__perpetrator_link__perpetrator__merged_into")
        .filter(pk=_key(urn))
        .first()
    )
    hats = hats_for(person, measure, on=on) if measure else frozenset()
    return bool(hats & (HANDLERS | {Hat.DECIDER}))


def people_in_documents(urn: str) -> tuple[str, list[str]]:
    """The activity of documents of an incident, and of whom they tell: whoever reported, and whom it happened to.

    Letters of a measure are about the person it is against.
    """
    if urn.startswith(MEASURE):
        links = PerpetratorLink.objects.filter(incident__measures=_key(urn)).values_list("perpetrator_id", flat=True)
        return RESPONSE, [f"urn:bolwerk:incidents:perpetrator:{pk}" for pk in links]
    incident = Incident.objects.select_related("reporter", "happened_to").filter(pk=_key(urn)).first()
    if urn.startswith(POLICE):
        return REPORTED, [incident.happened_to.urn] if incident else []
    people = [incident.reporter.urn, incident.happened_to.urn] if incident else []
    return CARE, list(dict.fromkeys(people))


def _key(urn: str) -> UUID:
    return UUID(urn.rsplit(":", 1)[-1])
