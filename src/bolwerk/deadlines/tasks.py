"""What a worker does by itself, on time. Each may run twice without harm."""

from django.utils import timezone

from bolwerk.deadlines import actions


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
    """Forget what was done long ago."""
    actions.tidy(at=timezone.now())
