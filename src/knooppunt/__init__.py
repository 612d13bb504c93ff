"""Knooppunt: base registers in, checked links and explained findings out. No Django, no clock."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from knooppunt.ingest import IngestSummary, ingest
from knooppunt.registers.refusal import RefusedError, Rejection
from knooppunt.vault import Delivery, Vault, VaultBusyError, VaultError, open_vault

if TYPE_CHECKING:
    from knooppunt.findings import RULES, Explanation, Finding, FindingsRun, explain, load_findings, run_findings
    from knooppunt.linkage import AddressLinks, LinkReport, correct_address, link, link_addresses, unlinked
    from knooppunt.linkage.persons import Basis, PersonIndex, link_persons

# These bring ibis along, half a second that reading a delivery does not need: imported when asked for.
_LATER = {
    "RULES": "findings",
    "Explanation": "findings",
    "Finding": "findings",
    "FindingsRun": "findings",
    "explain": "findings",
    "load_findings": "findings",
    "run_findings": "findings",
    "AddressLinks": "linkage",
    "Basis": "linkage.persons",
    "PersonIndex": "linkage.persons",
    "link_persons": "linkage.persons",
    "LinkReport": "linkage",
    "correct_address": "linkage",
    "link": "linkage",
    "link_addresses": "linkage",
    "unlinked": "linkage",
}

__all__ = [
    "RULES",
    "AddressLinks",
    "Basis",
    "Delivery",
    "Explanation",
    "Finding",
    "FindingsRun",
    "IngestSummary",
    "LinkReport",
    "PersonIndex",
    "RefusedError",
    "Rejection",
    "Vault",
    "VaultBusyError",
    "VaultError",
    "correct_address",
    "explain",
    "ingest",
    "link",
    "link_addresses",
    "link_persons",
    "load_findings",
    "open_vault",
    "run_findings",
    "unlinked",
]


def __getattr__(name: str) -> Any:
    """Import what is asked for from its package (PEP 562)."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
