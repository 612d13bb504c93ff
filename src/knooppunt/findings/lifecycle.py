"""The stages of a rule's life, who may move it where, and the one move that it makes by itself.

Source: domain rules (LAA: phenomenon → trial → pilot → mature, looked at again for ever).
"""

import re
from enum import StrEnum

from knooppunt.findings.yields import RuleYield
from knooppunt.vault import VaultError


class Stage(StrEnum):
    """Where a rule is in its life. Only `off` stops it; `mature` must be earned."""

    DEVELOPMENT = "development"
    PILOT = "pilot"
    MATURE = "mature"
    OFF = "off"


ALLOWED_MOVES: dict[Stage, frozenset[Stage]] = {
    Stage.DEVELOPMENT: frozenset({Stage.PILOT, Stage.OFF}),
    Stage.PILOT: frozenset({Stage.MATURE, Stage.DEVELOPMENT, Stage.OFF}),
    Stage.MATURE: frozenset({Stage.PILOT, Stage.OFF}),
    Stage.OFF: frozenset({Stage.DEVELOPMENT, Stage.PILOT}),
}


class MoveNotAllowedError(VaultError):
    """A rule cannot go from this stage to that one, or nobody said why."""


class NotEarnedError(MoveNotAllowedError):
    """A rule is mature only when its outcomes show that it clearly beats chance."""


def check_move(now: Stage, to: Stage, *, reason: str, told: RuleYield | None) -> None:
    """Raise MoveNotAllowedError when a person may not move a rule so; `told` is its yield, if it has one."""
    if to not in ALLOWED_MOVES[now]:
        raise MoveNotAllowedError(f"A rule cannot go from {now} to {to}.")
    if not reason.strip():
        raise MoveNotAllowedError("Say why the rule is moved.")
    if to is Stage.MATURE and (told is None or told.verdict != "beats_chance"):
        raise NotEarnedError("The rule does not clearly beat chance yet, so it cannot be mature.")


def must_go_off(now: Stage, told: RuleYield | None) -> bool:
    """Whether a rule goes off by itself: enough outcomes are in, and it is no better than chance."""
    return now is not Stage.OFF and told is not None and told.verdict == "suspended"


_SAID = re.compile(r"Right (\d+) of (\d+) times, chance (\d+) of (\d+): no better than chance\.")


def said_of(told: RuleYield) -> str:
    """Why a rule went off by itself, in a sentence."""
    return (
        f"Right {told.confirmed} of {told.looked_at} times, chance {told.controls_confirmed} of {told.controls}: "
        "no better than chance."
    )


def figures_said(sentence: str) -> tuple[int, int, int, int] | None:
    """The figures in a sentence of `said_of`: right, looked at, controls right, controls; None of another sentence.

    With them somebody who reads another language gets the same sentence.
    """
    found = _SAID.fullmatch(sentence)
    if found is None:
        return None
    right, looked_at, lucky, controls = map(int, found.groups())
    return right, looked_at, lucky, controls
