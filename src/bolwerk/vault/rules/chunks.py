"""A file closed in chunks, so that its size in memory never matters. Pure functions over bytes.

A closed file is a header (four bytes that name the format, the key's id, sixteen random bytes of salt), then chunks of
AES-256-GCM. Each file has its own key (HKDF-SHA256 of the ring's key and the salt), so the number of a chunk can be its
nonce. The place, the header, the number and whether it is the last one are associated data: a chunk that is moved,
repeated or missing at the end does not open (the construction is STREAM, Hoang and others, CRYPTO 2015).
"""

from collections.abc import Iterable, Iterator
from itertools import chain
from secrets import token_bytes

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.utils.translation import gettext as _

from bolwerk.crypto.ring import (
    KEY_ID_BYTES,
    NONCE_BYTES,
    SECRET_BYTES,
    TAG_BYTES,
    CannotOpenError,
    Key,
    Place,
    Ring,
    bound_to,
)

FORMAT = b"BWF\x01"
SALT_BYTES = 16
FILE_HEADER_BYTES = len(FORMAT) + KEY_ID_BYTES + SALT_BYTES
CHUNK_BYTES = 64 * 1024
CLOSED_CHUNK_BYTES = CHUNK_BYTES + TAG_BYTES
LAST, MORE = b"last", b"more"


class _Chunks:
    """Closes and opens the numbered chunks of one file."""

    def __init__(self, key: Key, header: bytes, place: Place) -> None:
        salt = header[-SALT_BYTES:]
        secret = HKDF(algorithm=SHA256(), length=SECRET_BYTES, salt=salt, info=b"bolwerk file").derive(key.secret)
        self._cipher = AESGCM(secret)
        self._bound = bound_to(header, place)

    def _about(self, number: int, *, last: bool) -> tuple[bytes, bytes]:
        nonce = number.to_bytes(NONCE_BYTES, "big")
        return nonce, self._bound + nonce + (LAST if last else MORE)

    def close(self, chunk: bytes, number: int, *, last: bool) -> bytes:
        nonce, bound = self._about(number, last=last)
        return self._cipher.encrypt(nonce, chunk, bound)

    def open(self, chunk: bytes, number: int, *, last: bool) -> bytes:
        nonce, bound = self._about(number, last=last)
        return self._cipher.decrypt(nonce, chunk, bound)


def _in_pieces(source: Iterable[bytes], size: int) -> Iterator[tuple[bytes, bool]]:
    """Cut `source` anew in pieces of `size` bytes, each with whether it is the last; at least one, perhaps empty."""
    waiting = bytearray()
    for part in source:
        waiting += part
        start = 0
        while len(waiting) - start > size:  # what is exactly one piece may still be the last one
            yield bytes(waiting[start : start + size]), False
            start += size
        del waiting[:start]
    yield bytes(waiting), True


def closed_file(ring: Ring, source: Iterable[bytes], place: Place, *, salt: bytes | None = None) -> Iterator[bytes]:
    """Close bytes of any length with the current key; yields the closed file, part by part.

    `salt` is for known-answer tests only: it makes the key of the file, and must never come twice.
    """
    header = FORMAT + ring.current.id + (token_bytes(SALT_BYTES) if salt is None else salt)
    chunks = _Chunks(ring.current, header, place)
    yield header
    for number, (piece, last) in enumerate(_in_pieces(source, CHUNK_BYTES)):
        yield chunks.close(piece, number, last=last)


def opened_file(ring: Ring, source: Iterable[bytes], place: Place) -> Iterator[bytes]:
    """Open a closed file; yields what was put in, part by part, each checked before it comes out.

    Raises CannotOpenError at the first chunk that was changed, moved or cut off. What came before it is genuine, but it
    is not the whole: whoever keeps or shows a part must throw it away then.
    """
    parts = iter(source)
    start = bytearray()
    while len(start) < FILE_HEADER_BYTES and (part := next(parts, b"")):
        start += part
    header = bytes(start[:FILE_HEADER_BYTES])
    chunks = _Chunks(ring.key(key_id_of_file(header)), header, place)
    rest = chain([bytes(start[FILE_HEADER_BYTES:])], parts)
    for number, (piece, last) in enumerate(_in_pieces(rest, CLOSED_CHUNK_BYTES)):
        try:
            yield chunks.open(piece, number, last=last)
        except InvalidTag:
            raise CannotOpenError(
                _("A file of %(table)s was changed or cut off, or belongs elsewhere.") % {"table": place.table}
            ) from None


def key_id_of_file(header: bytes) -> bytes:
    """The id of the key that a file was closed with. Raises CannotOpenError when this is no closed file we know."""
    if len(header) < FILE_HEADER_BYTES or not header.startswith(FORMAT):
        raise CannotOpenError(_("This is no closed file of a version that this release knows."))
    return header[len(FORMAT) : len(FORMAT) + KEY_ID_BYTES]
