"""What an archive is: a gzipped tar whose last member lists the digest of every other. Pure functions over bytes.

The order is fixed: `manifest.json`, the database, the files, `end.json`. An archive is written and read as a stream,
so its size never matters. That nothing was changed or cut off is proven by the closed file around it (`vault`); the
list at the end says that whoever wrote it came to the end.
"""

import hashlib
import json
import tarfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO, RawIOBase
from typing import IO, Any

from django.utils.translation import gettext as _

FORMAT = 1
MANIFEST, END = "manifest.json", "end.json"
GZIP = 31  # zlib's name for a gzip stream with the largest window
PIECE = 256 * 1024


class BrokenArchiveError(Exception):
    """An archive is not whole or not of this version. The message is a sentence."""


@dataclass(frozen=True)
class Member:
    """One file in an archive: its name, its size in bytes, and its bytes in pieces."""

    name: str
    size: int
    pieces: Iterable[bytes]


def small(name: str, content: Any) -> Member:
    """A member with one JSON object."""
    data = json.dumps(content, sort_keys=True).encode()
    return Member(name, len(data), [data])


def packed(members: Iterable[Member]) -> Iterator[bytes]:
    """The archive of these members, piece by piece; its end is added."""
    squeeze = zlib.compressobj(level=1, wbits=GZIP)
    digests: dict[str, str] = {}
    for member in members:
        yield from _squeezed(squeeze, _tarred(member, digests))
    yield from _squeezed(squeeze, _tarred(small(END, {"digests": digests}), {}))
    yield squeeze.compress(b"\0" * (2 * tarfile.BLOCKSIZE)) + squeeze.flush()


def _squeezed(squeeze: Any, pieces: Iterable[bytes]) -> Iterator[bytes]:
    for piece in pieces:
        if smaller := squeeze.compress(piece):
            yield smaller


def _tarred(member: Member, digests: dict[str, str]) -> Iterator[bytes]:
    """The header, the bytes and the padding of one member. A file that grew meanwhile is cut at its size."""
    head = tarfile.TarInfo(member.name)
    head.size, head.mode = member.size, 0o600
    yield head.tobuf(tarfile.PAX_FORMAT)
    digest, left = hashlib.sha256(), member.size
    for whole in member.pieces:
        piece = whole[:left]
        left -= len(piece)
        digest.update(piece)
        yield piece
    if left:
        raise BrokenArchiveError(
            _("%(member)s became shorter while it was read: make the backup again.") % {"member": member.name}
        )
    digests[member.name] = digest.hexdigest()
    yield b"\0" * (-member.size % tarfile.BLOCKSIZE)


class _Stream(RawIOBase):
    """Pieces as something to read from."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._waiting = pieces, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._waiting:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._waiting = piece
        number = min(len(buffer), len(self._waiting))
        buffer[:number] = self._waiting[:number]
        self._waiting = self._waiting[number:]
        return number


Keep = Callable[[str, Iterator[bytes]], None]


def unpack(pieces: Iterator[bytes], keep: Keep) -> dict[str, Any]:
    """Give every member to `keep` and return the manifest. Raises BrokenArchiveError when anything is not as written.

    Whoever keeps members throws them away when this raises: until the end nobody knows whether all are there.
    """
    digests: dict[str, str] = {}
    manifest: dict[str, Any] = {}
    end: dict[str, Any] = {}
    try:
        with tarfile.open(fileobj=_Stream(pieces), mode="r|gz") as members:
            for head in members:
                if not head.isfile() or end:
                    raise BrokenArchiveError(
                        _("%(name)s does not belong in an archive of Bolwerk.") % {"name": head.name}
                    )
                content = members.extractfile(head)
                if content is None:
                    raise BrokenArchiveError(_("%(name)s cannot be read.") % {"name": head.name})
                if head.name in {MANIFEST, END}:
                    data = content.read()
                    manifest, end = (json.loads(data), end) if head.name == MANIFEST else (manifest, json.loads(data))
                    digests |= {head.name: hashlib.sha256(data).hexdigest()} if head.name == MANIFEST else {}
                else:
                    _check_first(manifest)
                    keep(head.name, _digested(head.name, content, digests))
    except (tarfile.TarError, EOFError, zlib.error, OSError, ValueError) as error:
        if isinstance(error, OSError) and error.errno:
            raise  # the disk, not the archive
        raise BrokenArchiveError(_("The archive is damaged.")) from error
    if not end or end.get("digests") != digests:
        raise BrokenArchiveError(_("The archive is not whole: its end is missing, or does not agree with the rest."))
    return manifest


def _check_first(manifest: dict[str, Any]) -> None:
    if manifest.get("format") != FORMAT:
        raise BrokenArchiveError(_("The archive is of a version that this release does not know."))


def _digested(name: str, content: IO[bytes], digests: dict[str, str]) -> Iterator[bytes]:
    digest = hashlib.sha256()
    while piece := content.read(PIECE):
        digest.update(piece)
        yield piece
    digests[name] = digest.hexdigest()


def manifest_of(pieces: Iterator[bytes]) -> dict[str, Any]:
    """The manifest alone, from the beginning of an archive. Raises BrokenArchiveError."""
    try:
        with tarfile.open(fileobj=_Stream(pieces), mode="r|gz") as members:
            head = members.next()
            content = members.extractfile(head) if head and head.name == MANIFEST else None
            manifest: dict[str, Any] = json.load(content or BytesIO(b"{}"))
    except (tarfile.TarError, EOFError, zlib.error, ValueError) as error:
        raise BrokenArchiveError(_("The archive is damaged.")) from error
    _check_first(manifest)
    return manifest
