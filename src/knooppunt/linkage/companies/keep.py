"""The companies of a vault, kept: numbers, why registrations are one, and the log of what changed.

    <vault>/kept/companies/<key>/members.parquet    kvk, company, present
    <vault>/kept/companies/<key>/pairs.parquet      which KVK numbers are one company, or may be, and why
    <vault>/kept/companies/<key>/events.parquet     everything that ever changed, oldest first

Unlike what lies in `derived`, this cannot be made again from the registers: it belongs in a backup.
"""

import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from knooppunt.linkage.addresses import GOOD_ENOUGH
from knooppunt.linkage.companies.continuing import Pair, Registration, Stage, grouped, pairs
from knooppunt.linkage.companies.identity import Event, EventKind, Members, carry_over, replay
from knooppunt.linkage.decisions import COMPANIES, SameCompany, company_decisions, decided_key
from knooppunt.linkage.run import current_links
from knooppunt.vault import Vault, VaultError
from knooppunt.vault.derived import KEPT, Derived, Recipe, read_derived, write_derived
from knooppunt.vault.locking import writing
from knooppunt.vault.staging import log

NAME, VERSION = "companies", 1
MEMBERS = pa.schema([("kvk", pa.int64()), ("company", pa.int64()), ("present", pa.bool_())])
PAIRS = pa.schema(
    [
        ("kvk", pa.int64()),
        ("next_kvk", pa.int64()),
        ("object_id", pa.int64()),
        ("stage", pa.string()),
        ("likeness", pa.float64()),
    ]
)
EVENTS = pa.schema(
    [
        ("at", pa.timestamp("us", tz="UTC")),
        ("kind", pa.string()),
        ("company", pa.int64()),
        ("other", pa.int64()),  # 0: none
        ("members", pa.list_(pa.int64())),
    ]
)


@dataclass(frozen=True)
class Company:
    """One company: its lasting number, its KVK numbers, and whether one is in the register now."""

    number: int
    kvk: tuple[int, ...]
    present: bool


@dataclass(frozen=True)
class CompaniesReport:
    """What keeping the companies gave."""

    companies: int
    registrations: int
    linked: int  # pairs of KVK numbers that are one company
    uncertain: int  # pairs for a human
    events: dict[str, int]  # of this time, per kind
    unchanged: bool
    seconds: float

    def to_json(self) -> dict[str, Any]:
        """As the command line prints it."""
        return {**self.__dict__, "seconds": round(self.seconds, 3)}


def keep_companies(vault: Vault, *, at: datetime) -> CompaniesReport:
    """Give every company in the vault its lasting number, and log what changed. `at` is the moment.

    Raises VaultError when the registers are not linked, or when another process writes to the vault.
    """
    started = time.perf_counter()
    links = current_links(vault)
    vault.delivery("kvk")
    decisions = company_decisions(vault)
    recipe = Recipe(NAME, VERSION, {"links": links.key, "decided": decided_key(vault, COMPANIES)}, home=KEPT)
    with writing(vault.path):
        current = read_derived(vault.path, NAME, home=KEPT)
        unchanged = current is not None and current.key == recipe.key
        if current is None or not unchanged:
            old = current
            current = write_derived(
                vault.path, recipe, made_at=at, write=lambda folder: _write(vault, links, decisions, old, folder, at)
            )
            log(vault.path, {"event": "companies", "at": at.isoformat(), "counts": current.facts})
    facts = current.facts if not unchanged else current.facts | {"events": {}}
    return CompaniesReport(**facts, unchanged=unchanged, seconds=time.perf_counter() - started)


def _write(
    vault: Vault, links: Derived, decisions: list[SameCompany], old: Derived | None, folder: Path, at: datetime
) -> dict[str, Any]:
    registrations, present = _registrations(vault, links)
    found = _with_decisions(pairs(registrations), decisions)
    linked = [(pair.kvk, pair.next_kvk) for pair in found if pair.stage.links]
    after, new = carry_over(_members(old), grouped(sorted(present), linked))
    _put(folder / "members.parquet", MEMBERS, [(k, n, k in present) for k, n in sorted(after.number_of.items())])
    _put(folder / "pairs.parquet", PAIRS, [(p.kvk, p.next_kvk, p.object_id, str(p.stage), p.likeness) for p in found])
    rows = [(at, str(event.kind), event.company, event.other, list(event.members)) for event in new]
    pq.write_table(pa.concat_tables([_history(old), _table(EVENTS, rows)]), folder / "events.parquet")
    kinds = [str(event.kind) for event in new]
    return {
        "companies": len({after.number_of[kvk] for kvk in present}),
        "registrations": len(present),
        "linked": len(linked),
        "uncertain": sum(not pair.stage.links for pair in found),
        "events": {kind: kinds.count(kind) for kind in sorted(set(kinds))},
    }


