"""Read-only answers of the vault."""

from bolwerk.vault.queries.files import read_protected_file

__all__ = ["read_protected_file"]
