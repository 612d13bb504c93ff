"""Writing together: what people wait for at the same moment goes into one transaction, and to the disk once.

Whoever opens a report sees it when a line in the trail says so, on disk. That takes a turn at the one lock of the trail
and a turn of the disk; when sixteen people open one at once, the last would wait for fifteen others. So whoever comes
while another writes leaves a note of what to write, and the next in turn writes all that lies there (ADR 55).
"""

from collections.abc import Callable
from contextvars import Context, copy_context
from dataclasses import dataclass, field
from functools import partial, wraps
from threading import Lock, RLock
from typing import Any, Generic, ParamSpec, TypeVar

from django.db import OperationalError, connection, transaction
from django.utils.translation import get_language, override

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(eq=False)
class Note(Generic[T]):
    """Something to write, in the language and with the trace id of whoever left it, and what became of it."""

    write: Callable[[], T]
    context: Context = field(default_factory=copy_context)
    language: str | None = field(default_factory=get_language)  # a context does not take it to another thread
    written: list[T] = field(default_factory=list)  # what `write` gave in the transaction that was committed
    error: Exception | None = None

    @property
    def is_done(self) -> bool:
        """Whether it is on disk, or was refused."""
        return bool(self.written) or self.error is not None

    def carry_out(self) -> T:
        """Write it, in the transaction of whoever has the turn."""
        return self.context.run(self._in_own_language)

    def outcome(self) -> T:
        """What was written, or the reason why not, raised where the note was left."""
        if self.error is not None:
            raise self.error
        return self.written[0]

    def _in_own_language(self) -> T:
        with override(self.language):
            return self.write()


class Desk:
    """Where notes are left. One thread of this process has the turn to write, and takes along what lies there."""

    def __init__(self) -> None:
        self._turn = RLock()  # what runs right after a commit may write again
        self._guard = Lock()
        self._left: list[Note[Any]] = []

    def __len__(self) -> int:
        """How many notes lie here, which nobody writes yet."""
        return len(self._left)

    def write(self, write: Callable[[], T]) -> T:
        """Have `write` done in a transaction, perhaps together with that of others; back when it is on disk.

        What it raises is raised here, and then nothing of it is written; the others do not notice.
        """
        note = Note(write)
        with self._guard:
            self._left.append(note)
        with self._turn:
            if not note.is_done:
                with self._guard:
                    notes, self._left = self._left, []
                # Ours is missing when whoever took it was stopped in the middle, and its transaction with it.
                _carry_out(notes if note in notes else [*notes, note])
        return note.outcome()


def _carry_out(notes: list[Note[Any]]) -> None:
    try:
        _commit(notes)
    except OperationalError as error:  # the database is gone, full or busy: no note is to blame, and none would succeed
        _refuse(notes, error)
    except Exception as error:  # noqa: BLE001  raised again where each note was left
        if len(notes) == 1:
            _refuse(notes, error)
            return
        for note in notes:  # one of them cannot be written: that shows when each is alone
            _carry_out([note])


def _commit(notes: list[Note[Any]]) -> None:
    with transaction.atomic():
        written = [note.carry_out() for note in notes]
    for note, result in zip(notes, written, strict=True):
        note.written.append(result)


def _refuse(notes: list[Note[Any]], error: Exception) -> None:
    for note in notes:
        note.error = error


DESK = Desk()


def together(write: Callable[P, T], /) -> Callable[P, T]:
    """An action that only adds lines: in the transaction of the caller, or else together with those of others."""

    @wraps(write)
    def written(*args: P.args, **kwargs: P.kwargs) -> T:
        if connection.in_atomic_block:
            return write(*args, **kwargs)
        return DESK.write(partial(write, *args, **kwargs))

    return written
