"""Who looked at what somebody sent: told by the room that holds it, shown in one way everywhere."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise


@dataclass(frozen=True)
class Look:
    """One moment of the timeline: who did what (`what`), in which role (`by`), why (`text`), and when."""

    what: str | Promise
    by: str
    at: datetime
    text: str = ""
    icon: str = "eye"


@dataclass(frozen=True)
class Looked:
    """A thing of one's own with the last looks at it: what it is, its page, and the page with all looks."""

    title: str | Promise
    sent_at: datetime
    address: str
    all_looks: str
    looks: list[Look]
