"""Reporting: what lands here is never lost and never doubled."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from bolwerk.accounts.models import Person
from bolwerk.audit.rules.chain import Fact
from bolwerk.incidents.actions.clocks import start_clocks
from bolwerk.incidents.actions.noting import REPORTING, note
from bolwerk.incidents.actions.numbering import new_reference
from bolwerk.incidents.models import Addition, Incident
from bolwerk.incidents.rules import Facts, check_moment


@transaction.atomic
def report(*, facts: Facts, happened_to: Person, by: Person, at: datetime, submission_key: UUID) -> Incident:
    """Take in a report, start its clocks and write both down in the trail. Return the incident.

    `submission_key` comes from the form. A second arrival with the same key returns the first incident and changes
    nothing: an impatient thumb or a resent request is one report. Raises NotYetHappenedError.
    """
    check_moment(facts.occurred_at, at=at)
    incident, is_new = Incident.objects.get_or_create(
        reporter=by,
        submission_key=submission_key,
        defaults={
            "reference": new_reference(),
            "happened_to": happened_to,
            "department": happened_to.department,
            "kind": facts.kind,
            "channel": facts.channel,
            "kind_own": facts.kind_own,
            "channel_own": facts.channel_own,
            "place": facts.place,
            "occurred_at": facts.occurred_at,
            "occurred_uncertain": facts.occurred_uncertain,
            "safety": facts.safety,
            "words": facts.words,
            "reported_at": at,
        },
    )
    if is_new:
        told: dict[str, Fact] = {"kind": facts.kind.value, "for_colleague": incident.for_colleague}
        note("incidents.incident.reported", incident=incident, by=by, at=at, activity=REPORTING, **told)
        start_clocks(incident=incident, at=at)
    return incident


@dataclass(frozen=True)
class Arrival:
    """A report that a phone sealed earlier: what it tells, of whom, and both moments by the phone's own clock."""

    facts: Facts
    happened_to: Person
    pressed_at: datetime
    phone: datetime


@transaction.atomic
def report_sealed(*, arrival: Arrival, by: Person, at: datetime, submission_key: UUID) -> Incident:
    """Take in a report that waited on a phone, exactly once however often it is sent; note both clocks in the trail.

    Raises NotYetHappenedError.
    """
    had = Incident.objects.filter(reporter=by, submission_key=submission_key).first()
    if had:
        return had
    facts, who = arrival.facts, arrival.happened_to
    incident = report(facts=facts, happened_to=who, by=by, at=at, submission_key=submission_key)
    clocks = {"pressed_at": arrival.pressed_at.isoformat(), "phone": arrival.phone.isoformat()}
    note("incidents.incident.arrived_later", incident=incident, by=by, at=at, activity=REPORTING, **clocks)
    return incident


@transaction.atomic
def add_details(*, incident: Incident, text: str, by: Person, at: datetime) -> Addition:
    """Add what the reporter, or the person it happened to, remembered later. The first words stay as they were."""
    addition = Addition.objects.create(incident=incident, by=by, at=at, text=text)
    note("incidents.incident.details_added", incident=incident, by=by, at=at, activity=REPORTING)
    return addition
