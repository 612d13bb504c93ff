"""Knooppunt: base registers in, checked links and explained findings out. No Django, no clock."""

from knooppunt.vault import Delivery, Vault, VaultError, open_vault

__all__ = ["Delivery", "Vault", "VaultError", "open_vault"]
