"""The gate for figures: how long it takes, how much it hides, and the same tables through acro.

acro hides small cells and then computes totals anew from what is left, so its totals are not those of the table. A cell
is lost when the reader no longer learns its count: hidden, or a total that is not the total. acro brings half a data
laboratory along, so it is installed in a folder that is thrown away; where that fails, the figures say so.
"""

import json
import subprocess
import sys
import tempfile
import venv
from itertools import product
from pathlib import Path
from time import perf_counter

import numpy as np

from knooppunt.disclosure import TOTAL, Axis, Figure, Policy, Row, Table, gate
from tests.bench.result import Figure as Value
from tests.bench.result import write

ACRO = "acro==1.0.2"
COMPARED = 40  # tables through both
PEER = Path(__file__).parent / "peer_acro.py"


def town(departments: int, kinds: int, months: int) -> Table:
    """A tree of departments in tens and fifties; busy and quiet ones, about three things a cell."""
    dice = np.random.default_rng(1)
    parents: dict[str, str | None] = {"town": None}
    for n in range(departments):
        parents |= {f"q{n // 50}": "town", f"c{n // 10}": f"q{n // 50}", f"d{n}": f"c{n // 10}"}
    hollow = frozenset(unit for unit in parents if not unit.startswith("d"))
    busy, common = dice.gamma(1.0, 1.0, departments), dice.dirichlet(np.ones(kinds) * 2) * kinds
    rows = [
        Row((f"d{n}", f"k{kind}", f"m{month}"), int(dice.poisson(3 * busy[n] * common[kind])))
        for n, kind, month in product(range(departments), range(kinds), range(months))
    ]
    kind_axis = Axis.flat("kind", [f"k{n}" for n in range(kinds)])
    axes = [
        Axis.tree("department", parents, hollow=hollow),
        kind_axis,
        Axis.flat("month", [f"m{n}" for n in range(months)]),
    ]
    return Table.of("bench", axes, rows)


def timed(table: Table) -> tuple[float, int, int]:
    """Seconds, cells and published cells of one release."""
    begin = perf_counter()
    release = gate(table, Policy())
    return perf_counter() - begin, len(release.cells), sum(isinstance(cell, Figure) for _, cell in release)


def flat_tables() -> list[list[list[int]]]:
    """Small tables of two axes, as acro takes them."""
    dice = np.random.default_rng(5)
    shapes = [(int(dice.integers(3, 8)), int(dice.integers(3, 6))) for _ in range(COMPARED)]
    return [dice.poisson(25 * dice.gamma(1.0, 1.0, shape)).tolist() for shape in shapes]


def ours(counts: list[list[int]]) -> list[list[bool]]:
    """Which cells the gate publishes, totals last."""
    rows, columns = [f"r{n}" for n in range(len(counts))], [f"c{n}" for n in range(len(counts[0]))]
    lying = [Row((row, column), counts[n][m]) for n, row in enumerate(rows) for m, column in enumerate(columns)]
    release = gate(
        Table.of("bench", [Axis.flat("row", rows), Axis.flat("column", columns)], lying), Policy(rounding_base=1)
    )
    return [[isinstance(release.cells[row, column], Figure) for column in [*columns, TOTAL]] for row in [*rows, TOTAL]]


def acros(tables: list[list[list[int]]]) -> list[list[list[float | None]]] | None:
    """What acro publishes of each table, totals last; None where it cannot be installed."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = Path(folder) / "bin" / "python"
        if subprocess.run([python, "-m", "pip", "install", "--quiet", ACRO], check=False).returncode:
            return None
        given = json.dumps(tables)
        run = subprocess.run([python, PEER], input=given, capture_output=True, text=True, check=True, cwd=folder)
        answer: list[list[list[float | None]]] = json.loads(run.stdout.splitlines()[-1])
        return answer


def compared() -> dict[str, Value]:
    """Both on the same tables."""
    tables = flat_tables()
    theirs = acros(tables)
    if theirs is None:
        return {"acro": "could not be installed here"}
    exposed = lost_here = lost_there = small = 0
    for counts, published in zip(tables, theirs, strict=True):
        whole = np.array([[*row, sum(row)] for row in counts] + [[*np.sum(counts, axis=0), np.sum(counts)]])
        told, shown = np.array(ours(counts)), np.array(published, dtype=float)
        small += int((whole < Policy().smallest_group).sum())
        exposed += int((told & np.isnan(shown) & (whole < Policy().smallest_group)).sum())
        lost_here += int((~told).sum())
        lost_there += int((shown != whole).sum())
    return {
        "tables through both": len(tables),
        "small cells that acro hides and the gate shows": exposed,
        "small cells": small,
        "cells whose count is lost: gate": lost_here,
        "cells whose count is lost: acro": lost_there,
        "ratio of lost cells": lost_here / lost_there,
    }


if __name__ == "__main__":
    figures: dict[str, Value] = {}
    for name, size in {"30 x 9 x 4": (30, 9, 4), "200 x 6 x 12": (200, 6, 12)}.items():
        seconds, cells, published = timed(town(*size))
        figures |= {f"{name}: seconds": seconds, f"{name}: cells": cells, f"{name}: published": published}
    write("disclosure", figures | compared())
    sys.exit(0)
