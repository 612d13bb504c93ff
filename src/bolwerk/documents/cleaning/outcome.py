"""What comes out of the cleaning: a file without anything that was not asked for, or one reason why not."""

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why a file is refused, as a code."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    NAME = "name"
    NOT_ALLOWED = "not_allowed"
    NO_VOICE = "no_voice"
    NOT_WHAT_IT_SAYS = "not_what_it_says"
    DAMAGED = "damaged"
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_MUCH = "too_much"
    PASSWORD = "password"  # noqa: S105  a reason, not a secret
    MACROS = "macros"
    INSIDE = "inside"
    OUTSIDE = "outside"
    VIRUS = "virus"
    NO_SCANNER = "no_scanner"
    BUSY = "busy"
    NOT_WRITTEN = "not_written"
    TOO_MANY_THIS_HOUR = "too_many_this_hour"
    PERSON_FULL = "person_full"
    SUBJECT_FULL = "subject_full"


class FileRefusedError(Exception):
    """The file does not come in. `reason` says why; nothing of it was kept."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True)
class Cleaned:
    """A harmless file: its bytes, what it is now, and a small picture of it where there is one."""

    content: bytes
    format: str
    thumbnail: bytes = b""
    width: int = 0
    height: int = 0
