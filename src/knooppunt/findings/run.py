"""Running rules on a vault: every finding with its explanation, kept for later."""

import hashlib
import json
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from knooppunt.findings.catalogue import RULES
from knooppunt.findings.delta import Delta
from knooppunt.findings.exclusions import Exclusion, excluded_objects
from knooppunt.findings.finding import SCHEMA, Findings, by_column, findings_of
from knooppunt.findings.inputs import Inputs, MissingRegisterError
from knooppunt.findings.lifecycle import Stage
from knooppunt.findings.places import places_of
from knooppunt.findings.rule import Answer, Rule
from knooppunt.findings.stages import Move, last_moves
from knooppunt.findings.state import Same, read_kept, write_kept
from knooppunt.findings.store import FindingsRun, RuleOutcome, Whole, load_run, write_run
from knooppunt.findings.sums import DamagedSumsError
from knooppunt.linkage.decisions import ESTABLISHMENTS, decided_key
from knooppunt.vault import Vault, VaultError
from knooppunt.vault.locking import writing

Progress = Callable[[str, int, int], None]
"""Called before each rule with its id, how many are done and how many there are."""


class UnknownRuleError(VaultError):
    """There is no rule with this id."""


class RuleOffError(VaultError):
    """The rule was put off, by a person or by itself."""


def chosen_rules(ids: Sequence[str] | None) -> list[Rule]:
    """The rules with these ids, in the order of the catalogue. Raises UnknownRuleError."""
    unknown = [rule for rule in ids or () if rule not in RULES]
    if unknown:
        raise UnknownRuleError(f"There is no rule {', '.join(unknown)}; there are: {', '.join(RULES)}.")
    return [rule for rule in RULES.values() if ids is None or rule.id in ids]


def run_findings(
    vault: Vault,
    *,
    as_of: date,
    rules: Sequence[str] | None = None,
    exclusions: Iterable[Exclusion] = (),
    progress: Progress | None = None,
    since: str | None = None,
) -> FindingsRun:
    """Run `rules` (ids; all by default) as things were on the day `as_of`, and keep the result.

    With `since` (the name of the last run, or `last`) only what changed after that run is worked out; the result is
    the same. It is a full run all the same when other rules were run then, or too much changed.

    A rule whose register is missing, or that was put off, is reported as not possible. Raises MissingRegisterError
    and RuleOffError when such a rule was asked for by id, MissingRegisterError when none could run;
    UnknownRuleError; VaultError when the registers are not linked, or when the vault does not have the tables of
    `since` any more.
    """
    chosen, excluded = chosen_rules(rules), list(exclusions)
    off = {rule: move for rule, move in last_moves(vault).items() if move.stage is Stage.OFF}
    running = [rule for rule in chosen if rule.id not in off]
    made_from = {delivery.register: delivery.delivery for delivery in vault.about(as_of).registers()}
    if vault.known_on is not None:
        if since is not None:
            raise VaultError("What was known on a day is worked out whole, not since a run.")
        made_from["known_on"] = vault.known_on.isoformat()
    linked_by = made_from | _linked_by(vault)
    name = _run_name(linked_by, running, excluded)
    facts = {"run": name, "as_of": as_of.isoformat(), "made_from": linked_by, "rules": _rule_names(running)}
    facts |= {"exclusions": _told(excluded), "files": _files(vault, as_of)}
    with Inputs(vault, as_of) as inputs:
        told = _delta(vault, inputs, since, facts, running)
        whole, delta = (None, told) if isinstance(told, Delta) else (told, None)
        work = _Work(inputs, excluded, delta, asked=rules is not None)
        for done, rule in enumerate(chosen):
            if progress:
                progress(rule.id, done, len(chosen))
            if rule.id in off:
                work.outcomes.append(_off(rule, off[rule.id], asked=rules is not None))
            else:
                work.add(rule)
        if all(outcome.status == "not_possible" for outcome in work.outcomes):
            raise MissingRegisterError("\n".join(outcome.message for outcome in work.outcomes))
        again = len(delta.objects) if delta else None
        since_run = delta.before.run if delta else ""
        found = Findings(pa.concat_tables(work.findings))
        run = FindingsRun(name, as_of, made_from, tuple(work.outcomes), found, since_run, again, whole)
        with writing(vault.path):
            write_run(vault.path, run, current=vault.known_on is None)
            if vault.known_on is None:
                write_kept(vault, inputs, facts, work.answers)
    return run


