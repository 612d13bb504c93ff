"""What rooms tell the shell: their doors, and what somebody sent."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise


@dataclass(frozen=True)
class Door:
    """Where it leads (`url_name`), what it says, its icon from the sprite, and where it stands.

    `place` is "rail" (navigation), "start" (a big button on Mijn dag) or "more" (settings and the like).
    """

    url_name: str
    label: str | Promise
    icon: str
    place: str = "rail"


@dataclass(frozen=True)
class Sent:
    """One thing that somebody sent, for Mijn dag: what, what became of it, where to read on, and when it was sent."""

    title: str | Promise
    state: str | Promise
    address: str
    at: datetime
