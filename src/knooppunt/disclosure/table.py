"""Tables of counts as they go into the gate: axes with their groups, and how many things lie where.

The raw counts stay in here. A table never shows them, not even in a traceback.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field

TOTAL = "total"  # the label of everything together, on every axis
At = tuple[str, ...]


class MisshapenTableError(ValueError):
    """Axes, groups and counts do not fit together. The message names axis and unit."""


@dataclass(frozen=True)
class Axis:
    """One way to break a count down. `groups` says for each label that may be published which units it joins.

    Units are the finest there are: a department with its own people only, one kind, one month. Groups may nest (a tree
    of departments), follow on each other (quarters) or grow (January, January to February, …).
    """

    name: str
    groups: Mapping[str, frozenset[str]]

    def __post_init__(self) -> None:
        if TOTAL not in self.groups or self.units != self.groups[TOTAL]:
            raise MisshapenTableError(f"The axis {self.name} needs a group '{TOTAL}' with every unit in it.")
        if not all(self.groups.values()):
            raise MisshapenTableError(f"The axis {self.name} has a group without units.")

    @property
    def units(self) -> frozenset[str]:
        """Every unit of the axis."""
        return frozenset[str]().union(*self.groups.values())

    @classmethod
    def flat(cls, name: str, units: Iterable[str]) -> "Axis":
        """An axis of units side by side, and their total."""
        each = {unit: frozenset({unit}) for unit in units}
        return cls(name, {**each, TOTAL: frozenset(each)})

    @classmethod
    def tree(cls, name: str, parents: Mapping[str, str | None], *, hollow: frozenset[str] = frozenset()) -> "Axis":
        """An axis of nested units: a label stands for the unit with all below it.

        `parents` gives for each unit the one above it, None at the top. `hollow` are units that can hold nothing
        themselves, as everybody knows: a sector without people of its own. What remains of any other beside its parts
        is protected, also when that is zero. Raises MisshapenTableError for a parent that is not there, and a circle.
        """
        below: dict[str, set[str]] = defaultdict(set)
        for unit in parents.keys() - hollow:
            for above in _way_up(name, unit, parents):
                below[above].add(unit)
        each = {unit: frozenset(below[unit]) for unit in parents if below[unit]}
        return cls(name, {**each, TOTAL: frozenset(parents) - hollow})


def _way_up(name: str, unit: str, parents: Mapping[str, str | None]) -> list[str]:
    """The unit and everything above it."""
    way: list[str] = []
    here: str | None = unit
    while here is not None:
        if here in way or here not in parents:
            raise MisshapenTableError(f"The axis {name} is no tree at '{here}'.")
        way.append(here)
        here = parents[here]
    return way


@dataclass(frozen=True)
class Row:
    """Some of the things that are counted: where they lie (a unit per axis), how many, and from whom they come."""

    at: At
    count: int = 1
    who: Hashable = None


@dataclass(frozen=True)
class Table:
    """Counts of one thing, such as reports. `about` names it: releases with the same name protect each other."""

    about: str
    axes: tuple[Axis, ...]
    rows: tuple[Row, ...] = field(repr=False)

    @classmethod
    def of(cls, about: str, axes: Iterable[Axis], rows: Iterable[Row]) -> "Table":
        """Check that every row lies on the axes. Raises MisshapenTableError."""
        table = cls(about, tuple(axes), tuple(rows))
        names = [axis.name for axis in table.axes]
        if not names or len(set(names)) < len(names):
            raise MisshapenTableError("A table has at least one axis, and each name once.")
        for row in table.rows:
            table._check(row)
        return table

    def _check(self, row: Row) -> None:
        if len(row.at) != len(self.axes) or row.count < 0:
            raise MisshapenTableError("A row has a unit for each axis and a count of zero or more.")
        for axis, unit in zip(self.axes, row.at, strict=True):
            if unit not in axis.groups[TOTAL]:
                raise MisshapenTableError(f"The axis {axis.name} has no unit '{unit}'.")
