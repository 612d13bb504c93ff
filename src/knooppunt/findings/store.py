"""Where findings are kept: `<vault>/findings/<day>/<run>.parquet`, and beside it what the run was.

A run is named after what went in (deliveries, rule versions, exclusions), so the same question about
the same registers is one run. Runs stay; `current.json` says which is the last one of a day.
"""

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa
import pyarrow.parquet as pq

from knooppunt.findings.covering import covered
from knooppunt.findings.finding import SCHEMA, Finding, Findings, by_column
from knooppunt.vault import Vault, VaultError
from knooppunt.vault.layout import write_json

FORMAT = 1


@dataclass(frozen=True)
class RuleOutcome:
    """What became of one rule in a run; a rule that could not run has a message and no number."""

    rule: str
    version: int
    status: Literal["done", "not_possible"]
    findings: int | None
    excluded: int
    message: str
    sql: str
    seconds: float


Whole = Literal["asked", "other_rules", "other_exclusions", "much_changed", "unreadable"]
"""Why a run looked at everything: that was asked, or the run before cannot be worked on."""


@dataclass(frozen=True)
class FindingsRun:
    """One run: for which day, on which deliveries, what each rule gave."""

    run: str
    as_of: date
    made_from: dict[str, str]  # register → delivery
    outcomes: tuple[RuleOutcome, ...]
    findings: Sequence[Finding]
    since: str = ""  # the run that only the changes were worked into
    again: int | None = None  # objects that were looked at again; None when all were
    whole: Whole | None = None  # of a run that was just done and looked at all again: why; it is not kept

    def to_json(self) -> dict[str, Any]:
        """As plain JSON values, findings included."""
        return self.head() | {"findings": [finding.to_json() for finding in self.findings]}

    def head(self) -> dict[str, Any]:
        """As plain JSON values, without the findings."""
        return {
            "format": FORMAT,
            "run": self.run,
            "as_of": self.as_of.isoformat(),
            "made_from": self.made_from,
            "since": self.since,
            "again": self.again,
            "rules": [asdict(outcome) for outcome in self.outcomes],
        }


def write_run(vault: Path, run: FindingsRun, *, current: bool = True) -> None:
    """Store a run whole and, unless it is about what was known before, make it the current one of its day."""
    folder = vault / "findings" / run.as_of.isoformat()
    folder.mkdir(parents=True, exist_ok=True)
    temporary = folder / f".{run.run}.{os.getpid()}"
    pq.write_table(by_column(run.findings), temporary)
    temporary.replace(folder / f"{run.run}.parquet")
    write_json(folder / f"{run.run}.json", run.head())
    if current:
        write_json(folder / "current.json", {"format": FORMAT, "run": run.run})


def days_with_findings(vault: Vault) -> list[date]:
    """The days for which findings are kept, the latest first."""
    folder = vault.path / "findings"
    if not folder.is_dir():
        return []
    days = (day for day in folder.iterdir() if (day / "current.json").is_file())
    return sorted((date.fromisoformat(day.name) for day in days), reverse=True)


def runs_as_known(vault: Vault, known_on: date) -> list[tuple[date, str]]:
    """The runs that answered as the registers were known on a day: for which day each, and its name; latest first."""
    folder, found = vault.path / "findings", []
    for file in sorted(folder.glob("*/*.json"), reverse=True):
        if file.name == "current.json":
            continue
        with _reading(vault, date.fromisoformat(file.parent.name)):
            head = json.loads(file.read_text(encoding="utf-8"))
            if head["made_from"].get("known_on") == known_on.isoformat():
                found.append((date.fromisoformat(head["as_of"]), str(head["run"])))
    return found


def load_findings(vault: Vault, as_of: date | None = None) -> FindingsRun:
    """Return the current run for a day, by default the latest day. Raises VaultError when there is none.

    In a vault opened with `known_on` the answer that was asked as the registers were known on that day.
    """
    if vault.known_on is not None:
        return _run_as_known(vault, vault.known_on, as_of)
    days = days_with_findings(vault)
    day = as_of or (days[0] if days else None)
    if day is None or day not in days:
        about = f" for {day}" if day else ""
        raise VaultError(
            f"The vault {vault.path} holds no findings{about}. "
            f"Run: knooppunt findings --vault {vault.path} --as-of {day or 'DATE'}"
        )
    with _reading(vault, day) as folder:
        run = json.loads((folder / "current.json").read_text(encoding="utf-8"))["run"]
        rows = pq.read_table(folder / f"{run}.parquet", schema=SCHEMA)
        return _run(vault, day, run, rows)


def _run_as_known(vault: Vault, known_on: date, as_of: date | None) -> FindingsRun:
    asked = [(day, name) for day, name in runs_as_known(vault, known_on) if as_of in (None, day)]
    if not asked:
        raise VaultError(
            f"The vault {vault.path} holds no findings as they were known on {known_on}. "
            f"Run: knooppunt findings --vault {vault.path} --as-of {as_of or 'DATE'} --known-on {known_on}"
        )
    return load_run(vault, *asked[0])


def find_in_run(vault: Vault, day: date, run: str, finding_id: str) -> FindingsRun:
    """One run for a day with this one finding of it, or with none when it has no such finding.

    Reads the one row it needs, whatever the size of the run. Raises VaultError when the run is not kept.
    """
    with _reading(vault, day) as folder:
        only = [("id", "=", finding_id)]
        rows = pq.read_table(folder / f"{run}.parquet", schema=SCHEMA, filters=only)
        return _run(vault, day, run, rows)


def load_run(vault: Vault, day: date, run: str) -> FindingsRun:
    """One run for a day, whole. Raises VaultError when it is not kept."""
    with _reading(vault, day) as folder:
        return _run(vault, day, run, pq.read_table(folder / f"{run}.parquet", schema=SCHEMA))


def current_run(vault: Vault, day: date) -> str:
    """The name of the last run of a day. Raises VaultError when there is none."""
    with _reading(vault, day) as folder:
        return str(json.loads((folder / "current.json").read_text(encoding="utf-8"))["run"])


def forget_run(vault: Path, day: date, run: str) -> None:
    """Destroy one run for a day: its findings, and what the run was. A run that is not kept is no error.

    The day goes with its last run. Until the file is gone the day no longer points to it, so a reader gets a sentence.
    """
    folder = vault / "findings" / day.isoformat()
    last = folder / "current.json"
    if last.exists() and json.loads(last.read_text(encoding="utf-8"))["run"] == run:
        last.unlink()
    for ending in ("parquet", "json"):
        (folder / f"{run}.{ending}").unlink(missing_ok=True)
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


@contextmanager
def _reading(vault: Vault, day: date) -> Iterator[Path]:
    """The folder of a day; what goes wrong inside becomes a VaultError."""
    folder = vault.path / "findings" / day.isoformat()
    try:
        yield folder
    except (OSError, ValueError, KeyError) as error:
        raise VaultError(f"The findings in {folder} cannot be read ({error}). Run them again.") from error


def _run(vault: Vault, day: date, run: str, rows: pa.Table) -> FindingsRun:
    """A run with these rows of it. What was shielded since it was written is not in it."""
    head = json.loads((vault.path / "findings" / day.isoformat() / f"{run}.json").read_text(encoding="utf-8"))
    return FindingsRun(
        run=run,
        as_of=day,
        made_from=head["made_from"],
        outcomes=tuple(RuleOutcome(**outcome) for outcome in head["rules"]),
        findings=Findings(covered(rows, vault, head["made_from"])),
        since=head.get("since", ""),
        again=head.get("again"),
    )
