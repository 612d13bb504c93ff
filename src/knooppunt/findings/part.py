"""What rules may see of some objects only: the same tables, small enough to stay in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import ibis
import pyarrow as pa
import pyarrow.compute as pc

from knooppunt.findings.seen import SEEN

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from ibis.expr.types import Table

    from knooppunt.vault import Vault


class Day(Protocol):
    """Where the tables about all objects on one day come from: the registers, or what was kept of a run."""

    vault: Vault

    @property
    def on(self) -> date:
        """The day."""
        ...

    @property
    def premises(self) -> Table:
        """As `Inputs.premises`."""
        ...

    @property
    def establishments(self) -> Table:
        """As `Inputs.establishments`."""
        ...

    @property
    def residents(self) -> Table:
        """As `Inputs.residents`."""
        ...

    def see(self, name: str) -> Table:
        """As `Inputs.see`."""
        ...


class Part:
    """The tables of one day about some objects, as `Inputs` gives them about all.

    Tables that are not about objects are given whole, but buildings only where the objects are. `held` says of which
    part a table may be taken instead of being read: one about the same objects, in which it is the same.
    """

    def __init__(self, whole: Day, objects: pa.Array, held: Mapping[str, Part] | None = None) -> None:
        self.whole = whole
        self.objects = objects
        self._held = held or {}
        self._rows: dict[str, pa.Table] = {}
        self._made: dict[str, Table] = {}

    @property
    def on(self) -> date:
        """The day."""
        return self.whole.on

    @property
    def vault(self) -> Vault:
        """Where it all lies."""
        return self.whole.vault

    @property
    def premises(self) -> Table:
        """As `Inputs.premises`."""
        return self.see("premises")

    @property
    def establishments(self) -> Table:
        """As `Inputs.establishments`."""
        return self.see("establishments")

    @property
    def residents(self) -> Table:
        """As `Inputs.residents`."""
        return self.see("residents")

    def see(self, name: str) -> Table:
        """As `Inputs.see`."""
        if name not in self._made:
            about = name in _BY_OBJECT or name == "buildings"
            self._made[name] = ibis.memtable(self.rows(name)) if about else self.whole.see(name)
        return self._made[name]

    def rows(self, name: str) -> pa.Table:
        """A table about objects, or the buildings, in memory."""
        if name not in self._rows:
            self._rows[name] = self._held[name].rows(name) if name in self._held else self._read(name)
        return self._rows[name]

    def _read(self, name: str) -> pa.Table:
        key, wanted = self._wanted(name)
        table, these = whole_table(self.whole, name), ibis.memtable(pa.table({"wanted": wanted}))
        table = table.drop(*(column for column in _LEFT_OUT.get(name, ()) if column in table.columns))
        return table.semi_join(these, table[key] == these.wanted).order_by(key).to_pyarrow()

    def _wanted(self, name: str) -> tuple[str, pa.Array]:
        if name != "buildings":
            return "object_id", self.objects
        numbers: Any = pc.unique(self.rows("premises")["building_id"]).drop_null()
        return "building_id", numbers


_BY_OBJECT = frozenset({"premises", "establishments", "residents"}) | {
    name for name, schema in SEEN.items() if "object_id" in schema.names
}


_LEFT_OUT = {"premises": ("uses", "street_id", "street", "number", "letter", "addition", "postcode", "town", "x", "y")}
"""Where an object is. No rule that reaches no further than its object asks it, and reading it is most of the work."""


def whole_table(day: Day, name: str) -> Table:
    """A table of a day by its name, also one that is an attribute."""
    match name:
        case "premises":
            return day.premises
        case "establishments":
            return day.establishments
        case "residents":
            return day.residents
    return day.see(name)


Sides = tuple[Part, Part]
"""As it was and as it is."""


def sides(days: tuple[Day, Day], objects: pa.Array, same: Collection[str]) -> Sides:
    """The tables about `objects` on two days. Each file is read once, and one that is the `same` only for the last."""
    now = Part(days[1], objects)
    read_once = {name for name in same if name != "buildings" or "premises" in same}
    return Part(days[0], objects, dict.fromkeys(read_once, now)), now
