"""Writing in the trail: the one door to it."""

from bolwerk.audit.actions.recording import SYSTEM, record, record_apart

__all__ = ["SYSTEM", "record", "record_apart"]
