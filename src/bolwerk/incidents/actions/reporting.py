"""Reporting: what lands here is never lost and never doubled."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from bolwerk.accounts.models import Department, Person
from bolwerk.audit.rules.chain import Fact
from bolwerk.deadlines.actions import keep_away
from bolwerk.incidents.actions.care.people import Known, add_concerned
from bolwerk.incidents.actions.clocks import start_first_clocks
from bolwerk.incidents.actions.noting import REPORTING, note
from bolwerk.incidents.actions.numbering import new_reference
from bolwerk.incidents.models import Addition, Incident
from bolwerk.incidents.queries import kept_away
from bolwerk.incidents.queries.names import care_urn, police_urn, response_urn
from bolwerk.incidents.rules import FOR_OTHERS, ByWhom, Facts, Receiver, check_moment
from bolwerk.incidents.rules.care import Capacity


@dataclass(frozen=True)
class Sending:
    """How somebody reports, who reads it, and who is said to have done it and so must not."""

    by_whom: ByWhom = ByWhom.SELF
    receiver: Receiver = Receiver.MANAGER
    chosen_manager: Person | None = None
    kept_from: Person | None = None
    department: Department | None = None  # only where nobody is known from whom it follows


USUAL = Sending()


@transaction.atomic
def report(
    *,
    facts: Facts,
    happened_to: Person,
    by: Person,
    at: datetime,
    submission_key: UUID,
    sending: Sending = USUAL,
) -> Incident:
    """Take in a report, start its clocks and write both down in the trail. Return the incident.

    `submission_key` comes from the form. A second arrival with the same key returns the first incident and changes
    nothing: an impatient thumb or a resent request is one report. Raises NotYetHappenedError.
    """
    check_moment(facts.occurred_at, at=at)
    incident = Incident(
        reporter=by,
        submission_key=submission_key,
        reference=new_reference(),
        happened_to=happened_to,
        department=sending.department or happened_to.department,
        kind=facts.kind,
        channel=facts.channel,
        kind_own=facts.kind_own,
        channel_own=facts.channel_own,
        place=facts.place,
        occurred_at=facts.occurred_at,
        occurred_uncertain=facts.occurred_uncertain,
        safety=facts.safety,
        words=facts.words,
        reported_at=at,
        **_sent(sending, for_other=happened_to.pk != by.pk),
    )
    try:
        with transaction.atomic():
            incident.save(force_insert=True)
    except IntegrityError:  # most reports arrive once: nobody is asked first whether this one did
        if had := Incident.objects.filter(reporter=by, submission_key=submission_key).first():
            return had
        raise
    told: dict[str, Fact] = {"kind": facts.kind.value, "for_colleague": incident.for_colleague}
    note("incidents.incident.reported", incident=incident, by=by, at=at, activity=REPORTING, **told)
    keep_others_away(incident=incident, at=at)
    start_first_clocks(incident=incident, at=at)
    if incident.by_whom == ByWhom.WITNESS and incident.for_colleague:
        add_concerned(incident=incident, known=Known(Capacity.WITNESS, by), by=by, at=at)
    return incident


def _sent(sending: Sending, *, for_other: bool) -> dict[str, Any]:
    usual = ByWhom.COLLEAGUE if for_other else ByWhom.SELF
    return {
        "by_whom": sending.by_whom if for_other and sending.by_whom in FOR_OTHERS else usual,
        "receiver": sending.receiver,
        "chosen_manager": sending.chosen_manager if sending.receiver is Receiver.OTHER_MANAGER else None,
        "kept_from": sending.kept_from,
    }


def keep_others_away(*, incident: Incident, at: datetime) -> None:
    """No task and no mail of this report for whom it is about, nor for managers past whom it was reported."""
    for person in kept_away(incident, on=timezone.localdate(at)):
        for subject in (incident.urn, response_urn(incident), care_urn(incident), police_urn(incident)):
            keep_away(subject=subject, person=person, by=incident.reporter.urn, at=at)


@dataclass(frozen=True)
class Arrival:
    """A report that a phone sealed earlier: what it tells, of whom, and both moments by the phone's own clock."""

    facts: Facts
    happened_to: Person
    pressed_at: datetime
    phone: datetime
    sending: Sending = USUAL
    more: tuple[str, ...] = ()  # what was told beyond what fits in a report


@transaction.atomic
def report_sealed(*, arrival: Arrival, by: Person, at: datetime, submission_key: UUID) -> Incident:
    """Take in a report that waited on a phone, exactly once however often it is sent; note both clocks in the trail.

    Raises NotYetHappenedError.
    """
    had = Incident.objects.filter(reporter=by, submission_key=submission_key).first()
    if had:
        return had
    facts, who = arrival.facts, arrival.happened_to
    key, sending = submission_key, arrival.sending
    incident = report(facts=facts, happened_to=who, by=by, at=at, submission_key=key, sending=sending)
    for number, text in enumerate(arrival.more, start=1):  # a moment apart, so that they stay in order
        add_details(incident=incident, text=text, by=by, at=at + timedelta(microseconds=number))
    clocks = {"pressed_at": arrival.pressed_at.isoformat(), "phone": arrival.phone.isoformat()}
    note("incidents.incident.arrived_later", incident=incident, by=by, at=at, activity=REPORTING, **clocks)
    return incident


@transaction.atomic
def add_details(*, incident: Incident, text: str, by: Person, at: datetime) -> Addition:
    """Add what the reporter, or the person it happened to, remembered later. The first words stay as they were."""
    addition = Addition.objects.create(incident=incident, by=by, at=at, text=text)
    note("incidents.incident.details_added", incident=incident, by=by, at=at, activity=REPORTING)
    return addition
