"""Records of the table registers to addressable objects: by BAG id, by address, and else by the nearest object."""

import ibis
import pyarrow as pa
from ibis.expr.types import Table

from knooppunt.linkage.establishments import link_establishments

NEAR = 50.0  # metres: a point further from every object belongs to none
NEAR_STEP, NEAR_ERRORS = "nearest_object", 1
_ROW = ["source_file", "source_line"]


def placed(records: Table, book: Table, premises: Table) -> Table:
    """The records with object_id, errors and step; object_id is empty where nothing fits.

    `book` holds every address with its object (`linkage.asof.address_book_on`). A point counts only where neither a
    BAG id nor an address leads anywhere: the nearest object within NEAR metres, as a link with one error.
    """
    plain = records.mutate(source_file=records.source_file.cast("string"))
    asked = plain.mutate(kvk=ibis.null("int64"), establishment=ibis.null("int64"))
    links = link_establishments(asked, book).select(*_ROW, linked="object_id", link_errors="errors", link_step="step")
    joined = plain.drop("object_id", "address_id").left_join(links, _ROW).drop("source_file_right", "source_line_right")
    if "x" not in records.columns:
        return joined.rename(object_id="linked", errors="link_errors", step="link_step")
    close = nearest(joined.filter(joined.linked.isnull() & joined.x.notnull() & joined.y.notnull()), premises)
    both = joined.left_join(close, _ROW).drop("source_file_right", "source_line_right")
    by_point = both.linked.isnull() & both.near_object.notnull()
    return both.mutate(
        object_id=both.linked.fill_null(both.near_object),
        errors=by_point.ifelse(ibis.literal(NEAR_ERRORS, "int8"), both.link_errors),
        step=by_point.ifelse(ibis.literal(NEAR_STEP), both.link_step),
    )


def nearest(points: Table, premises: Table) -> Table:
    """Per point the nearest object within NEAR metres: source_file, source_line, near_object."""
    around = ibis.memtable(pa.table({"dx": [d for d in (-1, 0, 1) for _ in range(3)], "dy": [-1, 0, 1] * 3}))
    cells = points.select(*_ROW, px="x", py="y").cross_join(around)
    cells = cells.mutate(cx=_cell(cells.px) + cells.dx, cy=_cell(cells.py) + cells.dy)
    objects = premises.select("object_id", ox="x", oy="y")
    objects = objects.mutate(cx=_cell(objects.ox), cy=_cell(objects.oy))
    pairs = cells.join(objects, ["cx", "cy"])
    pairs = pairs.mutate(away=(pairs.px - pairs.ox) ** 2 + (pairs.py - pairs.oy) ** 2)
    pairs = pairs.filter(pairs.away <= NEAR**2)
    rank = ibis.row_number().over(
        group_by=[pairs.source_file, pairs.source_line], order_by=[pairs.away, pairs.object_id]
    )
    return pairs.mutate(rank=rank).filter(lambda t: t.rank == 0).select(*_ROW, near_object="object_id")


def _cell(value: ibis.expr.types.FloatingColumn) -> ibis.expr.types.IntegerValue:
    return (value / NEAR).floor().cast("int64")
