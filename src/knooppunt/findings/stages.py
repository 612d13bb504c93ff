"""The life of a rule: in development, pilot, mature, off. People move it, with a reason; one move it makes by itself.

    <vault>/rules/stages.jsonl      every move: rule, stage, who, why, when
    <vault>/rules/outcomes.jsonl    every outcome of looking at an object of a work list

A rule that does not beat chance goes off by itself as soon as enough outcomes are in (`yields.FEWEST`). Bringing it
back takes a person and a reason; then only outcomes after that moment count, for a changed rule is a new one.
Source: domain rules (LAA: phenomenon → trial → pilot → mature, looked at again for ever).
"""

import json
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from knooppunt.findings.catalogue import RULES
from knooppunt.findings.lifecycle import MoveNotAllowedError, Stage, check_move, must_go_off, said_of
from knooppunt.findings.yields import Outcome, RuleYield, yields
from knooppunt.vault import Vault, VaultError
from knooppunt.vault.locking import writing
from knooppunt.vault.staging import log

_T = TypeVar("_T")
SYSTEM = "knooppunt"  # who moved a rule that went off by itself


@dataclass(frozen=True, slots=True)
class Move:
    """That a rule was moved."""

    rule: str
    stage: Stage
    by: str
    reason: str
    at: datetime
    was: Stage = Stage.DEVELOPMENT


def _append(vault: Path, what: str, rows: list[dict[str, Any]]) -> None:
    path = vault / "rules" / f"{what}.jsonl"
    path.parent.mkdir(mode=0o700, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(descriptor, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _lines(vault: Vault, what: str, read: Callable[[dict[str, Any]], _T]) -> list[_T]:
    path = vault.path / "rules" / f"{what}.jsonl"
    if not path.exists():
        return []
    made = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            made.append(read(json.loads(line)))
        except (ValueError, KeyError, TypeError) as error:
            raise VaultError(f"{path}, line {number}, is damaged ({error}).") from error
    return made


def moves(vault: Vault) -> list[Move]:
    """Every move of every rule, oldest first. Raises VaultError when the list is damaged."""
    return _lines(
        vault,
        "stages",
        lambda row: Move(
            row["rule"],
            Stage(row["stage"]),
            row["by"],
            row["reason"],
            datetime.fromisoformat(row["at"]),
            Stage(row["was"]),
        ),
    )


def moves_known(vault: Vault) -> list[Move]:
    """The moves up to the day of a vault opened with `known_on`, else all."""
    day = vault.known_on
    return [move for move in moves(vault) if day is None or move.at.date() <= day]


def last_moves(vault: Vault) -> dict[str, Move]:
    """The last move of every rule that was ever moved; the others are in development."""
    return {move.rule: move for move in moves(vault)}


def stage_of(vault: Vault, rule: str) -> Stage:
    """The stage of a rule."""
    last = last_moves(vault).get(rule)
    return last.stage if last else Stage.DEVELOPMENT


def _counts_from(vault: Vault) -> Mapping[str, datetime]:
    """Per rule since when outcomes count: since somebody brought it back."""
    return {move.rule: move.at for move in moves_known(vault) if move.was is Stage.OFF}


def kept_outcomes(vault: Vault) -> list[Outcome]:
    """Every outcome in the vault that counts, oldest first: of the version there is now, since it was brought back.

    In a vault opened with `known_on` those given by then. Raises VaultError when the list is damaged.
    """
    since, day = _counts_from(vault), vault.known_on
    kept = _lines(
        vault,
        "outcomes",
        lambda row: (
            datetime.fromisoformat(row["at"]),
            row["version"],
            Outcome(row["rule"], row["object_id"], row["is_control"], row["confirmed"]),
        ),
    )
    return [
        one
        for at, version, one in kept
        if one.rule in RULES
        and version == RULES[one.rule].version
        and (one.rule not in since or at > since[one.rule])
        and (day is None or at.date() <= day)
    ]


def kept_yields(vault: Vault) -> dict[str, RuleYield]:
    """The yield of every rule with an outcome in the vault that counts. Raises VaultError when the list is damaged."""
    return yields(kept_outcomes(vault))


def move_rule(vault: Vault, rule: str, to: Stage, *, by: str, reason: str, at: datetime) -> Move:
    """Move a rule to another stage, and remember who did and why.

    Raises MoveNotAllowedError, NotEarnedError, VaultError for an unknown rule or without a name, VaultBusyError.
    """
    if rule not in RULES:
        raise VaultError(f"There is no rule {rule}; there are: {', '.join(RULES)}.")
    if not by.strip():
        raise MoveNotAllowedError("Say who moves the rule.")
    with writing(vault.path):
        now = stage_of(vault, rule)
        check_move(now, to, reason=reason, told=kept_yields(vault).get(rule))
        return _moved(vault, Move(rule, to, by.strip(), reason.strip(), at, now))


def put_off(vault: Vault, rule: str, *, reason: str, at: datetime) -> Move | None:
    """Let a rule go off by itself; nothing happens when it is off. Raises VaultBusyError."""
    with writing(vault.path):
        return _put_off(vault, rule, reason, at)


def _put_off(vault: Vault, rule: str, reason: str, at: datetime) -> Move | None:
    now = stage_of(vault, rule)
    return None if now is Stage.OFF else _moved(vault, Move(rule, Stage.OFF, SYSTEM, reason, at, now))


def _moved(vault: Vault, move: Move) -> Move:
    line = {"rule": move.rule, "stage": move.stage.value, "was": move.was.value, "by": move.by}
    line |= {"reason": move.reason, "at": move.at.isoformat()}
    _append(vault.path, "stages", [line])
    log(vault.path, {"event": "stage", **line})
    return move


def keep_outcomes(vault: Vault, outcomes: Iterable[Outcome], *, at: datetime) -> list[Move]:
    """Remember outcomes in the vault, and put off the rules that turn out no better than chance.

    Returns the rules that went off by this. Raises VaultError for a rule that does not exist, VaultBusyError.
    """
    given = list(outcomes)
    unknown = sorted({one.rule for one in given} - RULES.keys())
    if unknown:
        raise VaultError(f"There is no rule {', '.join(unknown)}; nothing was kept.")
    rows = [vars(one) | {"version": RULES[one.rule].version, "at": at.isoformat()} for one in given]
    with writing(vault.path):
        _append(vault.path, "outcomes", rows)
        told = kept_yields(vault)
        went = [
            _put_off(vault, rule, said_of(told[rule]), at)
            for rule in sorted({one.rule for one in given})
            if must_go_off(stage_of(vault, rule), told.get(rule))
        ]
    return [move for move in went if move is not None]
