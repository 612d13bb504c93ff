"""What a worker does by itself, on time. Each may run twice without harm."""

from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from bolwerk.deadlines import actions
from bolwerk.ui.actions import drop_old_drafts


def keep_clock() -> None:
    """Remind, and escalate what is late."""
    actions.take_due_steps(at=timezone.now())


def send_mail() -> None:
    """Hand over the mail that waits, and notice mail of which nobody knows whether it went."""
    actions.find_unsure(at=timezone.now())
    actions.send_waiting(now=timezone.now)


def resume_tasks() -> None:
    """Give the work of workers that died to those that live."""
    actions.resume_tasks(at=timezone.now())


def tidy() -> None:
    """Forget what was done long ago: tasks, sessions that ended, drafts nobody came back to."""
    now = timezone.now()
    actions.tidy(at=now)
    drop_old_drafts(at=now)
    SessionStore.clear_expired()
