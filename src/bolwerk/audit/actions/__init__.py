"""Writing in the trail: the one door to it."""

from bolwerk.audit.actions.recording import record, record_apart
from bolwerk.audit.rules.things import SYSTEM

__all__ = ["SYSTEM", "record", "record_apart"]
