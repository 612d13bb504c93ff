"""The production server: granian with the sizes and times that suit this application."""

import multiprocessing
import os
import signal
import time
from threading import Thread

from django.conf import settings
from django.db import connections
from django.utils.translation import gettext as _
from granian import Granian
from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

THREADS = 16  # per worker process, of which four work at once (ADR 61); PostgreSQL needs workers x 16 connections
CONNECTIONS = 1024  # open at once per worker: whoever is slow with headers costs a connection, not a thread
HEADERS_WITHIN_MS = 10_000  # whoever needs longer to say what they want is cut off (slowloris)
LARGEST_HEADERS = 64 * 1024
STOP_WITHIN_SECONDS = 30  # requests that run when the server stops may finish
LOOK_EVERY_SECONDS = 1
SERVER = "BOLWERK_SERVER_PROCESS"  # the process that a worker belongs to: it must not go on without it


def run(*, host: str, port: int, workers: int) -> None:
    """Serve until SIGTERM or SIGINT; SIGHUP starts fresh workers, with the code and settings as they are then."""
    connections.close_all()  # no worker may share a connection with this process
    os.environ[SERVER] = str(os.getpid())
    multiprocessing.set_start_method("spawn", force=True)  # a forked worker would go on with the old code
    Granian(
        "bolwerk.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        backlog=CONNECTIONS,
        backpressure=CONNECTIONS,
        http1_settings=HTTP1Settings(header_read_timeout=HEADERS_WITHIN_MS, max_buffer_size=LARGEST_HEADERS),
        websockets=False,
        log_access=False,  # addresses may not tell who opened what; the trail does, and is guarded
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_WITHIN_SECONDS,
        log_level=LogLevels.error,  # it warns of more threads than cores; ours mostly wait for the database
    ).serve()


def leave_with_server() -> None:
    """In a worker: stop when the server is killed, which cannot say so, or the port stays taken by old code."""
    if os.environ.get(SERVER) == str(os.getppid()):
        Thread(target=_watch, args=(os.getppid(),), daemon=True).start()


def _watch(server: int) -> None:
    while os.getppid() == server:
        time.sleep(LOOK_EVERY_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(STOP_WITHIN_SECONDS)
    os._exit(1)


def announce(*, host: str, port: int) -> list[str]:
    """What an administrator should know at the start, in sentences."""
    place = {"address": settings.BOLWERK_BASE_URL, "host": host, "port": port}
    lines = [_("Bolwerk serves %(address)s from %(host)s:%(port)s.") % place]
    if settings.BOLWERK_MODE != "production":
        told = _("This is %(mode)s mode: known passwords, no second factor. Put no real data in.")
        lines.append(told % {"mode": settings.BOLWERK_MODE})
    return lines
