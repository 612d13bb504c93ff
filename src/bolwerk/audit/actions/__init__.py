"""Writing in the trail: the one door to it."""

from bolwerk.audit.actions.recording import Entry, record, record_all, record_apart
from bolwerk.audit.actions.together import together
from bolwerk.audit.rules.things import SYSTEM

__all__ = ["SYSTEM", "Entry", "record", "record_all", "record_apart", "together"]
