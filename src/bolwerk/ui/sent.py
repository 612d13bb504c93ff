"""What somebody sent and what became of it: one line on Mijn dag, told by the room that received it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise


@dataclass(frozen=True)
class Sent:
    """What it is, what became of it, where to read on, and when it was sent."""

    title: str | Promise
    state: str | Promise
    address: str
    at: datetime
