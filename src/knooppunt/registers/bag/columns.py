"""The fast road, second half: many objects of one kind → Arrow columns.

Says for every row whether all of its columns are sure. A row that is not goes to lxml; nothing is guessed.
"""

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from knooppunt.registers import arrays
from knooppunt.registers.bag import rings
from knooppunt.registers.bag.converters import Texts, convert
from knooppunt.registers.bag.geometry import point_inside
from knooppunt.registers.bag.kinds import Field, Kind
from knooppunt.registers.bag.scan import Positions, Scan

Flags = npt.NDArray[np.bool_]


def read_columns(scan: Scan, kind: Kind, rows: Positions) -> tuple[dict[str, pa.Array], Flags]:
    """Read the objects `rows`, at least one, in order: one array per column, and which rows are sure.

    All must be of `kind` and have a shape; their geometry must be all points or all areas.
    """
    sure = np.ones(len(rows), bool)
    columns: dict[str, pa.Array] = {}
    for field in kind.fields.values():
        if field.many:
            columns[field.column], good = _many(scan, field, rows)
        else:
            columns[field.column], good = _single(_texts(scan, field.column, rows), field)
        sure &= good
    if kind.geometry:
        shapes, good = _geometry(scan, rows, with_point="x" in kind.schema.names)
        columns |= shapes
        sure &= good
    return columns, sure


def _texts(scan: Scan, column: str, rows: Positions) -> Texts:
    slot_of_shape = np.array([shape.single.get(column, -1) if shape else -1 for shape in scan.shapes], np.int64)
    slots = slot_of_shape[scan.shape_of[rows]]
    present = slots >= 0
    texts = scan.first[rows] + np.maximum(slots, 0)
    return Texts(scan, scan.starts[texts], scan.ends[texts], present)


def _single(texts: Texts, field: Field) -> tuple[pa.Array, Flags]:
    """Read one text per row; an absent one gives null. Says which rows are sure."""
    there = texts.only_present()
    if not len(there.starts):
        return pa.nulls(len(texts.starts)), np.ones(len(texts.starts), bool)
    array, good = convert(there, field)
    if there is texts:
        return array, good
    index = arrays.from_numpy((np.cumsum(texts.present) - 1).astype(np.int32), pa.int32(), texts.present)
    sure = np.ones(len(texts.starts), bool)
    sure[texts.present] = good
    return array.take(index), sure


def _many(scan: Scan, field: Field, rows: Positions) -> tuple[pa.Array, Flags]:
    slots = [shape.many.get(field.column, []) if shape else [] for shape in scan.shapes]
    texts, counts = _gather(scan, slots, rows)
    flat = Texts(scan, scan.starts[texts], scan.ends[texts], np.ones(len(texts), bool))
    values, good = _single(flat, field)
    offsets = np.append(0, np.cumsum(counts)).astype(np.int32)
    sure = np.ones(len(rows), bool)
    sure[np.repeat(np.arange(len(rows)), counts)[~good]] = False
    return pa.ListArray.from_arrays(arrays.from_numpy(offsets, pa.int32()), values.cast(_plain(values.type))), sure


def _plain(data_type: pa.DataType) -> pa.DataType:
    return data_type.value_type if pa.types.is_dictionary(data_type) else data_type


def _gather(scan: Scan, slots: list[list[int]], rows: Positions) -> tuple[Positions, Positions]:
    """Return the numbers of the texts of all rows after each other, and how many each row has."""
    width = max(map(len, slots), default=0)
    table = np.full((len(slots), max(width, 1)), -1, np.int64)
    for number, own in enumerate(slots):
        table[number, : len(own)] = own
    per_row = table[scan.shape_of[rows]]
    real = per_row >= 0
    return (per_row + scan.first[rows][:, None])[real], real.sum(axis=1)


def _geometry(scan: Scan, rows: Positions, *, with_point: bool) -> tuple[dict[str, pa.Array], Flags]:
    """Read the shapes of all rows; either all have a point or all have rings."""
    first = scan.shapes[scan.shape_of[rows[0]]]
    if first is not None and first.point is not None:
        return _points(scan, rows)
    geometry, sure = _areas(scan, rows)
    columns: dict[str, pa.Array] = {"geometry": geometry}
    if with_point:
        shapes = zip(geometry.to_pylist(), sure, strict=True)
        places = [point_inside(wkb) if good else (0.0, 0.0) for wkb, good in shapes]
        columns |= _place(np.array(places))
    return columns, sure


def _dimensions(scan: Scan, rows: Positions) -> Positions:
    return np.array([shape.dimension if shape else 0 for shape in scan.shapes], np.int64)[scan.shape_of[rows]]


def _points(scan: Scan, rows: Positions) -> tuple[dict[str, pa.Array], Flags]:
    slots = [[shape.point] if shape and shape.point is not None else [] for shape in scan.shapes]
    texts, _ = _gather(scan, slots, rows)
    points, bounds, good = rings.read_points(scan.data, scan.starts[texts], scan.ends[texts], _dimensions(scan, rows))
    good &= np.diff(bounds) == 1
    one = np.zeros((len(rows), 2))
    one[good] = points[bounds[:-1][good]]
    good &= rings.inside(one)
    return {"geometry": rings.points_wkb(one), **_place(one)}, good


def _place(points: rings.Numbers) -> dict[str, pa.Array]:
    return {"x": arrays.from_numpy(points[:, 0], pa.float64()), "y": arrays.from_numpy(points[:, 1], pa.float64())}


def _areas(scan: Scan, rows: Positions) -> tuple[pa.Array, Flags]:
    texts, counts = _gather(scan, [shape.rings if shape else [] for shape in scan.shapes], rows)
    owner = np.repeat(np.arange(len(rows)), counts)
    dimensions = _dimensions(scan, rows)[owner]
    points, bounds, good = rings.read_points(scan.data, scan.starts[texts], scan.ends[texts], dimensions)
    good &= rings.check_rings(points, bounds)
    sure = np.ones(len(rows), bool)
    sure[owner[~good]] = False
    return rings.polygons_wkb(points, bounds, counts), sure
