"""What was known on a day. The BAG tells itself what was registered when; other registers are known by the delivery."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ibis.expr.types import Table

    from knooppunt.vault.layout import Delivery

WITH_REGISTRATION = "bag"
"""The register whose records carry the moment of registration (tijdstipRegistratie, eindRegistratie)."""

REGISTERED, UNTIL = "registered_at", "registered_until"
LATER = ("inactive_at", "not_bag_at")  # what can happen to a record afterwards


def since(delivery: Delivery) -> date:
    """Since when a delivery is known: the day it describes, or else the day it came in."""
    return delivery.as_of or delivery.ingested_at.date()


def is_later(one: Delivery, other: Delivery) -> bool:
    """Whether a delivery may know something that another does not: it describes a later day, or came in later."""
    return one.delivery != other.delivery and (since(one) > since(other) or one.ingested_at > other.ingested_at)


OWN_HISTORY = frozenset({"areas", "areamap", "boundaries"})
"""Registers of areas: CBS gives them per year, and each holds until the next. A vault keeps every delivery of them."""


def valid_on(kept: Sequence[Delivery], on: date | None, known_on: date | None) -> Delivery | None:
    """Which of the deliveries of a register of areas says how it was on a day, as it was known on another.

    It is the newest of those about that day or before; of two about one day the one that came last. Of a day before
    the oldest the oldest says it, as nothing else does. Without `on`: the newest there is. Known is what had been
    delivered by then; a house that had none by then is told by what was about that day, as with other registers.
    """
    there = list(kept)
    if known_on is not None:
        there = [one for one in kept if max(since(one), one.ingested_at.date()) <= known_on]
        there = there or [one for one in kept if since(one) <= known_on]
    there.sort(key=lambda one: (since(one), one.ingested_at))
    until = [one for one in there if on is None or since(one) <= on]
    return until[-1] if until else there[0] if there else None


def as_known(table: Table, day: date) -> Table:
    """A BAG table as it was at the end of a day: what was registered later is not in it, and has ended nothing.

    A table without moments of registration stays as it is.
    """
    import ibis  # noqa: PLC0415  half a second that reading a delivery does not need

    if REGISTERED not in table.columns:
        return table
    over = ibis.literal(datetime.combine(day + timedelta(days=1), time()))
    moment = {name: table[name].cast("timestamp") for name in (REGISTERED, UNTIL, *LATER) if name in table.columns}
    open_then = moment[UNTIL].isnull() | (moment[UNTIL] >= over)
    changes = {name: ibis.ifelse(open_then, ibis.null(table[name].type()), table[name]) for name in ("valid_to", UNTIL)}
    untouched = ibis.literal(value=True)
    for name in LATER:
        if name in moment:
            later = moment[name].notnull() & (moment[name] >= over)
            changes[name] = ibis.ifelse(later, ibis.null(table[name].type()), table[name])
            untouched = untouched & (moment[name].isnull() | later)
    if "part" in table.columns:
        changes["part"] = ibis.ifelse(untouched, ibis.literal("stand"), table.part.cast("string"))
    return table.filter(moment[REGISTERED] < over).mutate(**changes)
