"""What is kept of the last run, so that the next one works out only what changed.

    <vault>/derived/findings_state/<key>/<table>.parquet          what rules saw
    <vault>/derived/findings_state/<key>/usual_<rule>.parquet     what each rule compared with
    <vault>/derived/findings_state/<key>/seen_<rule>.parquet      what it saw of the objects it found, or might find
    <vault>/derived/findings_state/<key>/said_<table>.arrow       what was said of each object, added up (`sums`)

Counts of residents are in it, no people: the tables are those of `findings.seen`.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from knooppunt.findings.covering import TRADE, open_to_all
from knooppunt.findings.inputs import TABLES, Inputs
from knooppunt.findings.told import keep_seen, not_looked_up, read_seen
from knooppunt.vault import Vault, VaultError
from knooppunt.vault.derived import Derived, Recipe, read_derived, write_derived
from knooppunt.vault.lookup import SortedFile

if TYPE_CHECKING:
    from ibis.expr.types import Table

    from knooppunt.engine import Engine
    from knooppunt.findings.rule import Answer, Rule

NAME = "findings_state"
VERSION = 4  # 4: what a rule saw of the objects it found is kept, not only which they are


@dataclass
class Kept:
    """The last run as it was kept: what rules saw then."""

    made: Derived
    vault: Vault
    engine: Engine

    @property
    def on(self) -> date:
        """The day of that run."""
        return date.fromisoformat(self.made.facts["as_of"])

    @property
    def run(self) -> str:
        """Its name."""
        return str(self.made.facts["run"])

    def path(self, table: str) -> Path | None:
        """Where a table of `TABLES` lies, if that run needed it."""
        path = self.made.table_path(TABLES[table].file)
        return path if path.exists() else None

    def see(self, name: str) -> Table:
        """A table as rules saw it then."""
        path = self.path(name)
        if path is None:
            raise VaultError(f"The run {self.run} kept no table {name}. Run the findings in full.")
        return self.engine.parquet(f"before_{name}", path).cast(TABLES[name].types())

    @property
    def premises(self) -> Table:
        """As `Inputs.premises`, then."""
        return self.see("premises")

    @property
    def establishments(self) -> Table:
        """As `Inputs.establishments`, then."""
        return self.see("establishments")

    @property
    def residents(self) -> Table:
        """As `Inputs.residents`, then."""
        return self.see("residents")

    def has(self, rule: Rule) -> bool:
        """Whether the rule gave an answer then."""
        return self.made.table_path(f"usual_{rule.id}").exists()

    def usual(self, rule: Rule) -> Any:
        """What a rule compared with."""
        return rule.read_usual(pq.read_table(self.made.table_path(f"usual_{rule.id}")))

    def seen(self, rule: Rule) -> pa.Table:
        """What a rule saw of the objects it found, or might have found, with their records."""
        return read_seen(self._seen(rule))

    def not_looked_up(self, rule: Rule) -> list[int]:
        """The objects of which a rule did not look up the records."""
        return not_looked_up(self._seen(rule))

    def _seen(self, rule: Rule) -> Path:
        return self.made.table_path(f"seen_{rule.id}")


@dataclass(frozen=True)
class Same:
    """In place of an answer: the rule says what it said in an earlier run."""

    before: Kept


def keeps_a_run(vault: Vault) -> bool:
    """Whether a run is kept that this version can work on."""
    made = read_derived(vault.path, NAME)
    return made is not None and made.version == VERSION


def read_kept(vault: Vault, engine: Engine, since: str) -> Kept:
    """What was kept of the run `since`, or of the last one (`last`). Raises VaultError when it is not there."""
    made = read_derived(vault.path, NAME)
    if made is None or made.version != VERSION or since not in ("last", made.facts["run"]):
        there = f"it keeps those of {made.facts['run']}" if made else "it keeps none yet"
        raise VaultError(
            f"The vault {vault.path} does not have the tables of run {since}; {there}. "
            "Run the findings in full once: what changes after that can be worked into it."
        )
    return Kept(made, vault, engine)


def write_kept(vault: Vault, inputs: Inputs, facts: dict[str, Any], answers: dict[str, Answer | Same]) -> None:
    """Keep a run in place of the one before. Call while holding the lock; what `inputs` worked out moves."""

    def write(folder: Path) -> dict[str, Any]:
        for rule, answer in answers.items():
            if isinstance(answer, Same):
                for table in (f"usual_{rule}", f"seen_{rule}"):
                    shutil.copy2(answer.before.made.table_path(table), folder / f"{table}.parquet")
                continue
            pq.write_table(answer.usual.rows(), folder / f"usual_{rule}.parquet")
            keep_seen(answer.seen, folder / f"seen_{rule}.parquet")
        inputs.keep(folder)
        return facts

    recipe = Recipe(NAME, VERSION, {"run": facts["run"], "as_of": facts["as_of"]})
    write_derived(vault.path, recipe, made_at=datetime.fromisoformat(f"{facts['as_of']}T00:00:00+00:00"), write=write)


def about_object(vault: Vault, object_id: int) -> dict[str, list[dict[str, Any]]]:
    """What the rules of the last run saw of one object: its rows by table, without the tables that have none.

    No people are in it, as rules see none. Raises VaultError when no run is kept.
    """
    made = read_derived(vault.path, NAME)
    if made is None or made.version != VERSION:
        raise VaultError(
            f"The vault {vault.path} keeps no run. Run: knooppunt findings --vault {vault.path} --as-of DATE"
        )
    seen: dict[str, list[dict[str, Any]]] = {}
    shield = vault.shield(made.facts["made_from"].get(TRADE))
    for name, table in TABLES.items():
        path = made.table_path(table.file)
        if "object_id" in table.schema.names and path.exists():
            seen[name] = open_to_all(name, _rows_about(path, object_id), shield)
    return {name: rows for name, rows in seen.items() if rows}


def _rows_about(path: Path, object_id: int) -> list[dict[str, Any]]:
    if pq.read_schema(path).names[0] != "object_id":
        found = pq.read_table(path, filters=[("object_id", "=", object_id)])
    else:
        with SortedFile(path) as file:
            found = file.rows(object_id)
    rows: list[dict[str, Any]] = found.to_pylist()
    return rows
