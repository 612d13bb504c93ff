"""How an object is lived in over time, as counts. A person never comes out (see `residents`)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import ibis

from knooppunt.registers.brp.stays import LEFT_UNKNOWN, NEVER

if TYPE_CHECKING:
    from datetime import date

    from ibis.expr.types import Table

MOVES_DAYS = 730  # moves are counted over two years (domain rules WON-04 and WON-05)
EMPTY_DAYS = 183  # nobody in half a year is long empty (TNO, as cited with domain rule WON-03)


def housing_at(stays: Table, on: date) -> Table:
    """One row per object: postal, moved_in, moved_out, left_unknown, arrivals and recent (see `findings.seen`).

    A stay whose start is uncertain counts for `recent` as long as the doubt lasts, and for no move.
    """
    known = stays.filter(
        stays.object_id.notnull() & stays.suspension.cast("string").fill_null("").notin(sorted(NEVER))
    ).mutate(function=stays.function.cast("string"))
    lived = known.filter(known.function == "W")
    parts = [_postal(known, on), _moves(lived, on), _left(lived, on), _arrivals(lived, on), _recent(lived, on)]
    objects = ibis.union(*(part.select("object_id") for part in parts), distinct=True)
    for part in parts:
        objects = objects.left_join(part, "object_id").drop("object_id_right")
    counts = [name for name in objects.columns if name != "object_id"]
    return objects.mutate(**{name: objects[name].fill_null(0).cast("int64") for name in counts})


def _postal(known: Table, on: date) -> Table:
    there = known.filter(
        (known.function == "B") & (known.start_latest <= on) & (known.end_earliest.isnull() | (known.end_earliest > on))
    )
    return there.group_by("object_id").agg(postal=there.person.nunique())


def _moves(lived: Table, on: date) -> Table:
    since = on - timedelta(days=MOVES_DAYS)
    came = lived.filter(~lived.start_uncertain & (lived.start_latest > since) & (lived.start_latest <= on)).select(
        "object_id", "person", day="start_latest", way=ibis.literal("in")
    )
    left = lived.filter(
        (lived.end_earliest == lived.end_latest) & (lived.end_latest > since) & (lived.end_latest <= on)
    ).select("object_id", "person", day="end_latest", way=ibis.literal("out"))
    moves = ibis.union(came, left)
    return moves.group_by("object_id").agg(
        moved_in=moves.day.nunique(where=moves.way == "in"), moved_out=moves.day.nunique(where=moves.way == "out")
    )


def _left(lived: Table, on: date) -> Table:
    since = on - timedelta(days=MOVES_DAYS)
    gone = lived.filter(
        (lived.left_to.cast("string") == LEFT_UNKNOWN) & (lived.end_latest > since) & (lived.end_latest <= on)
    )
    return gone.group_by("object_id").agg(left_unknown=gone.person.nunique())


def _arrivals(lived: Table, on: date) -> Table:
    """Days on which today's adults came, each already of age then: who grew up there is no household apart."""
    there = lived.filter(
        ~lived.start_uncertain
        & (lived.start_latest <= on)
        & (lived.end_earliest.isnull() | (lived.end_earliest > on))
        & (lived.adult_from_latest <= lived.start_latest)
    )
    return there.group_by("object_id").agg(arrivals=there.start_latest.nunique())


def _recent(lived: Table, on: date) -> Table:
    since = on - timedelta(days=EMPTY_DAYS)
    there = lived.filter((lived.start_earliest <= on) & (lived.end_latest.isnull() | (lived.end_latest > since)))
    return there.group_by("object_id").agg(recent=there.person.nunique())
