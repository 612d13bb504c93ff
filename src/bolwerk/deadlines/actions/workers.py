"""What keeps several workers from doing the same work twice, and from leaving it half done."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from bolwerk.deadlines.models import Message, PeriodicJob, Worker

KEEP_ENDED_MAIL = timedelta(days=90)  # a choice of Bolwerk: a quarter, to see who was told; the trail tells it longer
KEEP_DONE_TASKS = timedelta(days=7)  # long enough to see what went wrong last week; their arguments are codes and ids


def sign_of_life(*, worker: str, at: datetime) -> None:
    """Say that a worker is alive; the first time, that it started."""
    Worker.objects.update_or_create(
        pk=worker, defaults={"seen_at": at}, create_defaults={"seen_at": at, "started_at": at}
    )


def sign_off(*, worker: str, at: datetime) -> None:
    """Say that a worker stopped by itself."""
    Worker.objects.filter(pk=worker).update(seen_at=at, stopped_at=at)


def take_turn(*, job: str, every: timedelta, at: datetime) -> bool:
    """Take the turn of a job that comes back. True for exactly one of the workers that ask."""
    if PeriodicJob.objects.filter(pk=job, next_at__gt=at).exists():
        return False  # not its time: no lock needed to know that
    PeriodicJob.objects.get_or_create(pk=job, defaults={"next_at": at})
    return PeriodicJob.objects.filter(pk=job, next_at__lte=at).update(next_at=at + every) == 1


def close_turn(*, job: str, trouble: str, at: datetime) -> None:
    """Write down how a turn went: `trouble` is the name of an error, or empty."""
    done = {} if trouble else {"last_done_at": at}
    PeriodicJob.objects.filter(pk=job).update(trouble=trouble, **done)


@transaction.atomic
def resume_tasks(*, at: datetime) -> int:
    """Put the tasks of workers that went silent back in the queue; returns how many.

    A task is therefore written so that a second run does nothing twice. One that took down TASK_ATTEMPTS workers is
    set aside as failed, so that the others go on; `bolwerk doctor` names it.
    """
    alive = Worker.objects.filter(
        seen_at__gt=at - timedelta(seconds=settings.WORKER_LOST_AFTER), stopped_at=None
    ).values_list("pk", flat=True)
    running = DBTaskResult.objects.select_for_update().filter(status=TaskResultStatus.RUNNING)
    orphans = [task for task in running if not task.worker_ids or task.worker_ids[-1] not in set(alive)]
    for task in orphans:
        if len(task.worker_ids) >= settings.TASK_ATTEMPTS:
            task.status, task.finished_at = TaskResultStatus.FAILED, at
            task.exception_class_path = "bolwerk.deadlines.WorkerDied"
        else:
            task.status = TaskResultStatus.READY
        task.save(update_fields=["status", "finished_at", "exception_class_path"])
    return len(orphans)


@transaction.atomic
def tidy(*, at: datetime) -> None:
    """Forget work that ended a week ago and mail of last quarter; failed tasks stay for somebody to see."""
    done = DBTaskResult.objects.filter(status=TaskResultStatus.SUCCESSFUL, finished_at__lt=at - KEEP_DONE_TASKS)
    done.delete()
    Worker.objects.filter(seen_at__lt=at - KEEP_DONE_TASKS).delete()
    Message.objects.filter(ended_at__lt=at - KEEP_ENDED_MAIL).delete()
