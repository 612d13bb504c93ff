"""How the findings of a rule fall over kinds of neighbourhoods: does it look at some more than at others?

Counted are the objects a rule could look at (those whose use occurs among what it found) and those it found, by class
of neighbourhood: urbanity (CBS), or a figure of the neighbourhoods in three equal groups (low, middle, high). Every
count passes the gate for small numbers; shares and bounds are worked out from published figures only, so the rounding
is in the bounds. A class differs when its exact bounds and those of the rest do not meet, with the level divided by
the number of classes. A difference is a question and no proof: there may be a reason for it.
Source: Algoritmekader 5-ver-03 (bias → justification → desirability); C. J. Clopper and E. S. Pearson, Biometrika 1934.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

import numpy as np

from knooppunt.disclosure import TOTAL, Axis, Figure, Memory, Policy, Release, Row, Table, gate
from knooppunt.findings.catalogue import RULES
from knooppunt.findings.inputs import Inputs
from knooppunt.findings.store import load_findings
from knooppunt.vault import Vault, VaultError
from knooppunt.vault.layout import write_json
from knooppunt.vault.locking import writing

LEVEL = 0.05  # of all comparisons of one report together
URBANITY = "urbanity"
NOWHERE = "unknown"  # objects of which the neighbourhood or its class is not known
URBAN = {1: "very urban", 2: "urban", 3: "fairly urban", 4: "little urban", 5: "not urban"}
"""The five classes of CBS (stedelijkheid)."""

THIRDS = ("low", "middle", "high")
FOUND, NOT_FOUND = "found", "not found"
Compared = Literal["more", "fewer", "no difference shown", "too few to tell"]


class NoBiasReportError(VaultError):
    """The rule is not about addresses, or the registers do not say which class a neighbourhood is."""


@dataclass(frozen=True)
class ClassShare:
    """One class: how many objects there are and were found (rounded; None: hidden), and what may lie behind it.

    `low` and `high` bound the share that is found, `rest_low` and `rest_high` that of all other classes together.
    """

    name: str
    objects: int | None
    found: int | None
    low: float | None = None
    high: float | None = None
    rest_low: float | None = None
    rest_high: float | None = None
    compared: Compared = "too few to tell"


@dataclass(frozen=True)
class BiasReport:
    """One rule on one day by one kind of class. It may be shown outside: every figure passed the gate."""

    rule: str
    rule_version: int
    as_of: date
    by: str
    objects: int | None
    found: int | None
    classes: tuple[ClassShare, ...]

    def to_json(self) -> dict[str, Any]:
        """As plain JSON values."""
        return asdict(self) | {"as_of": self.as_of.isoformat(), "classes": [asdict(one) for one in self.classes]}


def exact(right: tuple[int, int], of: tuple[int, int], level: float) -> tuple[float, float]:
    """The exact (Clopper-Pearson) bounds of a share whose counts lie between these; level is that of both sides."""
    from scipy.special import betaincinv  # noqa: PLC0415  scipy takes a moment that other commands need not wait for

    fewest, most = min(right[0], of[1]), min(right[1], of[0])
    low = 0.0 if fewest == 0 else float(betaincinv(fewest, of[1] - fewest + 1, level / 2))
    high = 1.0 if most >= of[0] else float(betaincinv(most + 1, of[0] - most, 1 - level / 2))
    return low, high


def bias_report(
    vault: Vault, rule: str, *, as_of: date | None = None, by: str = URBANITY, policy: Policy | None = None
) -> BiasReport:
    """How what `rule` found on a day (by default the latest) falls over classes of neighbourhoods.

    `by` is urbanity or an indicator in the register of figures. What was published of this rule and day before stays
    as it was (`bias/` in the vault). Raises NoBiasReportError, MissingRegisterError, VaultError without findings.
    """
    if rule not in RULES or RULES[rule].level != "address":
        raise NoBiasReportError(f"There is no rule about addresses called {rule}; only those are spread over classes.")
    reports = bias_reports(vault, [rule], as_of=as_of, by=by, policy=policy)
    if not reports:
        raise NoBiasReportError(f"{rule} found nothing on that day: there is nothing to spread over classes.")
    return reports[0]


def bias_reports(
    vault: Vault,
    rules: Sequence[str] | None = None,
    *,
    as_of: date | None = None,
    by: str = URBANITY,
    policy: Policy | None = None,
) -> list[BiasReport]:
    """A report for each of `rules` (all about addresses by default) that found something; see `bias_report`."""
    run = load_findings(vault, as_of)
    found: dict[str, set[int]] = defaultdict(set)
    for finding in run.findings:
        if finding.level == "address" and (rules is None or finding.rule in rules):
            found[finding.rule].add(int(finding.object_id))
    with Inputs(vault, run.as_of) as inputs:
        needs = ("bag", "areas", "areamap") if by == URBANITY else ("bag", "areas", "areamap", "figures")
        inputs.require(needs, "The bias report")
        spread = _Spread(class_of_objects(inputs, by), _uses(inputs))
    return [_report(vault, rule, found[rule], spread, (run.as_of, by, policy or Policy())) for rule in sorted(found)]


@dataclass(frozen=True)
class _Spread:
    """Every object with the class of its neighbourhood, and with its use."""

    classes: Mapping[int, str]
    uses: Mapping[int, str]

    def counts(self, found: set[int]) -> Counter[tuple[str, str]]:
        """Objects by class and outcome, of the uses that occur among what was found."""
        looked = {self.uses[one] for one in found if one in self.uses}
        return Counter(
            (self.classes.get(one, NOWHERE), FOUND if one in found else NOT_FOUND)
            for one, use in self.uses.items()
            if use in looked
        )


def _report(vault: Vault, rule: str, found: set[int], spread: _Spread, about: tuple[date, str, Policy]) -> BiasReport:
    as_of, by, policy = about
    counts = spread.counts(found)
    names = sorted({name for name, _found in counts} | set(spread.classes.values()))
    release, shares = spread_over(vault, f"bias.{rule}.{by}.{as_of}", names, counts, policy)
    whole, all_found = _figure(release), _figure(release, outcome=FOUND)
    return BiasReport(rule, RULES[rule].version, as_of, by, whole, all_found, shares)


def _uses(inputs: Inputs) -> dict[int, str]:
    rows = inputs.premises.select("object_id", "use").to_pyarrow()
    return dict(zip(rows["object_id"].to_pylist(), rows["use"].to_pylist(), strict=True))


def class_of_objects(inputs: Inputs, by: str) -> dict[int, str]:
    """The class of the neighbourhood of every object of which that is known."""
    areas = inputs.see("neighbourhoods").select("area_id", "urbanity").to_pyarrow().to_pylist()
    if by == URBANITY:
        named = {row["area_id"]: URBAN[row["urbanity"]] for row in areas if row["urbanity"] in URBAN}
    else:
        named = _thirds(_values(inputs, by))
    if not named:
        raise NoBiasReportError(f"The registers say of no neighbourhood what its {by} is.")
    places = inputs.see("area_of").to_pyarrow()
    pairs = zip(places["object_id"].to_pylist(), places["area_id"].to_pylist(), strict=True)
    return {one: named[area] for one, area in pairs if area in named}


def _values(inputs: Inputs, indicator: str) -> dict[int, float]:
    """The newest figure of each neighbourhood for an indicator."""
    figures = inputs.register_table("figures")
    rows = figures.filter(figures.indicator.cast("string") == indicator).select("area", "year", "value")
    newest: dict[int, tuple[int, float]] = {}
    for row in rows.order_by("year").to_pyarrow().to_pylist():
        digits = "".join(filter(str.isdigit, row["area"]))
        if digits and row["value"] is not None:
            newest[int(digits)] = (row["year"], float(row["value"]))
    return {area: value for area, (_year, value) in newest.items()}


def _thirds(values: Mapping[int, float]) -> dict[int, str]:
    if len(values) < len(THIRDS):
        return {}
    bounds = np.quantile(list(values.values()), [1 / 3, 2 / 3])
    return {area: THIRDS[int(np.searchsorted(bounds, value, side="left"))] for area, value in values.items()}


def spread_over(
    vault: Vault, about: str, names: list[str], counts: Mapping[tuple[str, str], int], policy: Policy
) -> tuple[Release, tuple[ClassShare, ...]]:
    """Counts by class and outcome through the gate, beside what was published of the same before; and the shares."""
    axes = [Axis.flat("class", names), Axis.flat("outcome", [FOUND, NOT_FOUND])]
    table = Table.of(about, axes, [Row(at, count) for at, count in sorted(counts.items())])
    with writing(vault.path):
        memory = vault.path / "bias" / f"{about}.json"
        release = gate(table, policy, earlier=_remembered(memory))
        memory.parent.mkdir(mode=0o700, exist_ok=True)
        write_json(memory, release.memory.as_json())
    return release, tuple(_share(release, name, len(names)) for name in names)


def _remembered(path: Path) -> Memory | None:
    try:
        return Memory.from_json(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError) as error:
        raise VaultError(f"{path} is damaged ({error}). Restore it from a backup.") from error


def _figure(release: Release, **labels: str) -> int | None:
    cell = release.at(**labels)
    return cell.value if isinstance(cell, Figure) else None


def _share(release: Release, name: str, classes: int) -> ClassShare:
    """One class beside all others, as far as published figures say."""
    objects, found = _figure(release, **{"class": name}), _figure(release, **{"class": name, "outcome": FOUND})
    if objects is None or found is None:
        return ClassShare(name, objects, found)
    level, bounds = LEVEL / classes, release.policy.bounds
    low, high = exact(bounds(found), bounds(objects), level)
    whole, all_found = _figure(release, **{"class": TOTAL}), _figure(release, outcome=FOUND)
    if whole is None or all_found is None or whole <= objects:
        return ClassShare(name, objects, found, low, high)
    rest_found = _difference(bounds(all_found), bounds(found))
    rest_low, rest_high = exact(rest_found, _difference(bounds(whole), bounds(objects)), level)
    compared: Compared = "no difference shown"
    if low > rest_high:
        compared = "more"
    elif high < rest_low:
        compared = "fewer"
    return ClassShare(name, objects, found, low, high, rest_low, rest_high, compared)


def _difference(whole: tuple[int, int], part: tuple[int, int]) -> tuple[int, int]:
    return max(0, whole[0] - part[1]), max(0, whole[1] - part[0])
