"""The vault: registers as Parquet files that are replaced whole or not at all."""

from knooppunt.vault.layout import Delivery, VaultError
from knooppunt.vault.locking import VaultBusyError
from knooppunt.vault.reading import Vault, open_vault

__all__ = ["Delivery", "Vault", "VaultBusyError", "VaultError", "open_vault"]
