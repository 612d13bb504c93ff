"""Files that mean harm, each made here and nowhere kept."""

from collections.abc import Callable
from dataclasses import dataclass

from bolwerk.documents.actions import Upload
from bolwerk.documents.cleaning.outcome import Reason


@dataclass(frozen=True)
class Hostile:
    """A file, and what must become of it: one of these reasons, or (none) it comes in without any of `gone`."""

    upload: Upload
    refused: frozenset[Reason] = frozenset()
    gone: tuple[bytes, ...] = ()


Maker = Callable[[], Hostile]


def upload(name: str, data: bytes, media_type: str = "") -> Upload:
    """A file as a form hands it over."""
    return Upload(name, media_type, data, len(data))


def refused(name: str, data: bytes, *reasons: Reason, media_type: str = "") -> Hostile:
    """A file that must not come in, for one of these reasons."""
    return Hostile(upload(name, data, media_type), frozenset(reasons))


def harmless(name: str, data: bytes, *gone: bytes) -> Hostile:
    """A file that comes in, without any of these bytes left in it."""
    return Hostile(upload(name, data), gone=gone)
