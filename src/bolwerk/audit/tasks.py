"""What the worker does for the trail, on time."""

from django.utils import timezone

from bolwerk.audit.actions.anchoring import NothingToAnchorError, anchor_now


def anchor() -> None:
    """Write the head down wherever the settings say. A trail that is still empty waits for the next time."""
    try:
        anchor_now(at=timezone.now())
    except NothingToAnchorError:
        return
