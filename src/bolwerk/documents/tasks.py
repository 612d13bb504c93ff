"""What a worker does for documents."""

from django.utils import timezone

from bolwerk.audit.actions import SYSTEM
from bolwerk.documents import actions


def prune() -> None:
    """Throw away what was uploaded with forms that nobody sent."""
    actions.prune(by=SYSTEM, at=timezone.now())
