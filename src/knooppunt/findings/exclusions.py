"""Objects a rule leaves out because somebody looked and said why."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from knooppunt.registers.refusal import RefusedError

COLUMNS = ("object_id", "rule", "reason")


@dataclass(frozen=True)
class Exclusion:
    """One object (16 digits) that one rule leaves out, and why."""

    object_id: str
    rule: str
    reason: str


def read_exclusions(path: Path) -> list[Exclusion]:
    """Read a CSV with the columns object_id, rule and reason, separated by `;`.

    Raises RefusedError, naming the line, when a column is missing, an id is not 16 digits or a reason is empty.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise RefusedError(path.name, None, f"cannot be read as UTF-8 text ({error})") from error
    rows = csv.DictReader(text.splitlines(), delimiter=";")
    missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
    if missing:
        raise RefusedError(path.name, 1, f"the column {', '.join(missing)} is missing")
    return [_exclusion(path.name, line, row) for line, row in enumerate(rows, start=2)]


def _exclusion(file: str, line: int, row: dict[str, str | None]) -> Exclusion:
    values = [(row[name] or "").strip() for name in COLUMNS]
    if not (len(values[0]) == 16 and values[0].isdigit()):
        raise RefusedError(file, line, "object_id must have 16 digits")
    if not values[1] or not values[2]:
        raise RefusedError(file, line, "a rule and a reason are needed")
    return Exclusion(*values)


def excluded_objects(exclusions: Iterable[Exclusion], rule: str) -> set[str]:
    """The objects that `rule` leaves out."""
    return {exclusion.object_id for exclusion in exclusions if exclusion.rule == rule}
