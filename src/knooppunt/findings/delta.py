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
from typing import TYPE_CHECKING, cast

import pyarrow as pa

from knooppunt.findings.changes import changed_objects, with_buildings
from knooppunt.findings.inputs import STANDS_IN, TABLES
from knooppunt.findings.part import Part, Sides, sides

if TYPE_CHECKING:
    from knooppunt.findings.inputs import Inputs
    from knooppunt.findings.rule import Answer, Compared, Rule
    from knooppunt.findings.state import Kept

MOST = 0.2
"""With a larger share of all objects changed, running all of it is as quick."""


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
    def objects(self) -> pa.Array:
        """Every object that something changed about."""
        kept = [name for name in TABLES if self.before.path(name)]
        for name in kept:
            path = self.before.path(name)
            if path is not None and self.same(TABLES[name].registers):
                self.now.adopt(name, path)
        anew = [name for name in kept if not self.same(TABLES[name].registers)]
        changed = changed_objects(self.before, self.now, anew)
        return with_buildings(changed, self.before, self.now) if changed else pa.array([], pa.int64())

    def is_large(self) -> bool:
        """Whether so much changed that a full run is as quick."""
        return len(self.objects) > MOST * self.before.made.counts[TABLES["premises"].file]

    @cached_property
    def _sides(self) -> Sides:
        """The changed objects, and those that were found or nearly so."""
        found = [self.before.objects(rule) for rule in self.rules if rule.reach == "object"]
        objects = pa.array(sorted({*self.objects.to_pylist()}.union(*found)), pa.int64())
        same = [name for name in TABLES if self.before.path(name) and self.same(TABLES[name].registers)]
        return sides((self.before, self.now), objects, same)

    def answer(self, rule: Rule) -> Answer:
        """What the rule says now."""
        if rule.reach == "all":
            return rule.evaluate(self.now)
        return worked_in(rule, self.before.usual(rule), *self._sides, lambda: rule.evaluate(self.now).sql())


def worked_in(rule: Rule, usual: Compared, then: Part, now: Part, sql: Callable[[], str]) -> Answer:
    """The answer of a rule from what was usual, and the changed objects as they were and as they are."""
    gone, come = (rule.evaluate(cast("Inputs", part)) for part in (then, now))  # it offers what rules use of Inputs
    return replace(come, measure=lambda: usual.changed(gone=gone.usual, come=come.usual), sql=sql)
