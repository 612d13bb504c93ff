"""Objecting: what the person does against a measure, with the terms of the law."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from bolwerk.accounts.models import Person
from bolwerk.incidents.actions.response import clocks
from bolwerk.incidents.actions.response.measures import objections_changed
from bolwerk.incidents.actions.response.noting import note
from bolwerk.incidents.models import Measure, Objection
from bolwerk.incidents.rules.measures import MoveNotAllowedError, Route
from bolwerk.incidents.rules.objections import ObjectionState, Verdict


@dataclass(frozen=True)
class Received:
    """What came in against a measure."""

    route: Route
    received_on: date
    committee: bool = False
    words: str = ""


@transaction.atomic
def receive_objection(*, measure: Measure, received: Received, by: Person, at: datetime) -> Objection:
    """Take in an objection or complaint, and start its legal clock. Raises MoveNotAllowedError before it was sent."""
    if measure.sent_on is None:
        raise MoveNotAllowedError("nothing was sent")
    objection = Objection.objects.create(
        measure=measure,
        route=received.route,
        received_on=received.received_on,
        committee=received.committee,
        words=received.words,
        by=by,
        at=at,
    )
    clocks.start_objection_clock(objection=objection, by=by.urn, at=at)
    objections_changed(incident=measure.incident, at=at)
    note("incidents.objection.received", incident=measure.incident, by=by, at=at, route=received.route.value)
    return objection


@transaction.atomic
def answer_objection(
    *, objection: Objection, verdict: Verdict | None, answer: str, by: Person, at: datetime, on: date
) -> Objection:
    """Answer it, or (None) write down that the person withdrew it. Raises MoveNotAllowedError when that was done.

    A measure does not change by it: whoever decides lifts it, with a letter.
    """
    now = Objection.objects.select_for_update().get(pk=objection.pk)
    if now.state != ObjectionState.RUNNING:
        raise MoveNotAllowedError("it was answered")
    now.measure = objection.measure
    now.state = ObjectionState.DECIDED if verdict else ObjectionState.WITHDRAWN
    now.verdict, now.answer, now.decided_on = verdict or "", answer, on
    now.save()
    clocks.objection_answered(objection=now, by=by.urn, at=at)
    objections_changed(incident=now.measure.incident, at=at)
    note("incidents.objection.answered", incident=now.measure.incident, by=by, at=at, state=now.state)
    return now
