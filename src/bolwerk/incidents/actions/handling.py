"""Handling: who looks after an incident, and where it stands."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from bolwerk.accounts.models import Person
from bolwerk.incidents.access import hats_of, may_handle
from bolwerk.incidents.actions.clocks import hand_over_feedback, stop_all_clocks
from bolwerk.incidents.actions.meanwhile import ChangedMeanwhileError
from bolwerk.incidents.actions.noting import note
from bolwerk.incidents.actions.police.clocks import stop_police_clock
from bolwerk.incidents.models import Assignment, Incident, StatusChange
from bolwerk.incidents.queries import open_duties
from bolwerk.incidents.rules import ENDED, Status, check_step


class NotAHandlerError(Exception):
    """The incident cannot be given to somebody who may not read it."""


def lock(*, incident: Incident, seen: int) -> Incident:
    """Lock the row and return it as it is now.

    Raises ChangedMeanwhileError when it moved on since version `seen`, and when its people and words were erased.
    """
    now = Incident.objects.select_for_update().get(pk=incident.pk)
    if now.version != seen or now.erased_at is not None:
        raise ChangedMeanwhileError
    now.version += 1
    return now


@transaction.atomic
def assign(*, incident: Incident, to: Person, by: Person, at: datetime, seen: int) -> Incident:
    """Ask somebody to handle an incident. `seen` is the version that `by` had on the screen.

    Raises ChangedMeanwhileError, and NotAHandlerError when `to` may not read it.
    """
    incident = lock(incident=incident, seen=seen)
    if not may_handle(hats_of(to, incident, on=timezone.localdate(at))):
        raise NotAHandlerError
    incident.assigned_to = to
    incident.save(update_fields=["assigned_to", "version"])
    Assignment.objects.create(incident=incident, by=by, at=at, to=to)
    note("incidents.incident.assigned", incident=incident, by=by, at=at, to=to.urn)
    hand_over_feedback(incident=incident, to=to, by=by, at=at)
    return incident


@transaction.atomic
def change_status(*, incident: Incident, to: Status, by: Person, at: datetime, seen: int, reason: str = "") -> Incident:
    """Move an incident to another status and write that down in the trail.

    The row is locked first: two handlers closing the same incident must not both win. Raises ChangedMeanwhileError;
    StepNotAllowedError when the step is not in ALLOWED_STEPS for `by`, or DutiesOpenError or ReasonMissingError.
    """
    incident = lock(incident=incident, seen=seen)
    now = Status(incident.status)
    hats = hats_of(by, incident, on=timezone.localdate(at))
    owed = frozenset(open_duty.duty for open_duty in open_duties(incident, at=at))
    check_step(now, to, hats=hats, open_duties=owed, reason=reason)
    incident.status = to
    incident.closed_at = at if to in ENDED else None  # opened again: its retention starts anew
    incident.save(update_fields=["status", "closed_at", "version"])
    StatusChange.objects.create(incident=incident, by=by, at=at, from_status=now, to_status=to, reason=reason)
    note("incidents.incident.status_changed", incident=incident, by=by, at=at, status=to.value)
    if to in ENDED:
        stop_all_clocks(incident=incident, by=by, at=at, by_mistake=now is Status.NEW or to is Status.WITHDRAWN)
    if to is Status.WITHDRAWN or (now, to) == (Status.NEW, Status.CLOSED):
        stop_police_clock(incident=incident, by=by.urn, at=at)
    return incident
