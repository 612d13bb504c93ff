"""Findings: objects that deserve a look, each with its reason, its peers and the records it rests on."""

from knooppunt.findings.catalogue import RULES
from knooppunt.findings.exclusions import Exclusion, read_exclusions
from knooppunt.findings.explain import Explanation, UnknownFindingError, explain
from knooppunt.findings.finding import Finding
from knooppunt.findings.inputs import MissingRegisterError
from knooppunt.findings.rule import Parameter, Ref, Rule, Text
from knooppunt.findings.run import UnknownRuleError, run_findings
from knooppunt.findings.store import (
    FindingsRun,
    RuleOutcome,
    current_run,
    days_with_findings,
    forget_run,
    load_findings,
    load_run,
)

__all__ = [
    "RULES",
    "Exclusion",
    "Explanation",
    "Finding",
    "FindingsRun",
    "MissingRegisterError",
    "Parameter",
    "Ref",
    "Rule",
    "RuleOutcome",
    "Text",
    "UnknownFindingError",
    "UnknownRuleError",
    "current_run",
    "days_with_findings",
    "explain",
    "forget_run",
    "load_findings",
    "load_run",
    "read_exclusions",
    "run_findings",
]
