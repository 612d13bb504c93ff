"""Invented persons in a register, and records about some of them as other places write them down.

Written from what goes wrong at counters and in lists, not from what the linker can read: nothing here knows
`knooppunt.linkage`. Nobody exists; numbers that stand for a BSN are not BSNs.
"""

from knooppunt.synthetic.persons.copies import RATES, copies
from knooppunt.synthetic.persons.register import population

__all__ = ["RATES", "copies", "population"]
