"""Assessing: an analyst writes down that an assessment was done, the privacy officer says whether that is so."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_noop

from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import Role
from bolwerk.audit.actions import record
from bolwerk.deadlines.actions import cancel_all, complete, start_clock
from bolwerk.deadlines.queries import Owner
from bolwerk.deadlines.rules import Clock, Term, Unit
from bolwerk.hub.access import assessments
from bolwerk.hub.actions.switching import put, take_over_rest
from bolwerk.hub.models import Assessment, Decision, Source
from bolwerk.hub.rules.assessments import Outcome, check_outcome

TO_CONFIRM = Clock("confirm", gettext_noop("Look at an assessment"), Term(10, Unit.WORKING_DAYS), "hub:assessment")
"""Ten working days is a choice of Bolwerk: long enough to read, short enough not to stop the work. No rule found."""

TO_RENEW, RENEW_BEFORE = gettext_noop("Have an assessment looked at again"), timedelta(days=42)


@dataclass(frozen=True)
class AssessmentText:
    """What an assessment says: the fields of the form, each needed."""

    purpose: str
    legal_basis: str
    processing_activity: str
    reference: str
    decided_by: str
    decided_on: date
    valid_until: date


@transaction.atomic
def write_assessment(*, source: str, text: AssessmentText, by: Person, at: datetime) -> Assessment:
    """Write down a new version of the assessment of a source, and ask the privacy officer to look at it.

    Earlier versions stay as they are. A version that still waits is overtaken: its task goes.
    """
    newest = Assessment.objects.select_for_update().filter(source=source).order_by("-version").first()
    version = (Assessment.objects.filter(source=source).aggregate(last=Max("version"))["last"] or 0) + 1
    if newest is not None:
        cancel_all(subject=newest.urn, by=by.urn, at=at)
    assessment = Assessment.objects.create(source=source, version=version, written_by=by, written_at=at, **vars(text))
    record(
        "hub.assessment.written",
        subject=assessment.urn,
        actor=by.urn,
        at=at,
        source=source,
        version=version,
        valid_until=text.valid_until.isoformat(),
    )
    start_clock(subject=assessment.urn, clock=TO_CONFIRM, owner=Owner(role=Role.PRIVACY_OFFICER), at=at, by=by.urn)
    return assessment


@transaction.atomic
def decide(*, assessment: Assessment, outcome: Outcome, by: Person, at: datetime, on: date, reason: str) -> Decision:
    """Say that an assessment was done well, was not, or no longer holds; a source that rests on it goes off at once.

    Raises OutcomeNotAllowedError, OwnAssessmentError or ReasonMissingError. The row is locked first: two people who
    decide at once must not both be right.
    """
    Assessment.objects.select_for_update().get(pk=assessment.pk)
    now = assessments().get(pk=assessment.pk).standing(on=on)
    check_outcome(now, outcome, writer=assessment.written_by_id, by=by.pk, reason=reason)
    said = {"number": assessment.decisions.count() + 1, "outcome": outcome, "reason": reason, "by": by, "at": at}
    decision = Decision.objects.create(assessment=assessment, **said)
    record(f"hub.assessment.{outcome.value}", subject=assessment.urn, actor=by.urn, at=at, reason=reason)
    complete(subject=assessment.urn, key=TO_CONFIRM.key, by=by.urn, at=at)
    if outcome is Outcome.CONFIRMED:
        take_over_rest(assessment=assessment, by=by, at=at, on=on)
        _ask_to_renew(assessment, by, at, on)
    elif outcome is Outcome.WITHDRAWN:
        cancel_all(subject=assessment.urn, by=by.urn, at=at)
        _switch_off_what_rests_on(assessment, by, at, reason)
    return decision


def _ask_to_renew(assessment: Assessment, by: Person, at: datetime, on: date) -> None:
    """A task some weeks before it expires, so that nothing goes off by surprise."""
    days = max((assessment.valid_until - RENEW_BEFORE - on).days, 1)
    clock = Clock("renew", TO_RENEW, Term(days, Unit.DAYS), "hub:assessment")
    start_clock(subject=assessment.urn, clock=clock, owner=Owner(role=Role.ANALYST), at=at, by=by.urn)


def _switch_off_what_rests_on(assessment: Assessment, by: Person, at: datetime, reason: str) -> None:
    for source in Source.objects.select_for_update().filter(rests_on=assessment, is_on=True):
        put(source=source, is_on=False, by=by, at=at, reason=reason)
