"""Workers side by side: each turn is taken once, and what a dead worker left is done once more."""

from datetime import timedelta

import pytest
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from bolwerk.deadlines.actions import resume_tasks, sign_of_life, sign_off, take_turn, tidy
from bolwerk.deadlines.models import Worker
from bolwerk.deadlines.tests.makers import MONDAY

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def running_task(*workers: str) -> DBTaskResult[[], None]:
    """A task that was taken by these workers, one after another."""
    return DBTaskResult.objects.create(
        status=TaskResultStatus.RUNNING,
        args_kwargs={"args": [], "kwargs": {}},
        task_path="bolwerk.deadlines.tasks.nothing",
        worker_ids=list(workers),
        backend_name="default",
        run_after=MONDAY,
    )


def status_of(task: DBTaskResult[[], None]) -> str:
    """Where a task is now."""
    task.refresh_from_db()
    return str(task.status)


def test_a_turn_is_taken_by_one_worker_and_comes_back() -> None:
    turns = [take_turn(job="tidy", every=MINUTE, at=MONDAY) for _worker in range(3)]
    assert turns == [True, False, False]
    assert take_turn(job="tidy", every=MINUTE, at=MONDAY + MINUTE)


def test_a_task_of_a_living_worker_is_left_alone() -> None:
    sign_of_life(worker="a", at=MONDAY)
    task = running_task("a")
    assert resume_tasks(at=MONDAY + timedelta(seconds=44)) == 0
    assert status_of(task) == TaskResultStatus.RUNNING


@pytest.mark.parametrize("stopped", [True, False])
def test_a_task_of_a_worker_that_is_gone_waits_again(stopped: bool) -> None:
    sign_of_life(worker="a", at=MONDAY)
    if stopped:
        sign_off(worker="a", at=MONDAY)
    task = running_task("a")
    assert resume_tasks(at=MONDAY + MINUTE) == 1
    assert status_of(task) == TaskResultStatus.READY


def test_a_task_that_took_down_three_workers_is_set_aside() -> None:
    task = running_task("a", "b", "c")
    resume_tasks(at=MONDAY)
    assert status_of(task) == TaskResultStatus.FAILED


def test_old_workers_and_tasks_are_forgotten_but_failures_are_not() -> None:
    sign_of_life(worker="a", at=MONDAY)
    done, failed = running_task("a"), running_task("a")
    DBTaskResult.objects.filter(pk=done.pk).update(status=TaskResultStatus.SUCCESSFUL, finished_at=MONDAY)
    DBTaskResult.objects.filter(pk=failed.pk).update(status=TaskResultStatus.FAILED, finished_at=MONDAY)
    tidy(at=MONDAY + timedelta(days=8))
    assert list(DBTaskResult.objects.all()) == [failed]
    assert not Worker.objects.exists()
