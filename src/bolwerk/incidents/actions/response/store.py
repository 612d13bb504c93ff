"""The store of persons: who a report is about, kept apart, each search with its reason in the trail."""

from datetime import datetime

from django.db import IntegrityError, transaction

from bolwerk.accounts.models import Person
from bolwerk.audit.actions import record
from bolwerk.audit.middleware import current_trace_id, traced
from bolwerk.deadlines.actions import keep_away
from bolwerk.incidents.actions.numbering import new_reference
from bolwerk.incidents.actions.response.index import index_person
from bolwerk.incidents.actions.response.noting import ACTIVITY, note
from bolwerk.incidents.models import Incident, Perpetrator, PerpetratorChange, PerpetratorLink
from bolwerk.incidents.queries.names import care_urn, police_urn, response_urn
from bolwerk.processing.actions import log_processing

STORE = "urn:bolwerk:incidents:perpetrators"
CORRECTABLE = ("name", "address", "traits", "objection")
TRIES = 5


class SamePersonError(ValueError):
    """These two cannot be merged: they are one already, or one of them was merged before."""


@transaction.atomic
def record_person_search(
    *, reason: str, found: list[Perpetrator], by: Person, at: datetime, about: str = STORE
) -> None:
    """Write down that somebody searched for a person, and why, before anything is on the screen."""
    with traced(current_trace_id()):
        log_processing(ACTIVITY, name="incidents.perpetrator.searched", subjects=[one.urn for one in found], at=at)
        shown = len(found)
        record("incidents.perpetrator.searched", subject=about, actor=by.urn, at=at, reason=reason, shown=shown)


@transaction.atomic
def add_person(
    *, name: str, address: str, traits: str, employee: Person | None, by: Person, at: datetime
) -> Perpetrator:
    """Put somebody in the store: by name, as a colleague, or only described."""
    known = {"name": employee.name if employee else name, "address": address, "traits": traits, "employee": employee}
    for _try in range(TRIES):
        try:
            with transaction.atomic():
                person = Perpetrator.objects.create(number=new_reference(), created_at=at, **known)
            break
        except IntegrityError:
            continue
    else:
        raise RuntimeError("no free number was found")
    index_person(person=person)
    _note("incidents.perpetrator.added", person, by=by, at=at)
    return person


def _note(event: str, person: Perpetrator, *, by: Person, at: datetime, reason: str = "") -> None:
    with traced(current_trace_id()):
        log_processing(ACTIVITY, name=event, subjects=[person.urn], at=at)
        record(event, subject=person.urn, actor=by.urn, at=at, reason=reason)


@transaction.atomic
def link_person(*, incident: Incident, perpetrator: Perpetrator, by: Person, at: datetime) -> PerpetratorLink:
    """Say who an incident is about. A colleague who is meant sees nothing of it from then on, not even a task."""
    link, _new = PerpetratorLink.objects.update_or_create(
        incident=incident, defaults={"perpetrator": perpetrator, "by": by, "at": at}
    )
    link.incident = incident  # so that whoever holds this incident sees its link as it is now
    if perpetrator.employee is not None:
        for subject in (incident.urn, response_urn(incident), care_urn(incident), police_urn(incident)):
            keep_away(subject=subject, person=perpetrator.employee, by=by.urn, at=at)
    note("incidents.perpetrator.linked", incident=incident, by=by, at=at)
    return link


@transaction.atomic
def correct_person(
    *, perpetrator: Perpetrator, values: dict[str, str], why: str, by: Person, at: datetime
) -> Perpetrator:
    """Correct what is kept, or note an objection; what it said before stays in the history."""
    now = Perpetrator.objects.select_for_update().get(pk=perpetrator.pk)
    for field in CORRECTABLE:
        before = getattr(now, field)
        if field in values and values[field] != before:
            PerpetratorChange.objects.create(perpetrator=now, field=field, before=before, why=why, by=by, at=at)
            setattr(now, field, values[field])
    now.save()
    index_person(person=now)
    _note("incidents.perpetrator.corrected", now, by=by, at=at)
    return now


@transaction.atomic
def merge_persons(*, perpetrator: Perpetrator, into: Perpetrator, why: str, by: Person, at: datetime) -> None:
    """Say that two rows are one person. Both stay, so that it can be undone.

    A colleague is never merged into somebody else: merge the other row into theirs. Raises SamePersonError.
    """
    rows = Perpetrator.objects.select_for_update().filter(pk__in=[perpetrator.pk, into.pk]).order_by("pk")
    found = {row.pk: row for row in rows}
    one, other = found[perpetrator.pk], found[into.pk]
    other_colleague = one.employee_id is not None and one.employee_id != other.employee_id
    if one.pk == other.pk or one.merged_into_id or other.merged_into_id or one.merged.exists() or other_colleague:
        raise SamePersonError
    one.merged_into = other
    one.save(update_fields=["merged_into"])
    PerpetratorChange.objects.create(perpetrator=one, field="merged", before="", why=why, by=by, at=at)
    _note("incidents.perpetrator.merged", one, by=by, at=at, reason=why)


@transaction.atomic
def undo_merge(*, perpetrator: Perpetrator, why: str, by: Person, at: datetime) -> None:
    """Say that they are two persons after all. Raises SamePersonError when it was not merged."""
    now = Perpetrator.objects.select_for_update().get(pk=perpetrator.pk)
    if now.merged_into_id is None:
        raise SamePersonError
    now.merged_into = None
    now.save(update_fields=["merged_into"])
    PerpetratorChange.objects.create(perpetrator=now, field="unmerged", before="", why=why, by=by, at=at)
    _note("incidents.perpetrator.unmerged", now, by=by, at=at, reason=why)


def record_extract(*, perpetrator: Perpetrator, by: Person, at: datetime) -> None:
    """Write down that somebody looked at everything that is kept of a person."""
    _note("incidents.perpetrator.read", perpetrator, by=by, at=at)
