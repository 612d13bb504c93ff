"""What the worker does for the trail: on time, and on request."""

from uuid import UUID

from django.utils import timezone
from django_tasks import task

from bolwerk.audit.actions.anchoring import NothingToAnchorError, anchor_now
from bolwerk.audit.actions.checking import ask_check, carry_out
from bolwerk.audit.rules.things import SYSTEM


def anchor() -> None:
    """Write the head down wherever the settings say. A trail that is still empty waits for the next time."""
    try:
        anchor_now(at=timezone.now())
    except NothingToAnchorError:
        return


def check_daily() -> None:
    """Ask for a check of the whole chain, unless one is under way. The queue does it: the clock must not wait."""
    check, new = ask_check(by=SYSTEM, at=timezone.now())
    if new:
        check_chain.enqueue(check_id=str(check.pk))


@task
def check_chain(check_id: str) -> None:
    """Check the whole chain, because somebody asked for it or because a day went by."""
    carry_out(check_id=UUID(check_id), now=timezone.now)
