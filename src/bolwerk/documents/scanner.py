"""Talking to ClamAV's clamd over a socket (clamd(8), INSTREAM). Files go to that one address and nowhere else.

Off: nothing is scanned, and the screens say so. On and not answering: nothing comes in, and nothing goes out.
"""

import socket
import struct
from contextlib import closing
from dataclasses import dataclass
from ipaddress import ip_address

from django.conf import settings

from bolwerk.documents.cleaning.outcome import FileRefusedError, Reason

SECONDS = 10.0  # for the whole of one scan; a file of 20 MB takes about one
PIECE = 1 << 16
LONGEST_ANSWER = 4_096  # bytes; an answer is one line


class AddressNotOursError(ValueError):
    """The scanner's address is not on this machine or in the own network."""


@dataclass(frozen=True)
class Address:
    """Where clamd listens: the path of a Unix socket, or a host and a port."""

    path: str = ""
    host: str = ""
    port: int = 0


def address_of(text: str) -> Address | None:
    """Read `unix:/run/clamav/clamd.ctl` or `127.0.0.1:3310`; None when empty: the scanner is off.

    Raises AddressNotOursError for anything else: a host must be an address of this machine or of a private network,
    because every uploaded file is sent there as it is.
    """
    if not text:
        return None
    if text.startswith("unix:/"):
        return Address(path=text.removeprefix("unix:"))
    host, _colon, port = text.rpartition(":")
    try:
        ours = ip_address(host.strip("[]")).is_private and 0 < int(port) < 65_536
    except ValueError:
        ours = False
    if not ours:
        raise AddressNotOursError(text)
    return Address(host=host.strip("[]"), port=int(port))


def is_on() -> bool:
    """Whether the settings name a scanner."""
    return bool(settings.DOCUMENT_SCANNER)


def scan(data: bytes) -> None:
    """Let the scanner look at a file; does nothing when it is off.

    Raises FileRefusedError: VIRUS, or NO_SCANNER when it does not say that all is well.
    """
    if (address := address_of(settings.DOCUMENT_SCANNER)) is None:
        return
    try:
        answer = _ask(address, b"zINSTREAM\0", data)
    except OSError:
        raise FileRefusedError(Reason.NO_SCANNER) from None
    if answer.endswith("FOUND"):
        raise FileRefusedError(Reason.VIRUS)
    if answer != "stream: OK":  # an error, a limit of its own, or something that is no clamd
        raise FileRefusedError(Reason.NO_SCANNER)


def version() -> str:
    """What the scanner says of itself and of the age of its signatures. Raises OSError when it does not answer."""
    address = address_of(settings.DOCUMENT_SCANNER)
    return _ask(address, b"zVERSION\0") if address else ""


def _ask(address: Address, command: bytes, data: bytes | None = None) -> str:
    with closing(_connected(address)) as line:
        line.settimeout(SECONDS)
        line.sendall(command)
        if data is not None:
            for start in range(0, len(data), PIECE):
                piece = data[start : start + PIECE]
                line.sendall(struct.pack(">I", len(piece)) + piece)
            line.sendall(struct.pack(">I", 0))
        return _hear(line)


def _connected(address: Address) -> socket.socket:
    if address.host:
        return socket.create_connection((address.host, address.port), timeout=SECONDS)
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    line.settimeout(SECONDS)
    try:
        line.connect(address.path)
    except OSError:
        line.close()
        raise
    return line


def _hear(line: socket.socket) -> str:
    """One answer, which ends with a zero byte (as asked for by the `z` before the command)."""
    answer = bytearray()
    while not answer.endswith(b"\0") and len(answer) <= LONGEST_ANSWER:
        if not (piece := line.recv(LONGEST_ANSWER)):
            break
        answer += piece
    return bytes(answer).rstrip(b"\0").decode("utf-8", "replace").strip()
