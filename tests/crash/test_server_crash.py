"""A report that got its receipt is there after a power cut: whole, once, and in a trail that holds."""

import os
import random
import signal
import time
from collections.abc import Iterator
from http.client import HTTPException
from pathlib import Path
from threading import Event, Thread
from uuid import uuid4

import pytest

from tests.crash.installation import Installation

ROUNDS = 200 if os.environ.get("BOLWERK_FULL_SIZE") else 3  # `make slow` kills 200 times (quality.md, 2)
REPORTERS = 3
REPORT = {"safety": "yes", "kind": "threat", "channel": "desk", "when": "now", "words": "Aan balie 3."}


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    """A fresh installation on the embedded database."""
    one = Installation(tmp_path)
    yield one
    one.close()


class Reporter(Thread):
    """Somebody who reports again and again, and remembers which reports got a receipt."""

    def __init__(self, installation: Installation, cookie: str, stop: Event) -> None:
        super().__init__(daemon=True)
        self.installation, self.cookie, self.stop = installation, cookie, stop
        self.receipts: list[str] = []

    def run(self) -> None:
        """Report until the server is gone."""
        while not self.stop.is_set():
            key = str(uuid4())
            try:
                status, leads_to = self.installation.post(
                    "/meldingen/nieuw/", {**REPORT, "submission_key": key}, cookie=self.cookie
                )
            except (ConnectionError, HTTPException):
                return
            assert (status, "/verstuurd/" in leads_to) == (302, True), leads_to
            self.receipts.append(key)


def report_until_killed(installation: Installation, cookies: list[str]) -> list[str]:
    """Let everybody report, kill the server at a random moment after the first receipt, and return the receipts."""
    server, stop = installation.serve(), Event()
    reporters = [Reporter(installation, cookie, stop) for cookie in cookies]
    for reporter in reporters:
        reporter.start()
    while not any(reporter.receipts for reporter in reporters) and any(one.is_alive() for one in reporters):
        time.sleep(0.001)
    time.sleep(random.random() * 0.2)
    installation.kill(server)
    stop.set()
    for reporter in reporters:
        reporter.join(timeout=30)
    return [key for reporter in reporters for key in reporter.receipts]


@pytest.mark.slow
@pytest.mark.timeout(60 * ROUNDS)
def test_every_report_with_a_receipt_survives_a_kill_whole_and_once(installation: Installation) -> None:
    cookies = [installation.signed_in(f"melder{number}@zilverdam.example") for number in range(REPORTERS)]
    receipts = [key for _round in range(ROUNDS) for key in report_until_killed(installation, cookies)]
    assert len(receipts) >= ROUNDS
    found = installation.ask(
        "from bolwerk.incidents.models import Incident\n"
        "from bolwerk.deadlines.models import Task\n"
        "from bolwerk.audit.models import Line\n"
        "answer = [[str(i.submission_key), Task.objects.filter(subject=i.urn).count(),"
        " Line.objects.filter(subject=i.urn, event='incidents.incident.reported').count()]"
        " for i in Incident.objects.all()]"
    )
    assert isinstance(found, list)
    keys = [key for key, _tasks, _lines in found]
    assert set(receipts) <= set(keys)
    assert len(keys) == len(set(keys))
    assert all(tasks >= 1 and lines == 1 for _key, tasks, lines in found)
    installation.bolwerk("audit", "verify")


def test_no_worker_goes_on_without_its_server(installation: Installation) -> None:
    server = installation.serve()
    os.kill(server.pid, signal.SIGKILL)
    server.wait(timeout=30)
    until = time.monotonic() + 30
    while answers(installation) and time.monotonic() < until:
        time.sleep(0.2)
    assert not answers(installation)


def answers(installation: Installation) -> bool:
    """Whether anything still answers on the port."""
    try:
        installation.get("/", cookie="")
    except (ConnectionError, HTTPException):
        return False
    return True
