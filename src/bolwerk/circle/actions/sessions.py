"""Sessions are planned, dated, run block by block, and ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from bolwerk.accounts.models import Person
from bolwerk.audit.actions import record
from bolwerk.circle.actions.circles import ChangedMeanwhileError
from bolwerk.circle.actions.telling import tell_circle
from bolwerk.circle.models import Block, Circle, Member, Participant, PollAnswer, PollDay, Session
from bolwerk.circle.rules.circles import CircleError
from bolwerk.circle.rules.sessions import Answer, Part, SessionState, check_step


@dataclass(frozen=True)
class SessionPlan:
    """What a session is about, where it is, its blocks, and when: one moment, or several to choose from."""

    theme: str
    host: Member | None
    place: str
    parts: Sequence[Part]
    moments: Sequence[datetime]


@transaction.atomic
def plan_session(*, circle: Circle, plan: SessionPlan, by: Person, at: datetime) -> Session:
    """Plan a session; with more than one moment a poll for the day begins. Raises CircleError."""
    if not plan.moments:
        raise CircleError(_("Give a moment, or several to choose from."), field="first")
    fixed = plan.moments[0] if len(plan.moments) == 1 else None
    session = Session.objects.create(circle=circle, theme=plan.theme, host=plan.host, place=plan.place, starts_at=fixed)
    _lay(session, plan.parts)
    if fixed is None:
        PollDay.objects.bulk_create(PollDay(session=session, starts_at=moment) for moment in plan.moments)
    record("circle.session.planned", subject=session.urn, actor=by.urn, at=at)
    return session


def _lay(session: Session, parts: Sequence[Part]) -> None:
    Block.objects.bulk_create(
        Block(session=session, position=number, minutes=part.minutes, title=part.title)
        for number, part in enumerate(parts)
    )


@transaction.atomic
def answer_poll(
    *, session: Session, participant: Participant, answers: dict[PollDay, Answer], by: Person, at: datetime
) -> None:
    """Say which days suit. The last answer counts."""
    for day, answer in answers.items():
        PollAnswer.objects.update_or_create(day=day, participant=participant, defaults={"answer": answer})
    record("circle.session.polled", subject=session.urn, actor=by.urn, at=at)


@transaction.atomic
def choose_day(*, session: Session, day: PollDay, by: Person, at: datetime) -> None:
    """End the poll with one of its days, also when nobody answered. Raises CircleError when one was chosen already."""
    if not Session.objects.filter(pk=session.pk, starts_at=None).update(starts_at=day.starts_at):
        raise CircleError(_("Somebody chose a day a moment ago."))
    record("circle.session.dated", subject=session.urn, actor=by.urn, at=at)


def _locked(session: Session, seen: int) -> Session:
    found = Session.objects.select_for_update().get(pk=session.pk)
    if found.version != seen:
        raise ChangedMeanwhileError
    found.version += 1
    return found


@transaction.atomic
def start_session(*, session: Session, seen: int, by: Person, at: datetime) -> Session:
    """Begin with the first block. Raises CircleError, ChangedMeanwhileError."""
    found = _locked(session, seen)
    check_step(SessionState(found.state), SessionState.RUNNING)
    found.state, found.current, found.block_began_at, found.led_by = SessionState.RUNNING, 0, at, by
    found.starts_at = found.starts_at or at
    found.save()
    record("circle.session.started", subject=found.urn, actor=by.urn, at=at)
    return found


@transaction.atomic
def go_to_block(*, session: Session, position: int, seen: int, by: Person, at: datetime) -> Session:
    """Go to another block; whoever presses leads from then on, so that a session goes on when somebody drops out.

    Two who press at once: the first counts, the second gets ChangedMeanwhileError. Raises CircleError for no block.
    """
    found = _locked(session, seen)
    if found.state != SessionState.RUNNING or not found.blocks.filter(position=position).exists():
        raise CircleError(_("There is no such block now."))
    found.current, found.block_began_at, found.led_by = position, at, by
    found.save()
    return found


@transaction.atomic
def end_session(*, session: Session, seen: int, by: Person, at: datetime) -> Session:
    """The session is over: evaluation and minutes begin. Raises CircleError, ChangedMeanwhileError."""
    found = _locked(session, seen)
    check_step(SessionState(found.state), SessionState.ENDED)
    found.state, found.ended_at = SessionState.ENDED, at
    found.save()
    record("circle.session.ended", subject=found.urn, actor=by.urn, at=at)
    return found


@transaction.atomic
def cancel_session(*, session: Session, why: str, seen: int, by: Person, at: datetime) -> Session:
    """The session does not take place, and why; everybody gets a neutral mail that there is news.

    Raises CircleError, also without a reason; ChangedMeanwhileError.
    """
    if not why.strip():
        raise CircleError(_("Say in a sentence why: people kept this day free."), field="why")
    found = _locked(session, seen)
    check_step(SessionState(found.state), SessionState.CANCELLED)
    found.state, found.cancelled_why = SessionState.CANCELLED, why.strip()
    found.save()
    path = f"/leerkring/{found.circle_id}/bijeenkomsten/{found.pk}/"
    tell_circle(circle=found.circle, path=path, cause=f"{found.urn}:cancelled", by=by, at=at)
    record("circle.session.cancelled", subject=found.urn, actor=by.urn, at=at)
    return found
