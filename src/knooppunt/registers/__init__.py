"""Base registers: read a delivery, check it, and hand over canonical tables. One package each."""
