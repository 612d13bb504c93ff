"""Findings: objects that deserve a look, each with its reason, its peers and the records it rests on."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from knooppunt.findings.catalogue import RULES
    from knooppunt.findings.exclusions import Exclusion, read_exclusions
    from knooppunt.findings.explain import Explanation, UnknownFindingError
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
    "forget_run",
    "load_findings",
    "load_run",
    "read_exclusions",
    "run_findings",
]
_WHERE = {
    "RULES": "catalogue",
    "Exclusion": "exclusions",
    "read_exclusions": "exclusions",
    "Explanation": "explain",
    "UnknownFindingError": "explain",
    "Finding": "finding",
    "MissingRegisterError": "inputs",
    "Parameter": "rule",
    "Ref": "rule",
    "Rule": "rule",
    "Text": "rule",
    "UnknownRuleError": "run",
    "run_findings": "run",
    "FindingsRun": "store",
    "RuleOutcome": "store",
    "current_run": "store",
    "days_with_findings": "store",
    "forget_run": "store",
    "load_findings": "store",
    "load_run": "store",
}


def __getattr__(name: str) -> Any:
    """Import a name when it is asked for (PEP 562): who wants a part of this package need not wait for every rule."""
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)


def __dir__() -> list[str]:
    """What the package offers."""
    return sorted(__all__)
