"""Whether a shape can be the boundary of an area, and whether areas of one level lie over each other."""

from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from knooppunt.registers.tables.values import NETHERLANDS

POLYGONS = (3, 6)  # type numbers of shapely: polygon and multipolygon
SEA = 20_000  # metres: municipalities on the coast go on under water, past the area of use of EPSG:28992
SLIVER = 1.0  # m²: less than this lies between neighbours by the rounding of their coordinates
_DEGREES = 180  # both coordinates smaller than this: degrees, not metres

Shapes = npt.NDArray[Any]


def wrong_with(shape: shapely.Geometry | None) -> str:
    """Why a shape cannot be a boundary, in a sentence; nothing when it can."""
    if shape is None or shapely.is_empty(shape):
        return "has no shape"
    if shapely.get_type_id(shape) not in POLYGONS:
        return f"is a {type(shape).__name__}, not a polygon"
    return _misplaced(shape) or _broken(shape)


def _misplaced(shape: shapely.Geometry) -> str:
    west, south, east, north = (float(side) for side in shapely.bounds(shape))
    if max(abs(west), abs(south), abs(east), abs(north)) <= _DEGREES:
        return "has coordinates in degrees (WGS84), not in metres (EPSG:28992)"
    x, y = NETHERLANDS["x"], NETHERLANDS["y"]
    inside = x[0] - SEA <= west and east <= x[1] + SEA and y[0] - SEA <= south and north <= y[1] + SEA
    return "" if inside else f"reaches to {west:.0f} {south:.0f} and {east:.0f} {north:.0f}, outside the Netherlands"


def _broken(shape: shapely.Geometry) -> str:
    if shapely.is_valid(shape):
        return ""
    reason = shapely.is_valid_reason(shape)
    kind, _bracket, where = reason.partition("[")
    if "Self-intersection" in kind:
        return f"has a boundary that crosses itself at {where.rstrip(']')}"
    return f"is not a valid polygon ({reason})"


def overlapping(shapes: Shapes) -> list[tuple[int, int]]:
    """Pairs of shapes that share more than a sliver, the later one first, ordered by it."""
    tree = shapely.STRtree(shapes)
    one, other = tree.query(shapes)
    later = one > other
    one, other = one[later], other[later]
    shared = shapely.area(shapely.intersection(shapes[one], shapes[other]))
    much = shared > SLIVER
    order = np.lexsort((other[much], one[much]))
    return [(int(a), int(b)) for a, b in zip(one[much][order], other[much][order], strict=True)]
