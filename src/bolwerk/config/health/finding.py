"""What somebody finds who looks at a part of the house."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    about: str
    well: bool
    sentence: str


def well(about: str, sentence: str) -> Finding:
    """Something that is as it should be."""
    return Finding(about=about, well=True, sentence=sentence)


def ill(about: str, sentence: str) -> Finding:
    """Something that somebody must look at."""
    return Finding(about=about, well=False, sentence=sentence)


def moment(at: datetime) -> str:
    """A moment as administrators compare it with their logs."""
    return f"{at:%Y-%m-%d %H:%M} UTC"


Look = Callable[[datetime], Iterator[Finding]]
