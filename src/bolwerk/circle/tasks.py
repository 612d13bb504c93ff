"""What the worker does for this room on time. Each may run twice without harm."""

from django.utils import timezone

from bolwerk.audit.actions import SYSTEM
from bolwerk.circle.actions.cards import load_library
from bolwerk.circle.queries.library_files import shipped_cards


def read_library() -> None:
    """Read in the starting library, and what changed in it since."""
    load_library(cards=shipped_cards(), by=SYSTEM, at=timezone.now())
