"""Looking back on a case: which advice was used and why, and what it did."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from bolwerk.accounts.models import Person
from bolwerk.audit.actions import record
from bolwerk.circle.models import Case, CaseOutcome, FollowUp
from bolwerk.circle.queries.follow_up import advice_on
from bolwerk.circle.queries.names import CASE_OUTCOME, TELL_CASE
from bolwerk.circle.rules.adoptions import TELL_AFTER_WORKING_DAYS
from bolwerk.circle.rules.cases import CaseState
from bolwerk.circle.rules.circles import CircleError
from bolwerk.circle.rules.follow_up import Effect, Said
from bolwerk.deadlines.actions import complete, start_clock
from bolwerk.deadlines.queries import Owner
from bolwerk.deadlines.rules import Clock, Term, Unit

TERM = Term(TELL_AFTER_WORKING_DAYS, Unit.WORKING_DAYS, "Choice of Bolwerk: about three months after the session.")


def ask_outcome(*, case: Case, by: Person, at: datetime) -> None:
    """Ask who brought a case, about three months from now, what came of it. Twice is once."""
    author = case.author.person if case.author else None
    if author is not None and not CaseOutcome.objects.filter(case=case).exists():
        clock = Clock(CASE_OUTCOME, TELL_CASE, TERM)
        start_clock(subject=case.urn, clock=clock, owner=Owner(person=author), by=by.urn, at=at)


def _worked_on(case: Case, at: datetime) -> Case:
    """The row, locked; also its own period of keeping begins anew. Raises CircleError before the group worked on it."""
    found = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if found.state != CaseState.DONE:
        raise CircleError(_("The group has not worked on this case yet."))
    found.moved_at = at
    found.save(update_fields=["moved_at"])
    return found


@transaction.atomic
def answer_advice(*, case: Case, said: Mapping[UUID, Said], by: Person, at: datetime) -> int:
    """Say of each advice whether it was used, and why; a later answer counts. Returns of how many.

    Raises CircleError.
    """
    found = _worked_on(case, at)
    given = {row.pk: row for row in advice_on(found)}
    for key in given.keys() & said.keys():
        values = {"case": found, "used": said[key].used, "why": said[key].why, "said_at": at}
        FollowUp.objects.update_or_create(advice=given[key], defaults=values)
    count = len(given.keys() & said.keys())
    record("circle.case.advice_answered", subject=found.urn, actor=by.urn, at=at, count=count)
    return count


@transaction.atomic
def tell_outcome(*, case: Case, effect: Effect, by: Person, at: datetime) -> CaseOutcome:
    """Say what came of the case; it can be said anew. Raises CircleError."""
    found = _worked_on(case, at)
    values = {"outcome": effect.outcome, "words": effect.words, "told_at": at}
    row, _new = CaseOutcome.objects.update_or_create(case=found, defaults=values)
    complete(subject=found.urn, key=CASE_OUTCOME, by=by.urn, at=at)
    record("circle.case.outcome_told", subject=found.urn, actor=by.urn, at=at, outcome=effect.outcome.value)
    return row
