"""Knooppunt: base registers in, checked links and explained findings out. No Django, no clock."""

from knooppunt.ingest import IngestSummary, ingest
from knooppunt.registers.refusal import RefusedError, Rejection
from knooppunt.vault import Delivery, Vault, VaultError, open_vault

__all__ = [
    "Delivery",
    "IngestSummary",
    "RefusedError",
    "Rejection",
    "Vault",
    "VaultError",
    "ingest",
    "open_vault",
]
