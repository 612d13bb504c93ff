"""Writing together with others: one transaction, and each gets what is theirs."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from threading import Event, Thread, get_ident

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.translation import get_language, override

from bolwerk.audit.actions import SYSTEM, record, together
from bolwerk.audit.actions.together import DESK
from bolwerk.audit.middleware import traced
from bolwerk.audit.models import Head, Line
from bolwerk.audit.queries.verification import verify

AT = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
THING = "urn:bolwerk:incidents:incident:1"
PATIENCE = 20  # seconds


class Colleague(Thread):
    """Somebody else who writes at the same time; `outcome` is what came of it."""

    def __init__(self, write: Callable[[], object]) -> None:
        super().__init__(daemon=True)
        self._write = write
        self.outcome: object = None

    def run(self) -> None:
        """Write, and keep what it gave or raised."""
        try:
            self.outcome = self._write()
        except Exception as error:  # noqa: BLE001  the test looks at it
            self.outcome = error
        finally:
            connection.close()


@contextmanager
def somebody_writing() -> Iterator[None]:
    """While this lasts another has the turn: what is left at the desk meanwhile is written together afterwards."""
    begun, go_on = Event(), Event()

    def slowly() -> None:
        begun.set()
        go_on.wait(PATIENCE)

    other = Colleague(lambda: DESK.write(slowly))
    other.start()
    assert begun.wait(PATIENCE)
    try:
        yield
    finally:
        go_on.set()
        other.join(PATIENCE)


def left_together(*writes: Callable[[], object]) -> list[object]:
    """Leave these at the desk in this order while another has the turn; return what came of each."""
    colleagues = [Colleague(write) for write in writes]
    with somebody_writing():
        for number, colleague in enumerate(colleagues, start=1):
            colleague.start()
            _until(partial(_lie, number))
    for colleague in colleagues:
        colleague.join(PATIENCE)
    return [colleague.outcome for colleague in colleagues]


def _lie(number: int) -> bool:
    return len(DESK) == number


def _until(holds: Callable[[], bool]) -> None:
    pause = Event()
    for _ in range(PATIENCE * 100):
        if holds():
            return
        pause.wait(0.01)
    raise TimeoutError


def write(number: int) -> Line:
    """A line of its own."""
    return record("a.b", subject=THING, actor=SYSTEM, at=AT, number=number)


def refused(error: Exception) -> Callable[[], object]:
    """A note that writes a line and then fails."""

    def act() -> None:
        write(0)
        raise error

    return together(act)


@pytest.mark.django_db(transaction=True)
def test_what_several_leave_is_one_transaction_and_one_chain() -> None:
    begun: list[int] = []

    @together
    def count(number: int) -> Line:
        begun.append(id(connection.connection))
        return write(number)

    lines = left_together(*(partial(count, number) for number in range(6)))
    assert [line.facts["number"] for line in lines if isinstance(line, Line)] == list(range(6))
    assert len(set(begun)) == 1, "the next in turn writes for all"
    assert (verify().fault, Head.objects.get().sequence) == (None, 6)


@pytest.mark.django_db(transaction=True)
def test_who_has_nobody_beside_them_writes_alone() -> None:
    write(0)
    with CaptureQueriesContext(connection) as queries:
        write(1)
    assert sum("INSERT" in query["sql"] for query in queries.captured_queries) == 1
    assert Line.objects.count() == 2
    assert not len(DESK)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("error", [IntegrityError("twice"), ValueError("no")], ids=["the database", "the code"])
def test_one_that_is_refused_takes_no_other_along(error: Exception) -> None:
    first, second, third = left_together(partial(write, 1), refused(error), partial(write, 3))
    assert second is error
    assert [line.facts["number"] for line in (first, third) if isinstance(line, Line)] == [1, 3]
    assert [line.facts["number"] for line in Line.objects.order_by("sequence")] == [1, 3], (
        "and nothing of the refused one"
    )
    assert verify().fault is None


@pytest.mark.django_db(transaction=True)
def test_when_the_database_is_gone_everybody_hears_it_at_once() -> None:
    tried: list[int] = []

    def gone(number: int) -> None:
        tried.append(number)
        raise OperationalError("disk I/O error")

    outcomes = left_together(*(partial(together(gone), number) for number in range(4)))
    assert all(isinstance(outcome, OperationalError) for outcome in outcomes)
    assert tried == [0], "nobody waits for the same failure after another"
    assert write(1).sequence == 1, "and work goes on"


@pytest.mark.django_db(transaction=True)
def test_each_note_keeps_its_own_trace_and_language() -> None:
    spoken: list[str | None] = []

    @together
    def speak() -> Line:
        spoken.append(get_language())
        return write(1)

    def somebody(language: str, trace: str) -> Line:
        with override(language), traced(trace):
            return speak()

    lines = left_together(partial(somebody, "nl", "1" * 32), partial(somebody, "en", "2" * 32))
    assert [line.trace_id for line in lines if isinstance(line, Line)] == ["1" * 32, "2" * 32]
    assert spoken == ["nl", "en"]


@pytest.mark.django_db(transaction=True)
def test_who_writes_again_right_after_a_commit_does_not_wait_for_itself() -> None:
    together(lambda: transaction.on_commit(lambda: write(2)))()
    assert Line.objects.get().facts == {"number": 2}


@pytest.mark.django_db(transaction=True)
def test_a_note_whose_writer_was_stopped_is_written_by_who_left_it() -> None:
    class StoppedError(BaseException):
        """What ends a thread without being an error: a server that stops."""

    def stop(mine: int) -> None:
        if get_ident() == mine:  # whoever else gets the turn first is not stopped
            raise StoppedError

    def stopped() -> None:
        with suppress(StoppedError):
            DESK.write(partial(stop, get_ident()))

    _, line = left_together(stopped, partial(write, 1))
    assert isinstance(line, Line)
    assert Line.objects.count() == 1
