"""Cells of a table that somebody opens in a spreadsheet."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""A cell that begins with one of these is computed by a spreadsheet (OWASP, CSV injection), also full-width."""


def safe_cell(value: object) -> str:
    """A cell that no spreadsheet takes for a formula: such text gets an apostrophe before it."""
    text = "" if value is None else str(value)
    dangerous = isinstance(value, str) and text.startswith(_FORMULA_STARTS)
    return f"'{text}" if dangerous else text
