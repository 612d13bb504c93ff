"""Measures: proposed, decided by somebody else, sent, reviewed, and over. Every step is one move of the table."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from bolwerk.accounts.models import Person
from bolwerk.audit.actions import SYSTEM
from bolwerk.documents.models import Document
from bolwerk.documents.rules import Kind as Paper
from bolwerk.incidents.access import hats_for
from bolwerk.incidents.actions.meanwhile import ChangedMeanwhileError
from bolwerk.incidents.actions.response import clocks
from bolwerk.incidents.actions.response.noting import note
from bolwerk.incidents.models import Incident, Measure, MeasureEvent, Objection, ReactionSent, Response
from bolwerk.incidents.queries.response import decider_for, gate_of, ladder, proposal_for, response_of
from bolwerk.incidents.rules.ladder import Need, PlanError, Step, check_plan
from bolwerk.incidents.rules.measures import (
    NOTHING_SAID,
    OVER,
    Event,
    LetterMissingError,
    MoveNotAllowedError,
    Plan,
    Said,
    State,
    WordsMissingError,
    check_four_eyes,
    check_move,
)
from bolwerk.incidents.rules.objections import ObjectionState


def _checked(incident: Incident, plan: Plan) -> Step:
    """What the matrix proposes. Raises PlanError, and WordsMissingError when the plan differs without a reason."""
    rung = ladder()[plan.step]
    check_plan(rung, starts_on=plan.starts_on, ends_on=plan.ends_on, review_on=plan.review_on)
    proposal = proposal_for(incident, response_of(incident))
    if proposal is None:
        raise MoveNotAllowedError("nothing is established yet")
    if proposal.step is not plan.step and not plan.deviation.strip():
        raise WordsMissingError
    return proposal.step


def _values(plan: Plan) -> dict[str, Any]:
    """The plan as the table keeps it."""
    values = asdict(plan)
    arrangement = {"contact": values.pop("contact"), "ways": list(values.pop("ways"))}
    return values | {"areas": [asdict(area) for area in plan.areas], "arrangement": arrangement}


@transaction.atomic
def propose(*, incident: Incident, plan: Plan, by: Person, at: datetime) -> Measure:
    """Propose a measure. Raises PlanError, WordsMissingError, MoveNotAllowedError when nothing is established."""
    proposed_step = _checked(incident, plan)
    decider = decider_for(incident, plan.step)
    measure = Measure.objects.create(
        incident=incident, proposed_step=proposed_step, decider=decider, proposed_by=by, proposed_at=at, **_values(plan)
    )
    Response.objects.filter(incident=incident).update(ended_at=None)
    MeasureEvent.objects.create(measure=measure, event="propose", by=by, at=at)
    note("incidents.measure.proposed", incident=incident, by=by, at=at, step=plan.step.value)
    return measure


def _lock(measure: Measure, seen: int) -> Measure:
    now = Measure.objects.select_for_update().get(pk=measure.pk)
    if now.version != seen:
        raise ChangedMeanwhileError
    now.incident = measure.incident
    now.version += 1
    return now


def _gate(measure: Measure) -> list[Need]:
    return gate_of(measure, response_of(measure.incident), ladder()[Step(measure.step)].needs)


@transaction.atomic
def change_measure(*, measure: Measure, plan: Plan, by: Person, at: datetime, seen: int) -> Measure:
    """Change a proposal. Whoever changes it is from then on whoever proposes it: four eyes look at what they decide.

    Raises ChangedMeanwhileError, MoveNotAllowedError, PlanError, WordsMissingError.
    """
    measure = _lock(measure, seen)
    today = timezone.localdate(at)
    check_move(measure.stands(on=today), Event.CHANGE, hats=hats_for(by, measure, on=today), gate=[])
    measure.proposed_step = _checked(measure.incident, plan)
    measure.decider = decider_for(measure.incident, plan.step)
    for name, value in _values(plan).items():
        setattr(measure, name, value)
    measure.proposed_by = by
    measure.save()
    _wrote(measure, Event.CHANGE, by=by, at=at)
    return measure


def _wrote(measure: Measure, event: Event, *, by: Person | None, at: datetime, words: str = "") -> None:
    MeasureEvent.objects.create(measure=measure, event=event, by=by, at=at, words=words)
    _keep_end(measure.incident, at=at)
    note("incidents.measure.moved", incident=measure.incident, by=by, at=at, move=event.value)


def _keep_end(incident: Incident, *, at: datetime) -> None:
    """The retention of the track runs from the moment at which every measure and objection is over."""
    going = Measure.objects.filter(incident=incident).exclude(state__in=OVER).exists()
    running = Objection.objects.filter(measure__incident=incident, state=ObjectionState.RUNNING).exists()
    Response.objects.filter(incident=incident).update(ended_at=None if going or running else at)


def _decided(measure: Measure, by: Person, at: datetime, _day: date | None) -> None:
    check_four_eyes(Step(measure.step), proposed_by=measure.proposed_by_id, decided_by=by.pk)
    measure.decided_by = by
    clocks.decision_taken(measure=measure, by=by.urn, at=at)


def _asked(measure: Measure, by: Person, at: datetime, _day: date | None) -> None:
    clocks.ask_decider(measure=measure, by=by.urn, at=at)


def _refused(measure: Measure, by: Person, at: datetime, _day: date | None) -> None:
    measure.decided_by = by
    clocks.decision_taken(measure=measure, by=by.urn, at=at)


def _sent(measure: Measure, by: Person, at: datetime, day: date | None) -> None:
    papers = Document.objects.filter(subject=measure.urn, kind=Paper.LETTER)
    if measure.step != Step.SPOKEN_TO and not papers.exists():
        raise LetterMissingError
    measure.sent_on = day or timezone.localdate(at)
    ReactionSent.objects.create(incident=measure.incident, by=by, at=at)
    clocks.stop_first_response(incident=measure.incident, by=by.urn, at=at)
    clocks.start_measure_clocks(measure=measure, by=by.urn, at=at)


def _reviewed(measure: Measure, by: Person, at: datetime, day: date | None) -> None:
    clocks.review_done(measure=measure, day=measure.review_on, by=by.urn, at=at)
    if day is not None:
        rung = ladder()[Step(measure.step)]
        check_plan(rung, starts_on=measure.starts_on, ends_on=measure.ends_on, review_on=day)
        if day <= timezone.localdate(at):
            raise PlanError("day", "")
    measure.review_on = day
    clocks.set_review(measure=measure, by=by.urn, at=at)


def _stopped(measure: Measure, by: Person, at: datetime, _day: date | None) -> None:
    clocks.stop_measure_clocks(measure=measure, by=by.urn, at=at)


CONSEQUENCES: dict[Event, Callable[[Measure, Person, datetime, date | None], None]] = {
    Event.ASK: _asked,
    Event.DECIDE: _decided,
    Event.REFUSE: _refused,
    Event.SEND: _sent,
    Event.REVIEW: _reviewed,
    Event.LIFT: _stopped,
    Event.WITHDRAW: _stopped,
}


@transaction.atomic
def move_measure(
    *, measure: Measure, event: Event, by: Person, at: datetime, seen: int, said: Said = NOTHING_SAID
) -> Measure:
    """Take one step with a measure.

    Raises ChangedMeanwhileError; MoveNotAllowedError, or one of its kinds: GateOpenError, FourEyesError,
    WordsMissingError, LetterMissingError; PlanError when the next review lies outside the measure.
    """
    measure = _lock(measure, seen)
    today = timezone.localdate(at)
    hats, state = hats_for(by, measure, on=today), measure.stands(on=today)
    measure.state = check_move(state, event, hats=hats, gate=_gate(measure), words=said.words)
    if event in CONSEQUENCES:
        CONSEQUENCES[event](measure, by, at, said.day)
    measure.save()
    _wrote(measure, event, by=by, at=at, words=said.words)
    return measure


@transaction.atomic
def end_measures(*, at: datetime) -> int:
    """End every measure whose last day has passed; return how many. Pages show it ended from that day already."""
    today = timezone.localdate(at)
    rows = Measure.objects.select_for_update().filter(state=State.SENT, ends_on__lt=today).order_by("pk")
    for measure in list(rows):
        measure.state = State.ENDED
        measure.version += 1
        measure.save(update_fields=["state", "version"])
        clocks.stop_measure_clocks(measure=measure, by=SYSTEM, at=at)
        _wrote(measure, Event.END, by=None, at=at)
    return len(rows)


@transaction.atomic
def objections_changed(*, incident: Incident, at: datetime) -> None:
    """An objection came in or was answered: the retention of the track follows."""
    _keep_end(incident, at=at)
