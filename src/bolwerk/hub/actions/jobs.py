"""The life of a job: begun by a worker, its progress, its end."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from bolwerk.audit.actions import SYSTEM, record
from bolwerk.hub.models import Job
from bolwerk.hub.rules.jobs import ENDED, JobState, Step, Trouble


@dataclass(frozen=True)
class Result:
    """How a job ended: what it gave, or why it did not."""

    state: JobState
    summary: dict[str, Any] = field(default_factory=dict)
    refusal: dict[str, Any] | None = None
    trouble: Trouble | None = None


def queue_named(*, job: Job, task: str) -> None:
    """Remember which task of the queue does a job."""
    Job.objects.filter(pk=job.pk).update(task=task)


@transaction.atomic
def begin(*, job_id: UUID, at: datetime) -> Job | None:
    """Begin a job, or go on with one whose worker died; None when it ended before."""
    job = Job.objects.select_for_update().select_related("by").get(pk=job_id)
    if job.has_ended:
        return None
    job.state, job.started_at = JobState.WORKING, job.started_at or at
    job.step, job.done, job.total = "", 0, 0
    job.save(update_fields=["state", "started_at", "step", "done", "total"])
    return job


def report(*, job: Job, step: Step, done: int, total: int) -> None:
    """Write down how far a job is, for whoever looks at its page."""
    Job.objects.filter(pk=job.pk, state=JobState.WORKING).update(step=step, done=done, total=total)


@transaction.atomic
def end(*, job: Job, result: Result, at: datetime) -> Job:
    """End a job and free its place. A job that ended before stays as it is."""
    job = Job.objects.select_for_update().get(pk=job.pk)
    if job.has_ended:
        return job
    job.state, job.slot, job.ended_at = result.state, None, at
    job.summary, job.refusal, job.trouble = result.summary, result.refusal, result.trouble or ""
    job.save(update_fields=["state", "slot", "ended_at", "summary", "refusal", "trouble"])
    record(f"hub.job.{result.state.value}", subject=job.urn, actor=SYSTEM, at=at, trouble=job.trouble)
    return job


def close_lost_jobs(*, at: datetime) -> int:
    """End the jobs that nobody works on any more: their task failed, or is gone. Returns how many."""
    running = {TaskResultStatus.READY, TaskResultStatus.RUNNING}
    closed = 0
    for job in Job.objects.exclude(state__in=list(ENDED)):
        task = DBTaskResult.objects.filter(pk=job.task).first() if job.task else None
        if task is None or task.status not in running:
            end(job=job, result=Result(JobState.FAILED, trouble=Trouble.BROKE), at=at)
            closed += 1
    return closed
