"""Linking a vault: the address book and the links of its establishments, kept with what they were made from."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from ibis.expr.types import Table

from knooppunt.engine import Engine
from knooppunt.linkage import addresses
from knooppunt.linkage.answers import answer, read_before
from knooppunt.linkage.asof import BagTables, address_book_on, addressable_on
from knooppunt.linkage.decisions import ESTABLISHMENTS, decided_key, placed
from knooppunt.linkage.establishments import asked, decided_places, link_establishments
from knooppunt.vault import Vault, VaultError
from knooppunt.vault.derived import Derived, Recipe, read_derived, write_derived
from knooppunt.vault.locking import writing
from knooppunt.vault.staging import log

NAME = "links"
UNLINKED = "unlinked"
Progress = Callable[[int, int, str], None]
"""Called with how many steps are done, how many there are, and which one begins."""

_STEPS = ("objects and addresses", "address book", "establishments", "counting")


@dataclass(frozen=True)
class LinkReport:
    """What linking gave: how many establishments per number of errors, and per step."""

    as_of: date
    addressable: int
    establishments: int
    by_errors: dict[str, int]  # "0" … "3", "unlinked"
    by_step: dict[str, int]
    unchanged: bool
    seconds: float
    worked_out: int = 0  # addresses that had to be looked up this time; the others were known

    def to_json(self) -> dict[str, Any]:
        """As the command line prints it."""
        return {
            "as_of": self.as_of.isoformat(),
            "addressable": self.addressable,
            "establishments": self.establishments,
            "errors": self.by_errors,
            "steps": self.by_step,
            "unchanged": self.unchanged,
            "worked_out": self.worked_out,
            "seconds": round(self.seconds, 3),
        }


_NEEDED = {"VBO": "premises", "NUM": "addresses", "OPR": "public_spaces"}
"""Without any of these that counts today there is nothing to link to; what is inactive alone is no delivery."""


def bag_tables(vault: Vault, engine: Engine) -> BagTables:
    """The BAG tables in the vault. Raises VaultError, naming the part, when the delivery lacks one."""
    delivery = vault.delivery("bag")
    current = delivery.quality.get("counted", {}).get("current", {})
    bare = {name for kind, name in _NEEDED.items() if current.get(kind) == 0}
    missing = [name for name in BagTables._fields if name not in delivery.counts or name in bare]
    if missing:
        raise VaultError(
            f"The BAG delivery in {vault.path} has no {', '.join(missing)}: it is a part of an extract. "
            "Ingest the whole extract."
        )
    return BagTables(*(engine.table(name) for name in BagTables._fields))


def _recipe(vault: Vault) -> Recipe:
    made_from = {d.register: d.delivery for d in vault.registers() if d.register in ("bag", "kvk")}
    if decided := decided_key(vault, ESTABLISHMENTS):
        made_from["decisions"] = decided
    return Recipe(NAME, addresses.VERSION, made_from)


def link(vault: Vault, *, at: datetime, progress: Progress | None = None) -> LinkReport:
    """Make or renew `addressable` and, where KVK is in the vault, `establishment_links`.

    Nothing is done when the same deliveries were linked by the same version before. `at` is the moment
    of linking. Raises VaultError without BAG in the vault, or when another process writes to it.
    """
    if vault.known_on is not None:
        raise VaultError("A vault as it was known on a day is only read; links are worked out for the question itself.")
    started = time.perf_counter()
    bag = vault.delivery("bag")
    as_of = bag.as_of or bag.ingested_at.date()
    recipe = _recipe(vault)
    with writing(vault.path):
        current = read_derived(vault.path, NAME)
        unchanged = current is not None and current.key == recipe.key
        if current is None or not unchanged:
            old = current.path if current and current.version == recipe.version else None
            current = write_derived(
                vault.path, recipe, made_at=at, write=lambda folder: _write(vault, folder, as_of, old, progress)
            )
            log(
                vault.path,
                {"event": "link", "at": at.isoformat(), "made_from": recipe.made_from, "counts": current.counts},
            )
    return _report(current, unchanged, time.perf_counter() - started)


def links_as_known(vault: Vault, folder: Path, on: date) -> Path:
    """Work out the links of establishments as the registers were known, in a folder of the caller; returns the file."""
    folder.mkdir(exist_ok=True)
    _write(vault, folder, on, None, None)
    return folder / "establishment_links.parquet"


def _write(vault: Vault, folder: Path, as_of: date, old: Path | None, progress: Progress | None) -> dict[str, Any]:
    engine = vault.connect()

    def begin(step: int) -> None:
        if progress:
            progress(step, len(_STEPS), _STEPS[step])

    try:
        begin(0)
        bag = bag_tables(vault, engine)
        addressable_on(bag, as_of).order_by("object_id").to_parquet(folder / "addressable.parquet")
        facts: dict[str, Any] = {"as_of": as_of.isoformat(), "errors": {}, "steps": {}}
        if any(delivery.register == "kvk" for delivery in vault.registers()):
            begin(1)
            address_book_on(bag, as_of).order_by("postcode", "number").to_parquet(folder / "address_book.parquet")
            book = engine.parquet("address_book", folder / "address_book.parquet")
            companies = engine.table("establishments")
            before = read_before(engine, old) if old else None
            begin(2)
            answers, again = answer(asked(companies, book), book, before)
            pq.write_table(answers, folder / "address_answers.parquet")
            told = engine.parquet("answers_now", folder / "address_answers.parquet")
            links = link_establishments(companies, book, decisions=decided_places(placed(vault)), answers=told)
            path = folder / "establishment_links.parquet"
            begin(3)
            links.order_by("source_file", "source_line").to_parquet(path)
            facts |= _facts(engine.parquet("written_links", path)) | {"worked_out": again}
        return facts
    finally:
        engine.close()


def _facts(links: Table) -> dict[str, Any]:
    counted = links.group_by("step", "errors").agg(number=links.count()).order_by("errors", "step").to_pyarrow()
    by_errors: dict[str, int] = {"0": 0, "1": 0, "2": 0, "3": 0, UNLINKED: 0}
    by_step: dict[str, int] = {}
    for row in counted.to_pylist():
        by_errors[UNLINKED if row["errors"] is None else str(row["errors"])] += row["number"]
        by_step[row["step"]] = row["number"]
    return {"errors": by_errors, "steps": by_step}


def _report(made: Derived, unchanged: bool, seconds: float) -> LinkReport:  # noqa: FBT001  a plain fact
    return LinkReport(
        as_of=date.fromisoformat(made.facts["as_of"]),
        addressable=made.counts["addressable"],
        establishments=made.counts.get("establishment_links", 0),
        by_errors=made.facts["errors"],
        by_step=made.facts["steps"],
        unchanged=unchanged,
        seconds=seconds,
        worked_out=0 if unchanged else made.facts.get("worked_out", 0),
    )


def current_links(vault: Vault) -> Derived:
    """The links of the deliveries now in the vault. Raises VaultError when they were not made or are old."""
    current = read_derived(vault.path, NAME)
    if current is None or current.key != _recipe(vault).key:
        raise VaultError(
            f"The registers in {vault.path} are not linked yet, or changed since. "
            f"Run: knooppunt link --vault {vault.path}"
        )
    return current


def unlinked(vault: Vault, *, most: int | None = None) -> list[dict[str, Any]]:
    """Establishments that lead to no object: kvk, establishment, step (why), source_file, source_line.

    No names and no addresses; those stand in the register, under the source given.
    """
    made = current_links(vault)
    if "establishment_links" not in made.counts:
        return []
    engine = vault.connect()
    try:
        links = engine.parquet("establishment_links", made.table_path("establishment_links"))
        rows = links.filter(links.object_id.isnull()).order_by("source_file", "source_line").limit(most)
        found: list[dict[str, Any]] = rows.drop("object_id", "errors", "suggestion").to_pyarrow().to_pylist()
        return found
    finally:
        engine.close()
