"""Running rules on a vault: every finding with its explanation, kept for later."""

import hashlib
import json
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from knooppunt.findings.catalogue import RULES
from knooppunt.findings.exclusions import Exclusion, excluded_objects
from knooppunt.findings.finding import Finding, make_finding
from knooppunt.findings.inputs import Inputs, MissingRegisterError
from knooppunt.findings.places import places_of
from knooppunt.findings.rule import Rule
from knooppunt.findings.stages import Move, Stage, last_moves
from knooppunt.findings.store import FindingsRun, RuleOutcome, write_run
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
) -> FindingsRun:
    """Run `rules` (ids; all by default) as things were on the day `as_of`, and keep the result.

    A rule whose register is missing, or that was put off, is reported as not possible. Raises MissingRegisterError
    and RuleOffError when such a rule was asked for by id, MissingRegisterError when none could run;
    UnknownRuleError; VaultError when the registers are not linked.
    """
    chosen, excluded = chosen_rules(rules), list(exclusions)
    off = {rule: move for rule, move in last_moves(vault).items() if move.stage is Stage.OFF}
    outcomes: list[RuleOutcome] = []
    findings: list[Finding] = []
    with Inputs(vault, as_of) as inputs:
        for done, rule in enumerate(chosen):
            if progress:
                progress(rule.id, done, len(chosen))
            if rule.id in off:
                outcomes.append(_off(rule, off[rule.id], asked=rules is not None))
                continue
            outcome, found = _run_rule(rule, inputs, excluded_objects(excluded, rule.id), asked=rules is not None)
            outcomes.append(outcome)
            findings += found
    if all(outcome.status == "not_possible" for outcome in outcomes):
        raise MissingRegisterError(" ".join(outcome.message for outcome in outcomes))
    made_from = {delivery.register: delivery.delivery for delivery in vault.registers()}
    name = _run_name(made_from | _linked_by(vault), [rule for rule in chosen if rule.id not in off], excluded)
    run = FindingsRun(name, as_of, made_from, tuple(outcomes), tuple(findings))
    with writing(vault.path):
        write_run(vault.path, run)
    return run


def _off(rule: Rule, move: Move, *, asked: bool) -> RuleOutcome:
    message = f"{rule.id} is off since {move.at:%Y-%m-%d}, by {move.by}: {move.reason}"
    if asked:
        raise RuleOffError(f"{message} To bring it back: knooppunt rules move {rule.id} pilot")
    return RuleOutcome(rule.id, rule.version, "not_possible", None, 0, message, "", 0.0)


def _run_rule(rule: Rule, inputs: Inputs, excluded: set[str], *, asked: bool) -> tuple[RuleOutcome, list[Finding]]:
    started = time.perf_counter()
    try:
        inputs.require(rule.registers, rule.id)
    except MissingRegisterError as error:
        if asked:
            raise
        return RuleOutcome(rule.id, rule.version, "not_possible", None, 0, str(error), "", 0.0), []
    answer = rule.evaluate(inputs)
    kept = [found for found in answer.found if f"{found.object_id:016}" not in excluded]
    places = places_of(inputs, rule.level, [found.object_id for found in kept])
    findings = [make_finding(rule, found, places[found.object_id], inputs.on) for found in kept]
    seconds = round(time.perf_counter() - started, 3)
    left_out = len(answer.found) - len(kept)
    return RuleOutcome(rule.id, rule.version, "done", len(kept), left_out, "", answer.sql, seconds), findings


def _linked_by(vault: Vault) -> dict[str, str]:
    """Which links were used: another decision about an establishment makes another run."""
    decided = decided_key(vault, ESTABLISHMENTS)
    return {"decisions": decided} if decided else {}


def _run_name(made_from: dict[str, str], rules: list[Rule], exclusions: list[Exclusion]) -> str:
    what = [
        sorted(made_from.items()),
        [(rule.id, rule.version) for rule in rules],
        sorted((exclusion.rule, exclusion.object_id) for exclusion in exclusions),
    ]
    return hashlib.sha256(json.dumps(what).encode()).hexdigest()[:16]
