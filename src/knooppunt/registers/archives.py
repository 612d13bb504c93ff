"""The files of a delivery: a file, a folder, a zip, or zips in a zip — with ceilings against bombs."""

import re
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO

from knooppunt.registers.refusal import RefusedError

# Ceilings. The whole country is about 100 GB of XML in 100,000 files, compressed about 20 to 90
# times (measured on deliveries of 2020: buildings 22, investigations 93).
MAXIMUM_DEPTH = 3  # zip in zip in zip: the InOnderzoek part of a national delivery
MAXIMUM_FILES = 400_000
MAXIMUM_RATIO = 300  # of a file, and of the delivery as a whole
SMALL = 64 * 1024 * 1024  # bytes that are never too much
_SPOOL = 32 * 1024 * 1024  # a zip in a zip up to this size stays in memory
_COPY = 1024 * 1024

_STRAY = re.compile(r"(^|/)(__MACOSX/|\.DS_Store$|\._|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE)
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


@dataclass(frozen=True)
class Member:
    """One file of a delivery, opened for reading."""

    name: str  # path inside the delivery
    stream: BinaryIO | IO[bytes]
    weight: int  # bytes it takes in the delivery as it lies on disk


class _Budget:
    """Counts what has been unpacked, and refuses a delivery that grows without end."""

    def __init__(self, size: int) -> None:
        self.allowed = SMALL + MAXIMUM_RATIO * size
        self.files = 0

    def take(self, name: str, info: zipfile.ZipInfo) -> None:
        self.files += 1
        self.allowed -= info.file_size
        if info.file_size > SMALL + MAXIMUM_RATIO * info.compress_size or self.allowed < 0:
            raise RefusedError(name, None, f"unpacks to more than {MAXIMUM_RATIO} times its size (a zip bomb?)")
        if self.files > MAXIMUM_FILES:
            raise RefusedError(name, None, f"holds more than {MAXIMUM_FILES:,} files")
        if info.flag_bits & 1:
            raise RefusedError(name, None, "is locked with a password")


def members(path: Path, scratch: Path, suffixes: tuple[str, ...]) -> Iterator[Member]:
    """Yield every file with one of the suffixes in the delivery at `path`, in order of name.

    A member can be read until the next one is asked for. Entries that macOS and Windows leave
    behind are passed over. Raises RefusedError for what is missing, damaged, locked or a bomb.
    """
    if not path.exists():
        raise RefusedError(str(path), None, "does not exist")
    if path.is_dir():
        for child in sorted(path.rglob("*")):
            name = child.relative_to(path).as_posix()
            if child.is_file() and not _STRAY.search(name):
                yield from _file(child, name, scratch, suffixes)
    else:
        yield from _file(path, path.name, scratch, (*suffixes, path.suffix))


def size_of(path: Path) -> int:
    """Return the bytes a delivery takes on disk; 0 when it does not exist."""
    if path.is_dir():
        return sum(child.stat().st_size for child in path.rglob("*") if child.is_file())
    return path.stat().st_size if path.exists() else 0


def _file(path: Path, name: str, scratch: Path, suffixes: tuple[str, ...]) -> Iterator[Member]:
    size = path.stat().st_size
    if path.suffix.lower() == ".zip":
        with path.open("rb") as stream:
            yield from _zip(stream, name, scratch, suffixes, _Nesting(1, _Budget(size)))
    elif path.suffix.lower() in suffixes:
        if not size:
            raise RefusedError(name, None, "is empty")
        with path.open("rb") as stream:
            yield Member(name, stream, size)


@dataclass(frozen=True)
class _Nesting:
    depth: int
    budget: _Budget


@contextmanager
def damage_of(name: str) -> Iterator[None]:
    """Turn what the zip library raises for a damaged archive into a RefusedError about `name`."""
    try:
        yield
    except _DAMAGE as error:
        raise RefusedError(name, None, f"is damaged or cut short ({error or type(error).__name__})") from error


def _opened(stream: BinaryIO | IO[bytes]) -> zipfile.ZipFile:
    """The zip in a stream. Raises what `damage_of` expects.

    What is left of a zip of zips that was cut short may end in one of the zips in it, and the zip library would take
    that one for the whole; but then its first file does not lie at the beginning.
    """
    archive = zipfile.ZipFile(stream)
    offsets = [info.header_offset for info in archive.infolist()]
    if offsets and min(offsets) > 0:
        archive.close()
        raise zipfile.BadZipFile("the list of contents is not that of the whole file")
    return archive


def _zip(
    stream: BinaryIO | IO[bytes], name: str, scratch: Path, suffixes: tuple[str, ...], nesting: _Nesting
) -> Iterator[Member]:
    with damage_of(name):
        archive = _opened(stream)
    with archive:
        for info in sorted(archive.infolist(), key=lambda info: info.filename):
            if info.is_dir() or _STRAY.search(info.filename):
                continue
            yield from _entry(archive, info, f"{name}/{info.filename}", scratch, suffixes, nesting)


def _entry(
    archive: zipfile.ZipFile,
    info: zipfile.ZipInfo,
    name: str,
    scratch: Path,
    suffixes: tuple[str, ...],
    nesting: _Nesting,
) -> Iterator[Member]:
    suffix = Path(info.filename).suffix.lower()
    if suffix != ".zip" and suffix not in suffixes:
        return
    nesting.budget.take(name, info)
    with damage_of(name):
        opened = archive.open(info)
    with opened:
        if suffix != ".zip":
            yield Member(name, opened, info.compress_size)
            return
        if nesting.depth >= MAXIMUM_DEPTH:
            raise RefusedError(name, None, f"is a zip nested more than {MAXIMUM_DEPTH} deep")
        with tempfile.SpooledTemporaryFile(max_size=_SPOOL, dir=str(scratch)) as copy:
            with damage_of(name):
                while piece := opened.read(_COPY):
                    copy.write(piece)
            copy.seek(0)
            yield from _zip(copy, name, scratch, suffixes, _Nesting(nesting.depth + 1, nesting.budget))
