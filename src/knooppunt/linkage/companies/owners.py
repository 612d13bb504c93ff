"""Companies to addresses, leaders and owners, for one question with a stated basis; no names, and never in bulk.

Rules do not see this. Whoever asks says on which ground and what for, which is written in the vault's log before
anything is looked up. A person is a keyed hash that is the same within one purpose and another one in the next, so two
answers cannot be laid side by side. People of the trade register and of the Kadaster carry different hashes and are
not matched to each other. Source: model privacy protocol, privacy check 1; Wet BRP and Handelsregisterwet: as far as
needed for the task.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from knooppunt.findings.inputs import Inputs
from knooppunt.linkage.persons import Basis
from knooppunt.registers.hr.networks import LEADS
from knooppunt.vault import Vault, VaultError
from knooppunt.vault.locking import writing
from knooppunt.vault.staging import log, person_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ibis.expr.types import Table

MOST = 25
"""Companies in one question: a case is about a handful; more is profiling."""

LETTERS = 12  # of the hash of a holder
TIES = pa.schema(
    [
        pa.field("kvk", pa.int64(), nullable=False),  # the company that was asked about
        pa.field("tie", pa.string(), nullable=False),  # address | led_by | leads_too | owner | owns
        pa.field("role", pa.string()),  # step of the link, kind of function, or right
        pa.field("holder", pa.string()),  # keyed hash, of this purpose only; empty for a company
        pa.field("holder_kind", pa.string()),  # natural | legal | unknown; empty where the register does not say
        pa.field("holder_kvk", pa.int64()),
        pa.field("other_kvk", pa.int64()),  # a company led by the same holder
        pa.field("object_id", pa.int64()),
        pa.field("errors", pa.int8()),  # of the link of the address
        pa.field("started_on", pa.date32()),
        pa.field("ended_on", pa.date32()),
        pa.field("source_file", pa.string(), nullable=False),
        pa.field("source_line", pa.int32(), nullable=False),
    ]
)


@dataclass(frozen=True)
class CompanyTies:
    """What the registers say of companies on a day: rows of TIES, and the registers that could not be asked."""

    table: pa.Table
    as_of: date
    missing: tuple[str, ...]  # registers that are not in the vault: nothing is known of them, which is not nothing


def company_ties(vault: Vault, companies: Sequence[int], *, on: date, basis: Basis, at: datetime) -> CompanyTies:
    """Addresses, leaders and owners of companies (KVK numbers) on the day `on`; the question is logged first.

    In a vault opened with `known_on` as the registers were known then, but for what is shielded now.

    Raises VaultError without a whole basis, for more than MOST companies, without companies in the vault, or when the
    registers are not linked.
    """
    basis.check()
    asked = sorted(set(companies))
    if not 1 <= len(asked) <= MOST:
        raise VaultError(f"Ask about one to {MOST} companies at a time, for one case; this is no tool for lists.")
    vault.delivery("kvk")
    with writing(vault.path):
        log(
            vault.path,
            {
                "event": "company_ties",
                "at": at.isoformat(),
                "legal_ground": basis.legal_ground,
                "purpose": basis.purpose,
                "by": basis.by,
                "companies": len(asked),
                "as_of": on.isoformat(),
                **({"known_on": vault.known_on.isoformat()} if vault.known_on else {}),
            },
        )
    there = {delivery.register for delivery in vault.registers()}
    missing = tuple(register for register in ("hr", "brk") if register not in there)
    with Inputs(vault, on) as inputs:
        answer = _Answer(inputs, asked, _Purpose(person_key(vault.path), basis.purpose))
        rows = answer.addresses()
        if "hr" in there:
            rows += answer.leaders()
        if "brk" in there:
            rows += answer.owners({row["object_id"]: row["kvk"] for row in rows if row.get("object_id")})
    return CompanyTies(pa.Table.from_pylist(rows, TIES), on, missing)


@dataclass(frozen=True)
class _Purpose:
    key: bytes
    purpose: str

    def hashed(self, holder: str) -> str:
        return hmac.digest(self.key, f"{self.purpose}\0{holder}".encode(), "sha256").hex()[:LETTERS]


@dataclass
class _Answer:
    inputs: Inputs
    asked: list[int]
    purpose: _Purpose

    def _holder(self, row: dict[str, Any]) -> dict[str, Any]:
        company = row["holder_kvk"]
        return {"holder_kvk": company, "holder": None if company else self.purpose.hashed(row["holder"])}

    def addresses(self) -> list[dict[str, Any]]:
        """Where the companies are; of a shielded establishment only that it is there."""
        there = self.inputs.establishments
        mine = _on_day(there.filter(there.kvk.isin(self.asked)), self.inputs.on)
        rows = mine.order_by("kvk", "source_file", "source_line").to_pyarrow().to_pylist()
        told = []
        for row in rows:
            hidden = {"object_id": None, "errors": None, "role": "shielded"} if row["shielded"] else {}
            told.append(_picked(row, tie="address", role=row["step"]) | hidden)
        return told

    def leaders(self) -> list[dict[str, Any]]:
        """Who leads them on the day, and which other companies the same ones lead."""
        functions = self.inputs.register_table("functions")
        led = _on_day(functions.filter(functions.kind.cast("string").isin(LEADS)), self.inputs.on)
        mine = led.filter(led.kvk.isin(self.asked)).order_by("kvk", "source_file", "source_line", "holder")
        rows = mine.to_pyarrow().to_pylist()
        told = [_picked(row, tie="led_by", role=row["kind"]) | self._holder(row) for row in rows]
        holders = sorted({row["holder"] for row in rows})
        same = led.filter(led.holder.isin(holders)).order_by("kvk", "source_file", "source_line", "holder")
        others = same.to_pyarrow().to_pylist()
        for row in rows:
            told += [
                _picked(other, tie="leads_too", role=other["kind"])
                | {"kvk": row["kvk"], "other_kvk": other["kvk"]}
                | self._holder(other)
                for other in others
                if other["holder"] == row["holder"] and other["kvk"] != row["kvk"]
            ]
        return told

    def owners(self, objects: dict[int, int]) -> list[dict[str, Any]]:
        """Who has a right to the addresses of the companies, and to what the companies have a right themselves."""
        lots = self.inputs.see("rights").select("lot", "object_id").distinct()
        rights = _on_day(self.inputs.register_table("rights"), self.inputs.on).join(lots, "lot")
        there = rights.filter(rights.object_id.isin(sorted(objects)) if objects else rights.lot.isnull())
        told = []
        for row in _in_order(there):
            tied = _picked(row, tie="owner", role=row["right"]) | self._holder(row)
            told.append(tied | {"kvk": objects[row["object_id"]], "holder_kind": row["holder_kind"]})
        own = rights.filter(rights.holder_kvk.isin(self.asked))
        for row in _in_order(own):
            tied = _picked(row, tie="owns", role=row["right"]) | {"kvk": row["holder_kvk"]}
            told.append(tied | {"holder_kvk": row["holder_kvk"], "holder_kind": row["holder_kind"]})
        return told


def _on_day(table: Table, on: date) -> Table:
    started = table.started_on.isnull() | (table.started_on <= on)
    return table.filter(started & (table.ended_on.isnull() | (table.ended_on > on)))


def _in_order(rights: Table) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = (
        rights.order_by("object_id", "source_file", "source_line", "holder").to_pyarrow().to_pylist()
    )
    return rows


def _picked(row: dict[str, Any], *, tie: str, role: str | None) -> dict[str, Any]:
    """The columns of TIES that a row has; never its hash."""
    left_out = {"holder", "holder_kvk", "holder_kind", "role", "tie"}
    known = {name: row[name] for name in TIES.names if name in row and name not in left_out}
    return dict.fromkeys(TIES.names) | known | {"tie": tie, "role": role}
