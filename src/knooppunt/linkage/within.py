"""In which area a point lies, by the shapes of areas.

A point on the border of two areas lies in the one with the smaller code, every time. A point in no area (in the sea,
abroad, or nowhere) has none.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

BATCH = 262_144  # points at once
NOWHERE = -1
Numbers = npt.NDArray[np.int64]
Metres = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Shapes:
    """The areas of one level in order of code, ready to be asked."""

    codes: list[str]
    names: list[str]
    polygons: npt.NDArray[Any]
    tree: shapely.STRtree

    def of(self, x: Metres, y: Metres) -> Numbers:
        """For each point (EPSG:28992, metres) which of `codes` it lies in; NOWHERE for one in none."""
        found = np.full(len(x), NOWHERE, np.int64)
        known = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
        point, area = self.tree.query(shapely.points(x[known], y[known]))
        point = known[point]
        inside = shapely.intersects_xy(self.polygons[area], x[point], y[point])
        point, area = point[inside], area[inside]
        order = np.lexsort((-area, point))  # of one point the smallest code is written last
        found[point[order]] = area[order]
        return found


def shapes_of(path: Path, level: str) -> Shapes | None:
    """The areas of one level in a table of boundaries; None when it has none of that level."""
    rows = pq.read_table(path, columns=["code", "name", "geometry"], filters=[("level", "=", level)])
    if not rows.num_rows:
        return None
    rows = rows.sort_by("code")
    polygons = shapely.from_wkb(rows["geometry"].to_numpy())
    shapely.prepare(polygons)
    names = [name or "" for name in rows["name"].to_pylist()]
    return Shapes(rows["code"].to_pylist(), names, polygons, shapely.STRtree(polygons))


def located(points: Path, shapes: Shapes) -> Iterator[tuple[pa.Array, Numbers]]:
    """Object ids of a file with object_id, x and y, and where each lies, some at a time: memory does not grow."""
    with pq.ParquetFile(points) as file:
        for batch in file.iter_batches(BATCH, columns=["object_id", "x", "y"]):
            x, y = (batch[name].to_numpy(zero_copy_only=False).astype(np.float64) for name in ("x", "y"))
            yield batch["object_id"], shapes.of(x, y)
