"""Clocks of the response track. Their subject is the track, not the incident: its readers are others."""

from dataclasses import replace
from datetime import date, datetime

from django.utils.translation import gettext_noop

from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import Role
from bolwerk.deadlines.actions import Start, cancel, complete, start_clocks
from bolwerk.deadlines.queries import Owner
from bolwerk.deadlines.rules import ZONE, Clock, Term, Unit
from bolwerk.incidents.models import Incident, Measure, Objection
from bolwerk.incidents.queries.names import response_urn
from bolwerk.incidents.queries.people import manager_of
from bolwerk.incidents.queries.response import ladder, periods_in_force
from bolwerk.incidents.rules import WITH_A_PERSON, Kind
from bolwerk.incidents.rules.ladder import Step
from bolwerk.incidents.rules.objections import Period, period_for

PAGE = "incidents:response"
FIRST = "response"
FIRST_RESPONSE = gettext_noop("React to the person a report is about")
DECIDE = gettext_noop("Decide about a measure")
TALK = gettext_noop("Hold an order talk")
REVIEW = gettext_noop("Review a measure")
ENDS = gettext_noop("A measure ends")
ANSWER = gettext_noop("Answer an objection or complaint")
COORDINATOR = Owner(role=Role.AGGRESSION_COORDINATOR)


def _clock(incident: Incident, clock: Clock, *, owner: Owner) -> Start:
    """A clock of the track; who hears of it when it is late is the coordinator."""
    later = [] if owner == COORDINATOR else [COORDINATOR]
    return Start(response_urn(incident), replace(clock, page=PAGE, about=incident.reference), owner, later)


def _start(incident: Incident, clock: Clock, *, owner: Owner, by: str, at: datetime) -> None:
    start_clocks(starts=[_clock(incident, clock, owner=owner)], by=by, at=at)


def first_response(*, incident: Incident, manager: Owner | None) -> list[Start]:
    """The term within which the person hears from the municipality, where there is one. It runs from the report."""
    if Kind(incident.kind) not in WITH_A_PERSON:
        return []
    term = periods_in_force()[Period.FIRST_RESPONSE].term
    return [_clock(incident, Clock(FIRST, FIRST_RESPONSE, term), owner=manager or COORDINATOR)]


def stop_first_response(*, incident: Incident, by: str, at: datetime) -> None:
    """The person heard from the municipality, or nothing has to be said."""
    complete(subject=response_urn(incident), key=FIRST, by=by, at=at)


def ask_decider(*, measure: Measure, by: str, at: datetime) -> None:
    """Put the decision in the list of whoever decides by the ladder: two working days is a choice of Bolwerk."""
    role = Role(measure.decider)
    owner = Owner(role=role, department=measure.incident.department if role is Role.MANAGER else None)
    term = Term(2, Unit.WORKING_DAYS)
    _start(measure.incident, Clock(f"decide:{measure.pk}", DECIDE, term), owner=owner, by=by, at=at)


def decision_taken(*, measure: Measure, by: str, at: datetime) -> None:
    """Nobody has to decide it any more."""
    complete(subject=response_urn(measure.incident), key=f"decide:{measure.pk}", by=by, at=at)


def _until(day: date, at: datetime) -> Term:
    """A term that ends with this day."""
    return Term(max((day - at.astimezone(ZONE).date()).days, 1), Unit.DAYS)


def start_measure_clocks(*, measure: Measure, by: str, at: datetime) -> None:
    """Once it was sent: the talk has to be held, and review and end will ring."""
    rung = ladder()[Step(measure.step)]
    incident = measure.incident
    owner = manager_of(incident, at=at) or COORDINATOR
    if measure.step == Step.ORDER_TALK and rung.within:
        _start(incident, Clock(f"talk:{measure.pk}", TALK, rung.within), owner=owner, by=by, at=at)
    if measure.review_on:
        set_review(measure=measure, by=by, at=at)
    if measure.ends_on:
        term = _until(measure.ends_on, at)
        _start(incident, Clock(f"end:{measure.pk}", ENDS, term), owner=COORDINATOR, by=by, at=at)


def set_review(*, measure: Measure, by: str, at: datetime) -> None:
    """Ring on the review day. Each day has a clock of its own: a review that was done stays done."""
    if measure.review_on:
        key = f"review:{measure.pk}:{measure.review_on:%Y%m%d}"
        term = _until(measure.review_on, at)
        _start(measure.incident, Clock(key, REVIEW, term), owner=COORDINATOR, by=by, at=at)


def review_done(*, measure: Measure, day: date | None, by: str, at: datetime) -> None:
    """The review of that day took place; an order talk is held by then as well."""
    subject = response_urn(measure.incident)
    complete(subject=subject, key=f"talk:{measure.pk}", by=by, at=at)
    if day:
        complete(subject=subject, key=f"review:{measure.pk}:{day:%Y%m%d}", by=by, at=at)


def stop_measure_clocks(*, measure: Measure, by: str, at: datetime) -> None:
    """The measure is over: nothing of it rings any more."""
    subject = response_urn(measure.incident)
    keys = [f"talk:{measure.pk}", f"end:{measure.pk}", f"decide:{measure.pk}"]
    keys += [f"review:{measure.pk}:{measure.review_on:%Y%m%d}"] if measure.review_on else []
    for key in keys:
        cancel(subject=subject, key=key, by=by, at=at, reason="over")


def stop_response_clocks(*, incident: Incident, by: Person, at: datetime) -> None:
    """The report was closed: nobody waits for a first reaction any more. Clocks of measures go on."""
    cancel(subject=response_urn(incident), key=FIRST, by=by.urn, at=at, reason="closed")


def start_objection_clock(*, objection: Objection, by: str, at: datetime) -> None:
    """The legal term to answer. For an objection it begins when the term to object has passed (Awb 7:10)."""
    periods, measure = periods_in_force(), objection.measure
    term = periods[period_for(objection.route, committee=objection.committee)].term
    begins = objection.begins_after(sent_on=measure.sent_on, weeks=periods[Period.OBJECT].term.amount)
    start = datetime.combine(begins, datetime.min.time(), ZONE)
    clock = Clock(f"objection:{objection.pk}", ANSWER, term, PAGE, about=measure.incident.reference)
    late = Start(response_urn(measure.incident), clock, COORDINATOR, begins=start)
    start_clocks(starts=[late], by=by, at=at)


def objection_answered(*, objection: Objection, by: str, at: datetime) -> None:
    """The person has an answer."""
    complete(subject=response_urn(objection.measure.incident), key=f"objection:{objection.pk}", by=by, at=at)
