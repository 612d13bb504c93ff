"""The lines of the processing log, and the people in it: who somebody is lies closed, and in one place."""

import uuid
from typing import ClassVar

from django.db import models

from bolwerk.crypto.classes import classes
from bolwerk.crypto.fields import ProtectedTextField


class Status(models.IntegerChoices):
    """How a processing ended, with the numbers of the standard (and of OpenTelemetry)."""

    UNKNOWN = 0, "unknown"
    OK = 1, "ok"
    ERROR = 2, "error"


class Subject(models.Model):
    """A person whose data was processed. When this row goes, the lines no longer tell about whom they were."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    identity = ProtectedTextField()
    index = models.BinaryField(max_length=32, unique=True)  # keyed hash, to find somebody by
    index_key = models.CharField(max_length=8)  # the key of the ring that it was made with

    protection = classes(internal="id index_key", personal="identity index")
    open_because: ClassVar[dict[str, str]] = {"index": "A keyed hash: it says nothing without the ring."}

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["index_key"], name="processing_subject_key")]


class Operation(models.Model):
    """One processing of the data of one person (or of nobody in particular). Never changed; no user in it.

    Field names and sizes are those of the standard Logboek dataverwerkingen; see `queries.otlp` for its shape outside.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    trace_id = models.CharField(max_length=32)  # 16 bytes in hexadecimal, shared with the trail
    operation_id = models.CharField(max_length=16)  # 8 bytes in hexadecimal
    name = models.CharField(max_length=80)
    status_code = models.PositiveSmallIntegerField(choices=Status, default=Status.OK)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    activity = models.CharField(max_length=60)
    activity_version = models.PositiveSmallIntegerField()
    subject = models.ForeignKey(Subject, models.SET_NULL, null=True, related_name="operations")

    protection = classes(
        internal="id trace_id operation_id name status_code ended_at activity activity_version",
        personal="started_at subject",
    )

    class Meta:
        ordering = ("-started_at", "-id")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["subject", "started_at", "id"], name="processing_of_subject"),
            models.Index(fields=["started_at", "id"], name="processing_at"),
            models.Index(fields=["trace_id"], name="processing_trace"),
        ]
