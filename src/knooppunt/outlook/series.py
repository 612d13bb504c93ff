"""Counts per area and month: of reports by their day, of findings by asking a rule how it was at each month's end."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from knooppunt.findings.active import linked
from knooppunt.findings.inputs import Inputs
from knooppunt.findings.places import places_of
from knooppunt.findings.run import chosen_rules
from knooppunt.linkage.areas import code_of
from knooppunt.vault import Vault

MINIMUM_CELL = 10
"""An area with fewer over the whole series is not shown by itself (disclosure, domain note 2.3)."""

TOGETHER = "…"
"""The name of all areas with small numbers together."""

Progress = Callable[[int, int], None]
"""Called with how many months are done, and how many there are."""


@dataclass(frozen=True)
class Series:
    """Counts per area (rows) and month (columns). `months` are the first days of the months, oldest first.

    `codes` are the CBS codes of the areas where they are neighbourhoods, and empty for what is none.
    """

    what: str
    areas: tuple[str, ...]
    months: tuple[date, ...]
    counts: npt.NDArray[np.int64]
    codes: tuple[str, ...] = ()


def months_until(on: date, number: int) -> tuple[date, ...]:
    """The first days of the last `number` whole months before the day `on`, oldest first."""
    last = on.year * 12 + on.month - 2
    return tuple(date(month // 12, month % 12 + 1, 1) for month in range(last - number + 1, last + 1))


def month_after(first: date) -> date:
    """The first day of the next month."""
    return (first + timedelta(days=31)).replace(day=1)


def series_of(
    what: str, months: tuple[date, ...], seen: Iterable[tuple[str, date]], codes: Mapping[str, str] | None = None
) -> Series:
    """The series of what was seen in which area on which day; small areas together, days outside `months` left out.

    `codes` has the CBS code of an area by its name. Small areas are together only where that says of none of them that
    it has any: a reader who sees on a map how many they are could work out the least that one has.
    """
    counted = Counter((area, day.replace(day=1)) for area, day in seen)
    known = {month: place for place, month in enumerate(months)}
    totals: Counter[str] = Counter()
    for (area, month), number in counted.items():
        if month in known:
            totals[area] += number
    large = tuple(sorted(area for area, total in totals.items() if area and total >= MINIMUM_CELL))
    small = {area: total for area, total in totals.items() if area not in large}
    rest = sum(small.values())
    hides = "" in small or rest <= (MINIMUM_CELL - 1) * (len(small) - 1)  # in no area: there is no most of those
    names = (*large, TOGETHER) if rest >= MINIMUM_CELL and hides else large
    rows = {area: row for row, area in enumerate(names)}
    counts = np.zeros((len(names), len(months)), np.int64)
    for (area, month), number in counted.items():
        row = rows.get(area, rows.get(TOGETHER))
        if month in known and row is not None:
            counts[row, known[month]] += number
    return Series(what, names, months, counts, tuple((codes or {}).get(area, "") for area in names))


@dataclass(frozen=True)
class Named:
    """Objects with the area in which each lies, and of each area its CBS code where it is a neighbourhood."""

    of_object: dict[int, str]
    codes: dict[str, str]


def areas_named(inputs: Inputs, objects: list[int]) -> Named:
    """Per object its neighbourhood by name where registers say it, else four digits of its postcode.

    The name is that of the register of neighbourhoods, or else of the boundaries. Two neighbourhoods of one name keep
    apart by their code.
    """
    titles = _titles(inputs)
    if not titles:
        return Named({place: where.area for place, where in places_of(inputs, "address", objects).items()}, {})
    often = Counter(titles.values())
    named = {area: title if often[title] == 1 else f"{title} ({code_of(area)})" for area, title in titles.items()}
    rows = inputs.see("area_of").to_pyarrow().to_pylist()
    of_object = {row["object_id"]: named[row["area_id"]] for row in rows if row["area_id"] in named}
    return Named(of_object, {title: code_of(area) for area, title in named.items()})


def _titles(inputs: Inputs) -> dict[int, str]:
    """The neighbourhoods by number; none where nothing says in which of them an object lies."""
    if not (inputs.has("areamap") or inputs.has("boundaries")):
        return {}
    if inputs.has("areas"):
        rows = inputs.see("neighbourhoods").select("area_id", "title").to_pyarrow().to_pylist()
        return {row["area_id"]: row["title"] or code_of(row["area_id"]) for row in rows}
    if not inputs.has("boundaries"):
        return {}
    table = inputs.register_table("boundaries")
    rows = table.filter(table.level == "neighbourhood").select("code", "name").to_pyarrow().to_pylist()
    return {int(row["code"][2:]): row["name"] or row["code"] for row in rows}


def report_series(vault: Vault, *, on: date, months: int = 36) -> Series:
    """Reports per area and month, by the day of the report, over the last whole months before `on`.

    Raises MissingRegisterError without reports in the vault, VaultError when the registers are not linked.
    """
    with Inputs(vault, on) as inputs:
        inputs.require(("bag", "reports"), "The series of reports")
        reports = inputs.see("reports")
        rows = reports.filter(linked(reports)).select("object_id", "reported_on").to_pyarrow().to_pylist()
        named = areas_named(inputs, [row["object_id"] for row in rows])
    seen = [(named.of_object.get(row["object_id"], ""), row["reported_on"]) for row in rows]
    return series_of("reports", months_until(on, months), seen, named.codes)


def rule_series(vault: Vault, rule: str, *, on: date, months: int = 24, progress: Progress | None = None) -> Series:
    """Findings of one rule per area at the end of each month, as the registers now say that it was then.

    What a register learned later is in it too: this is how it was, not how it was known. Raises UnknownRuleError,
    MissingRegisterError, VaultError.
    """
    (chosen,) = chosen_rules([rule])
    firsts = months_until(on, months)
    seen: list[tuple[str, date]] = []
    codes: dict[str, str] = {}
    for done, first in enumerate(firsts):
        if progress:
            progress(done, len(firsts))
        with Inputs(vault, month_after(first) - timedelta(days=1)) as inputs:
            inputs.require_for(chosen)
            objects = [found.object_id for found in chosen.evaluate(inputs).found]
            places = places_of(inputs, chosen.level, objects)
            named = areas_named(inputs, objects) if chosen.level == "address" else Named({}, {})
            seen += [(named.of_object.get(one) or places[one].area, first) for one in objects]
            codes |= named.codes
    return series_of(chosen.id, firsts, seen, codes)
