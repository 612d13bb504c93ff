"""Whether the clock, the queue and the mail do their work: for `bolwerk doctor`."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from bolwerk.deadlines.models import Message, PeriodicJob, Step, Task, Worker

LOOK_BACK = timedelta(days=7)
SLOW_MAIL = timedelta(hours=1)


@dataclass(frozen=True)
class LostMail:
    """A mail that did not arrive, or perhaps did not: which one, since when, and what the mail server said."""

    message: str
    kind: str
    since: datetime
    trouble: str


def workers_alive(*, at: datetime) -> int:
    """How many workers gave a sign of life lately."""
    lately = at - timedelta(seconds=settings.WORKER_LOST_AFTER)
    return Worker.objects.filter(seen_at__gt=lately, stopped_at=None).count()


def worker_last_seen() -> datetime | None:
    """When any worker last gave a sign of life; None when there never was one."""
    last = Worker.objects.order_by("-seen_at").first()
    return last.seen_at if last else None


def jobs_in_trouble() -> list[tuple[str, str]]:
    """Periodic jobs whose last turn failed: address and name of the error."""
    return list(PeriodicJob.objects.exclude(trouble="").values_list("name", "trouble"))


def failed_tasks() -> int:
    """How many tasks of the queue failed and wait for somebody to look."""
    return DBTaskResult.objects.filter(status=TaskResultStatus.FAILED).count()


def waiting_mail() -> int:
    """How much mail waits to go."""
    return Message.objects.filter(status__in=[Message.Status.WAITING, Message.Status.SENDING]).count()


def slow_mail(*, at: datetime) -> int:
    """How much mail waits longer than an hour."""
    waiting = Message.objects.filter(status__in=[Message.Status.WAITING, Message.Status.SENDING])
    return waiting.filter(created_at__lt=at - SLOW_MAIL).count()


def lost_mail(*, at: datetime) -> list[LostMail]:
    """Mail of the past week that failed, or of which nobody knows whether it went."""
    lost = Message.objects.filter(
        status__in=[Message.Status.FAILED, Message.Status.UNSURE], created_at__gt=at - LOOK_BACK
    )
    return [LostMail(str(one.pk), str(one.get_kind_display()), one.created_at, one.trouble) for one in lost]


def tasks_that_reach_nobody(*, at: datetime) -> int:
    """Open tasks that are late while their last escalation found nobody with that role."""
    nobody = Step.objects.filter(kind=Step.Kind.ESCALATION, reached=0, taken_at__isnull=False)
    return Task.objects.overdue(at).filter(pk__in=nobody.values("task_id")).count()
