"""A run of a case: prepared, begun, led phase by phase by any facilitator, and ended (ADR 34)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from bolwerk.accounts.models import Person
from bolwerk.audit.actions import record
from bolwerk.circle.actions.cases import finish_case
from bolwerk.circle.actions.circles import ChangedMeanwhileError
from bolwerk.circle.models import Case, Circle, Intervision, Present, Session, Voted
from bolwerk.circle.queries.methods import copy_of, phases_of
from bolwerk.circle.rules import intervision as rules
from bolwerk.circle.rules.cases import CaseState
from bolwerk.circle.rules.circles import CircleError
from bolwerk.circle.rules.intervision import RunState, Timer
from bolwerk.circle.rules.methods import Form, Phase
from bolwerk.circle.rules.sessions import SessionState


@dataclass(frozen=True)
class RunPlan:
    """By which method a group works, on which case (or on one that it still chooses), and in which session."""

    method: str
    case: Case | None = None
    session: Session | None = None


@transaction.atomic
def plan_run(*, circle: Circle, plan: RunPlan, by: Person, at: datetime) -> Intervision:
    """Prepare a run. Raises CircleError for a method, case or session that cannot be used."""
    kept = copy_of(plan.method, case_known=plan.case is not None)
    if not kept:
        raise CircleError(_("There is no such method."), field="method")
    if plan.case is None and not any(phase["choosing"] for phase in next(iter(kept.values()))["phases"]):
        raise CircleError(_("With this method the group chooses no case. Choose one here."), field="case")
    _check_case(plan.case, circle)
    if plan.session and (plan.session.circle_id != circle.pk or plan.session.state == SessionState.CANCELLED):
        raise CircleError(_("Choose a session of this circle that takes place."), field="session")
    run = Intervision.objects.create(
        circle=circle, session=plan.session, case=plan.case, method=plan.method, kept=kept, led_by=by, planned_at=at
    )
    record("circle.intervision.planned", subject=run.urn, actor=by.urn, at=at)
    return run


def _check_case(case: Case | None, circle: Circle) -> None:
    if case is not None and (case.circle_id != circle.pk or case.state == CaseState.WITHDRAWN):
        raise CircleError(_("This case was taken back, or is of another circle. Choose another one."), field="case")


def _locked(run: Intervision, seen: int) -> Intervision:
    """The row, locked. Raises ChangedMeanwhileError for whoever presses second."""
    found = Intervision.objects.select_for_update(of=("self",)).select_related("circle", "case").get(pk=run.pk)
    if found.version != seen:
        raise ChangedMeanwhileError
    found.version += 1
    return found


def _lead(found: Intervision, by: Person) -> None:
    """Whoever presses leads from then on, and was there."""
    found.led_by = by
    found.save()
    Present.objects.get_or_create(intervision=found, person=by)


def _set(found: Intervision, timer: Timer) -> None:
    found.ends_at, found.left = timer.ends_at, timer.left


@transaction.atomic
def start_run(*, run: Intervision, seen: int, by: Person, at: datetime) -> Intervision:
    """Begin with the first phase. Raises CircleError, ChangedMeanwhileError."""
    found = _locked(run, seen)
    if found.state != RunState.READY:
        rules.check_step(RunState(found.state), RunState.RUNNING)
        raise ChangedMeanwhileError
    _check_case(found.case, found.circle)
    found.state, found.phase, found.sent, found.began_at = RunState.RUNNING, 0, 0, at
    _set(found, rules.begin(phases_of(found.kept)[0], at=at))
    _lead(found, by)
    record("circle.intervision.started", subject=found.urn, actor=by.urn, at=at)
    return found


@transaction.atomic
def next_phase(*, run: Intervision, seen: int, by: Person, at: datetime) -> Intervision:
    """Go on to the next phase. What was chosen is counted; of a choice of a case the most chosen one is taken.

    Raises CircleError (no next phase, or no case was chosen by most) and ChangedMeanwhileError.
    """
    found = _locked(run, seen)
    phases = phases_of(found.kept)
    rules.check_move(RunState(found.state), found.phase + 1, phases)
    leaving = phases[found.phase]
    if leaving.form is Form.CHOOSE:
        _close(found)  # before counting: whoever chooses at this very moment is counted, or is told
        if leaving.choosing and found.case is None:
            found.case = _chosen(found)
    return _go(found, found.phase + 1, by=by, at=at)


@transaction.atomic
def previous_phase(*, run: Intervision, seen: int, by: Person, at: datetime) -> Intervision:
    """Go back one phase. Raises CircleError, ChangedMeanwhileError."""
    found = _locked(run, seen)
    rules.check_move(RunState(found.state), found.phase - 1, phases_of(found.kept))
    return _go(found, found.phase - 1, by=by, at=at)


def _go(found: Intervision, to: int, *, by: Person, at: datetime) -> Intervision:
    timer = rules.begin(phases_of(found.kept)[to], at=at)
    found.phase, found.sent = to, 0
    _set(found, rules.pause(timer, at=at) if found.state == RunState.PAUSED else timer)
    _lead(found, by)
    return found


@transaction.atomic
def pick_case(*, run: Intervision, case: Case, seen: int, by: Person, at: datetime) -> Intervision:
    """Who leads takes a case when the group did not choose one. Raises CircleError, ChangedMeanwhileError."""
    found = _locked(run, seen)
    phase: Phase = phases_of(found.kept)[found.phase]
    if found.state not in rules.LIVE or not phase.choosing or found.case is not None:
        raise CircleError(_("The case is known already."))
    _check_case(case, found.circle)
    found.case = case
    _lead(found, by)
    record("circle.intervision.chosen", subject=found.urn, actor=by.urn, at=at)
    return found


def _chosen(found: Intervision) -> Case:
    """The case that most chose. Raises CircleError when there is none."""
    counts = dict(found.tallies.filter(phase=found.phase).values_list("option", "votes"))
    key = rules.winner(counts)
    case = Case.objects.filter(circle=found.circle, pk=key).exclude(state=CaseState.WITHDRAWN).first() if key else None
    if case is None:
        raise CircleError(
            _("No case was chosen most often by three people or more. Talk about it and choose one here.")
        )
    return case


def _close(found: Intervision) -> None:
    """Nobody chooses any more in a phase that is left: its counts are shown from now on."""
    row, _is_new = Voted.objects.get_or_create(intervision=found, phase=found.phase)
    Voted.objects.filter(pk=row.pk).update(closed=True)


def _timed(run: Intervision, seen: int, by: Person, change: Callable[[Timer], Timer], to: RunState) -> Intervision:
    found = _locked(run, seen)
    if RunState(found.state) != to:
        rules.check_step(RunState(found.state), to)
    _set(found, change(found.timer))
    found.state = to
    _lead(found, by)
    return found


@transaction.atomic
def pause_run(*, run: Intervision, seen: int, by: Person, at: datetime) -> Intervision:
    """Stop the timer: a break, or something came in between. Raises CircleError, ChangedMeanwhileError."""
    return _timed(run, seen, by, lambda timer: rules.pause(timer, at=at), RunState.PAUSED)


@transaction.atomic
def resume_run(*, run: Intervision, seen: int, by: Person, at: datetime) -> Intervision:
    """Go on after a pause. Raises CircleError, ChangedMeanwhileError."""
    if run.state == RunState.READY:
        raise CircleError(_("This intervision has not begun."))
    return _timed(run, seen, by, lambda timer: rules.go_on(timer, at=at), RunState.RUNNING)


@transaction.atomic
def extend_phase(*, run: Intervision, minutes: int, seen: int, by: Person, at: datetime) -> Intervision:
    """Give this phase more minutes. Raises CircleError, ChangedMeanwhileError."""
    if run.state not in rules.LIVE:
        raise CircleError(_("There is no such phase now."))
    state = RunState(run.state)
    return _timed(run, seen, by, lambda timer: rules.extend(timer, minutes, at=at), state)


@transaction.atomic
def finish_run(*, run: Intervision, seen: int, by: Person, at: datetime) -> Intervision:
    """The group is done: the case was worked on. Raises CircleError, ChangedMeanwhileError."""
    found = _end(run, seen, RunState.FINISHED, by=by, at=at)
    case = found.case
    if case is not None and case.state not in (CaseState.WITHDRAWN, CaseState.DONE):
        finish_case(case=case, seen=case.version, by=by, at=at)
    record("circle.intervision.finished", subject=found.urn, actor=by.urn, at=at)
    return found


@transaction.atomic
def stop_run(*, run: Intervision, seen: int, by: Person, at: datetime) -> Intervision:
    """End it before its time: the case stays as it was. Raises CircleError, ChangedMeanwhileError."""
    found = _end(run, seen, RunState.STOPPED, by=by, at=at)
    record("circle.intervision.stopped", subject=found.urn, actor=by.urn, at=at)
    return found


def _end(run: Intervision, seen: int, to: RunState, *, by: Person, at: datetime) -> Intervision:
    found = _locked(run, seen)
    rules.check_step(RunState(found.state), to)
    if phases_of(found.kept)[found.phase].form is Form.CHOOSE:
        _close(found)
    found.state, found.ended_at, found.ends_at, found.left = to, at, None, None
    _lead(found, by)
    return found
