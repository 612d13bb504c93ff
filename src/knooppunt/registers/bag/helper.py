"""A helper: a forked process that reads blocks.

It has everything loaded that this process has, and starts in milliseconds. A block goes to it in memory that both
share; what comes out of it comes back in the same place, as Arrow. It ends when this process does, however that ends.
"""

import mmap
import os
import pickle
import signal
import traceback
import warnings
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, NoReturn

import pyarrow as pa

from knooppunt.registers.bag.blocks import Block, Result, read_block
from knooppunt.registers.refusal import Rejection, StoppedError

_SLOTS = 3  # blocks it has at most: the one it reads, and some for when nobody has time to bring another
_SLOT_BYTES = 8 * 1024 * 1024


class HelperFailedError(Exception):
    """Reading a block failed in a helper; the text is its traceback."""


@dataclass
class Job:
    """A block that a helper has."""

    helper: "Helper"
    file: str
    slot: int
    value: Result | None = None

    def result(self) -> Result:
        """Wait for what comes out of the block. Raises StoppedError when the helper has gone."""
        while self.value is None:
            self.helper.receive()
        return self.value


@dataclass(frozen=True)
class _Reply:
    """What a helper answers: where the tables are that came out of a block, and the rest."""

    tables: list[str]  # their names, in the order in which they lie in memory
    contents: bytes | int  # the tables, or how many bytes of the slot they take
    rejections: list[Rejection] = field(default_factory=list)
    slow: int = 0
    failure: str = ""


class Helper:
    """Reads blocks in a process of its own, in the order in which they come."""

    def __init__(self) -> None:
        self._shared = mmap.mmap(-1, _SLOTS * _SLOT_BYTES)
        self._free = list(range(_SLOTS))
        self._jobs: deque[Job] = deque()
        (own_in, reply), (request, own_out) = os.pipe(), os.pipe()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # it counts threads of libraries, which are idle now
            self.process = os.fork()
        if not self.process:
            _serve(self._shared, request, reply)
        os.close(request)
        os.close(reply)
        self._in, self._out = os.fdopen(own_in, "rb"), os.fdopen(own_out, "wb")

    def has_room_for(self, block: Block) -> bool:
        """Say whether it can take a block now."""
        return bool(self._free) and len(block.data) <= _SLOT_BYTES

    def submit(self, block: Block) -> Job:
        """Give it a block for which it has room. Raises StoppedError when it has gone."""
        job = Job(self, block.file, self._free.pop())
        start = job.slot * _SLOT_BYTES
        self._shared[start : start + len(block.data)] = block.data
        self._jobs.append(job)
        with _gone(job):
            pickle.dump((job.slot, len(block.data), block.file, block.part, block.line), self._out)
            self._out.flush()
        return job

    def receive(self) -> None:
        """Wait for the oldest block it has. Raises StoppedError when it has gone."""
        job = self._jobs.popleft()
        with _gone(job):
            reply: _Reply = pickle.load(self._in)  # noqa: S301  from our own fork, through a pipe without a name
        if reply.failure:
            raise HelperFailedError(reply.failure)
        contents, start = reply.contents, job.slot * _SLOT_BYTES
        if isinstance(contents, int):
            contents = self._shared[start : start + contents]
        job.value = Result(rejections=reply.rejections, slow=reply.slow)
        reader = pa.BufferReader(contents)
        for name in reply.tables:
            job.value.tables[name].append(pa.ipc.open_stream(reader).read_all())
        self._free.append(job.slot)

    def end(self) -> int:
        """Send it away, whatever it is doing. Returns the most memory it had, in KiB."""
        for end in (self._in, self._out):
            with suppress(OSError):  # what is still to be flushed finds nobody
                end.close()
        _, _, used = os.wait4(self.process, 0)
        self._shared.close()
        return used.ru_maxrss


@contextmanager
def _gone(job: Job) -> Iterator[None]:
    try:
        yield
    except (OSError, EOFError) as error:
        raise StoppedError(
            job.file, None, "could not be read: a process that helped is gone (is memory short?)"
        ) from error


def _serve(shared: mmap.mmap, request: int, reply: int) -> NoReturn:
    """Read blocks until there are no more requests. This is the whole life of the forked process."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one that asks; it will hang up
        _close_all_but(request, reply)
        with os.fdopen(request, "rb") as requests, os.fdopen(reply, "wb") as replies:
            while True:
                _answer(shared, requests, replies)
    except (EOFError, BrokenPipeError):
        pass
    finally:
        os._exit(0)  # nothing of the other process is to be cleared up here


def _close_all_but(*kept: int) -> None:
    """Close what was inherited: a lock, and pipes whose end others wait for."""
    for descriptor in [int(link.name) for link in Path("/proc/self/fd").iterdir()]:
        if descriptor > 2 and descriptor not in kept:
            with suppress(OSError):  # the one that listed them
                os.close(descriptor)


def _answer(shared: mmap.mmap, requests: BinaryIO, replies: BinaryIO) -> None:
    slot, size, file, part, line = pickle.load(requests)  # noqa: S301  from the process this is a fork of
    start = slot * _SLOT_BYTES
    try:
        result = read_block(Block(shared[start : start + size], file, part, line))
        names, contents = _packed(result)
        fits = len(contents) <= _SLOT_BYTES
        if fits:
            shared[start : start + len(contents)] = contents
        reply = _Reply(names, len(contents) if fits else bytes(contents), result.rejections, result.slow)
    except Exception:  # noqa: BLE001  whatever it is, the other process raises it again
        reply = _Reply([], 0, failure=traceback.format_exc())
    pickle.dump(reply, replies)
    replies.flush()


def _packed(result: Result) -> tuple[list[str], memoryview]:
    """Return the names of all tables, and the tables after each other."""
    names, sink = [], pa.BufferOutputStream()
    for name, tables in result.tables.items():
        for table in tables:
            with pa.ipc.new_stream(sink, table.schema) as writer:
                writer.write_table(table)
            names.append(name)
    return names, memoryview(sink.getvalue())
