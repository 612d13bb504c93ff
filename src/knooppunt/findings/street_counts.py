"""How many establishments of each branch a street has, in a form that is kept and changed by what changed."""

from dataclasses import dataclass
from datetime import date
from typing import Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from ibis.expr.types import Table

from knooppunt.findings.active import active_and_linked

_KEYS = ("street_id", "branch", "errors")


def counts_of(establishments: Table, *, on: date) -> Table:
    """Per street, branch and errors of the link how many establishments there are (number)."""
    active = active_and_linked(establishments, on).filter(lambda t: t.street_id.notnull())
    return active.group_by(*_KEYS).agg(number=active.count())


@dataclass(frozen=True)
class Pairs:
    """What this rule compares with: how many there are for every street, branch and errors, in that order.

    With a number for each number of errors it can be taken apart: the most errors of what is left are known.
    """

    table: pa.Table

    @classmethod
    def of(cls, counts: Table) -> Self:
        """Count them."""
        return cls(counts.order_by(*_KEYS).to_pyarrow())

    def rows(self) -> pa.Table:
        """To keep."""
        return self.table

    def pairs(self) -> pa.Table:
        """As `pairs_of` gives them, in order of street and branch."""
        streets, branches = self.table["street_id"].to_numpy(), self.table["branch"]
        if not len(streets):
            return self._told(self.table, self.table["number"], self.table["errors"])
        other = pc.fill_null(pc.not_equal(branches[1:], branches[:-1]), fill_value=True).to_numpy()
        first = np.flatnonzero(np.concatenate([[True], (streets[1:] != streets[:-1]) | other]))
        if len(first) == len(streets):  # mostly: nothing to add up, and nothing is copied
            return self._told(self.table, self.table["number"], self.table["errors"])
        numbers = np.add.reduceat(self.table["number"].to_numpy(), first)
        last = np.append(first[1:], len(streets)) - 1
        return self._told(self.table.take(first), pa.array(numbers), self.table["errors"].take(pa.array(last)))

    @staticmethod
    def _told(rows: pa.Table, numbers: pa.Array, most_errors: pa.Array) -> pa.Table:
        told = rows.select(["street_id", "branch"]).append_column("establishments", numbers)
        return told.append_column("match_quality", most_errors)

    def changed(self, *, gone: "Pairs", come: "Pairs") -> "Pairs":
        """Without what `gone` counted and with what `come` counted. Only their streets are looked at."""
        less = gone.table.set_column(3, "number", pc.negate(gone.table["number"]))
        both_sides = [*less["street_id"].chunks, *come.table["street_id"].chunks]
        streets = pc.unique(pa.chunked_array(both_sides, pa.int64()))
        there = pc.is_in(self.table["street_id"], streets)
        parts = [self.table.filter(there), less.cast(self.table.schema), come.table.cast(self.table.schema)]
        counted = pa.concat_tables(parts).group_by(list(_KEYS)).aggregate([("number", "sum")])
        anew = counted.rename_columns([*_KEYS, "number"]).filter(pc.field("number") > 0)
        anew = anew.sort_by([(key, "ascending") for key in _KEYS]).cast(self.table.schema)
        both = pa.concat_tables([self.table, anew])
        left = np.append(np.flatnonzero(~there.to_numpy()), np.arange(len(self.table), len(both)))
        order = np.argsort(both["street_id"].to_numpy()[left], kind="stable")
        return Pairs(both.take(left[order]))
