"""Moving a rule through its life: by a person with a reason, or off by itself when it is no better than chance."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from bolwerk.accounts.models import Person
from bolwerk.audit.actions import SYSTEM, record
from bolwerk.hub.models import RuleStage, StageChange
from bolwerk.hub.queries.stages import stage_now, yield_of
from bolwerk.hub.queries.vault import opened_vault
from bolwerk.hub.rules.stages import NO_BETTER, Stage, figures_of
from knooppunt.findings.lifecycle import Stage as Known
from knooppunt.findings.lifecycle import check_move, must_go_off, said_of
from knooppunt.findings.stages import Move, last_moves
from knooppunt.vault import VaultError


class MovedMeanwhileError(Exception):
    """Somebody else moved the rule after this person opened the page, or it went off by itself."""


@dataclass(frozen=True)
class Moving:
    """Where a rule goes and why, and the version of its stage that was on the screen."""

    to: Stage
    reason: str
    seen: int


@transaction.atomic
def move_rule(*, code: str, moving: Moving, by: Person, at: datetime) -> RuleStage:
    """Move a rule to another stage. What is off finds nothing and what it found is shown to nobody, at once.

    Raises MovedMeanwhileError, and MoveNotAllowedError or NotEarnedError of knooppunt.
    """
    row = _locked(code)
    if row.version != moving.seen:
        raise MovedMeanwhileError
    check_move(Known(row.stage), Known(moving.to), reason=moving.reason, told=yield_of(code))
    return _put(row=row, to=moving.to, reason=moving.reason, by=by, at=at)


def put_off_if_no_better(*, code: str, at: datetime) -> bool:
    """Let a rule go off when its outcomes say that it is no better than chance. Call it inside a transaction."""
    row, told = _locked(code), yield_of(code)
    if told is None or not must_go_off(Known(row.stage), told):
        return False
    _put(row=row, to=Stage.OFF, reason=said_of(told), by=None, at=at)
    return True


@transaction.atomic
def take_over_moves(*, on: date) -> int:
    """Put off what went off in the vault, by outcomes that a command line read. Returns how many rules.

    Only a move that is newer than what somebody decided here; without a vault, or with a damaged one, nothing.
    """
    try:
        moves = last_moves(opened_vault())
    except VaultError:
        return 0
    went = [move for move in moves.values() if move.stage is Known.OFF and timezone.localdate(move.at) <= on]
    return sum(_take_over(move) for move in went)


def _take_over(move: Move) -> bool:
    row = stage_now(move.rule)
    last = row.changes.order_by("-number").first() if row.version else None
    if row.stage == Stage.OFF or (last is not None and last.at >= move.at):
        return False
    _put(row=_locked(move.rule), to=Stage.OFF, reason=move.reason[:400], by=None, at=move.at)
    return True


def _locked(code: str) -> RuleStage:
    RuleStage.objects.get_or_create(code=code)
    return RuleStage.objects.select_for_update().get(pk=code)


def _put(*, row: RuleStage, to: Stage, reason: str, by: Person | None, at: datetime) -> RuleStage:
    was = Stage(row.stage)
    row.stage, row.version = to, row.version + 1
    if was is Stage.OFF:
        row.counts_from = at
    row.save(update_fields=["stage", "version", "counts_from"])
    change = {"was": was, "stage": to, "reason": reason, "by": by, "at": at}
    StageChange.objects.create(rule=row, number=row.version, **change)
    actor = by.urn if by else SYSTEM
    why = _by_itself(reason) if by is None else {"reason": reason}
    record(f"hub.rule.{to.value}", subject=row.urn, actor=actor, at=at, was=was.value, **why)
    return row


def _by_itself(reason: str) -> dict[str, Any]:
    """Why a rule moved by itself as a code with its figures, that reads in the language of whoever opens the trail."""
    figures = figures_of(reason)
    return {"because": NO_BETTER, **figures} if figures else {"reason": reason}
