"""Cleaning a file in a process of its own, that dies when it takes too long or too much."""

import json
import os
import selectors
import subprocess
import sys
from contextlib import suppress
from threading import BoundedSemaphore, Thread
from time import monotonic
from typing import IO

from bolwerk.documents.cleaning import limits
from bolwerk.documents.cleaning.formats import FORMATS
from bolwerk.documents.cleaning.outcome import Cleaned, FileRefusedError, Reason

COMMAND = [sys.executable, "-I", "-m", "bolwerk.documents.cleaning"]
# Nothing of the server's environment: it may hold secrets. One arena, so that memory is counted as it is used.
ENVIRONMENT = {"LC_ALL": "C.UTF-8", "MALLOC_ARENA_MAX": "1"}
AT_ONCE = 2  # cleaning processes per server process; each may take 300 MiB
WAIT_SECONDS = 20  # for a turn; a photo takes half a second
PIECE = 1 << 16
_turns = BoundedSemaphore(AT_ONCE)


def clean(data: bytes, code: str) -> Cleaned:
    """Return the file made harmless; `code` is the format that it must have.

    Raises FileRefusedError: what the cleaning found, TOO_MUCH when the process had to be ended, or BUSY when no turn
    came free in time.
    """
    if not _turns.acquire(timeout=WAIT_SECONDS):
        raise FileRefusedError(Reason.BUSY)
    try:
        answer = _run(data, code)
    finally:
        _turns.release()
    return _read(answer, code=code)


def _run(data: bytes, code: str) -> bytes:
    """What the process says; cut short when it takes too long or says far more than it should."""
    end = monotonic() + limits.SECONDS
    process = subprocess.Popen(  # noqa: S603  our own interpreter and module
        COMMAND,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=ENVIRONMENT,
        cwd="/",
        start_new_session=True,
    )
    with process:  # closes the pipes and waits
        saying = Thread(target=_say, args=(process.stdin, f"{code}\n".encode("ascii") + data), daemon=True)
        saying.start()
        try:
            return _hear(process.stdout, until=end)
        finally:
            process.kill()  # one that is done does not mind
            saying.join()


def _say(pipe: IO[bytes] | None, question: bytes) -> None:
    with suppress(OSError):  # the process may be gone before it heard everything
        if pipe:
            pipe.write(question)
            pipe.close()


def _hear(pipe: IO[bytes] | None, *, until: float) -> bytes:
    """What comes out of the pipe before its end, `until` or more than an answer can be."""
    answer = bytearray()
    with selectors.DefaultSelector() as selector:
        if pipe:
            selector.register(pipe, selectors.EVENT_READ)
        while len(answer) <= limits.MAXIMUM_OUT_BYTES and selector.select(max(0.0, until - monotonic())):
            piece = os.read(pipe.fileno(), PIECE) if pipe else b""
            if not piece:
                break
            answer += piece
    return bytes(answer)


def _read(answer: bytes, *, code: str) -> Cleaned:
    """The answer as a cleaned file, when it is one: whoever broke out in there is not believed either."""
    line, _newline, body = answer.partition(b"\n")
    try:
        head = json.loads(line)
        if refused := head.get("refused"):
            raise FileRefusedError(Reason(refused))
        size, small, width, height = (int(head[name]) for name in ("content", "thumbnail", "width", "height"))
    except (ValueError, KeyError, TypeError, AttributeError):  # killed before it could answer, or worse
        raise FileRefusedError(Reason.TOO_MUCH) from None
    if size < 1 or small < 0 or len(body) != size + small:
        raise FileRefusedError(Reason.TOO_MUCH)
    return Cleaned(body[:size], FORMATS[code].becomes, body[size:], width, height)
