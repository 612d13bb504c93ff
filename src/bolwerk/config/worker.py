"""The worker: one process that runs the queue and keeps the clock; any number of them side by side."""

import logging
import os
import signal
import socket
from collections.abc import Callable
from datetime import timedelta
from secrets import token_hex
from threading import Event, Thread

from django.conf import settings
from django.db import DatabaseError, connections
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks_db.management.commands.db_worker import Worker as Queue
from django_tasks_db.models import DBTaskResult

from bolwerk.audit.middleware import traced
from bolwerk.deadlines import actions

POLL_SECONDS = 1.0  # how long a new task waits at most before somebody looks
DATABASE_GONE_SECONDS = 5.0  # how long to wait before trying again when the database does not answer
log = logging.getLogger("bolwerk.worker")


class Worker:
    """One worker: the main thread does tasks from the queue, a second one keeps the clock, so that it never waits."""

    def __init__(self, *, name: str = "") -> None:
        self.name = name or f"{socket.gethostname()[:30]}-{os.getpid()}-{token_hex(4)}"
        self.stopping = Event()
        self.queue = Queue(
            queue_names=["*"],
            interval=POLL_SECONDS,
            batch=True,  # it returns when the queue is empty, so that the loop here stays ours
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=self.name,
            excluded_queue_names=[],
        )

    def stop(self, *_signal: object) -> None:
        """Finish the task at hand and stop."""
        self.stopping.set()
        self.queue.running = False

    def run(self) -> None:
        """Work until `stop`. A database that is away for a while is waited for."""
        clock = Thread(target=self._keep_clock, name="clock", daemon=True)
        actions.sign_of_life(worker=self.name, at=timezone.now())
        clock.start()
        while not self.stopping.is_set():
            self.stopping.wait(self._guarded(self._do_tasks))
        clock.join(timeout=POLL_SECONDS * 30)
        self._guarded(lambda: actions.sign_off(worker=self.name, at=timezone.now()))
        connections.close_all()

    def _keep_clock(self) -> None:
        """The second thread, with a database connection of its own."""
        while not self.stopping.is_set():
            self._guarded(self._tick)
            self.stopping.wait(settings.WORKER_SEEN_EVERY)
        connections.close_all()

    def _tick(self) -> None:
        actions.sign_of_life(worker=self.name, at=timezone.now())
        for job, seconds in settings.PERIODIC_JOBS.items():
            if not self.stopping.is_set() and actions.take_turn(
                job=job, every=timedelta(seconds=seconds), at=timezone.now()
            ):
                run_job(job)

    def _do_tasks(self) -> None:
        if DBTaskResult.objects.ready().exists():  # a look is free; taking a task locks the embedded database
            self.queue.run()

    def _guarded(self, work: Callable[[], object]) -> float:
        """Do `work`; returns after how many seconds to come back."""
        try:
            work()
        except DatabaseError as error:
            log.error("the database does not answer (%s); trying again", type(error).__name__)
            connections.close_all()
            return DATABASE_GONE_SECONDS
        return POLL_SECONDS


def run_job(job: str) -> None:
    """Run one periodic job and write down how it went: one broken job must not stop the clock of the others."""
    trouble = ""
    try:
        with traced():
            import_string(job)()
    except DatabaseError:
        raise
    except Exception as error:  # noqa: BLE001  whatever a room's job raises; `bolwerk doctor` shows its name
        trouble = type(error).__name__
        log.error("%s failed: %s", job, trouble)
    actions.close_turn(job=job, trouble=trouble, at=timezone.now())


def run() -> None:
    """Run a worker in this process until SIGTERM or SIGINT."""
    worker = Worker()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, worker.stop)
    worker.run()
