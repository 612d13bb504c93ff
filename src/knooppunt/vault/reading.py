"""Reading a vault: which deliveries it holds, and their tables as ibis expressions."""

from __future__ import annotations

from copy import copy
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from knooppunt.engine import Engine, open_engine
from knooppunt.registers.catalogue import REGISTER_OF_TABLE
from knooppunt.vault.knowing import OWN_HISTORY, WITH_REGISTRATION, as_known, is_later, since, valid_on
from knooppunt.vault.layout import Delivery, VaultError, delivery_path, read_manifest, read_state
from knooppunt.vault.shielding import REGISTER as WITH_SHIELDED
from knooppunt.vault.shielding import Shield

if TYPE_CHECKING:
    from datetime import date

    from ibis.expr.types import Table


class Vault:
    """A vault opened for reading, as it was at the moment of opening.

    A later ingest does not change what an open Vault shows; open it again to see the new delivery.
    """

    def __init__(self, path: Path, known_on: date | None = None, without: frozenset[str] = frozenset()) -> None:
        self.path = path
        self.state = read_state(path)
        self.without = without
        self.known_on = known_on
        self.day: date | None = None

    def about(self, day: date | None) -> Vault:
        """The same vault asked about a day: areas are those of that day. Without a day: the newest there are."""
        asked = copy(self)
        for made in ("_deliveries", "_engine"):
            vars(asked).pop(made, None)
        asked.day = day
        return asked

    @property
    def municipality(self) -> str | None:
        """The CBS code of the municipality this vault is about, once a BAG delivery named it."""
        return self.state.municipality

    @cached_property
    def _deliveries(self) -> dict[str, Delivery]:
        current = {
            register: read_manifest(delivery_path(self.path, register, delivery))
            for register, delivery in sorted(self.state.current.items())
            if register not in self.without
        }
        if self.known_on is None:
            dated = OWN_HISTORY & current.keys()
            of_day = {one: valid_on(self._kept(current[one]), self.day, None) or current[one] for one in dated}
            return current | of_day
        known = {register: self._known(register, one, self.known_on) for register, one in current.items()}
        return {register: one for register, one in known.items() if one is not None}

    def _known(self, register: str, current: Delivery, day: date) -> Delivery | None:
        """The newest delivery kept that was there on a day; the BAG says itself what was registered when.

        A vault keeps a delivery and the one before it, of areas all. What was known before cannot be told, and is not.
        """
        if register == WITH_REGISTRATION:
            return current
        if register in OWN_HISTORY:
            return valid_on(self._kept(current), self.day, day)
        there = [one for one in self._kept(current) if since(one) <= day]
        return max(there, key=lambda one: (since(one), one.ingested_at), default=None)

    def _kept(self, current: Delivery) -> list[Delivery]:
        folders = [one for one in current.path.parent.glob("[!.]*") if (one / "manifest.json").is_file()]
        return [current if one.name == current.delivery else read_manifest(one) for one in folders]

    def shield(self, since: str | None = None) -> Shield:
        """What the trade register shields in deliveries later than `since`, or of which that is not known.

        Whoever shows what was read or worked out from another delivery than the newest asks this first; tables of the
        vault are asked already (`connect`). Without `since` it is all that any delivery kept shields, also where the
        trade register itself may not be used.
        """
        name = self.state.current.get(WITH_SHIELDED)
        if name is None:
            return Shield(())
        kept = self._kept(read_manifest(delivery_path(self.path, WITH_SHIELDED, name)))
        used = next((one for one in kept if one.delivery == since), None)
        return Shield(tuple(one for one in kept if used is None or is_later(one, used)))

    def registers(self) -> list[Delivery]:
        """Return the current delivery of every register in the vault, ordered by register."""
        return list(self._deliveries.values())

    def delivery(self, register: str) -> Delivery:
        """Return the current delivery of `register`. Raises VaultError when there is none."""
        try:
            return self._deliveries[register]
        except KeyError:
            raise VaultError(
                f"The vault {self.path} holds no {register.upper()} yet. "
                f"Run: knooppunt ingest {register} PATH --vault {self.path}"
            ) from None

    def table_path(self, table: str) -> Path:
        """Return the Parquet file of a canonical table. Raises VaultError when it is not there."""
        own = next((one.register for one in self.registers() if table in one.counts), None)
        register = REGISTER_OF_TABLE.get(table, own)
        if register is None:
            raise VaultError(f"There is no table “{table}”.")
        return self.delivery(register).table_path(table)

    def connect(self, engine: str = "duckdb", *, memory_mib: int | None = None, threads: int | None = None) -> Engine:
        """Open an engine in which every table of the vault is known under its own name."""
        opened = open_engine(engine, memory_mib=memory_mib, threads=threads)
        for delivery in self.registers():
            for table in delivery.counts:
                path = delivery.table_path(table)
                if self.known_on is not None and delivery.register == WITH_REGISTRATION:
                    opened.view(table, as_known(opened.parquet(f"{table}_as_delivered", path), self.known_on))
                elif delivery.register == WITH_SHIELDED and (shield := self.shield(delivery.delivery)).deliveries:
                    opened.view(table, shield.over(opened.parquet(f"{table}_as_delivered", path), opened))
                else:
                    opened.parquet(table, path)
        return opened

    @cached_property
    def _engine(self) -> Engine:
        return self.connect()

    def table(self, name: str) -> Table:
        """Return a canonical table (`premises`, `stays`, …) as an ibis expression on DuckDB."""
        self.table_path(name)
        return self._engine.table(name)


def open_vault(path: str | Path, *, known_on: date | None = None, without: frozenset[str] = frozenset()) -> Vault:
    """Open the vault in the folder `path` for reading; as it was known on a day, with `known_on`.

    The BAG tells itself what was registered when. Of other registers it is the newest delivery of that day or before
    that the vault keeps; a register without one is not there, nor is one of `without`: what may not be used. Raises
    VaultError when there is no vault.
    """
    folder = Path(path)
    if not (folder / "vault.json").is_file():
        raise VaultError(f"There is no vault in {folder}. It is made by: knooppunt ingest bag PATH --vault {folder}")
    return Vault(folder, known_on, without)
