"""Meetings about the norm: planned, prepared, held; their clocks."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.models import Department, Person
from bolwerk.accounts.queries import people_with
from bolwerk.accounts.rules import Role
from bolwerk.audit.actions import record
from bolwerk.deadlines.actions import cancel, complete, move, queue_mail, start_clock
from bolwerk.deadlines.models import Message
from bolwerk.deadlines.queries import Owner
from bolwerk.deadlines.rules import Clock, Term, Unit, due
from bolwerk.incidents.actions.meanwhile import ChangedMeanwhileError
from bolwerk.incidents.models import NormMeeting, NormMeetingChange
from bolwerk.incidents.queries.names import HOLD_MEETING
from bolwerk.incidents.queries.norms import norm_in_force
from bolwerk.incidents.rules.norm_meetings import Held, MeetingEvent, Preparation, check_held
from bolwerk.incidents.rules.norms import NormError

MEETING = "meeting"
NORM_PAGE = "/meldingen/norm/"
COORDINATOR = Owner(role=Role.AGGRESSION_COORDINATOR)


@transaction.atomic
def plan_meeting(*, department: Department, planned_on: date, by: Person, at: datetime) -> NormMeeting:
    """Plan a meeting; its clock rings on the day. Raises NormError when the team has one planned already."""
    if planned_on < timezone.localdate(at):
        raise NormError(_("Choose today or a later day."), field="planned_on")
    if NormMeeting.objects.filter(department=department, over_at=None).exists():
        raise NormError(_("A meeting of this team is planned already."))
    meeting = NormMeeting.objects.create(department=department, planned_on=planned_on, by=by)
    days = max((planned_on - timezone.localdate(at)).days, 1)
    managers = people_with(Role.MANAGER, on=timezone.localdate(at), department=department)
    owner = Owner(role=Role.MANAGER, department=department) if managers.exists() else COORDINATOR
    clock = Clock(MEETING, HOLD_MEETING, Term(days, Unit.DAYS))
    later = [] if owner == COORDINATOR else [COORDINATOR]
    start_clock(subject=meeting.urn, clock=clock, owner=owner, escalate_to=later, by=by.urn, at=at)
    record("incidents.norm_meeting.planned", subject=meeting.urn, actor=by.urn, at=at)
    return meeting


@transaction.atomic
def prepare_meeting(*, meeting: NormMeeting, done: Sequence[Preparation], by: Person, at: datetime) -> None:
    """Tick what is prepared."""
    ticked = [one.value for one in Preparation if one in done]
    NormMeeting.objects.filter(pk=meeting.pk, over_at=None).update(prepared=ticked)
    record("incidents.norm_meeting.prepared", subject=meeting.urn, actor=by.urn, at=at, done=len(ticked))


@transaction.atomic
def hold_meeting(*, meeting: NormMeeting, held: Held, by: Person, at: datetime, seen: int) -> NormMeeting:
    """Write down that it was held: with how many, what the team agreed, and the next date, which gets its own clock.

    Which version was discussed is that of the team on that day, else the organisation's. Raises NormError,
    ChangedMeanwhileError.
    """
    found = NormMeeting.objects.select_for_update(of=("self",)).select_related("department").get(pk=meeting.pk)
    if found.over_at or found.version != seen:
        raise ChangedMeanwhileError
    today = timezone.localdate(at)
    check_held(held, planned_on=found.planned_on, on=today)
    if found.exercises.filter(closed_at=None).exists():
        raise NormError(_("An exercise is still open. Close it first."))
    scope = str(found.department_id)
    found.norm = norm_in_force(on=found.planned_on, scope=scope) or norm_in_force(on=found.planned_on)
    found.present, found.outcomes, found.version = held.present, held.outcomes, found.version + 1
    found.held_at = found.over_at = at
    found.save()
    complete(subject=found.urn, key=MEETING, by=by.urn, at=at)
    if held.next_on:
        plan_meeting(department=found.department, planned_on=held.next_on, by=by, at=at)
    record("incidents.norm_meeting.held", subject=found.urn, actor=by.urn, at=at)
    return found


def _planned(meeting: NormMeeting, *, seen: int) -> NormMeeting:
    """A meeting that was not held yet, locked. Raises ChangedMeanwhileError, NormError while an exercise is open."""
    found = NormMeeting.objects.select_for_update(of=("self",)).select_related("department").get(pk=meeting.pk)
    if found.over_at or found.version != seen:
        raise ChangedMeanwhileError
    if found.exercises.filter(closed_at=None).exists():
        raise NormError(_("An exercise is still open. Close it first."))
    return found


@transaction.atomic
def move_meeting(*, meeting: NormMeeting, to: date, why: str, by: Person, at: datetime, seen: int) -> NormMeeting:
    """Hold a meeting on another day: its clock moves along, and the team hears of it. Raises as `cancel_meeting`."""
    found = _planned(meeting, seen=seen)
    if to < timezone.localdate(at) or to == found.planned_on:
        raise NormError(_("Choose today or a later day, and another one than now."), field="planned_on")
    _note_change(found, MeetingEvent.MOVED, why=why, by=by, at=at)
    found.planned_on = to
    found.version += 1
    found.save(update_fields=["planned_on", "version"])
    days = max((to - timezone.localdate(at)).days, 1)
    move(subject=found.urn, key=MEETING, to=due(at, Term(days, Unit.DAYS)), by=by.urn, at=at)
    record("incidents.norm_meeting.moved", subject=found.urn, actor=by.urn, at=at)
    return found


@transaction.atomic
def cancel_meeting(*, meeting: NormMeeting, why: str, by: Person, at: datetime, seen: int) -> NormMeeting:
    """Hold no meeting after all: its clock stops, and the team hears of it.

    Raises ChangedMeanwhileError; NormError without a reason, or while an exercise is open.
    """
    found = _planned(meeting, seen=seen)
    if not why.strip():
        raise NormError(_("Write why, so that the team knows."), field="why")
    _note_change(found, MeetingEvent.CANCELLED, why=why, by=by, at=at)
    found.cancelled_at = found.over_at = at
    found.version += 1
    found.save(update_fields=["cancelled_at", "over_at", "version"])
    cancel(subject=found.urn, key=MEETING, by=by.urn, at=at)
    record("incidents.norm_meeting.cancelled", subject=found.urn, actor=by.urn, at=at)
    return found


def _note_change(meeting: NormMeeting, event: MeetingEvent, *, why: str, by: Person, at: datetime) -> None:
    """A row of history, and a neutral mail to everybody of the team: the day stands on the page of the norm."""
    change = NormMeetingChange.objects.create(
        meeting=meeting, event=event, was_on=meeting.planned_on, why=why, by=by, at=at
    )
    for person in Person.objects.filter(is_active=True, department=meeting.department).exclude(pk=by.pk):
        queue_mail(
            person=person, kind=Message.Kind.NEWS, path=NORM_PAGE, cause=f"{meeting.urn}:{event}:{change.pk}", at=at
        )
