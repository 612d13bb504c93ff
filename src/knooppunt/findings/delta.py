"""A day's changes worked into the last run: the same findings as a full run gives, for a part of its work.

Three kinds of rules (`Rule.reach`). What an `object` rule says of an object depends on that object and on what is
usual; so the changed objects are measured, as they were and as they are, and what is usual is changed by the
difference. A `street` rule finds in what is usual alone, which is changed the same way. A rule that reaches further is
run whole, unless nothing it needs was delivered anew.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, cast

import pyarrow as pa

from knooppunt.findings.changes import Changes, changes_in, with_buildings
from knooppunt.findings.inputs import STANDS_IN, TABLES
from knooppunt.findings.part import Part, Sides, sides
from knooppunt.findings.told import delivered_as, taken_over

if TYPE_CHECKING:
    from knooppunt.findings.inputs import Inputs
    from knooppunt.findings.rule import Answer, Compared, Rule
    from knooppunt.findings.state import Kept

MOST = 0.2
"""With a larger share of all objects changed, running all of it is as quick."""
LINKING = {"decisions", "sbi"}
"""What a link may be made with, beside the registers that a rule names."""


@dataclass
class Delta:
    """What changed since a run, and how each rule answers because of it."""

    before: Kept
    now: Inputs
    made_from: dict[str, str]  # what there is now
    rules: list[Rule]

    def same(self, registers: tuple[str, ...]) -> bool:
        """Whether these deliveries, and the day, are those of the run before."""
        then = self.before.made.facts["made_from"]
        return self.before.on == self.now.on and all(self.made_from.get(one) == then.get(one) for one in registers)

    def unchanged(self, rule: Rule) -> bool:
        """Whether the rule can only say what it said."""
        stand_ins = (STANDS_IN[one] for one in rule.registers if one in STANDS_IN)
        return self.same((*rule.registers, *stand_ins, "decisions", "sbi"))

    @cached_property
    def _changed(self) -> Changes:
        kept = [name for name in TABLES if self.before.path(name)]
        for name in kept:
            path = self.before.path(name)
            if path is not None and self.same(TABLES[name].registers):
                self.now.adopt(name, path)
        anew = [name for name in kept if not self.same(TABLES[name].registers)]
        return changes_in(self.before, self.now, anew)

    @cached_property
    def objects(self) -> pa.Array:
        """Every object that something changed about."""
        changed = self._changed.objects
        return with_buildings(changed, self.before, self.now) if changed else pa.array([], pa.int64())

    def is_large(self) -> bool:
        """Whether so much changed that a full run is as quick."""
        return len(self.objects) > MOST * self.before.made.counts[TABLES["premises"].file]

    @cached_property
    def _sides(self) -> Sides:
        """The changed objects, and those that a rule saw whose records stand elsewhere now, or are not known."""
        again = [self._again(rule) for rule in self.rules if rule.reach == "object"]
        objects = pa.array(sorted({*self.objects.to_pylist()}.union(*again)), pa.int64())
        same = [name for name in TABLES if self.before.path(name) and self.same(TABLES[name].registers)]
        return sides((self.before, self.now), objects, same)

    def _again(self, rule: Rule) -> list[int]:
        if not self._moved(rule):
            return self.before.not_looked_up(rule)
        objects: list[int] = self.before.seen(rule)["object_id"].to_pylist()
        return objects

    def _moved(self, rule: Rule) -> bool:
        """Whether records that the rule may see stand elsewhere now."""
        return any({*TABLES[name].registers} - LINKING <= {*rule.registers} for name in self._changed.moved)

    def answer(self, rule: Rule) -> Answer:
        """What the rule says now."""
        if rule.reach == "all":
            return rule.evaluate(self.now)
        seen = self.before.seen(rule)
        if rule.reach == "street" and self._moved(rule):
            seen = seen.slice(0, 0)
        if "brp" in rule.registers:
            files = (self.before.made.facts["files"]["brp"], self.now.vault.delivery("brp").source_name)
            seen = delivered_as(seen, "stays", *files)
        last = Last(self.before.usual(rule), seen)
        return worked_in(rule, last, *self._sides, lambda: rule.evaluate(self.now).sql())


class Last(NamedTuple):
    """What a rule compared with in the last run, and what it saw of the objects it found, or might have found."""

    usual: Compared
    seen: pa.Table


def worked_in(rule: Rule, last: Last, then: Part, now: Part, sql: Callable[[], str]) -> Answer:
    """The answer of a rule from that of the last run, and the changed objects as they were and as they are."""
    gone, come = (rule.evaluate(cast("Inputs", part)) for part in (then, now))  # it offers what rules use of Inputs

    def see(usual: Compared) -> pa.Table:
        if come.see_again is not None:
            return come.see_again(last.seen, then, usual)
        return taken_over(last.seen, now.objects, come.see(usual))

    return replace(come, measure=lambda: last.usual.changed(gone=gone.usual, come=come.usual), see=see, sql=sql)
