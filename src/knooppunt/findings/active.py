"""What counts on a day: establishments, records with a period, and links that are good enough."""

from datetime import date, timedelta

from ibis.expr.types import BooleanValue, Table

from knooppunt.linkage.addresses import GOOD_ENOUGH


def running(table: Table, on: date) -> BooleanValue:
    """Whether a row with started_on and ended_on holds on the day `on`.

    The day something ended is the first day it is not there. A start that is not known counts as
    before: the register says it exists.
    """
    begun = table.started_on.isnull() | (table.started_on <= on)
    return begun & (table.ended_on.isnull() | (table.ended_on > on))


def linked(table: Table) -> BooleanValue:
    """Whether a row leads to an object with at most one error."""
    return table.object_id.notnull() & (table.errors <= GOOD_ENOUGH)


def active_and_linked(establishments: Table, on: date) -> Table:
    """Establishments active on the day `on` whose link to an object has at most one error."""
    return establishments.filter(running(establishments, on) & linked(establishments))


def months_before(on: date, months: int) -> date:
    """The same day so many months ago, or the last day of that month where it has no such day."""
    year, month = divmod(on.year * 12 + on.month - 1 - months, 12)
    first = date(year, month + 1, 1)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(first + timedelta(days=on.day - 1), following - timedelta(days=1))
