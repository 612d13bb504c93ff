"""What rules may see of some objects only: the same tables, small enough to stay in memory."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

import ibis
import pyarrow as pa
import pyarrow.compute as pc

from knooppunt.findings.seen import SEEN

if TYPE_CHECKING:
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

    Tables that are not about objects are given whole, but buildings only where the objects are.
    """

    def __init__(self, whole: Day, objects: pa.Array) -> None:
        self.whole = whole
        self.objects = objects
        self._made: dict[str, Table] = {}

    @property
    def on(self) -> date:
        """The day."""
        return self.whole.on

    @property
    def vault(self) -> Vault:
        """Where it all lies."""
        return self.whole.vault

    @cached_property
    def _wanted(self) -> Table:
        return ibis.memtable(pa.table({"wanted": self.objects}))

    def _here(self, table: Table, key: str, wanted: Table) -> Table:
        rows = table.semi_join(wanted, table[key] == wanted.wanted).order_by(key).to_pyarrow()
        return ibis.memtable(rows)

    @cached_property
    def premises(self) -> Table:
        """As `Inputs.premises`."""
        return self._here(self.whole.premises, "object_id", self._wanted)

    @cached_property
    def establishments(self) -> Table:
        """As `Inputs.establishments`."""
        return self._here(self.whole.establishments, "object_id", self._wanted)

    @cached_property
    def residents(self) -> Table:
        """As `Inputs.residents`."""
        return self._here(self.whole.residents, "object_id", self._wanted)

    def see(self, name: str) -> Table:
        """As `Inputs.see`."""
        if name not in self._made:
            self._made[name] = self._see(name)
        return self._made[name]

    def _see(self, name: str) -> Table:
        table = self.whole.see(name)
        if name == "buildings":
            numbers: Any = pc.unique(self.premises.building_id.to_pyarrow()).drop_null()
            return self._here(table, "building_id", ibis.memtable(pa.table({"wanted": numbers})))
        return self._here(table, "object_id", self._wanted) if "object_id" in SEEN[name].names else table
