"""What is usual: how often each value was measured, from which a middle, a bound and a place among the others follow.

A rule measures millions of objects and shows a few. Counting how often each value occurs is one pass without sorting,
and two counts can be added and taken apart exactly: that is how a day's changes are worked in without measuring all
again.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Self

import ibis
import pyarrow as pa

from knooppunt.findings.in_memory import answered

if TYPE_CHECKING:
    from ibis.expr.types import Table

SPREAD = pa.schema([("like", pa.string()), ("value", pa.float64()), ("number", pa.int64())])
ALL = ""


@dataclass(frozen=True)
class Spread:
    """How often each value occurs."""

    counts: Counter[float | None] = field(default_factory=Counter)

    @cached_property
    def _values(self) -> list[float]:
        return sorted(value for value in self.counts if value is not None)

    @cached_property
    def _up_to(self) -> list[int]:
        return list(accumulate(self.counts[value] for value in self._values))

    @cached_property
    def compared(self) -> int:
        """How many were measured."""
        return self.counts.total()

    @cached_property
    def _asked(self) -> dict[float, float]:
        return {}

    def quantile(self, part: float) -> float:
        """The value that `part` of those measured do not exceed, between two of them in proportion; nan of nothing.

        Every finding asks for the same two, so an answer is remembered.
        """
        if part not in self._asked:
            self._asked[part] = self._quantile(part)
        return self._asked[part]

    def _quantile(self, part: float) -> float:
        if not self._values:
            return float("nan")
        place = (self._up_to[-1] - 1) * part
        low = self._values[bisect_right(self._up_to, int(place))]
        high = self._values[bisect_right(self._up_to, min(int(place) + 1, self._up_to[-1] - 1))]
        return float(low + (high - low) * (place - int(place)))

    def below(self, value: float | None, *, down: bool = False) -> float:
        """Which share of the others has less than `value` (`down`: more), as PERCENT_RANK says it; 0 without others."""
        if self.compared < 2 or value is None:
            return 0.0
        if down:
            place = bisect_right(self._values, value)
            before = (self._up_to[-1] if self._up_to else 0) - (self._up_to[place - 1] if place else 0)
        else:
            place = bisect_left(self._values, value)
            before = self._up_to[place - 1] if place else 0
        return before / (self.compared - 1)


@dataclass(frozen=True)
class Usual:
    """A Spread for each kind that is compared with its like; of most rules there is one kind, ALL."""

    kinds: dict[str, Spread]

    @classmethod
    def of(cls, measured: Table, by: str, like: str | None = None) -> Self:
        """Count `measured` by its column `by`, apart for each value of the column `like`."""
        told = measured.select(like=measured[like] if like else ibis.literal(ALL), value=measured[by])
        rows = answered(told.group_by("like", "value").agg(number=told.count()))

        return cls.read(rows)

    @classmethod
    def _counted(cls, rows: Any) -> Self:
        counts: dict[str, Counter[float | None]] = {}
        for kind, value, number in rows:
            counts.setdefault(kind or ALL, Counter())[None if value is None else float(value)] += number
        return cls({kind: Spread(+counter) for kind, counter in counts.items()})

    @classmethod
    def read(cls, table: pa.Table) -> Self:
        """What `rows` gave."""
        return cls._counted(zip(*(table[name].to_pylist() for name in SPREAD.names), strict=True))

    def rows(self) -> pa.Table:
        """To keep: a row for each kind and value, of SPREAD."""
        told = [
            (kind, value, number)
            for kind, spread in sorted(self.kinds.items())
            for value, number in sorted(spread.counts.items(), key=lambda item: (item[0] is None, item[0] or 0.0))
        ]
        return pa.Table.from_pylist([dict(zip(SPREAD.names, row, strict=True)) for row in told], schema=SPREAD)

    def changed(self, *, gone: Usual, come: Usual) -> Usual:
        """This without what `gone` counted and with what `come` counted."""
        kinds = {}
        for kind in sorted({*self.kinds, *come.kinds}):
            counts = Counter(self.kind(kind).counts)
            counts.subtract(gone.kind(kind).counts)
            counts.update(come.kind(kind).counts)
            kinds[kind] = Spread(+counts)
        return Usual({kind: spread for kind, spread in kinds.items() if spread.counts})

    def kind(self, name: str = ALL) -> Spread:
        """The Spread of one kind; an empty one where nothing of it was measured."""
        return self.kinds[name] if name in self.kinds else Spread()

    @cached_property
    def every(self) -> Spread:
        """All kinds together."""
        return Spread(sum((spread.counts for spread in self.kinds.values()), Counter()))
