"""The views of the vault."""
