"""What becomes of a version: offered, sent back, adopted."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from bolwerk.accounts.access import roles_of
from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import Role
from bolwerk.audit.actions import record
from bolwerk.deadlines.actions import complete, start_clock
from bolwerk.deadlines.queries import Owner
from bolwerk.deadlines.rules import Clock, Term, Unit
from bolwerk.incidents.actions.meanwhile import ChangedMeanwhileError
from bolwerk.incidents.models import Norm, NormEvent
from bolwerk.incidents.queries.names import ADOPT_NORM
from bolwerk.incidents.queries.norms import wrote_in
from bolwerk.incidents.rules.norms import (
    NormMove,
    NormState,
    check_day,
    check_move,
    check_team,
    check_whole,
)

ADOPT = "adopt"
TERM = Term(10, Unit.WORKING_DAYS, "Choice of Bolwerk: the board decides within two weeks.")


@dataclass(frozen=True)
class Adoption:
    """From which day a version holds (only when it is adopted), and why it was sent back."""

    valid_from: date | None = None
    words: str = ""


@transaction.atomic
def move_norm(*, norm: Norm, move: NormMove, given: Adoption, by: Person, at: datetime, seen: int) -> Norm:
    """Offer, send back or adopt a version.

    Raises NormError when the rules refuse it (among them four eyes: who wrote it does not adopt it), and
    ChangedMeanwhileError when it changed since it was read.
    """
    found = Norm.objects.select_for_update(of=("self",)).select_related("base").get(pk=norm.pk)
    if found.version != seen:
        raise ChangedMeanwhileError
    today, team = timezone.localdate(at), found.department_id is not None
    state = check_move(
        move, now=NormState(found.state), roles=roles_of(by, on=today), team=team, wrote=wrote_in(found, by)
    )
    if move is not NormMove.SEND_BACK:
        check_whole(found.texts())
    if move is NormMove.ADOPT:
        _adopt(found, given, by=by, at=at)
    found.state, found.version = state, found.version + 1
    found.save(update_fields=["state", "version", "valid_from", "adopted_at", "adopted_by"])
    NormEvent.objects.create(norm=found, event=move.value, by=by, at=at, words=given.words)
    _ring(found, move, by=by, at=at)
    record(f"incidents.norm.{move.value}", subject=found.urn, actor=by.urn, at=at, team=team)
    return found


def _adopt(norm: Norm, given: Adoption, *, by: Person, at: datetime) -> None:
    earlier = Norm.objects.filter(scope=norm.scope, state=NormState.ADOPTED)
    before = earlier.first()
    check_day(given.valid_from, on=timezone.localdate(at), after=before.valid_from if before else None)
    if norm.base:
        check_team(norm.texts(), norm.base.texts())
    norm.valid_from, norm.adopted_at, norm.adopted_by = given.valid_from, at, by
    earlier.filter(ended_at=None).update(ended_at=at)


def _ring(norm: Norm, move: NormMove, *, by: Person, at: datetime) -> None:
    """The board has a task while a version waits for it."""
    if norm.department_id is not None:
        return
    if move is NormMove.OFFER:
        key = f"{ADOPT}:{norm.version}"  # each offer rings anew
        clock = Clock(key, ADOPT_NORM, TERM)
        start_clock(subject=norm.urn, clock=clock, owner=Owner(role=Role.BOARD), by=by.urn, at=at)
    else:
        complete(subject=norm.urn, key=f"{ADOPT}:{norm.version - 1}", by=by.urn, at=at)
