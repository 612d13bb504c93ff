"""Helps tests to read the mail of sign-in: sent from the queue as the worker does."""

import re

from django.core import mail
from django_tasks_db.models import DBTaskResult

from bolwerk.accounts.signin.mail import send_neutral_mail


def deliver() -> None:
    """Send what waits in the queue."""
    for waiting in DBTaskResult.objects.order_by("enqueued_at"):
        send_neutral_mail.call(**waiting.args_kwargs["kwargs"])
        waiting.delete()


def mailed_to(address: str) -> list[str]:
    """The subjects that went to an address."""
    deliver()
    return [str(one.subject) for one in mail.outbox if one.to == [address]]


def path_in(address: str, words: str) -> str:
    """The link in the last mail to an address with these words in its subject."""
    deliver()
    body = next(str(m.body) for m in reversed(mail.outbox) if m.to == [address] and words in str(m.subject).lower())
    found = re.search(r"https?://[^/]+(/\S+)", body)
    assert found
    return found[1]
