"""What somebody finds who looks at a part of the house."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

ABOUT = {  # what people call what was looked at
    "settings": _("Settings"),
    "worker": _("The worker"),
    "mail": _("Mail"),
    "clock": _("The clock"),
    "disk": _("The disk"),
    "keys": _("Key files"),
    "key ring": _("The key ring"),
    "key copy": _("A copy of the keys"),
    "backup": _("Backups"),
    "registers": _("Registers"),
    "uploads": _("Uploads"),
    "vaults": _("Vaults"),
    "database": _("The database"),
    "trail": _("The log"),
}


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
