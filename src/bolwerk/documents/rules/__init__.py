"""What a document is, and what may come in. Pure functions: no database, no clock, no request."""

from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

WAITING = "urn:bolwerk:documents:waiting:"


class Kind(models.TextChoices):
    """What a document is for. Who may read it is decided per kind by the room that its subject belongs to."""

    PHOTO = "photo", _("Photo")
    VOICE = "voice", _("Voice note")
    FILE = "file", _("File")
    LETTER = "letter", _("Letter")
    REPORT = "report", _("Report for the file")


# What somebody may take away again. What the municipality itself wrote stays as it was.
REMOVABLE = frozenset({Kind.PHOTO.value, Kind.VOICE.value, Kind.FILE.value})


class Part(models.TextChoices):
    """What of a document can be asked for."""

    CONTENT = "content", _("the document itself")
    THUMBNAIL = "thumbnail", _("a small picture of it")
    ORIGINAL = "original", _("as it came in")


def waiting_for(key: UUID) -> str:
    """The subject of what was uploaded with a form that was not sent yet; `key` is the form's own."""
    return f"{WAITING}{key}"


def is_waiting(subject: str) -> bool:
    """Whether this subject is a form that was not sent yet."""
    return subject.startswith(WAITING)
