"""How many establishments of each branch a street has, in a form that is kept and changed by what changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from knooppunt.findings.active import active_and_linked
from knooppunt.findings.in_memory import answered

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ibis.expr.types import Table

_KEYS = ("street_id", "branch", "errors")
Numbers = np.ndarray[Any, Any]


def counts_of(establishments: Table, *, on: date) -> Table:
    """Per street, branch and errors of the link how many establishments there are (number)."""
    active = active_and_linked(establishments, on).filter(lambda t: t.street_id.notnull())
    return active.group_by(*_KEYS).agg(number=active.count())


@dataclass(frozen=True)
class Rows:
    """For every street, branch and number of errors how many there are, in that order; a branch by its place."""

    streets: Numbers
    branches: Numbers
    errors: Numbers
    numbers: Numbers

    def take(self, which: Numbers) -> Rows:
        """Some of them, in the order of `which`, or those where it is true."""
        return Rows(self.streets[which], self.branches[which], self.errors[which], self.numbers[which])

    def spliced(self, first: Numbers, last: Numbers, more: Rows, streets: Numbers) -> Rows:
        """With `more` in place of the rows of `streets`, which stand from each `first` to before its `last`."""
        begin, end = np.searchsorted(more.streets, streets), np.searchsorted(more.streets, streets, side="right")
        longer = np.concatenate([[0], np.cumsum(end - begin - (last - first))])
        put = places_between(first + longer[:-1], first + longer[:-1] + (end - begin))
        starts, stops = np.concatenate([[0], last]), np.append(first, len(self.streets))
        here = map(slice, starts.tolist(), stops.tolist())
        left = list(zip(here, map(slice, (starts + longer).tolist(), (stops + longer).tolist()), strict=True))
        anew = more.take(places_between(begin, end))

        def together(there: Numbers, come: Numbers) -> Numbers:
            made = np.empty(len(there) + int(longer[-1]), np.promote_types(there.dtype, come.dtype))
            for stretch, to in left:  # each is moved as it lies, without a list of millions of places
                made[to] = there[stretch]
            made[put] = come
            return made

        return Rows(*map(together, self._each(), anew._each()))

    def added_up(self) -> Rows:
        """Each street, branch and number of errors once and in order, without those of which none are left."""
        order = np.lexsort((self.errors, self.branches, self.streets))
        there = self.take(order)
        first = begins(there.streets, there.branches, there.errors)
        if not len(first):
            return there
        counted = replace(there.take(first), numbers=np.add.reduceat(there.numbers, first))
        return counted.take(counted.numbers > 0)

    def _each(self) -> tuple[Numbers, ...]:
        return self.streets, self.branches, self.errors, self.numbers


def begins(*sorted_by: Numbers) -> Numbers:
    """Where a row differs from the one before it, the first included."""
    other = np.zeros(max(len(sorted_by[0]) - 1, 0), bool)
    for one in sorted_by:
        other |= one[1:] != one[:-1]
    return np.flatnonzero(np.concatenate([np.ones(min(len(sorted_by[0]), 1), bool), other]))


@dataclass(frozen=True)
class Pairs:
    """What this rule compares with: how many there are for every street, branch and errors, in that order.

    With a number for each number of errors it can be taken apart: the most errors of what is left are known. Branches
    are numbers here, the place of their name in `names` (in order); one that is not known comes after them.
    """

    names: tuple[str, ...]
    there: Rows

    @classmethod
    def of(cls, counts: Table) -> Pairs:
        """Count them."""
        return cls.read(answered(counts.order_by(*_KEYS)))

    @classmethod
    def read(cls, table: pa.Table) -> Pairs:
        """What `rows` gave, or a table like it."""
        told = table["branch"]
        told = told if pa.types.is_dictionary(told.type) else told.dictionary_encode()
        told = told.unify_dictionaries().combine_chunks()  # the words are not copied
        names, mine = told.dictionary.to_pylist(), told.indices
        order = sorted(set(names))
        at = {name: place for place, name in enumerate(order)}
        places = np.array([*(at[name] for name in names), len(order)], np.int32)
        branches = places[mine.fill_null(len(names)).to_numpy(zero_copy_only=False)]
        numbers = table["number"].to_numpy().astype(np.int64)
        return cls(tuple(order), Rows(table["street_id"].to_numpy(), branches, table["errors"].to_numpy(), numbers))

    def rows(self) -> pa.Table:
        """To keep."""
        told = pa.array(self.there.branches, mask=self.there.branches == len(self.names))
        branches = pa.DictionaryArray.from_arrays(told, pa.array(self.names, pa.string()))
        return pa.table([self.there.streets, branches, self.there.errors, self.there.numbers], [*_KEYS, "number"])

    def changed(self, *, gone: Pairs, come: Pairs) -> Pairs:
        """Without what `gone` counted and with what `come` counted. Only their streets are counted again."""
        names = tuple(sorted({*self.names, *gone.names, *come.names}))
        mine, less, more = (one.called(names) for one in (self, gone, come))
        streets = np.union1d(less.streets, more.streets)
        first, last = np.searchsorted(mine.streets, streets), np.searchsorted(mine.streets, streets, side="right")
        again = mine.take(places_between(first, last))
        anew = joined(again, replace(less, numbers=-less.numbers), more).added_up()
        return Pairs(names, mine.spliced(first, last, anew, streets)).in_use()

    def called(self, names: Sequence[str]) -> Rows:
        """With the place of each branch among other names, in which its own are."""
        if tuple(names) == self.names:
            return self.there
        at = {name: place for place, name in enumerate(names)}
        places = np.array([*(at[name] for name in self.names), len(names)], np.int32)
        return replace(self.there, branches=places[self.there.branches])

    def in_use(self) -> Pairs:
        """Without the names that no row has any more."""
        number = np.bincount(self.there.branches, minlength=len(self.names))
        names = tuple(name for place, name in enumerate(self.names) if number[place])
        if names == self.names:
            return self
        kept = np.cumsum(number[: len(self.names)] > 0) - 1
        places = np.append(kept, len(names)).astype(np.int32)
        return Pairs(names, replace(self.there, branches=places[self.there.branches]))

    @cached_property
    def pairs(self) -> Counted:
        """Counted for each street and branch, in that order."""
        there = self.there
        first = begins(there.streets, there.branches)
        if len(first) == len(there.streets):
            return Counted(self.names, there.streets, there.branches, there.numbers, there.errors)
        last = np.append(first[1:], len(there.streets))[: len(first)] - 1
        numbers = np.add.reduceat(there.numbers, first)
        return Counted(self.names, there.streets[first], there.branches[first], numbers, there.errors[last])


@dataclass(frozen=True)
class Counted:
    """For every street and branch how many establishments there are, and the most errors of a link."""

    names: tuple[str, ...]
    streets: Numbers
    branches: Numbers
    establishments: Numbers
    match_quality: Numbers

    @cached_property
    def total(self) -> int:
        """How many establishments there are."""
        return int(self.establishments.sum())

    @cached_property
    def in_branches(self) -> Numbers:
        """How many there are of each branch, by its place; the last for those without."""
        return np.bincount(self.branches, self.establishments, len(self.names) + 1).astype(np.int64)

    def in_streets(self, streets: Numbers) -> Numbers:
        """How many there are in each of these streets."""
        asked, again = np.unique(streets, return_inverse=True)
        first, last = np.searchsorted(self.streets, asked), np.searchsorted(self.streets, asked, side="right")
        so_far = np.concatenate([[0], np.cumsum(self.establishments[places_between(first, last)])])
        ends = np.concatenate([[0], np.cumsum(last - first)])
        told: Numbers = (so_far[ends[1:]] - so_far[ends[:-1]])[again]
        return told

    def many(self, *, fewest: int, quotient: float) -> pa.Table:
        """The pairs with at least so many, and so many times what was to be expected, as `compared` gives them."""
        which = np.flatnonzero((self.establishments >= fewest) & (self.branches < len(self.names)))
        here, number = self.branches[which], self.establishments[which]
        in_street, in_branch = self.in_streets(self.streets[which]), self.in_branches[here]
        expected = in_street * in_branch / self.total if len(which) else np.zeros(0)
        names = pa.array(self.names, pa.string()).take(pa.array(here))
        table = pa.table(
            {
                "street_id": self.streets[which], "branch": names, "establishments": number,
                "match_quality": self.match_quality[which], "in_street": in_street, "in_branch": in_branch,
                "total": np.full(len(which), self.total), "tests": np.full(len(which), len(self.streets)),
                "expected": expected, "location_quotient": number / expected,
            }
        )  # fmt: skip
        return table.filter(pa.array(table["location_quotient"].to_numpy() >= quotient))


def joined(*parts: Rows) -> Rows:
    """One after the other."""
    together = ([getattr(part, name) for part in parts] for name in ("streets", "branches", "errors", "numbers"))
    return Rows(*(np.concatenate(one) for one in together))


def places_between(first: Numbers, last: Numbers) -> Numbers:
    """Every number from each `first` to before its `last`."""
    lengths = last - first
    return np.repeat(first - np.concatenate([[0], np.cumsum(lengths)[:-1]])[: len(lengths)], lengths) + np.arange(
        lengths.sum()
    )
