"""What the worker does for accounts on time."""

from django.utils import timezone

from bolwerk.accounts.actions import forget_old_files
from bolwerk.accounts.signin import ways_back


def forget_files() -> None:
    """Throw away files with people that nobody read in for a day."""
    forget_old_files(at=timezone.now())


def open_ways_back() -> None:
    """Let those begin anew for whom the time to stop it has passed."""
    ways_back.open_due(at=timezone.now())


def tidy_ways_back() -> None:
    """Forget former addresses, and who was helped long ago: the trail keeps that it happened."""
    ways_back.tidy(at=timezone.now())
