"""Knooppunt: base registers in, checked links and explained findings out. No Django, no clock."""

from knooppunt.findings import RULES, Explanation, Finding, FindingsRun, explain, load_findings, run_findings
from knooppunt.ingest import IngestSummary, ingest
from knooppunt.linkage import LinkReport, link, unlinked
from knooppunt.registers.refusal import RefusedError, Rejection
from knooppunt.vault import Delivery, Vault, VaultError, open_vault

__all__ = [
    "RULES",
    "Delivery",
    "Explanation",
    "Finding",
    "FindingsRun",
    "IngestSummary",
    "LinkReport",
    "RefusedError",
    "Rejection",
    "Vault",
    "VaultError",
    "explain",
    "ingest",
    "link",
    "load_findings",
    "open_vault",
    "run_findings",
    "unlinked",
]
