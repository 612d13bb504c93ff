"""Which establishments a finding may count."""

from datetime import date

from ibis.expr.types import Table

from knooppunt.linkage.addresses import GOOD_ENOUGH


def active_and_linked(establishments: Table, on: date) -> Table:
    """Establishments active on the day `on` whose link to an object has at most one error.

    The day something ended is the first day it is not there. A start that is not known counts as
    before: the register says the establishment exists.
    """
    begun = establishments.started_on.isnull() | (establishments.started_on <= on)
    running = establishments.ended_on.isnull() | (establishments.ended_on > on)
    linked = establishments.object_id.notnull() & (establishments.errors <= GOOD_ENOUGH)
    return establishments.filter(begun & running & linked)