def _registrations(vault: Vault, links: Derived) -> tuple[list[Registration], set[int]]:
    """Where each KVK number is or was, as far as its link is good enough; and every number in the register."""
    engine = vault.connect()
    try:
        led = engine.parquet("led", links.table_path("establishment_links"))
        led = led.filter(led.object_id.notnull() & (led.errors <= GOOD_ENOUGH))
        led = led.select("source_file", "source_line", "object_id")
        known = engine.table("establishments")
        known = known.mutate(source_file=known.source_file.cast("string")).drop("object_id")
        numbers = known.select("kvk").distinct().to_pyarrow()["kvk"].to_pylist()
        columns = ("kvk", "object_id", "name", "started_on", "ended_on")
        rows = known.join(led, ["source_file", "source_line"]).select(*columns).order_by(columns).to_pyarrow()
    finally:
        engine.close()
    return [Registration(**row | {"name": row["name"] or ""}) for row in rows.to_pylist()], set(numbers)


def _with_decisions(found: list[Pair], decisions: list[SameCompany]) -> list[Pair]:
    """The pairs, with what somebody decided in the place of what was worked out."""
    decided = {(one.kvk, one.other): one.same for one in decisions}  # the newest counts
    kept = [pair for pair in found if tuple(sorted((pair.kvk, pair.next_kvk))) not in decided]
    said = [Pair(kvk, other, 0, Stage.DECIDED, 1.0) for (kvk, other), same in sorted(decided.items()) if same]
    return [*kept, *said]


def _table(schema: pa.Schema, rows: Iterable[tuple[Any, ...]]) -> pa.Table:
    return pa.Table.from_pylist([dict(zip(schema.names, row, strict=True)) for row in rows], schema=schema)


def _put(path: Path, schema: pa.Schema, rows: Iterable[tuple[Any, ...]]) -> None:
    pq.write_table(_table(schema, rows), path)


def _history(old: Derived | None) -> pa.Table:
    return EVENTS.empty_table() if old is None else pq.read_table(old.table_path("events"), schema=EVENTS)


def _members(old: Derived | None) -> Members:
    """The memberships that the log leads to."""
    return replay(event for _, event in _events(_history(old)))


def _events(history: pa.Table) -> Iterable[tuple[datetime, Event]]:
    for row in history.to_pylist():
        yield row["at"], Event(EventKind(row["kind"]), row["company"], tuple(row["members"]), row["other"])


def _kept(vault: Vault) -> Derived:
    current = read_derived(vault.path, NAME, home=KEPT)
    if current is None:
        raise VaultError(
            f"The companies of {vault.path} have no numbers yet. Run: knooppunt companies keep --vault PATH"
        )
    return current


def companies(vault: Vault) -> list[Company]:
    """Every company that ever had a number, in order of number. Raises VaultError when none was given out yet."""
    under: dict[int, list[int]] = defaultdict(list)
    present: set[int] = set()
    for row in pq.read_table(_kept(vault).table_path("members")).to_pylist():
        under[row["company"]].append(row["kvk"])
        if row["present"]:
            present.add(row["company"])
    return [Company(number, tuple(sorted(kvk)), number in present) for number, kvk in sorted(under.items())]


def events(vault: Vault) -> list[tuple[datetime, Event]]:
    """Everything that ever changed, oldest first. Raises VaultError when no number was given out yet.

    In a vault opened with `known_on` what had been seen by then.
    """
    day = vault.known_on
    return [(at, one) for at, one in _events(_history(_kept(vault))) if day is None or at.date() <= day]


def questions(vault: Vault) -> list[Pair]:
    """Pairs of KVK numbers that may be one company: for a human to decide (`decide_company`).

    Where something of either is shielded the object is 0: that they meet is told, not where.
    """
    rows = pq.read_table(_kept(vault).table_path("pairs")).to_pylist()
    found = [Pair(**row | {"stage": Stage(row["stage"])}) for row in rows]
    shield = vault.shield()
    return [
        replace(pair, object_id=0) if shield.hides_company(pair.kvk) or shield.hides_company(pair.next_kvk) else pair
        for pair in found
        if not pair.stage.links
    ]
