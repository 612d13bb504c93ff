"""What happens to a case once the circle reads it: planned for a session, worked on, taken back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from bolwerk.accounts.models import Person
from bolwerk.audit.actions import record
from bolwerk.circle.actions.circles import ChangedMeanwhileError
from bolwerk.circle.actions.follow_up import ask_outcome
from bolwerk.circle.models import Case, CaseDraft, CaseOutcome, FollowUp, Session
from bolwerk.circle.queries.names import CASE_OUTCOME
from bolwerk.circle.rules.cases import CaseState, check_step
from bolwerk.circle.rules.circles import CircleError
from bolwerk.circle.rules.sessions import SessionState
from bolwerk.deadlines.actions import cancel

WORDS = ("title", "situation", "question")


def _moved(case: Case, to: CaseState, *, seen: int, at: datetime) -> Case:
    """The row, locked, in its new state; not stored yet. Raises CircleError, ChangedMeanwhileError."""
    found = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if found.version != seen:
        raise ChangedMeanwhileError
    check_step(CaseState(found.state), to)
    found.state, found.moved_at = to, at
    found.version += 1
    return found


@transaction.atomic
def plan_case(*, case: Case, session: Session | None, seen: int, by: Person, at: datetime) -> Case:
    """Lay a case before a session, another session, or none again. Raises CircleError, ChangedMeanwhileError."""
    found = _moved(case, CaseState.PLANNED if session else CaseState.SHARED, seen=seen, at=at)
    if session and (
        session.circle_id != found.circle_id or session.state in (SessionState.ENDED, SessionState.CANCELLED)
    ):
        raise CircleError(_("Choose a session of this circle that is still to come."), field="session")
    found.session = session
    found.save(update_fields=["state", "session", "moved_at", "version"])
    record("circle.case.planned" if session else "circle.case.unplanned", subject=found.urn, actor=by.urn, at=at)
    return found


@transaction.atomic
def finish_case(*, case: Case, seen: int, by: Person, at: datetime) -> Case:
    """The group has worked on a case; about three months later who brought it is asked what came of it.

    Raises CircleError, ChangedMeanwhileError.
    """
    found = _moved(case, CaseState.DONE, seen=seen, at=at)
    found.save(update_fields=["state", "moved_at", "version"])
    ask_outcome(case=found, by=by, at=at)
    record("circle.case.done", subject=found.urn, actor=by.urn, at=at)
    return found


@transaction.atomic
def withdraw_case(*, case: Case, because: str, seen: int, by: Person, at: datetime) -> Case:
    """Take a case back: its words and what was told of it are destroyed, only the reason stays.

    Raises CircleError, ChangedMeanwhileError.
    """
    found = _moved(case, CaseState.WITHDRAWN, seen=seen, at=at)
    CaseDraft.objects.filter(case=found).delete()
    FollowUp.objects.filter(case=found).delete()
    CaseOutcome.objects.filter(case=found).delete()
    for name in WORDS:
        setattr(found, name, "")
    found.withdrawn_because, found.session = because, None
    found.save()
    cancel(subject=found.urn, key=CASE_OUTCOME, by=by.urn, at=at, reason="withdrawn")
    record("circle.case.withdrawn", subject=found.urn, actor=by.urn, at=at)
    return found
