"""Who reads the blocks: this process together with helpers, or threads of it where there can be none.

Two processes on two cores read nearly twice as much as one; two threads hardly more than one, because they hand
Python's lock to each other all the time. A helper is a fork, which is safe while no other thread of Python runs:
on a command line. A server or a notebook gets threads. What is too small for a helper is unpacked in a thread: that
needs Python's lock only now and then.
"""

import os
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from typing import Protocol, Self

from knooppunt.registers.bag.ahead import Ahead
from knooppunt.registers.bag.blocks import Block, Result, read_block
from knooppunt.registers.bag.helper import Helper

_THREADS = 2
_MOST_HELPERS = 3  # more would wait for the one that unpacks and writes
ALONE = 16  # blocks, 32 MB: below that a helper costs (a fork, copies of memory, its end) about what it saves
_WORTH_A_THREAD = 2  # blocks

Pieces = Iterator[Block | Result]


class Pending(Protocol):
    """A block under way."""

    def result(self) -> Result:
        """Wait for what comes out of it."""
        ...


class Pool(Protocol):
    """Reads blocks, in a `with` statement."""

    memory_kib: int  # the most that other processes had; known at the end

    def ahead(self, pieces: Pieces) -> AbstractContextManager[Pieces]:
        """Return the first of the pieces, to be made in a thread beside this one; maybe none."""
        ...

    def submit(self, block: Block) -> Pending:
        """Take a block."""
        ...

    def __enter__(self) -> Self: ...
    def __exit__(self, *error: object) -> None: ...


def open_pool(*, small: bool = False) -> Pool:
    """Return the best way to read blocks here and now; `small` when there will probably be few of them."""
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1
    if cores > 1 and threading.active_count() == 1:
        return Helpers(min(cores - 1, _MOST_HELPERS), alone=ALONE if small else 1)
    return Threads()


class Threads:
    """Reads blocks in threads."""

    memory_kib = 0

    def __init__(self) -> None:
        self._executor = ThreadPoolExecutor(_THREADS)

    def ahead(self, pieces: Pieces) -> AbstractContextManager[Pieces]:  # noqa: ARG002  the same for every pool
        """Return none: what is read here is read in threads already."""
        return nullcontext(iter(()))

    def submit(self, block: Block) -> Pending:
        """Take a block."""
        return self._executor.submit(read_block, block)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._executor.shutdown()


@dataclass(frozen=True)
class _Ready:
    value: Result

    def result(self) -> Result:
        return self.value


class Helpers:
    """Reads blocks in other processes, and here when those are busy. The first `alone` blocks are read here."""

    def __init__(self, most: int, alone: int) -> None:
        self._most, self._alone, self.memory_kib = most, alone, 0
        self._helpers: list[Helper] = []
        self._threaded = False  # a thread brings the blocks

    @contextmanager
    def ahead(self, pieces: Pieces) -> Iterator[Pieces]:
        """Give pieces as long as no helper is worth while; the thread is gone before there is one: it is a fork."""
        if self._alone < _WORTH_A_THREAD:
            yield iter(())
            return
        self._threaded = True
        try:
            with Ahead(self._counted(pieces)) as first:
                yield first
        finally:
            self._threaded = False

    def _counted(self, pieces: Pieces) -> Pieces:
        while self._alone and (piece := next(pieces, None)) is not None:
            self._alone -= 1
            yield piece

    def submit(self, block: Block) -> Pending:
        """Take a block; it may have been read when this returns."""
        if self._threaded:
            return _Ready(read_block(block))
        if self._alone:
            self._alone -= 1
            return _Ready(read_block(block))
        if len(self._helpers) < self._most:
            self._helpers.append(Helper())
        for helper in self._helpers:
            if helper.has_room_for(block):
                return helper.submit(block)
        return _Ready(read_block(block))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        for helper in self._helpers:
            self.memory_kib += helper.end()
