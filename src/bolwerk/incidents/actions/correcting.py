"""A report belongs to whoever sent it: setting it right, and taking it back. What it said before stays to be read."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from bolwerk.accounts.models import Person
from bolwerk.incidents.actions.clocks import start_clocks
from bolwerk.incidents.actions.handling import change_status, lock
from bolwerk.incidents.actions.noting import REPORTING, note
from bolwerk.incidents.models import Correction, Incident
from bolwerk.incidents.rules import ENDED, Channel, Kind, Status, StepNotAllowedError, check_moment


@dataclass(frozen=True)
class Told:
    """What a reporter can set right later."""

    kind: Kind
    channel: Channel
    occurred_at: datetime
    place: str
    words: str
    occurred_uncertain: bool
    kind_own: str = ""
    channel_own: str = ""


def told_in(*, incident: Incident) -> Told:
    """What a report says now."""
    return Told(
        Kind(incident.kind),
        Channel(incident.channel),
        incident.occurred_at,
        incident.place,
        incident.words,
        incident.occurred_uncertain,
        incident.kind_own,
        incident.channel_own,
    )


@transaction.atomic
def correct(*, incident: Incident, told: Told, by: Person, at: datetime, seen: int) -> Incident:
    """Set a report right; what it said before is kept. Another kind may owe more care: those clocks start now.

    Raises ChangedMeanwhileError, NotYetHappenedError, and StepNotAllowedError once the report has ended or when `by`
    did not send it. Nothing is written when nothing is different.
    """
    incident = lock(incident=incident, seen=seen)
    codes = {"kind": incident.kind_code, "channel": incident.channel_code}
    if incident.reporter_id != by.pk or incident.status in ENDED:
        raise StepNotAllowedError
    check_moment(told.occurred_at, at=at)
    had, now = vars(told_in(incident=incident)), vars(told)
    changed = [name for name in now if now[name] != had[name]]
    if not changed:
        return incident
    for name in changed:
        setattr(incident, name, now[name])
    incident.save(update_fields=[*changed, "version"])
    before = {name.removesuffix("_own"): _as_text(had[name]) for name in changed}
    before |= {name: code for name, code in codes.items() if name in before}
    Correction.objects.create(incident=incident, by=by, at=at, before=before)
    note("incidents.incident.corrected", incident=incident, by=by, at=at, activity=REPORTING, fields=len(changed))
    if "kind" in changed:
        start_clocks(incident=incident, at=at)
    return incident


def withdraw(*, incident: Incident, reason: str, by: Person, at: datetime, seen: int) -> Incident:
    """Take a report back: its clocks stop, and it stays readable with what was done.

    Raises ChangedMeanwhileError, StepNotAllowedError.
    """
    return change_status(incident=incident, to=Status.WITHDRAWN, by=by, at=at, seen=seen, reason=reason)


def _as_text(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
