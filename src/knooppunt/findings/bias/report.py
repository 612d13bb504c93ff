"""The report of a rule on a day: where it found, and what looking there gave."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from knooppunt.disclosure import Policy
from knooppunt.findings.bias.classes import NOWHERE, URBANITY, NoBiasReportError, class_of_objects
from knooppunt.findings.bias.outcomes import ClassOutcomes, counts_of, judged_by, outcomes_over
from knooppunt.findings.bias.publishing import OUTCOME, figure
from knooppunt.findings.bias.shares import FOUND, NOT_FOUND, ClassShare, spread_over
from knooppunt.findings.catalogue import RULES
from knooppunt.findings.inputs import Inputs
from knooppunt.findings.stages import kept_outcomes
from knooppunt.findings.store import load_findings
from knooppunt.findings.yields import Outcome
from knooppunt.vault import Vault


@dataclass(frozen=True)
class BiasReport:
    """One rule on one day by one kind of class. It may be shown outside: every figure passed the gate.

    `outcomes` is what looking gave in each class; empty when nobody looked yet.
    """

    rule: str
    rule_version: int
    as_of: date
    by: str
    objects: int | None
    found: int | None
    classes: tuple[ClassShare, ...]
    outcomes: tuple[ClassOutcomes, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """As plain JSON values."""
        listed = {"classes": [asdict(one) for one in self.classes], "outcomes": [asdict(one) for one in self.outcomes]}
        return asdict(self) | {"as_of": self.as_of.isoformat()} | listed


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
    outcomes: Iterable[Outcome] | None = None,
) -> list[BiasReport]:
    """A report for each of `rules` (all about addresses by default) that found something; see `bias_report`.

    `outcomes` is what looking gave, by default what the vault remembers of it. In a vault opened with `known_on` the
    findings of the question asked as it was known on that day, and what looking had given by then.
    """
    run = load_findings(vault, as_of)
    found: dict[str, set[int]] = defaultdict(set)
    for finding in run.findings:
        if finding.level == "address" and (rules is None or finding.rule in rules):
            found[finding.rule].add(int(finding.object_id))
    with Inputs(vault, run.as_of) as inputs:
        needs = ("bag", "areas", "areamap") if by == URBANITY else ("bag", "areas", "areamap", "figures")
        inputs.require(needs, "The bias report")
        spread = _Spread(class_of_objects(inputs, by), _uses(inputs))
    about = _About(vault, run.as_of, by, policy or Policy())
    judged = judged_by(kept_outcomes(vault) if outcomes is None else outcomes)
    return [_report(about, rule, found[rule], judged.get(rule, {}), spread) for rule in sorted(found)]


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


@dataclass(frozen=True)
class _About:
    """What all reports of one question share."""

    vault: Vault
    as_of: date
    by: str
    policy: Policy

    def name(self, what: str, rule: str) -> str:
        """By which name the gate remembers what was published."""
        known = f".known-{self.vault.known_on}" if self.vault.known_on else ""
        return f"{what}.{rule}.{self.by}.{self.as_of}{known}"


def _report(about: _About, rule: str, found: set[int], judged: Mapping[str, bool], spread: _Spread) -> BiasReport:
    counts = spread.counts(found)
    names = sorted({name for name, _found in counts} | set(spread.classes.values()))
    release, shares = spread_over(about.vault, about.name("bias", rule), names, counts, about.policy)
    ended: tuple[ClassOutcomes, ...] = ()
    if judged:
        said = counts_of(found, judged, spread.classes)
        kinds = sorted({*names, *(name for name, _said in said)})
        ended = outcomes_over(about.vault, about.name("bias-outcomes", rule), kinds, said, about.policy)
    whole, all_found = figure(release), figure(release, **{OUTCOME: FOUND})
    return BiasReport(rule, RULES[rule].version, about.as_of, about.by, whole, all_found, shares, ended)


def _uses(inputs: Inputs) -> dict[int, str]:
    rows = inputs.premises.select("object_id", "use").to_pyarrow()
    return dict(zip(rows["object_id"].to_pylist(), rows["use"].to_pylist(), strict=True))
