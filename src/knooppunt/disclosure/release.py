"""What comes out of the gate: figures and hidden cells, and the memory that the next release needs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from knooppunt.disclosure.policy import Policy
from knooppunt.disclosure.table import TOTAL, At


class Reason(StrEnum):
    """Why there is no figure.

    Small cells and those that only protect a small one have the same reason on purpose: telling them apart would tell
    which is small.
    """

    PROTECTED = "protected"
    SMALL_BASE = "small_base"  # a percentage of too few; follows from published figures, so tells nothing more


@dataclass(frozen=True)
class Figure:
    """A published count (rounded) or percentage (whole)."""

    value: int


@dataclass(frozen=True)
class Hidden:
    """No figure, and why."""

    reason: Reason = Reason.PROTECTED


Cell = Figure | Hidden


class UnlikeMemoryError(ValueError):
    """A memory is about something else, or has an axis that the table does not have."""


@dataclass(frozen=True)
class Past:
    """One earlier release as it was published: its groups, its figures, and which cells it hid."""

    axes: Mapping[str, Mapping[str, frozenset[str]]]
    cells: Mapping[At, int | None]  # None: hidden
    bounds: tuple[int, int]  # rounding base and smallest group of its policy

    def as_json(self) -> dict[str, Any]:
        """Plain lists and texts. Axes are a list: a database may put the names in an object in another order."""
        axes = [[name, {label: sorted(units) for label, units in groups.items()}] for name, groups in self.axes.items()]
        return {"axes": axes, "cells": [[*at, value] for at, value in self.cells.items()], "bounds": [*self.bounds]}

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> "Past":
        """What `as_json` gave."""
        axes = {name: {label: frozenset(units) for label, units in groups.items()} for name, groups in given["axes"]}
        base, smallest = given["bounds"]
        return cls(axes, {tuple(cell[:-1]): cell[-1] for cell in given["cells"]}, (base, smallest))


@dataclass(frozen=True)
class Memory:
    """Everything that was published about one thing. It holds published figures only: nothing in it needs hiding."""

    about: str
    past: tuple[Past, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """To keep beside the release."""
        return {"about": self.about, "past": [one.as_json() for one in self.past]}

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> "Memory":
        """What `as_json` gave."""
        return cls(given["about"], tuple(Past.from_json(one) for one in given["past"]))


@dataclass(frozen=True)
class Release:
    """A table that may leave the house. Keep `memory` and give it to the next one as `earlier`."""

    about: str
    policy: Policy
    memory: Memory = field(repr=False)
    axes: tuple[str, ...]
    cells: Mapping[At, Cell] = field(repr=False)

    def at(self, **labels: str) -> Cell:
        """The cell with these labels; an axis that is not named is taken together. Raises KeyError for others."""
        if unknown := labels.keys() - set(self.axes):
            raise KeyError(*unknown)
        return self.cells[tuple(labels.get(name, TOTAL) for name in self.axes)]

    def share(self, part: Cell, *, of: Cell) -> Cell:
        """The whole percentage that one published count is of another; computed from what is published, so harmless."""
        if not isinstance(part, Figure) or not isinstance(of, Figure):
            return Hidden()
        if of.value < self.policy.percent_base:
            return Hidden(Reason.SMALL_BASE)
        return Figure(min(100, round(100 * part.value / of.value)))

    def __iter__(self) -> Iterator[tuple[At, Cell]]:
        return iter(self.cells.items())
