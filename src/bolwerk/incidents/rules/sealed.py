"""A report that a phone sealed without network: how it opens, and when it happened by our clock. Pure functions."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, SealedBox

from bolwerk.incidents.rules.reports import CLOCK_SLACK
from bolwerk.vault.rules.padding import unpad
from bolwerk.vault.rules.ring import CannotOpenError

SEALED_LIMIT = 256 * 1024  # bytes; the longest words the form takes fill an eighth of it
ON_TIME = timedelta(minutes=2)  # what a slow network takes is no wrong clock


class NotReadableError(Exception):
    """What arrived was not sealed by our page to one of our keys."""


@dataclass(frozen=True)
class SealedReport:
    """What was inside: whose it is, when the button was pressed by the phone's clock, and the form as filled in."""

    sender: str
    pressed_at: datetime
    answers: Mapping[str, str]


def open_report(sealed: bytes, *, private: bytes) -> SealedReport:
    """Open a libsodium sealed box and read what it holds. Raises NotReadableError."""
    try:
        inside = json.loads(unpad(SealedBox(PrivateKey(private)).decrypt(sealed)))
        pressed_at = datetime.fromisoformat(inside["pressed_at"])
        answers = {str(name): str(value) for name, value in inside["answers"].items()}
        sender = str(inside["sender"])
    except (CryptoError, CannotOpenError, ValueError, TypeError, KeyError, AttributeError):
        raise NotReadableError from None
    if pressed_at.tzinfo is None:
        raise NotReadableError
    return SealedReport(sender, pressed_at, answers)


def clock_offset(*, phone: datetime, at: datetime) -> timedelta:
    """How far our clock is ahead of the phone's at the moment of sending; nothing within two minutes."""
    offset = at - phone
    return offset if abs(offset) > ON_TIME else timedelta()


def corrected(moment: datetime, *, offset: timedelta, at: datetime) -> tuple[datetime, bool]:
    """A moment by the phone's clock as one by ours, and whether that is a guess.

    A phone may have been set right between pressing and sending: what would then lie in the future is taken as now.
    """
    shifted = moment + offset
    return (at, True) if shifted > at + CLOCK_SLACK else (min(shifted, at), bool(offset))
