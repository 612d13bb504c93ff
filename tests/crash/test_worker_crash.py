"""Work that a worker left half done is done once more, with effects once; nobody gets a mail twice."""

import os
import random
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.crash.installation import Installation, free_port
from tests.postgres import empty_database

PATIENCE = 90
SUBJECT = "urn:bolwerk:test:thing:00000000-0000-0000-0000-000000000001"


def database_address(kind: str) -> dict[str, str]:
    """The environment that points an installation at a database of its own."""
    return {} if kind == "sqlite" else {"BOLWERK_DATABASE_URL": empty_database(f"crash_{uuid4().hex}")}


@pytest.fixture(params=["postgres"] if os.environ.get("BOLWERK_TEST_DB") == "postgres" else ["sqlite"])
def database(request: pytest.FixtureRequest) -> str:
    """The kind of database of this run."""
    return str(request.param)


@pytest.fixture
def installation(tmp_path: Path, database: str) -> Iterator[Installation]:
    """A fresh installation with one employee."""
    one = Installation(tmp_path / "bolwerk", **database_address(database))
    one.signed_in("sanne@zilverdam.example")
    yield one
    one.close()


def until(installation: Installation, code: str) -> None:
    """Wait until lines of Python answer with something true."""
    end = time.monotonic() + PATIENCE
    while not installation.ask(code):
        assert time.monotonic() < end, f"This never came true: {code}"
        time.sleep(0.2)


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_a_task_killed_half_way_is_done_once(installation: Installation) -> None:
    installation.ask(
        "from tests.crash.slow_tasks import start_slowly\n"
        f"start_slowly.enqueue({SUBJECT!r}, 'sanne@zilverdam.example', 15)\n"
        "answer = 1"
    )
    worker = installation.start("worker")
    until(installation, "from bolwerk.deadlines.models import Task\nanswer = Task.objects.count()")
    installation.kill(worker)
    installation.start("worker")
    installation.start("worker")
    done = "from django_tasks_db.models import DBTaskResult\nanswer = DBTaskResult.objects.successful().count()"
    until(installation, done)
    found = installation.ask(
        "from bolwerk.deadlines.models import Message, Task\n"
        "from bolwerk.audit.models import Line\n"
        "from django_tasks_db.models import DBTaskResult\n"
        "answer = [Task.objects.count(), Message.objects.count(),"
        f" Line.objects.filter(subject={SUBJECT!r}, event='deadlines.task.started').count(),"
        " len(DBTaskResult.objects.get().worker_ids)]"
    )
    assert found == [1, 1, 1, 2]
    installation.bolwerk("audit", "verify")


class Sink:
    """A mail server that counts what it takes, slowly."""

    def __init__(self) -> None:
        self.taken: Counter[str] = Counter()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  aiosmtpd's name
        lines = (envelope.content or b"").decode().splitlines()  # type: ignore[union-attr]  # aiosmtpd gives bytes
        self.taken.update(line.split(" ", 1)[1] for line in lines if line.startswith("Message-ID:"))
        return "250 OK"


@pytest.fixture
def sink() -> Iterator[tuple[Sink, int]]:
    """A running mail server and its port."""
    box, port = Sink(), free_port()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, port
    controller.stop()


MAILS = 120


def _kill_two_workers_while_they_mail(installation: Installation, box: Sink) -> None:
    workers = [installation.start("worker") for _worker in range(2)]
    start, patience = sum(box.taken.values()), time.monotonic() + PATIENCE
    while sum(box.taken.values()) == start < MAILS and time.monotonic() < patience:
        time.sleep(0.01)
    time.sleep(random.random() * 0.3)
    for worker in workers:
        installation.kill(worker)


@pytest.mark.drill  # six workers die; one that dies is in `make test`
@pytest.mark.slow
@pytest.mark.timeout(400)
def test_no_mail_goes_twice_or_is_lost_unseen_when_workers_die(
    tmp_path: Path, database: str, sink: tuple[Sink, int]
) -> None:
    box, port = sink
    installation = Installation(
        tmp_path / "bolwerk", BOLWERK_MAIL_URL=f"smtp://127.0.0.1:{port}", **database_address(database)
    )
    installation.signed_in("sanne@zilverdam.example")
    installation.ask(
        "from django.utils import timezone\n"
        "from bolwerk.accounts.models import Person\n"
        "from bolwerk.deadlines.actions import queue_mail\n"
        "who, now = Person.objects.get(), timezone.now()\n"
        f"for n in range({MAILS}):\n"
        "    queue_mail(person=who, kind='news', path='/', cause=f'urn:bolwerk:test:mail:{n}', at=now)\n"
        "answer = 1"
    )
    try:
        for _round in range(3):
            _kill_two_workers_while_they_mail(installation, box)
        installation.start("worker")
        until(
            installation,
            "from bolwerk.deadlines.models import Message\n"
            "answer = not Message.objects.filter(status='waiting').exists()",
        )
        known = installation.ask(
            "from bolwerk.deadlines.models import Message\n"
            "answer = list(map(str, Message.objects.filter(status='sent').values_list('pk', flat=True)))"
        )
    finally:
        installation.close()
    assert isinstance(known, list)
    assert box.taken.most_common(1)[0][1] == 1
    taken = {message.strip("<>").split("@")[0] for message in box.taken}
    assert set(known) <= taken
    assert len(known) >= MAILS - 2 * 3  # at most one in the hands of each worker that died, and that one is seen
