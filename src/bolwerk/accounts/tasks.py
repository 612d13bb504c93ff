"""What the worker does for accounts on time."""

from django.utils import timezone

from bolwerk.accounts.actions import forget_old_files


def forget_files() -> None:
    """Throw away files with people that nobody read in for a day."""
    forget_old_files(at=timezone.now())
