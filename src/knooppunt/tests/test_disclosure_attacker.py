"""Random tables and an attacker by linear programming: the gate holds, and without it the attacker wins.

Fifty tables here; BOLWERK_FULL_SIZE=1 (`make slow`) takes a thousand.
"""

import os
from collections.abc import Iterator
from itertools import product

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knooppunt.disclosure import TOTAL, Axis, Figure, Hidden, Memory, Policy, Release, Row, Table, gate
from knooppunt.tests.attacker import Attacker, small_groups

LAST_POSSIBLE = Policy().smallest_group - 1
BATCHES, TABLES = 20 if os.environ.get("BOLWERK_FULL_SIZE") else 1, 50
SLACK = 1e-5  # of the attacker's solver
Told = list[tuple[Table, Release]]


def random_tree(dice: np.random.Generator, name: str, size: int) -> Axis:
    """Units under each other at random; about half of those with something below them hold nothing themselves."""
    parents: dict[str, str | None] = {"u0": None}
    for n in range(1, size):
        parents[f"u{n}"] = str(dice.choice(list(parents)))
    above = sorted({parent for parent in parents.values() if parent})
    return Axis.tree(name, parents, hollow=frozenset(unit for unit in above if dice.random() < 0.5))


def random_table(dice: np.random.Generator, *, months: tuple[str, ...] = ("m1", "m2")) -> Table:
    """A tree, two or three kinds and some months; some tables are nearly empty, others nearly full."""
    axes = [
        random_tree(dice, "team", int(dice.integers(2, 6))),
        Axis.flat("kind", ["a", "b", "c"][: dice.integers(2, 4)]),
    ]
    axes.append(Axis.flat("month", months))
    mean = float(dice.choice([3, 8, 20, 60]))
    places = product(*[sorted(axis.units) for axis in axes])
    return Table.of("reports", axes, [Row(at, int(dice.poisson(mean * dice.gamma(1.0)))) for at in places])


def grown(dice: np.random.Generator, table: Table) -> Table:
    """The same with a month more: what was counted before stays as it was."""
    month = Axis.flat("month", [*sorted(table.axes[-1].units), "later"])
    places = product(*[sorted(axis.units) for axis in table.axes[:-1]], ["later"])
    return Table.of(
        "reports", [*table.axes[:-1], month], [*table.rows, *(Row(at, int(dice.poisson(8))) for at in places)]
    )


def policy_of(dice: np.random.Generator) -> Policy:
    """With and without rounding."""
    return Policy(rounding_base=int(dice.choice([1, 5])))


def only_small_hidden(table: Table, policy: Policy) -> Release:
    """What somebody publishes who hides the small cells and thinks no further."""
    cells = {}
    for labels in product(*[axis.groups for axis in table.axes]):
        groups = [axis.groups[label] for axis, label in zip(table.axes, labels, strict=True)]
        count = sum(row.count for row in table.rows if all(u in g for u, g in zip(row.at, groups, strict=True)))
        cells[labels] = Figure(policy.rounded(count)) if count >= policy.smallest_group else Hidden()
    return Release("reports", policy, Memory("reports"), tuple(axis.name for axis in table.axes), cells)


def narrowed(told: Told, *, whole: bool = False) -> Iterator[str]:
    """Every small group of which the attacker can exclude a value between 0 and k - 1."""
    attacker = Attacker(told, whole=whole)
    for groups in small_groups(*[table for table, _ in told]):
        least, most = attacker.bounds(groups)
        if least > SLACK or most < LAST_POSSIBLE - SLACK:
            yield f"{[sorted(group) for group in groups]}: {least} to {most}"


@pytest.mark.slow
@pytest.mark.parametrize("batch", range(BATCHES))
def test_the_attacker_never_narrows_a_small_group_in_one_release_or_two(batch: int) -> None:
    dice = np.random.default_rng(batch)
    for number in range(TABLES):
        table, policy = random_table(dice), policy_of(dice)
        first = gate(table, policy)
        told: Told = [(table, first)]
        if number % 2:
            later = grown(dice, table)
            told.append((later, gate(later, policy, earlier=first.memory)))
        assert list(narrowed(told)) == [], f"table {number} of batch {batch}"


def test_whole_numbers_alone_tell_the_attacker_no_more() -> None:
    dice = np.random.default_rng(1000)
    for _ in range(12):
        table, policy = random_table(dice), policy_of(dice)
        assert list(narrowed([(table, gate(table, policy))], whole=True)) == []


def test_without_the_gate_the_attacker_wins() -> None:
    dice = np.random.default_rng(99)
    tables = [(random_table(dice), policy_of(dice)) for _ in range(40)]
    opened = [any(narrowed([(table, only_small_hidden(table, policy))])) for table, policy in tables]
    assert sum(opened) >= 30, f"{sum(opened)} of 40 tables opened"


def test_two_releases_that_do_not_know_of_each_other_open_each_other() -> None:
    dice = np.random.default_rng(7)
    opened = 0
    for _ in range(30):
        table, policy = random_table(dice), Policy(rounding_base=1)
        later = grown(dice, table)
        opened += any(narrowed([(table, gate(table, policy)), (later, gate(later, policy))]))
    assert opened >= 15, f"{opened} of 30 pairs opened: the memory is what keeps them shut"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    counts=st.lists(st.integers(0, 30), min_size=12, max_size=12),
    later=st.lists(st.integers(0, 30), min_size=4, max_size=4),
    base=st.sampled_from([1, 5]),
)
def test_cumulative_figures_and_their_months_hold_for_any_counts(
    counts: list[int], later: list[int], base: int
) -> None:
    teams, policy = Axis.tree("team", {"top": None, "x": "top", "y": "x", "z": "x"}), Policy(rounding_base=base)
    told: Told = []
    memory = None
    for months, numbers in ((3, counts), (4, counts + later)):
        names = [f"m{n}" for n in range(months)]
        grows = Axis(
            "until", {f"m0-m{n}": frozenset(names[: n + 1]) for n in range(months)} | {TOTAL: frozenset(names)}
        )
        rows = [
            Row((team, month), numbers[4 * names.index(month) + n])
            for month in names
            for n, team in enumerate(sorted(teams.units))
        ]
        table = Table.of("reports", [teams, grows], rows)
        told.append((table, gate(table, policy, earlier=memory)))
        memory = told[-1][1].memory
    assert list(narrowed(told)) == []
