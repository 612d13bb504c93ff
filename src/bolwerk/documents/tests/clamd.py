"""A virus scanner for tests: Debian's clamd where it is installed, with one signature of our own, and a strict peer.

The peer speaks clamd's protocol to the letter (clamd(8), INSTREAM) and hangs up on anything else, so that what passes
here passes there. EICAR's test string is no virus; it is put together at run time, so that no scanner stops this file.
"""

import shutil
import socket
import struct
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from time import monotonic, sleep

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-" + b"TEST-FILE!$H+H*"
STARTS_WITHIN = 60.0  # seconds
LARGEST_PIECE = 1 << 20


def clamd_program() -> str | None:
    """Where clamd is, or None."""
    return shutil.which("clamd", path="/usr/sbin:/usr/bin:/usr/local/sbin")


@contextmanager
def real_clamd(folder: Path) -> Iterator[str]:
    """Run Debian's clamd on a socket in `folder`; its one signature is that of EICAR. Yields its address."""
    program = clamd_program()
    assert program
    signatures, listens = folder / "signatures", folder / "clamd.sock"
    signatures.mkdir()
    (signatures / "own.ndb").write_text(f"Eicar-Own:0:*:{EICAR.hex()}\n", encoding="ascii")
    settings = f"LocalSocket {listens}\nDatabaseDirectory {signatures}\nForeground yes\nStreamMaxLength 25M\n"
    (folder / "clamd.conf").write_text(settings, encoding="ascii")
    command = [program, "--config-file", str(folder / "clamd.conf")]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        end = monotonic() + STARTS_WITHIN
        while not listens.exists() and process.poll() is None and monotonic() < end:
            sleep(0.1)
        assert listens.exists(), "clamd did not start"
        yield f"unix:{listens}"
    finally:
        process.terminate()
        process.wait()


@contextmanager
def peer(folder: Path, *, answer: bytes | None = None) -> Iterator[str]:
    """Listen as clamd does; `answer` is said to everything instead, with an empty one the line just closes."""
    path = folder / "peer.sock"
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(path))
        listening.listen()
        Thread(target=_serve, args=(listening, answer), daemon=True).start()
        yield f"unix:{path}"


def _serve(listening: socket.socket, answer: bytes | None) -> None:
    with suppress(OSError):  # it is closed when the test is over
        while True:
            line, _from = listening.accept()
            with line, suppress(OSError, EOFError, struct.error):
                heard = _said(line)  # in any case: who hangs up too early breaks the line
                line.sendall(heard if answer is None else answer)


def _said(line: socket.socket) -> bytes:
    command = b""
    while not command.endswith(b"\0"):
        command += _exactly(line, 1)
    if command == b"zVERSION\0":
        return b"ClamAV 1.4.6/27000/Mon Nov 23 09:00:00 2026\0"
    assert command == b"zINSTREAM\0"
    data = bytearray()
    while size := struct.unpack(">I", _exactly(line, 4))[0]:
        if size > LARGEST_PIECE:
            return b"INSTREAM size limit exceeded. ERROR\0"
        data += _exactly(line, size)
    return b"stream: Eicar-Own FOUND\0" if EICAR in data else b"stream: OK\0"


def _exactly(line: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        piece = line.recv(count - len(data))
        if not piece:
            raise EOFError
        data += piece
    return data