def _off(rule: Rule, move: Move, *, asked: bool) -> RuleOutcome:
    message = f"{rule.id} is off since {move.at:%Y-%m-%d}, by {move.by}: {move.reason}"
    if asked:
        raise RuleOffError(f"{message} To bring it back: knooppunt rules move {rule.id} pilot")
    return RuleOutcome(rule.id, rule.version, "not_possible", None, 0, message, "", 0.0)


def _delta(vault: Vault, inputs: Inputs, since: str | None, facts: dict[str, Any], chosen: list[Rule]) -> Delta | Whole:
    """What changed since a run, or why all has to be run."""
    if since is None:
        return "asked"
    before = read_kept(vault, inputs.engine, since)
    if before.made.facts["rules"] != facts["rules"]:
        return "other_rules"
    if before.made.facts["exclusions"] != facts["exclusions"]:
        return "other_exclusions"
    possible = [rule for rule in chosen if before.has(rule)]
    delta = Delta(before, inputs, facts["made_from"], possible)
    try:
        return "much_changed" if delta.is_large() else delta
    except DamagedSumsError:
        return "unreadable"


@dataclass
class _Work:
    """The rules of one run, one after the other."""

    inputs: Inputs
    exclusions: list[Exclusion]
    delta: Delta | None
    asked: bool
    outcomes: list[RuleOutcome] = field(default_factory=list)
    findings: list[pa.Table] = field(default_factory=lambda: [SCHEMA.empty_table()])
    answers: dict[str, Answer | Same] = field(default_factory=dict)

    def add(self, rule: Rule) -> None:
        started = time.perf_counter()
        try:
            self.inputs.require_for(rule)
        except MissingRegisterError as error:
            if self.asked:
                raise
            self.outcomes.append(RuleOutcome(rule.id, rule.version, "not_possible", None, 0, str(error), "", 0.0))
            return
        delta = self.delta if self.delta and self.delta.before.has(rule) else None
        if delta and delta.unchanged(rule):
            outcome, findings = self._earlier[rule.id]
            self.answers[rule.id] = Same(delta.before)
        else:
            outcome, findings = self._told(rule, delta.answer(rule) if delta else rule.evaluate(self.inputs))
        self.outcomes.append(replace(outcome, seconds=round(time.perf_counter() - started, 3)))
        self.findings.append(findings)

    @cached_property
    def _earlier(self) -> dict[str, tuple[RuleOutcome, pa.Table]]:
        """What each rule said in the run before."""
        if self.delta is None:
            return {}
        run = load_run(self.inputs.vault, self.delta.before.on, self.delta.before.run)
        rows = by_column(run.findings)
        return {one.rule: (one, rows.filter(pc.equal(rows["rule"], one.rule))) for one in run.outcomes}

    def _told(self, rule: Rule, answer: Answer) -> tuple[RuleOutcome, pa.Table]:
        self.answers[rule.id] = answer
        excluded = pa.array([int(one) for one in excluded_objects(self.exclusions, rule.id)], pa.int64())
        kept = answer.told.filter(pc.invert(pc.is_in(answer.told["object_id"], excluded)))
        places = places_of(self.inputs, rule.level, kept["object_id"].to_pylist())
        findings = findings_of(rule, kept, places, self.inputs.on)
        left_out = len(answer.told) - len(kept)
        caution = self.inputs.caution if rule.by_class else ""
        return RuleOutcome(rule.id, rule.version, "done", len(kept), left_out, caution, answer.sql(), 0.0), findings


def _linked_by(vault: Vault) -> dict[str, str]:
    """Which links were used: another decision about an establishment makes another run."""
    decided = decided_key(vault, ESTABLISHMENTS)
    return {"decisions": decided} if decided else {}


def _files(vault: Vault, as_of: date) -> dict[str, str]:
    """The file that each delivery came in: what is told of people is said to stand there."""
    return {delivery.register: delivery.source_name for delivery in vault.about(as_of).registers()}


def _rule_names(rules: list[Rule]) -> list[list[Any]]:
    return [[rule.id, rule.version] for rule in rules]


def _told(exclusions: list[Exclusion]) -> list[list[str]]:
    return sorted([exclusion.rule, exclusion.object_id] for exclusion in exclusions)


def _run_name(made_from: dict[str, str], rules: list[Rule], exclusions: list[Exclusion]) -> str:
    what = [sorted(made_from.items()), _rule_names(rules), _told(exclusions)]
    return hashlib.sha256(json.dumps(what).encode()).hexdigest()[:16]
