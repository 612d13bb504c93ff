"""The space in which tables about one thing lie: atoms, and every region of atoms that a release could speak of.

An atom is a combination of units that no release, earlier or now, ever tells apart. A region is a product of one set of
units per axis: a cell of a table, of an earlier table, or what remains between two of them. What an attacker can work
out about a region follows from sums of atoms, so all protection is judged here, whatever table a cell stands in.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import product

import numpy as np
import numpy.typing as npt
from scipy import sparse

from knooppunt.disclosure.policy import Policy
from knooppunt.disclosure.release import Memory, UnlikeMemoryError
from knooppunt.disclosure.table import TOTAL, At, Axis, Table

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Indices = npt.NDArray[np.int64]
Units = frozenset[str]
LARGEST = 250_000  # atoms; a table beyond this is no table but a register


class TooLargeError(ValueError):
    """The table has more cells than the gate can protect."""


@dataclass(frozen=True)
class Side:
    """One axis of the space: its sets of units, and the classes of units that no set tells apart."""

    name: str
    sets: tuple[Units, ...]
    classes: tuple[Units, ...]
    member: Numbers  # sets x classes: 1 where the class belongs to the set

    @classmethod
    def of(cls, name: str, groups: Iterable[Units]) -> "Side":
        """The side that these groups make, each class among its sets as well."""
        sets = list(dict.fromkeys(groups))
        signs: dict[tuple[int, ...], set[str]] = {}
        for unit in sorted(frozenset[str]().union(*sets)):
            signs.setdefault(tuple(n for n, one in enumerate(sets) if unit in one), set()).add(unit)
        classes = [frozenset(signs[sign]) for sign in _by_tree(signs, sets)]
        sets = list(dict.fromkeys([*sets, *classes]))
        member = np.array([[1.0 if one <= group else 0.0 for one in classes] for group in sets])
        return cls(name, tuple(sets), tuple(classes), member)


def _by_tree(signs: Iterable[tuple[int, ...]], sets: list[Units]) -> list[tuple[int, ...]]:
    """Signs in an order that keeps units of one small group beside each other: from the largest set down."""
    return sorted(signs, key=lambda sign: [(-len(sets[n]), n) for n in sorted(sign, key=lambda n: -len(sets[n]))])


@dataclass(frozen=True)
class Space:
    """Sides, and the matrix that adds atoms up to regions (regions x atoms, both in the order of the sides)."""

    sides: tuple[Side, ...]
    matrix: sparse.csr_matrix
    columns: sparse.csc_matrix  # the same, quick to take atoms from
    shape: tuple[int, ...]  # sets per side

    @classmethod
    def of(cls, table: Table, earlier: Memory) -> "Space":
        """The space of a table and everything published before. Raises UnlikeMemoryError and TooLargeError."""
        names = {axis.name for axis in table.axes}
        for past in earlier.past:
            if missing := past.axes.keys() - names:
                raise UnlikeMemoryError(
                    f"An earlier release was broken down by {min(missing)}: this table must be too."
                )
        sides = tuple(Side.of(axis.name, _groups(axis, earlier)) for axis in table.axes)
        if np.prod([len(side.classes) for side in sides]) > LARGEST:
            raise TooLargeError(f"More than {LARGEST} combinations of units: publish fewer groups at once.")
        factors = [sparse.csr_matrix(side.member) for side in sides]
        matrix = sparse.csr_matrix(reduce(lambda left, right: sparse.kron(left, right, format="csr"), factors))
        return cls(sides, matrix, matrix.tocsc(), tuple(len(side.sets) for side in sides))

    def counts(self, table: Table) -> Numbers:
        """How many things lie in each atom."""
        atoms = np.zeros(self.matrix.shape[1])
        np.add.at(atoms, self.atoms_of(table), [float(row.count) for row in table.rows])
        return atoms

    def atoms_of(self, table: Table) -> Indices:
        """The atom of each row."""
        places = [{unit: n for n, one in enumerate(side.classes) for unit in one} for side in self.sides]
        sizes = tuple(len(side.classes) for side in self.sides)
        if not table.rows:
            return np.zeros(0, dtype=np.int64)
        where = [[place[row.at[axis]] for row in table.rows] for axis, place in enumerate(places)]
        return np.asarray(np.ravel_multi_index(tuple(np.array(one) for one in where), sizes), dtype=np.int64)

    def region(self, groups: Sequence[Units]) -> int:
        """The number of the region that is the product of these sets."""
        where = [side.sets.index(one) for side, one in zip(self.sides, groups, strict=True)]
        return int(np.ravel_multi_index(where, self.shape))

    def cells(self, axes: Sequence[Axis]) -> dict[At, int]:
        """For each cell of a table, the number of its region. Two cells with the same units have the same one."""
        where = [
            [(label, side.sets.index(units)) for label, units in axis.groups.items()]
            for side, axis in zip(self.sides, axes, strict=True)
        ]
        steps = [int(np.prod(self.shape[n + 1 :])) for n in range(len(self.shape))]
        return {
            tuple(label for label, _ in combined): sum(
                step * place for step, (_, place) in zip(steps, combined, strict=True)
            )
            for combined in product(*where)
        }


def past_groups(axis: Axis, groups: Mapping[str, Units] | None) -> Mapping[str, Units]:
    """The groups of an axis in an earlier release; one that it did not have is taken together."""
    return groups if groups is not None else {TOTAL: axis.groups[TOTAL]}


def _groups(axis: Axis, earlier: Memory) -> list[Units]:
    sets = list(axis.groups.values())
    for past in earlier.past:
        sets += past_groups(axis, past.axes.get(axis.name)).values()
    return sets


def dominated(space: Space, table: Table, policy: Policy) -> Flags:
    """Which regions come for too large a part from one or two contributors; none where nobody is named."""
    found = np.zeros(space.matrix.shape[0], dtype=bool)
    people = {row.who: n for n, row in enumerate(table.rows) if row.who is not None}
    if not people:
        return found
    column = {who: n for n, who in enumerate(people)}
    named = [(atom, row) for atom, row in zip(space.atoms_of(table), table.rows, strict=True) if row.who is not None]
    given = sparse.csr_matrix(
        ([float(row.count) for _, row in named], ([atom for atom, _ in named], [column[row.who] for _, row in named])),
        shape=(space.matrix.shape[1], len(column)),
    )
    by_region = sparse.csr_matrix(space.matrix @ given)
    for region in np.flatnonzero(np.diff(by_region.indptr)):
        given_here = by_region.data[by_region.indptr[region] : by_region.indptr[region + 1]]
        found[region] = policy.is_dominated([int(part) for part in given_here])
    return found
