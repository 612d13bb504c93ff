"""How many requests of one server think at the same moment; whoever waits for a slow line does not count.

Python thinks with one thread at a time, and a thread that comes back from the database joins the queue again: with
sixteen at it at once each waits for fifteen others after every question, and all sixteen are late. With a few at once
the same work is done in the same time, and most are out long before (ADR 61). What a phone sends or takes in slowly
keeps a thread, but no place.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import IO

AT_WORK = 4  # in one process: one thinks, the others wait for the database or the disk


class Places:
    """Places for who is at work, handed over in the order in which was asked."""

    def __init__(self, number: int) -> None:
        self._free = number
        self._waiting: deque[Lock] = deque()
        self._guard = Lock()

    def take(self) -> None:
        """Wait for a place."""
        with self._guard:
            if self._free:
                self._free -= 1
                return
            turn = Lock()
            turn.acquire()
            self._waiting.append(turn)
        turn.acquire()  # until somebody who leaves lets go of it

    def leave(self) -> None:
        """Give the place to who waits longest."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._free += 1

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """With a place, as long as the block."""
        self.take()
        try:
            yield
        finally:
            self.leave()

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Without the place one has, as long as the block."""
        self.leave()
        try:
            yield
        finally:
            self.take()


class Incoming:
    """What somebody sends (`wsgi.input`): while it comes in, another may work."""

    def __init__(self, inner: IO[bytes], places: Places) -> None:
        self._inner, self._places = inner, places

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes, or all of it."""
        with self._places.waiting():
            return self._inner.read(size)

    def readline(self, size: int = -1) -> bytes:
        """A line, or at most `size` bytes of it."""
        with self._places.waiting():
            return self._inner.readline(size)

    def readlines(self, hint: int = -1) -> list[bytes]:
        """All lines, or those of some `hint` bytes."""
        with self._places.waiting():
            return self._inner.readlines(hint)

    def __iter__(self) -> Iterator[bytes]:
        """Line by line."""
        return iter(self.readline, b"")


class Outgoing:
    """An answer that is made while it is sent: a place for each piece, and none while the other side takes it in."""

    def __init__(self, inner: Iterable[bytes], places: Places) -> None:
        self._inner, self._places = inner, places
        self._pieces = iter(inner)

    def __iter__(self) -> "Outgoing":
        """Piece by piece."""
        return self

    def __next__(self) -> bytes:
        """The next piece."""
        with self._places.at_work():
            return next(self._pieces)

    def close(self) -> None:
        """The other side has all of it, or went away."""
        with self._places.at_work():
            getattr(self._inner, "close", lambda: None)()
