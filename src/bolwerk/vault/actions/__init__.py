"""Every change that the vault makes."""

from bolwerk.vault.actions.files import protect_file

__all__ = ["protect_file"]
