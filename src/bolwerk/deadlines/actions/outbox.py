"""Mail that waits to go: put in with what causes it, handed over once, and never lost without a trace."""

from collections.abc import Callable
from datetime import datetime, timedelta
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from bolwerk.accounts.models import Person
from bolwerk.audit.actions import SYSTEM, record
from bolwerk.deadlines.actions.letters import mail_for
from bolwerk.deadlines.models import Message, Step, Task

# A mail server that is away gets four tries within the hour and then one each hour, a whole day long: RFC 5321
# (4.5.4.1) asks to go on for days, but a deadline cannot wait that long, so after a day the next in the chain is told.
WAITS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=20), timedelta(hours=1))
GIVE_UP_AFTER = timedelta(days=1)
UNSURE_AFTER = timedelta(minutes=10)  # far longer than handing over one message takes
PERMANENT = 500  # SMTP answers from here on are final (RFC 5321, 4.2.1)


@transaction.atomic
def queue_mail(
    *, person: Person, kind: Message.Kind, path: str, cause: str, at: datetime, task: Task | None = None
) -> Message:
    """Let a mail wait to go, in the transaction of its cause: neutral words, a link to `path`, one person.

    The same cause (a URN, with what happened to it) mails the same person once. When a mail about a `task` is lost,
    the next one in the task's chain is told at once.
    """
    message, _ = Message.objects.get_or_create(
        person=person,
        cause=cause,
        defaults={"kind": kind, "path": path, "created_at": at, "send_after": at, "task": task},
    )
    return message


def queue_news(*, person: Person, path: str, cause: str, at: datetime) -> Message:
    """Let a mail wait that says only that there is news. For apps below this one, which ask by address (VAULT_NEWS)."""
    return queue_mail(person=person, kind=Message.Kind.NEWS, path=path, cause=cause, at=at)


def send_waiting(*, now: Callable[[], datetime], most: int = 200) -> int:
    """Hand the mail that is due to the mail server, one message at a time; returns how many went.

    A message is claimed before it is handed over. When the server cannot be reached, nothing was handed over and it
    waits for its next turn. When the line breaks half-way nobody knows, so it is `unsure` and never sent again.
    """
    if settings.MAIL_SERVER is None:
        return 0
    connection = get_connection()
    sent = 0
    for _turn in range(most):
        message = _claim(now())
        if message is None:
            break
        try:
            connection.open()
        except (SMTPException, OSError) as error:
            _wait(message, trouble=type(error).__name__, at=now())
            break
        sent += _hand_over(message, connection, now())
    connection.close()
    return sent


@transaction.atomic
def _claim(at: datetime) -> Message | None:
    waiting = Message.objects.filter(status=Message.Status.WAITING, send_after__lte=at)
    message = waiting.select_for_update(skip_locked=True).first()
    if message is not None:
        message.status, message.claimed_at, message.attempts = Message.Status.SENDING, at, message.attempts + 1
        message.save(update_fields=["status", "claimed_at", "attempts"])
    return message


def _hand_over(message: Message, connection: BaseEmailBackend, at: datetime) -> bool:
    if not message.person.is_active:
        _end(message, Message.Status.FAILED, trouble="person left", at=at)
        return False
    mail = mail_for(message=message, at=at)
    mail.connection = connection
    try:
        mail.send()
    except SMTPRecipientsRefused as refused:
        _refused(message, min(code for code, _ in refused.recipients.values()), at)
    except SMTPResponseException as refused:
        _refused(message, refused.smtp_code, at)
    except (SMTPException, OSError) as broken:
        _end(message, Message.Status.UNSURE, trouble=type(broken).__name__, at=at)
    else:
        _end(message, Message.Status.SENT, trouble="", at=at)
        return True
    return False


def _refused(message: Message, code: int, at: datetime) -> None:
    if code >= PERMANENT:
        _end(message, Message.Status.FAILED, trouble=f"SMTP {code}", at=at)
    else:
        _wait(message, trouble=f"SMTP {code}", at=at)


def _wait(message: Message, *, trouble: str, at: datetime) -> None:
    if at - message.created_at > GIVE_UP_AFTER:
        _end(message, Message.Status.FAILED, trouble=trouble, at=at)
        return
    message.status, message.trouble = Message.Status.WAITING, trouble
    message.send_after = at + WAITS[min(message.attempts, len(WAITS)) - 1]
    message.save(update_fields=["status", "trouble", "send_after"])


@transaction.atomic
def _end(message: Message, status: Message.Status, *, trouble: str, at: datetime) -> None:
    message.status, message.trouble, message.ended_at = status, trouble, at
    message.save(update_fields=["status", "trouble", "ended_at"])
    record(f"deadlines.mail.{status}", subject=message.cause, actor=SYSTEM, at=at, message=str(message.pk))
    if status is not Message.Status.SENT and message.task is not None:
        escalate_early(task=message.task, at=at)


def escalate_early(*, task: Task, at: datetime) -> None:
    """Tell the next one in the chain now: whoever should have heard of the task did not."""
    step = task.steps.filter(kind=Step.Kind.ESCALATION, taken_at=None, at__gt=at).first()
    if step is not None and task.status == Task.Status.OPEN:
        step.at = at
        step.save(update_fields=["at"])


@transaction.atomic
def find_unsure(*, at: datetime) -> int:
    """Mark mail that was being handed over when its worker died: it may have gone. Returns how many."""
    stale = Message.objects.select_for_update(skip_locked=True).filter(
        status=Message.Status.SENDING, claimed_at__lt=at - UNSURE_AFTER
    )
    lost = list(stale)
    for message in lost:
        _end(message, Message.Status.UNSURE, trouble="worker died", at=at)
    return len(lost)
