"""Points that a table gives in degrees (WGS84), turned to metres (EPSG:28992), as the vault has them."""

from functools import cache
from typing import Any

from pyproj import Transformer

from knooppunt.registers.kvk.values import FactRefusedError
from knooppunt.registers.tables.values import DEGREES


@cache
def _turn() -> Transformer:
    return Transformer.from_crs("EPSG:4326", "EPSG:28992", always_xy=True)


def in_metres(row: dict[str, Any]) -> dict[str, Any]:
    """The row with `x` and `y` in metres, whichever way round the degrees stand. Raises FactRefusedError."""
    pair = [row["x"], row["y"]]
    if pair == [None, None]:
        return row
    if None in pair:
        raise FactRefusedError("has a latitude without a longitude, or the other way round")
    for (low, high), degrees in zip(DEGREES.values(), sorted(pair), strict=True):
        if not low <= degrees <= high:
            raise FactRefusedError("has a latitude twice, or a longitude")
    x, y = _turn().transform(*sorted(pair))
    return row | {"x": round(x, 2), "y": round(y, 2)}
