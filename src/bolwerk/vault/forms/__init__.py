"""The forms of the vault."""
