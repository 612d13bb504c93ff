"""Linking texts against a vault: address lines or tips in, one link each out, with how sure it is and why."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from ibis.expr.types import Table

from knooppunt.engine import Engine
from knooppunt.linkage.asof import BagTables, address_book_on, occurrences_on
from knooppunt.linkage.corrections import NOWHERE, corrections, decided
from knooppunt.linkage.free import LINKS, UNCERTAIN, AddressBook, Linker, Progress, Stage, TipLinker
from knooppunt.linkage.free.book import COLUMNS
from knooppunt.linkage.free.linker import batches
from knooppunt.linkage.free.stages import STAGES
from knooppunt.linkage.free.tokens import tokenise
from knooppunt.linkage.run import bag_tables
from knooppunt.vault import Vault


@dataclass(frozen=True)
class AddressLinks:
    """The links of some texts, in their order.

    `table`: object_id (addressable object, empty when not linked), errors (how many were forgiven; 0 is a
    full match), stage (what linked it, or why nothing did), suggestion (may be meant; never a link).
    """

    as_of: date
    table: pa.Table
    seconds: float
    by_stage: dict[str, int] = field(default_factory=dict)

    @property
    def linked(self) -> int:
        """How many texts lead to an object."""
        return int(self.table.num_rows - self.table["object_id"].null_count)

    def rows_with(self, stages: frozenset[Stage]) -> list[int]:
        """The places of texts that ended in one of the stages, counted from 0."""
        hit = pc.is_in(self.table["stage"].cast(pa.string()), pa.array(sorted(stages)))
        return [int(place) for place in np.flatnonzero(hit.to_numpy())]

    def uncertain(self) -> list[int]:
        """Texts that may mean several things: worth a look. Places counted from 0."""
        return self.rows_with(UNCERTAIN)

    def unmatched(self) -> list[int]:
        """Texts that lead nowhere. Places counted from 0."""
        return self.rows_with(frozenset({Stage.NOT_FOUND, Stage.NO_NUMBER, Stage.PO_BOX}))

    def to_json(self) -> dict[str, Any]:
        """Counts, as the command line prints them."""
        return {
            "as_of": self.as_of.isoformat(),
            "texts": self.table.num_rows,
            "linked": self.linked,
            "stages": self.by_stage,
            "uncertain": len(self.uncertain()),
            "unmatched": len(self.unmatched()),
            "seconds": round(self.seconds, 3),
        }


def former_streets(bag: BagTables, on: date) -> Table:
    """Streets that were called differently before: street (its name on the day) and was (each earlier name)."""
    now = occurrences_on(bag.public_spaces, on).select("id", street="name")
    before = bag.public_spaces.filter(bag.public_spaces.valid_from <= on).select("id", was="name").distinct()
    joined = now.join(before, "id")
    return joined.filter(joined.street != joined.was).select("street", "was").distinct()


def read_book(vault: Vault, on: date) -> AddressBook:
    """Every address of a day, ready to be looked up. Raises VaultError without a whole BAG in the vault."""
    engine: Engine = vault.connect()
    try:
        bag = bag_tables(vault, engine)
        known = address_book_on(bag, on)
        addresses = known.filter(known.street.notnull() & known.town.notnull()).select(*COLUMNS).order_by("object_id")
        return AddressBook(addresses.to_pyarrow(), former_streets(bag, on).order_by("street", "was").to_pyarrow())
    finally:
        engine.close()


def link_addresses(
    vault: Vault, texts: Sequence[str | None] | pa.ChunkedArray, *, tips: bool = False, progress: Progress | None = None
) -> AddressLinks:
    """Link address lines (with `tips`: free text that mentions an address) to addressable objects.

    The addresses are those of the day of the BAG delivery, with the names streets had before. Nothing is
    guessed: what may be meant is a suggestion. Corrections in the vault go before everything else.
    Raises VaultError without a whole BAG in the vault.
    """
    started = time.perf_counter()
    bag = vault.delivery("bag")
    as_of = bag.as_of or bag.ingested_at.date()
    lines = texts if isinstance(texts, pa.ChunkedArray) else pa.chunked_array([pa.array(texts, pa.string())])
    linker = Linker(read_book(vault, as_of))
    table = TipLinker(linker).link(lines) if tips else linker.link(lines, progress)
    table = _corrected(vault, lines, table)
    counted = table["stage"].combine_chunks().value_counts().to_pylist() if table.num_rows else []
    by_stage = {str(row["values"]): int(row["counts"]) for row in counted}
    return AddressLinks(as_of, table, time.perf_counter() - started, dict(sorted(by_stage.items())))


def _corrected(vault: Vault, lines: pa.ChunkedArray, table: pa.Table) -> pa.Table:
    """The links with those that somebody decided about put in their place."""
    made = corrections(vault)
    if not made:
        return table
    known, objects = decided(made)
    places = [known.find(tokens.hash(tokens.first[:-1], tokens.first[1:])) for tokens in map(tokenise, batches(lines))]
    place = np.concatenate(places)
    hit = pa.array(place >= 0)
    chosen = objects.take(pa.array(np.maximum(place, 0)))
    chosen = pc.if_else(pc.equal(chosen, NOWHERE), pa.scalar(None, pa.int64()), chosen)
    nothing = pa.nulls(len(place), pa.int64())
    stage = pc.if_else(hit, pa.scalar(str(Stage.CORRECTED)), table["stage"].cast(pa.string()))
    columns = [
        pc.if_else(hit, chosen, table["object_id"]),
        pc.if_else(
            hit, pc.if_else(chosen.is_null(), pa.scalar(None, pa.int8()), pa.scalar(0, pa.int8())), table["errors"]
        ),
        pc.index_in(stage, pa.array([str(one) for one in STAGES])).cast(pa.int8()),
        pc.if_else(hit, nothing, table["suggestion"]),
    ]
    indices = columns[2].combine_chunks() if isinstance(columns[2], pa.ChunkedArray) else columns[2]
    columns[2] = pa.DictionaryArray.from_arrays(indices, pa.array([str(one) for one in STAGES]))
    return pa.Table.from_arrays(columns, schema=LINKS)
