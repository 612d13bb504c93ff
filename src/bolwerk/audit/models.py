"""The trail itself: one table of lines and one row that knows its head; and the checks of it that people ask for.

The database refuses every change of a line (migration 0002); the head moves forward only because a line was added.
"""

import json
import uuid
from typing import ClassVar, cast

from django.db import models
from django.db.models import Q

from bolwerk.audit.rules.chain import GENESIS, Fact
from bolwerk.crypto.classes import classes


class Line(models.Model):
    """One thing that happened. `hash` covers this line and `previous_hash`, so that no line can change unnoticed."""

    sequence = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    event = models.CharField(max_length=80)
    subject = models.CharField(max_length=200)
    actor = models.CharField(max_length=200)
    reason = models.CharField(max_length=400, blank=True)
    trace_id = models.CharField(max_length=32, blank=True)
    facts_json = models.TextField(default="{}")  # text and not JSON: the bytes that were hashed must come back as such
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    protection = classes(
        internal="sequence event trace_id previous_hash hash", personal="at subject actor reason facts_json"
    )
    open_because: ClassVar[dict[str, str]] = {
        "subject": "A URN: an id, never a name. The trail is searched by it.",
        "actor": "A URN: an id, never a name. The trail is searched by it.",
        "reason": "The chain covers it and no line may ever change, so no new key could close it. Forms warn.",
        "facts_json": "Codes and numbers only; what they may hold is checked when a line is written.",
    }

    class Meta:
        ordering = ("-sequence",)
        # Each ends in the order of the screen (newest first), so that every filter reads only the rows of one page.
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["at", "sequence"], name="audit_line_at"),
            models.Index(fields=["actor", "at", "sequence"], name="audit_line_actor"),
            models.Index(fields=["subject", "at", "sequence"], name="audit_line_subject"),
            models.Index(fields=["event", "at", "sequence"], name="audit_line_event"),
            models.Index(fields=["trace_id"], name="audit_line_trace"),
        ]

    @property
    def facts(self) -> dict[str, Fact]:
        """The facts as they were given."""
        return cast(dict[str, Fact], json.loads(self.facts_json))


class Head(models.Model):
    """The last line of the chain: the one row that writers lock, so that the chain never forks."""

    sequence = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=GENESIS)

    protection = classes(internal="id sequence hash")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(pk=1), name="audit_one_head"),
        ]


class Check(models.Model):
    """A check of the whole chain: asked for, under way, or ended with what it found. Lines in the trail say so too."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    asked_by = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    lines_to_do = models.BigIntegerField()
    lines_done = models.BigIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=20, blank=True)
    at_line = models.BigIntegerField(default=0)
    vouched = models.BigIntegerField(default=0)

    protection = classes(
        internal="id asked_at lines_to_do lines_done ended_at fault at_line vouched", personal="asked_by"
    )
    open_because: ClassVar[dict[str, str]] = {"asked_by": "A URN: an id, never a name."}

    class Meta:
        ordering = ("-asked_at",)

    @property
    def urn(self) -> str:
        """The name by which the trail refers to this check."""
        return f"urn:bolwerk:audit:check:{self.pk}"
