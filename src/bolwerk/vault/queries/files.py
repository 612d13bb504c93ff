"""Reading what `protect_file` wrote."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from bolwerk.crypto.keyfile import current_ring
from bolwerk.crypto.ring import Place
from bolwerk.vault.rules.chunks import CLOSED_CHUNK_BYTES, opened_file


def _parts(file: BinaryIO) -> Iterator[bytes]:
    while part := file.read(CLOSED_CHUNK_BYTES):
        yield part


def read_protected_file(path: Path, *, place: Place) -> Iterator[bytes]:
    """Yield what was put in the file, part by part, each checked before it comes out; memory stays flat.

    Raises CannotOpenError at the first part that was changed, moved or cut off: whoever keeps what came before it must
    throw that away. FileNotFoundError when there is no file.
    """
    with path.open("rb") as file:
        yield from opened_file(current_ring(), _parts(file), place)
