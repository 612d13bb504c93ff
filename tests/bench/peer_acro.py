"""Runs in acro's own environment: tables of counts on standard input, what acro publishes of each on output."""

import json
import sys

import pandas as pd  # type: ignore[import-not-found,import-untyped,unused-ignore]  # in acro's environment only
from acro import ACRO  # type: ignore[import-not-found,import-untyped,unused-ignore]  # a peer that is not always here


def published(acro: ACRO, counts: list[list[int]]) -> list[list[float | None]]:
    """acro's cross table of these counts with margins; None where it shows nothing."""
    places = [(f"r{n}", f"c{m}") for n, row in enumerate(counts) for m, count in enumerate(row) for _ in range(count)]
    frame = pd.DataFrame(places, columns=["row", "column"])
    shown = acro.crosstab(frame.row, frame.column, margins=True)
    rows, columns = [f"r{n}" for n in range(len(counts))], [f"c{n}" for n in range(len(counts[0]))]
    wanted = shown.reindex(index=[*rows, "All"], columns=[*columns, "All"])
    return [[None if pd.isna(value) else float(value) for value in row] for row in wanted.to_numpy()]


if __name__ == "__main__":
    session = ACRO(suppress=True)
    answer = [published(session, counts) for counts in json.load(sys.stdin)]
    sys.stdout.write("\n" + json.dumps(answer) + "\n")
