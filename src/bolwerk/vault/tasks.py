"""What a worker does for the vault, on time. Each may run twice without harm."""

from django.conf import settings
from django.utils import timezone

from bolwerk.audit.actions import SYSTEM
from bolwerk.vault import actions

MOST_AT_ONCE = 1000  # records a turn: the clock of the worker must not wait long; the rest has its turn an hour later


def close_requests() -> None:
    """Close requests that waited too long for their trustees."""
    actions.close_expired(at=timezone.now())


def erase_due() -> None:
    """Erase what is due and not held, and write the ledger: first of all, so that an old database erases nothing."""
    actions.write_ledger(file=settings.BOLWERK_ERASURE_FILE)
    for _erased in actions.erase_due(by=SYSTEM, at=timezone.now(), most=MOST_AT_ONCE):
        pass
    actions.write_ledger(file=settings.BOLWERK_ERASURE_FILE)
