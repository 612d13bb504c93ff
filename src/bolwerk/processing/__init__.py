"""The processing log: which data of whom was processed, for what purpose and on which basis; never by whom (ADR 12)."""
