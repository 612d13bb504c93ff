"""Whether a vault can say how things were on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knooppunt.vault.layout import VaultError

if TYPE_CHECKING:
    from datetime import date

    from knooppunt.vault.reading import Vault


def check_history(vault: Vault, on: date) -> None:
    """Raise VaultError when the BAG in a vault says nothing of the day `on`: a GeoPackage has no history."""
    for delivery in vault.registers():
        since = delivery.quality.get("without_history")
        if delivery.register == "bag" and since is not None and on.isoformat() < since:
            raise VaultError(
                f"The BAG in {vault.path} came as a GeoPackage of {since}, which has no history: it does not say how "
                f"things were on {on}. For an earlier day take in an extract of the BAG."
            )
