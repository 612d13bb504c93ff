"""Counts per area and month: of reports by their day, of findings by asking a rule how it was at each month's end."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from knooppunt.findings.active import linked
from knooppunt.findings.inputs import Inputs
from knooppunt.findings.places import places_of
from knooppunt.findings.run import chosen_rules
from knooppunt.vault import Vault

MINIMUM_CELL = 10
"""An area with fewer over the whole series is not shown by itself (disclosure, domain note 2.3)."""

TOGETHER = "…"
"""The name of all areas with small numbers together."""

Progress = Callable[[int, int], None]
"""Called with how many months are done, and how many there are."""


@dataclass(frozen=True)
class Series:
    """Counts per area (rows) and month (columns). `months` are the first days of the months, oldest first."""

    what: str
    areas: tuple[str, ...]
    months: tuple[date, ...]
    counts: npt.NDArray[np.int64]


def months_until(on: date, number: int) -> tuple[date, ...]:
    """The first days of the last `number` whole months before the day `on`, oldest first."""
    last = on.year * 12 + on.month - 2
    return tuple(date(month // 12, month % 12 + 1, 1) for month in range(last - number + 1, last + 1))


def month_after(first: date) -> date:
    """The first day of the next month."""
    return (first + timedelta(days=31)).replace(day=1)


def series_of(what: str, months: tuple[date, ...], seen: Iterable[tuple[str, date]]) -> Series:
    """The series of what was seen in which area on which day; small areas together, days outside `months` left out."""
    counted = Counter((area, day.replace(day=1)) for area, day in seen)
    known = {month: place for place, month in enumerate(months)}
    totals: Counter[str] = Counter()
    for (area, month), number in counted.items():
        if month in known:
            totals[area] += number
    large = tuple(sorted(area for area, total in totals.items() if area and total >= MINIMUM_CELL))
    rest = sum(total for area, total in totals.items() if area not in large)
    names = (*large, TOGETHER) if rest >= MINIMUM_CELL else large
    rows = {area: row for row, area in enumerate(names)}
    counts = np.zeros((len(names), len(months)), np.int64)
    for (area, month), number in counted.items():
        row = rows.get(area, rows.get(TOGETHER))
        if month in known and row is not None:
            counts[row, known[month]] += number
    return Series(what, names, months, counts)


def _area_names(inputs: Inputs, objects: list[int]) -> dict[int, str]:
    """Per object the name of its neighbourhood where that register is there, else four digits of its postcode."""
    present = {delivery.register for delivery in inputs.vault.registers()}
    if {"areas", "areamap"} <= present:
        named = inputs.see("area_of").join(inputs.see("neighbourhoods").select("area_id", "title"), "area_id")
        rows = named.select("object_id", "title").to_pyarrow().to_pylist()
        return {row["object_id"]: row["title"] for row in rows}
    return {place: where.area for place, where in places_of(inputs, "address", objects).items()}


def report_series(vault: Vault, *, on: date, months: int = 36) -> Series:
    """Reports per area and month, by the day of the report, over the last whole months before `on`.

    Raises MissingRegisterError without reports in the vault, VaultError when the registers are not linked.
    """
    with Inputs(vault, on) as inputs:
        inputs.require(("bag", "reports"), "The series of reports")
        reports = inputs.see("reports")
        rows = reports.filter(linked(reports)).select("object_id", "reported_on").to_pyarrow().to_pylist()
        names = _area_names(inputs, [row["object_id"] for row in rows])
    seen = [(names.get(row["object_id"], ""), row["reported_on"]) for row in rows]
    return series_of("reports", months_until(on, months), seen)


def rule_series(vault: Vault, rule: str, *, on: date, months: int = 24, progress: Progress | None = None) -> Series:
    """Findings of one rule per area at the end of each month, as the registers now say that it was then.

    What a register learned later is in it too: this is how it was, not how it was known. Raises UnknownRuleError,
    MissingRegisterError, VaultError.
    """
    (chosen,) = chosen_rules([rule])
    firsts = months_until(on, months)
    seen: list[tuple[str, date]] = []
    for done, first in enumerate(firsts):
        if progress:
            progress(done, len(firsts))
        with Inputs(vault, month_after(first) - timedelta(days=1)) as inputs:
            inputs.require(chosen.registers, chosen.id)
            objects = [found.object_id for found in chosen.evaluate(inputs).found]
            places = places_of(inputs, chosen.level, objects)
            names = _area_names(inputs, objects) if chosen.level == "address" else {}
            seen += [(names.get(one) or places[one].area, first) for one in objects]
    return series_of(chosen.id, firsts, seen)
