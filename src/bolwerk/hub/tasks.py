"""What a worker does for the information hub. Each may run twice without harm."""

from collections.abc import Callable
from time import monotonic
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from bolwerk.hub import actions
from bolwerk.hub.models import Job
from bolwerk.hub.rules.jobs import Step

SECONDS_BETWEEN_REPORTS = 1.0  # progress is written down at most so often: every line of it waits for the disk


def put_to_work(ask: Callable[[], Job]) -> Job:
    """Let `ask` (an action) write down a job and put it in the queue: both, or neither."""
    with transaction.atomic():
        job = ask()
        actions.queue_named(job=job, task=str(work.enqueue(str(job.pk)).id))
    return job


@task()
def work(job_id: str) -> None:
    """Do a job, from the beginning when the worker before died half-way."""
    job = actions.begin(job_id=UUID(job_id), at=timezone.now())
    if job is None:
        return
    result = actions.do(job=job, at=timezone.now(), on=timezone.localdate(), progress=Reporter(job))
    actions.end(job=job, result=result, at=timezone.now())
    actions.drop_upload(job=job)


class Reporter:
    """Writes down progress: each new step at once, and how far it is now and then."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.step: Step | None = None
        self.told_at = 0.0

    def __call__(self, step: Step, done: int, total: int) -> None:
        """Tell how far the work is."""
        if step is self.step and monotonic() - self.told_at < SECONDS_BETWEEN_REPORTS:
            return
        self.step, self.told_at = step, monotonic()
        actions.report(job=self.job, step=step, done=done, total=total)


def look_after() -> None:
    """End jobs that nobody works on any more, and take over what a command line worked out or put off in the vault."""
    actions.close_lost_jobs(at=timezone.now())
    actions.take_over_moves(on=timezone.localdate())
    actions.take_over_newest(at=timezone.now(), on=timezone.localdate())


def tidy() -> None:
    """Remove uploads that nobody reads in any more."""
    actions.drop_forgotten_uploads(at=timezone.now())
