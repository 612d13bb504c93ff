"""One gate for every figure that leaves the house: no cell below k, no total from which one can be worked out.

::

    departments = Axis.tree("department", {"town": None, "desk": "town", "streets": "town"})
    table = Table.of("incidents.reports", [departments, Axis.flat("quarter", ["2026-1", "2026-2"])],
                     [Row(("desk", "2026-1"), who=person_id), …])
    release = gate(table, Policy(), earlier=memory)            # memory of the release before, None for the first
    release.at(department="desk", quarter="2026-1")            # Figure(25) or Hidden(Reason.PROTECTED)
    release.memory.as_json()                                   # keep it: the next release needs it

Pure: no database, no clock, no request. docs/adr/0010 has the threat model and what "protected" means.
"""

from knooppunt.disclosure.gate import gate
from knooppunt.disclosure.policy import LEAST_GROUP, LaxPolicyError, Policy
from knooppunt.disclosure.release import Cell, Figure, Hidden, Memory, Past, Reason, Release, UnlikeMemoryError
from knooppunt.disclosure.space import TooLargeError
from knooppunt.disclosure.table import TOTAL, Axis, MisshapenTableError, Row, Table
from knooppunt.disclosure.witness import ContradictionError

__all__ = [
    "LEAST_GROUP",
    "TOTAL",
    "Axis",
    "Cell",
    "ContradictionError",
    "Figure",
    "Hidden",
    "LaxPolicyError",
    "Memory",
    "MisshapenTableError",
    "Past",
    "Policy",
    "Reason",
    "Release",
    "Row",
    "Table",
    "TooLargeError",
    "UnlikeMemoryError",
    "gate",
]
