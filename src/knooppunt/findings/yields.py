"""How often a rule was right: outcomes counted beside blind controls, with an interval, and what follows from it.

A work list holds found objects and, mixed in, objects drawn at random from the same population. Whoever looks does not
know which is which until the outcome is written down; the seed is, so that anybody can draw the same list again.
Source: domain rules (Algoritmekader: blind random samples as UWV and RDI take them; LAA: at least half right).
"""

import math
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

Z_80 = 1.2816
"""Quantile of the normal distribution for a two-sided interval of 80%."""

CONTROL_SHARE = 0.2  # of a work list, rounded up: drawn at random
FEWEST = 20  # outcomes before anything follows from them
TIMES_CHANCE = 2.0  # the lower bound must be this many times what chance gives, to be mature

Verdict = Literal["too_early", "beats_chance", "unclear", "suspended"]


def wilson(right: int, looked_at: int, *, z: float = Z_80) -> tuple[float, float]:
    """Wilson's score interval for `right` out of `looked_at`; (0, 1) when nobody looked.

    Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference (JASA 1927).
    """
    if looked_at == 0:
        return 0.0, 1.0
    share, square = right / looked_at, z * z
    middle = right + square / 2
    reach = z * math.sqrt(looked_at * share * (1 - share) + square / 4)
    return max(0.0, (middle - reach) / (looked_at + square)), min(1.0, (middle + reach) / (looked_at + square))


@dataclass(frozen=True)
class WorkItem:
    """One object to look at. `is_control` is for the auditor; whoever looks gets `object_id` only."""

    object_id: str
    is_control: bool


def work_list(found: Sequence[str], population: Iterable[str], *, seed: int) -> list[WorkItem]:
    """Found objects with controls mixed in, in an order that gives nothing away.

    Controls are drawn from `population` without what was found: CONTROL_SHARE of the found objects, rounded up, or as
    many as there are. The same seed and input give the same list.
    """
    rng = random.Random(seed)  # noqa: S311  a draw that can be repeated, not a secret
    others = sorted(set(population) - set(found))
    number = min(math.ceil(len(found) * CONTROL_SHARE), len(others))
    items = [WorkItem(one, is_control=False) for one in sorted(set(found))]
    items += [WorkItem(one, is_control=True) for one in rng.sample(others, number)]
    rng.shuffle(items)
    return items


@dataclass(frozen=True)
class Outcome:
    """What came of looking at one object of the work list of a rule."""

    rule: str
    object_id: str
    is_control: bool
    confirmed: bool


@dataclass(frozen=True)
class RuleYield:
    """How often one rule was right, and how often chance was."""

    rule: str
    looked_at: int
    confirmed: int
    controls: int
    controls_confirmed: int

    @property
    def interval(self) -> tuple[float, float]:
        """The 80% interval of how often the rule is right."""
        return wilson(self.confirmed, self.looked_at)

    @property
    def chance(self) -> tuple[float, float]:
        """The 80% interval of how often a random object is."""
        return wilson(self.controls_confirmed, self.controls)

    @property
    def baseline(self) -> float | None:
        """How often a random object is; None when no control was looked at."""
        return self.controls_confirmed / self.controls if self.controls else None

    @property
    def verdict(self) -> Verdict:
        """What follows: suspended when never right or certainly worse than chance, to be kept when clearly better.

        Too early below FEWEST outcomes, and without controls, whatever the rule gives: there is nothing to beat then.
        """
        if self.looked_at < FEWEST or self.baseline is None:
            return "too_early"
        low, high = self.interval
        if self.confirmed == 0 or high < self.baseline:
            return "suspended"
        return "beats_chance" if low > 0 and low >= TIMES_CHANCE * self.baseline else "unclear"


def yields(outcomes: Iterable[Outcome]) -> dict[str, RuleYield]:
    """The yield of every rule that has an outcome. An object counts once per rule; the last outcome given counts."""
    last = {(one.rule, one.object_id, one.is_control): one for one in outcomes}
    by_rule: dict[str, list[Outcome]] = defaultdict(list)
    for one in last.values():
        by_rule[one.rule].append(one)
    return {rule: _yield(rule, own) for rule, own in sorted(by_rule.items())}


def _yield(rule: str, outcomes: list[Outcome]) -> RuleYield:
    looked = [one.confirmed for one in outcomes if not one.is_control]
    controls = [one.confirmed for one in outcomes if one.is_control]
    return RuleYield(rule, len(looked), sum(looked), len(controls), sum(controls))
