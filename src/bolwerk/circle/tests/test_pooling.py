"""Nobody reads one municipality in figures of several: not by subtracting the own, not by who joined or left."""

import random
from itertools import combinations

import numpy as np
import pytest
from scipy.optimize import linprog

from bolwerk.circle.rules.pooling import TOTAL, PoolPolicy, may_be_told, pooled, rate_of, stays_closed

POLICY = PoolPolicy()
KINDS = ("threat", "insult", "violence", "other")
Table = dict[str, dict[str, int | None]]


def test_four_municipalities_are_too_few_and_five_alike_are_enough() -> None:
    assert not may_be_told([40] * 4, POLICY)
    assert may_be_told([40] * 5, POLICY)
    assert not may_be_told([40] * 4 + [0], POLICY), "who gives nothing protects nobody"


@pytest.mark.parametrize("values", [[500, 40, 40, 40, 40, 40], [400, 400, 5, 5, 5, 5], [200, 90, 5, 5, 5]])
def test_one_or_two_that_weigh_too_much_hide_it(values: list[int]) -> None:
    assert not may_be_told(values, POLICY)


def table(dice: random.Random, members: int) -> Table:
    """Figures of municipalities of very different sizes, in which small ones hide themselves."""
    rows: Table = {}
    for member in range(members):
        size = dice.choice([8, 20, 60, 200, 600])
        found = {kind: 5 * round(dice.uniform(0, size) / 5) for kind in KINDS}
        row: dict[str, int | None] = {kind: value if value >= 10 else None for kind, value in found.items()}
        rows[f"m{member}"] = row | {TOTAL: sum(found.values())}
    return rows


def line_of(rows: Table, members: list[str], kind: str) -> list[float]:
    """Which of all figures of all members one sum is about."""
    kinds = KINDS if kind == TOTAL else (kind,)
    return [float(member in members and one in kinds) for member in rows for one in KINDS]


def bounds(rows: Table, told: dict[str, int | None], own: str, target: tuple[str, str]) -> tuple[float, float]:
    """What a member with a linear programme learns: the least and most that another's figure can be."""
    known = [(list(rows), kind, figure) for kind, figure in told.items() if figure is not None]
    known += [([own], kind, figure) for kind, figure in rows[own].items() if figure is not None]
    lines = [line_of(rows, members, kind) for members, kind, _figure in known]
    values = [figure for _members, _kind, figure in known]
    cost = np.array(line_of(rows, [target[0]], target[1]))
    ends = [linprog(sign * cost, A_eq=np.array(lines), b_eq=values, method="highs").fun for sign in (1, -1)]
    return ends[0], -ends[1]


@pytest.mark.parametrize("seed", range(12))
def test_no_member_with_a_solver_comes_close_to_another(seed: int) -> None:
    dice = random.Random(seed)
    rows = table(dice, dice.randint(5, 9))
    told = pooled(rows, KINDS, POLICY)
    for own, other in dice.sample([(a, b) for a in rows for b in rows if a != b], 6):
        for kind in (TOTAL, *KINDS):
            true = rows[other][kind]
            if true and told[kind] is not None:
                least, most = bounds(rows, told, own, (other, kind))
                assert least <= true * 0.9, (own, other, kind)
                assert most >= true * (1 + POLICY.p_percent / 100), (own, other, kind)


def test_a_kind_that_one_hides_is_shown_of_nobody_and_does_not_open_through_the_total() -> None:
    rows: Table = {f"m{n}": {**dict.fromkeys(KINDS, 40), TOTAL: 160} for n in range(6)}
    rows["m0"] = {**rows["m0"], "violence": None, TOTAL: 120}
    told = pooled(rows, KINDS, POLICY)
    assert told["violence"] is None
    assert told[TOTAL] == 920
    rows = {name: {**row, "violence": None, TOTAL: 120 + (10 if name == "m0" else 0)} for name, row in rows.items()}
    told = pooled(rows, KINDS, POLICY)
    assert [told[kind] for kind in KINDS].count(None) >= 2, "total minus kinds would be the one of m0"


def test_who_joins_or_leaves_is_not_read_from_the_difference() -> None:
    panel = frozenset(f"m{n}" for n in range(8))
    assert stays_closed([panel], POLICY)
    assert stays_closed([panel, panel], POLICY)
    assert not stays_closed([panel, panel | {"new"}], POLICY)
    assert not stays_closed([panel, panel - {"m0", "m1"}], POLICY)
    assert not stays_closed([panel, (panel - {"m0"}) | {"new"}], POLICY)
    assert stays_closed([panel, panel | {f"n{n}" for n in range(5)}], POLICY)
    assert stays_closed([panel, frozenset(f"n{n}" for n in range(5))], POLICY)


def test_three_releases_together_do_not_open_what_two_keep_closed() -> None:
    first, second = (frozenset(f"{letter}{n}" for n in range(5)) for letter in "ab")
    assert not stays_closed([first, second, first | second | {"c"}], POLICY)
    assert stays_closed([first, second, first | second], POLICY)


@pytest.mark.parametrize("seed", range(20))
def test_the_rule_agrees_with_brute_force(seed: int) -> None:
    dice = random.Random(seed)
    names = [f"m{n}" for n in range(9)]
    panels = [frozenset(dice.sample(names, dice.randint(5, 9))) for _ in range(dice.randint(1, 3))]
    matrix = np.array([[name in panel for name in names] for panel in set(panels)], dtype=float)
    rank = np.linalg.matrix_rank(matrix)
    opened = any(
        np.linalg.matrix_rank(np.delete(matrix, few, axis=1)) < rank
        for size in range(1, POLICY.least)
        for few in combinations(range(len(names)), size)
    )
    assert stays_closed(panels, POLICY) is not opened


def test_the_interval_holds_chance_and_rounding() -> None:
    rate = rate_of(100, 10_000, off_by=0)
    assert (round(rate.value, 1), round(rate.low, 1), round(rate.high, 1)) == (10.0, 8.1, 12.2)
    wider = rate_of(100, 10_000, off_by=10)
    assert wider.low < rate.low < rate.high < wider.high
    assert rate_of(0, 1_000, off_by=0).low == 0.0
