"""Witnesses: whole tables of counts that agree with everything told, in which a sensitive region is as low or as high
as it must be able to be. Having them in hand is the proof that no attacker can exclude those values.

Each is found by linear programming (HiGHS, in scipy). In a large table only a window of atoms moves and the rest stays
as it is: a witness in the window is one of the whole.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from knooppunt.disclosure.ledger import ROUNDING_ERROR, Ledger
from knooppunt.disclosure.space import Indices, Numbers, Space


class ContradictionError(ValueError):
    """What was published before cannot be true together: a memory that this gate did not make."""


@dataclass(frozen=True)
class Window:
    """A few atoms, what is told about them once the others stay as they are, and every region that lies within."""

    atoms: Indices
    facts: sparse.csr_matrix  # told regions x atoms
    regions: Indices  # of the facts
    least: Numbers
    most: Numbers
    here: sparse.csr_matrix  # all regions x atoms


def window(space: Space, ledger: Ledger, atoms: Indices, start: Numbers) -> Window:
    """The window on `atoms`; `start` are counts per atom of the whole table that agree with everything told."""
    here = sparse.csr_matrix(space.columns[:, atoms])
    regions = np.flatnonzero(ledger.told & (np.diff(here.indptr) > 0))
    facts = here[regions]
    outside = space.matrix[regions] @ start - facts @ start[atoms]
    return Window(atoms, facts, regions, ledger.least[regions] - outside, ledger.most[regions] - outside, here)


def _solve(cost: Numbers, rows: Any, least: Numbers, most: Numbers, ceiling: Numbers | float) -> Numbers | None:
    """The cheapest non-negative numbers between the bounds; None when there are none."""
    # Only whoever makes a release needs scipy: half a second that opening a page should not cost.
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415  SciPy takes a second to load, and few ask for it

    constraints = [LinearConstraint(rows, least, most)] if rows.shape[0] else []
    found = milp(cost, constraints=constraints, bounds=Bounds(0, ceiling))
    return None if found.x is None else np.asarray(found.x, dtype=float)


def lowered(view: Window, targets: Indices, weights: Numbers) -> Numbers | None:
    """Counts per atom of the window in which the targets together are as low as they can be."""
    cost = np.asarray(view.here[targets].T @ weights)
    return _solve(cost, view.facts, view.least, view.most, np.inf)


def raised(view: Window, targets: Indices, weights: Numbers, high: Numbers) -> Numbers | None:
    """Counts per atom of the window in which the targets come as near to `high` as they together can."""
    atoms, number = view.atoms.size, targets.size
    reached = sparse.hstack([view.here[targets], -sparse.identity(number)])
    facts = sparse.hstack([view.facts, sparse.csr_matrix((view.facts.shape[0], number))])
    rows = sparse.csr_matrix(sparse.vstack([facts, reached]))
    least, most = np.r_[view.least, np.zeros(number)], np.r_[view.most, np.full(number, np.inf)]
    found = _solve(np.r_[np.zeros(atoms), -weights], rows, least, most, np.r_[np.full(atoms, np.inf), high])
    return None if found is None else found[:atoms]


def stretched(view: Window, ledger: Ledger, targets: Indices, to: Numbers, price: Numbers) -> Numbers | None:
    """Counts per atom of the window in which each target is as `to` says, breaking as little of what is told as can be.

    `price` per region is what breaking it costs; final ones are never broken. None when even that does not help.
    """
    free = np.flatnonzero(~ledger.final[view.regions])
    give = sparse.csr_matrix((np.ones(free.size), (free, np.arange(free.size))), shape=(view.regions.size, free.size))
    sought = sparse.hstack([view.here[targets], sparse.csr_matrix((targets.size, 2 * free.size))])
    rows = sparse.csr_matrix(sparse.vstack([sparse.hstack([view.facts, give, -give]), sought]))
    paid = price[view.regions[free]]
    cost = np.r_[np.zeros(view.atoms.size), paid, paid]
    found = _solve(cost, rows, np.r_[view.least, to], np.r_[view.most, to], np.inf)
    return None if found is None else found[: view.atoms.size]


def extreme(view: Window, ledger: Ledger, target: int, *, upward: bool) -> float:
    """How far what is final lets one region go, whatever else is told."""
    final = ledger.final[view.regions]
    cost = np.asarray(view.here[[target]].todense(), dtype=float).ravel()
    found = _solve(-cost if upward else cost, view.facts[final], view.least[final], view.most[final], np.inf)
    return float(cost @ found) if found is not None else np.nan


def explained(space: Space, ledger: Ledger, price: Numbers) -> Numbers:
    """Counts per atom that agree with what is final, and with as much as can be of what else is told."""
    regions = np.flatnonzero(ledger.told)
    free = np.flatnonzero(~ledger.final[regions])
    give = sparse.csr_matrix((np.ones(free.size), (free, np.arange(free.size))), shape=(regions.size, free.size))
    rows = sparse.csr_matrix(sparse.hstack([space.matrix[regions], give, -give]))
    paid = price[regions[free]]
    cost = np.r_[np.zeros(space.matrix.shape[1]), paid, paid]
    found = _solve(cost, rows, ledger.least[regions], ledger.most[regions], np.inf)
    if found is None:
        raise ContradictionError("no counts agree with what was published before")
    return found[: space.matrix.shape[1]]


def reaches(value: Numbers, bound: Numbers, *, upward: bool) -> Any:
    """Whether values reach the bound of their protection interval."""
    return value >= bound - ROUNDING_ERROR if upward else value <= bound + ROUNDING_ERROR
