"""What lies close together, by squares of a grid: engines join on equal numbers much quicker than on distances."""

import ibis
from ibis.expr.types import FloatingValue, IntegerValue, Table

SIDE = 64
"""Metres along a square. A power of two, so that no coordinate is rounded into the square beside its own."""
_COLUMN = 1_000_000  # more than the squares in a column
_AROUND = tuple(column * _COLUMN + row for column in (-1, 0, 1) for row in (-1, 0, 1))
_HERE, _THERE = "square_here", "square_there"

Point = tuple[str, str]
"""The columns with x and y."""


def _square(x: FloatingValue, y: FloatingValue) -> IntegerValue:
    """The number of the square a point lies in."""
    column, row = ((place / SIDE).floor().cast("int64") for place in (x, y))
    return column * _COLUMN + row


def close_together(here: Table, there: Table, here_at: Point, there_at: Point, *, metres: int) -> Table:
    """Every row of `here` beside every row of `there` within `metres` (at most SIDE); no column is in both."""
    if metres > SIDE:
        raise ValueError(f"Squares of {SIDE} metres do not find what is {metres} metres away.")
    own = _square(*(here[name] for name in here_at))
    asking = here.mutate(**{_HERE: ibis.array([own + away for away in _AROUND]).unnest()})
    told = there.mutate(**{_THERE: _square(*(there[name] for name in there_at))})
    pairs = asking.join(told, [asking[_HERE] == told[_THERE]]).drop(_HERE, _THERE)
    (x, y), (to_x, to_y) = ((pairs[name] for name in names) for names in (here_at, there_at))
    return pairs.filter((x - to_x) ** 2 + (y - to_y) ** 2 <= metres**2)
