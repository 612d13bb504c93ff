"""What the trade register shields in a later delivery, for whoever reads an earlier one.

`indAfgeschermd` says that an address may not be shown. Whoever was shielded since must not be found by asking how it
was before, so the flag of a delivery is not enough: what came later counts too. Known by its own number an
establishment stays the same under another company. Of a company something of which is shielded, what the later
delivery does not itself show openly is shielded as well: it may be the same place under another number.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ibis.expr.types import Table

    from knooppunt.engine import Engine
    from knooppunt.vault.layout import Delivery

REGISTER, TABLE = "kvk", "establishments"


class _Told(NamedTuple):
    """What one delivery says, in numbers: of an establishment its own, of a company without one that below zero."""

    shielded: pa.Array
    companies: pa.Array  # of which something is shielded
    shown: pa.Array  # what is open of those


@dataclass(frozen=True)
class Shield:
    """What is shielded in some deliveries; nothing without any."""

    deliveries: tuple[Delivery, ...]

    @cached_property
    def _told(self) -> list[_Told]:
        return [_read(one) for one in self.deliveries]

    @cached_property
    def _numbers(self) -> list[tuple[frozenset[int], ...]]:
        return [tuple(frozenset(one.to_pylist()) for one in told) for told in self._told]

    def hides(self, kvk: int, establishment: int | None) -> bool:
        """Whether an establishment, or a company without one, is shielded."""
        own = -kvk if establishment is None else establishment
        return any(
            own in shielded or (kvk in companies and own not in shown) for shielded, companies, shown in self._numbers
        )

    def concerns(self, numbers: Iterable[int]) -> bool:
        """Whether one of these numbers, of a company or of an establishment, may be of something that is shielded."""
        asked = frozenset(numbers)
        return any(
            not (asked.isdisjoint(shielded) and asked.isdisjoint(companies)) for shielded, companies, _ in self._numbers
        )

    def hides_company(self, kvk: int) -> bool:
        """Whether anything of a company is shielded."""
        return any(kvk in companies for _, companies, _ in self._numbers)

    def over(self, table: Table, engine: Engine) -> Table:
        """The establishments of a delivery, with what is shielded here shielded as well."""
        own = table.establishment.fill_null(-table.kvk)
        hidden = table.shielded
        for place, told in enumerate(self._told):
            known = {
                name: engine.rows(f"{TABLE}_{name}_{place}", pa.table({"number": numbers}))
                for name, numbers in told._asdict().items()
            }
            moved = table.kvk.isin(known["companies"].number) & own.notin(known["shown"].number)
            hidden = hidden | own.isin(known["shielded"].number) | moved
        return table.mutate(shielded=hidden)


def _read(delivery: Delivery) -> _Told:
    rows = pq.read_table(delivery.table_path(TABLE), columns=["kvk", "establishment", "shielded"])
    own = pc.coalesce(rows["establishment"], pc.negate(rows["kvk"]))
    companies = pc.unique(rows["kvk"].filter(rows["shielded"]))
    shown = pc.and_(pc.is_in(rows["kvk"], companies), pc.invert(rows["shielded"]))
    return _Told(
        shielded=own.filter(rows["shielded"]).combine_chunks(),
        companies=companies,
        shown=own.filter(shown).combine_chunks(),
    )
