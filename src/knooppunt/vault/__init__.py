"""The vault: registers as Parquet files that are replaced whole or not at all."""

from knooppunt.vault.layout import Delivery, VaultError
from knooppunt.vault.reading import Vault, open_vault

__all__ = ["Delivery", "Vault", "VaultError", "open_vault"]
