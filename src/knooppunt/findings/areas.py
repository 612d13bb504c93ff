"""Comparing neighbourhoods with those of the same urbanity, without small numbers."""

import ibis
from ibis.expr.types import Table

MINIMUM_CELL = 10  # fewer is not said of a neighbourhood (disclosure: domain note 2.3)
FEWEST_AREAS = 5  # with fewer alike, no comparison
DEVIATIONS = 2.0


def against_alike(areas: Table) -> Table:
    """Add z: how many standard deviations a neighbourhood's `share` lies above that of its like.

    `areas` has object_id, urbanity, counted, total and share. Those with fewer than MINIMUM_CELL of either are left
    out, and so are kinds with fewer than FEWEST_AREAS.
    """
    large = areas.filter((areas.total >= MINIMUM_CELL) & ((areas.counted >= MINIMUM_CELL) | (areas.counted == 0)))
    alike = ibis.window(group_by=large.urbanity)
    told = large.mutate(
        areas=large.count().over(alike), usual=large.share.mean().over(alike), spread=large.share.std().over(alike)
    )
    enough = told.filter(told.areas >= FEWEST_AREAS)
    return enough.mutate(z=(enough.spread > 0).ifelse((enough.share - enough.usual) / enough.spread, 0.0))
