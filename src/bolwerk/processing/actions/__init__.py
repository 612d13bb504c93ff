"""Writing in the processing log: the one door to it."""

from bolwerk.processing.actions.logging import log_processing
from bolwerk.processing.actions.renewing import renew_index

__all__ = ["log_processing", "renew_index"]
