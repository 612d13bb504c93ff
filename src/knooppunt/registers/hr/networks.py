"""What functions say about companies, without who holds them: changes at the top, and companies that share one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import ibis

if TYPE_CHECKING:
    from ibis.expr.types import Table

YEARS_BACK = 730  # days in which changes are counted
LEADS = ("director", "owner", "partner")


def changes_before(functions: Table, on: date) -> Table:
    """Per company the days in the two years before `on` on which somebody left the top or came: kvk, changes.

    Several on one day are one change. Who they are does not come out.
    """
    since = on - timedelta(days=YEARS_BACK)
    led = functions.filter(functions.kind.cast("string").isin(LEADS))
    came = led.select("kvk", day=led.started_on)
    left = led.select("kvk", day=led.ended_on)
    days = ibis.union(came, left).filter(lambda t: (t.day > since) & (t.day <= on))
    first = led.group_by("kvk").agg(first=led.started_on.min())
    changed = days.join(first, "kvk").filter(lambda t: t.day > t.first)  # the first director is no change
    return changed.group_by("kvk").agg(changes=changed.day.nunique())


def shared_leaders(functions: Table, on: date) -> Table:
    """Per company the network it is in on the day `on`: kvk, network (a number), companies in it.

    A network is all companies led by one and the same; a company in several is counted in the largest.
    """
    led = functions.filter(
        functions.kind.cast("string").isin(LEADS)
        & (functions.started_on.isnull() | (functions.started_on <= on))
        & (functions.ended_on.isnull() | (functions.ended_on > on))
    )
    pairs = led.select("holder", "kvk").distinct()
    sizes = pairs.group_by("holder").agg(companies=pairs.kvk.nunique(), network=pairs.kvk.min())
    placed = pairs.join(sizes, "holder")
    rank = ibis.row_number().over(
        group_by=placed.kvk, order_by=[placed.companies.desc(), placed.network, placed.holder]
    )
    return placed.mutate(rank=rank).filter(lambda t: t.rank == 0).select("kvk", "network", "companies")
